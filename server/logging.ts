/** Logs without numbers, codes, keys, tokens or bodies. A line says which route was called, never with what. */
import { types } from 'node:util';
import { pino, type DestinationStream, type Logger } from 'pino';

/** Six digits may be a code, more a phone number; a long run of letters and digits may be a token. Ids of ours stay. */
const hidden = (text: string): string =>
  text
    .replace(/Bearer\s+\S+/gi, 'Bearer …')
    .replace(/\b(?!(?:mig|tsk|req)_)[A-Za-z0-9_-]{40,}\b/g, '…')
    .replace(/\+?\d[\d\s().-]{4,}\d/g, '…');

interface LoggedError {
  type: string;
  message: string;
  stack: string | undefined;
  cause?: LoggedError;
}

const causesKept = 5;

/** Name, message and stack with what may be private hidden; other fields of an error may hold a document or a request. */
export const loggedError = (error: unknown, depth = 0): LoggedError => {
  if (!types.isNativeError(error)) return { type: typeof error, message: 'not an Error', stack: undefined };
  return {
    type: error.name,
    message: hidden(error.message),
    stack: error.stack === undefined ? undefined : hidden(error.stack.split('\n').slice(1, 12).join('\n')),
    ...(error.cause === undefined || depth >= causesKept
      ? {}
      : { cause: loggedError(error.cause, depth + 1) }),
  };
};

export const createLogger = (level: string, destination?: DestinationStream): Logger => {
  const options = { level, base: { process: 'server' }, serializers: { err: loggedError } };
  return destination === undefined ? pino(options) : pino(options, destination);
};
