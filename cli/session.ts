/** What the global options stand for: a client, and a way to show its answers. */
import { readFileSync } from 'node:fs';
import { createCarryoverClient, type CarryoverClient } from '../client';
import { UsageError } from './exit-codes';
import type { Terminal } from './terminal';

export interface GlobalOptions {
  url?: string | undefined;
  apiKeyFile?: string | undefined;
  idempotencyKey?: string | undefined;
  language?: string | undefined;
  json?: true | undefined;
}

export interface Session {
  client: CarryoverClient;
  terminal: Terminal;
  isJson: boolean;
  /** Of every mutation this command makes; a command makes one. */
  mutation: { idempotencyKey?: string };
  /** Shows an answer: to programs as it is, to people as `render` says. */
  show: <T>(answer: T, render: (answer: T) => string) => void;
}

const DEFAULT_URL = 'http://127.0.0.1:8080';

const apiKeyOf = (terminal: Terminal, file: string | undefined): string => {
  const key = file === undefined ? terminal.environment['CARRYOVER_API_KEY'] : readKeyFile(file);
  if (key === undefined || key.trim() === '') {
    throw new UsageError('no API key: set CARRYOVER_API_KEY, or name a file with --api-key-file');
  }
  return key.trim();
};

const readKeyFile = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
};

export const openSession = (terminal: Terminal, options: GlobalOptions): Session => {
  const isJson = options.json === true;
  return {
    client: createCarryoverClient({
      baseUrl: options.url ?? terminal.environment['CARRYOVER_URL'] ?? DEFAULT_URL,
      apiKey: apiKeyOf(terminal, options.apiKeyFile),
      language: options.language,
    }),
    terminal,
    isJson,
    mutation: options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey },
    show: (answer, render) => {
      terminal.output.write(`${isJson ? JSON.stringify(answer, null, 2) : render(answer)}\n`);
    },
  };
};
