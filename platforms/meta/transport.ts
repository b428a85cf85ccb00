/**
 * One HTTP exchange with a platform: the request goes out, the whole body comes back, or it is said how far the
 * exchange got. What an answer means is decided elsewhere.
 */
import { request, type Dispatcher } from 'undici';

/** An answer longer than this is not one of Graph's: the largest is a page of 500 templates. */
const LARGEST_ANSWER_BYTES = 32 * 1024 * 1024;

export interface Exchange {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
  /** Milliseconds for the whole exchange, connecting and body included. */
  timeoutMs: number;
  signal: AbortSignal | undefined;
  dispatcher: Dispatcher;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/**
 * How an exchange broke. `unsent`: no connection was ever made, so the platform has seen nothing. Every other kind
 * may have reached it.
 */
export class TransportFault extends Error {
  override name = 'TransportFault';

  constructor(
    readonly kind: 'unsent' | 'timeout' | 'lost' | 'stopped' | 'too_long',
    options?: { cause?: unknown },
  ) {
    super(`the exchange broke: ${kind}`, options);
  }
}

/** System calls that fail before a connection stands. */
const CONNECTING: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo']);

const BEFORE_SENDING: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** A host with several addresses fails with a list of errors; the request is unsent only if every try was. */
const neverConnected = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.every(neverConnected);
  }
  return (
    ('syscall' in error && CONNECTING.has(error.syscall)) ||
    ('code' in error && BEFORE_SENDING.has(error.code))
  );
};

const readBody = async (body: Dispatcher.ResponseData['body']): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const piece: unknown = chunk;
    if (!(piece instanceof Uint8Array)) continue;
    bytes += piece.length;
    if (bytes > LARGEST_ANSWER_BYTES) throw new TransportFault('too_long');
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const flat = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/** Redirects are not followed: a token must not travel to another host. */
export const exchange = async (wanted: Exchange): Promise<Answer> => {
  if (wanted.signal?.aborted) throw new TransportFault('unsent', { cause: wanted.signal.reason });
  const deadline = AbortSignal.timeout(wanted.timeoutMs);
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, deadline]) : deadline;
  try {
    const answer = await request(wanted.url, {
      method: wanted.method,
      headers: wanted.headers,
      ...(wanted.body === undefined ? {} : { body: wanted.body }),
      signal,
      headersTimeout: wanted.timeoutMs,
      bodyTimeout: wanted.timeoutMs,
      dispatcher: wanted.dispatcher,
    });
    return { status: answer.statusCode, headers: flat(answer.headers), text: await readBody(answer.body) };
  } catch (error) {
    if (error instanceof TransportFault) throw error;
    if (wanted.signal?.aborted) throw new TransportFault('stopped', { cause: error });
    if (deadline.aborted) throw new TransportFault('timeout', { cause: error });
    throw new TransportFault(neverConnected(error) ? 'unsent' : 'lost', { cause: error });
  }
};
