/**
 * One request, tried until there is an answer worth having: lost connections (while the body arrives, too), 503 and 429
 * are tried again with the same Idempotency-Key, so that whatever was done already is not done again.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { apiProblemSchema } from '../shared/answers';
import { CarryoverProblem, CarryoverUnreachable, UnexpectedAnswer } from './errors';

export interface ClientOptions {
  /** Such as `https://carryover.example`. */
  baseUrl: string;
  apiKey: string;
  /** Default: the platform's. */
  fetch?: typeof fetch;
  /** Tries per request, the first included. Default 5. */
  tries?: number;
  /** The language that tasks and findings are answered in, such as `pt-BR`; default: for the client, its contact's. */
  language?: string | undefined;
  /** How long one try may take, in milliseconds. Default 45 s: a verdict on a code is waited for up to 30. */
  timeoutMs?: number;
}

export interface CallOptions {
  /** Ends the call and its repetitions; the call rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface MutationOptions extends CallOptions {
  /** Made up unless given. Keep it to repeat the call after a crash. */
  idempotencyKey?: string | undefined;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined> | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** Longer waits are the caller's decision, not a client's. */
const LONGEST_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 200;

/** A spent budget of a number is 429 too, but waiting within a request does not bring it back. */
const RETRIED_CODES: readonly string[] = [
  'too_many_requests',
  'temporarily_unavailable',
  'idempotency_key_in_use',
];

const isRetried = (status: number, code: string | undefined): boolean =>
  code === undefined ? status === 429 || (status >= 502 && status <= 504) : RETRIED_CODES.includes(code);

/** An answer that has arrived whole. */
export interface Arrived {
  status: number;
  ok: boolean;
  headers: Headers;
  text: string;
}

/** Undefined when it is no JSON, which fits no schema of ours. */
const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Throws `UnexpectedAnswer`. */
export const parsedAs = <S extends z.ZodType>(schema: S, { status, text }: Arrived): z.output<S> => {
  const parsed = schema.safeParse(jsonIn(text));
  if (!parsed.success) throw new UnexpectedAnswer(status, parsed.error);
  return parsed.data;
};

const waitBefore = (attempt: number, answer: Arrived | undefined): number => {
  const asked = Number(answer?.headers.get('retry-after') ?? '0') * 1000;
  const backoff = FIRST_WAIT_MS * 2 ** attempt;
  return Math.max(asked, backoff) + Math.random() * backoff;
};

const problemOf = ({ status, text }: Arrived): CarryoverProblem | UnexpectedAnswer => {
  const parsed = apiProblemSchema.safeParse(jsonIn(text));
  return parsed.success ? new CarryoverProblem(parsed.data) : new UnexpectedAnswer(status, parsed.error);
};

const queryOf = (query: Call['query']): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
};

export class Transport {
  private readonly baseUrl: string;
  private readonly fetch: typeof fetch;
  private readonly tries: number;
  private readonly timeoutMs: number;

  constructor(private readonly options: ClientOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.fetch = options.fetch ?? fetch;
    this.tries = options.tries ?? 5;
    this.timeoutMs = options.timeoutMs ?? 45_000;
  }

  /** The answer of a 2xx or 304. Throws `CarryoverProblem`, `CarryoverUnreachable` or `UnexpectedAnswer`. */
  async send(call: Call): Promise<Arrived> {
    for (let attempt = 0; ; attempt += 1) {
      const { answer, failure } = await this.tryOnce(call);
      if (answer !== undefined && (answer.ok || answer.status === 304)) return answer;
      const problem = answer === undefined ? undefined : problemOf(answer);
      const code = problem instanceof CarryoverProblem ? problem.code : undefined;
      const isWorthTrying = answer === undefined || isRetried(answer.status, code);
      const waitMs = waitBefore(attempt, answer);
      if (!isWorthTrying || attempt + 1 >= this.tries || waitMs > LONGEST_WAIT_MS) {
        throw problem ?? new CarryoverUnreachable(this.baseUrl, call.headers?.['idempotency-key'], failure);
      }
      await sleep(waitMs, undefined, call.signal === undefined ? {} : { signal: call.signal });
    }
  }

  async json<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S>> {
    return parsedAs(schema, await this.send(call));
  }

  async text(call: Call): Promise<string> {
    return (await this.send(call)).text;
  }

  private async tryOnce(call: Call): Promise<{ answer?: Arrived; failure?: unknown }> {
    const limit = AbortSignal.timeout(this.timeoutMs);
    try {
      const answer = await this.fetch(`${this.baseUrl}${call.path}${queryOf(call.query)}`, {
        method: call.method,
        headers: {
          accept: 'application/json',
          ...(this.options.language === undefined ? {} : { 'accept-language': this.options.language }),
          authorization: `Bearer ${this.options.apiKey}`,
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...call.headers,
        },
        signal: call.signal === undefined ? limit : AbortSignal.any([limit, call.signal]),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
      const { status, ok, headers } = answer;
      return { answer: { status, ok, headers, text: await answer.text() } };
    } catch (failure) {
      call.signal?.throwIfAborted();
      return { failure };
    }
  }
}

export const mutation = (
  options: MutationOptions | undefined,
): Pick<Call, 'headers' | 'signal'> & { headers: Record<string, string> } => ({
  headers: { 'idempotency-key': options?.idempotencyKey ?? randomUUID() },
  signal: options?.signal,
});
