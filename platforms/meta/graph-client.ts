/**
 * A client of the Graph API for one token and one scope of rate. It speaks HTTP and zod; which calls there are stands
 * in the files beside it, what an error means in `catalogue/`.
 */
import { Agent, type Dispatcher } from 'undici';
import { z, type ZodType } from 'zod';
import { isAboutToken } from './catalogue/access';
import { callOf, isWrite, type Method } from './calls';
import { problemOfAnswer, problemOfFault, problemOfPause, problemOfUnreadable } from './classify';
import { PlatformError } from './platform-error';
import { exchange, TransportFault, type Answer } from './transport';
import { UsageGauge } from './usage-gauge';

/** Register and template copies are given more by their own functions (meta §1.5, §4.1). */
const ORDINARY_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** A connection that a burst has opened is let go after so long without use, whatever the platform would grant. */
const IDLE_MS = 10_000;

const sharedAgent = new Agent({
  connect: { timeout: CONNECT_TIMEOUT_MS },
  keepAliveTimeout: IDLE_MS,
  keepAliveMaxTimeout: IDLE_MS,
});

/** What is logged of a call: never a path with ids, a query, a body or a header. */
export interface CallLogger {
  debug(entry: Record<string, unknown>, message: string): void;
  warn(entry: Record<string, unknown>, message: string): void;
}

export interface GraphClientOptions {
  /** Without version and trailing slash: `https://graph.facebook.com`. */
  baseUrl: string;
  /** `v25.0` */
  version: string;
  /** Null: the call proves who asks by itself (the exchange of a code). */
  accessToken: string | null;
  /** The name under which the token is kept; told where the token is what an answer is about. */
  credential?: string;
  /** What calls are counted against: the WABA they concern (meta §7). */
  scope?: string;
  /** Milliseconds for one call, connecting and body included. */
  fetchTimeoutMs?: number;
  /** Takes one call from the scope's budget, or throws a PlatformError of class `quota`. */
  callBudget?: (scope: string) => Promise<void>;
  /** Shared between the clients of one process, so that a throttled scope is left alone by all. */
  gauge?: UsageGauge;
  /** Called when the scope is seen to have a connected number, which raises its rate to 5,000 an hour (meta §7). */
  onActive?: (scope: string) => void;
  /** Ends every call of this client: a cancelled or timed-out attempt must not go on writing. */
  signal?: AbortSignal;
  logger?: CallLogger;
  userAgent?: string;
  dispatcher?: Dispatcher;
}

export interface CallOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Overrides the client's scope. */
  scope?: string;
  /** What else of this call must not stand in the evidence, beside the token. */
  secrets?: readonly string[];
}

/** Values that are not plain are sent as JSON, as Graph wants lists and filters. Undefined ones are left out. */
export type Query = Record<string, string | number | boolean | undefined | readonly unknown[]>;
export type Body = Record<string, unknown>;

export class UploadedFile {
  constructor(
    readonly bytes: Uint8Array,
    readonly contentType: string,
  ) {}
}

const listSchema = z.looseObject({
  data: z.array(z.unknown()),
  paging: z
    .looseObject({
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
});

export class GraphClient {
  private readonly gauge: UsageGauge;

  constructor(private readonly options: GraphClientOptions) {
    this.gauge = options.gauge ?? new UsageGauge();
  }

  /** Where Graph is, as configured. */
  get baseUrl(): string {
    return this.options.baseUrl;
  }

  /** Reads `path` (`<id>` or `<id>/<edge>`). Fails with a PlatformError. */
  get<T>(path: string, query: Query, schema: ZodType<T>, options: CallOptions = {}): Promise<T> {
    return this.call('GET', path, query, undefined, schema, options);
  }

  post<T>(path: string, body: Body, schema: ZodType<T>, options: CallOptions = {}): Promise<T> {
    return this.call('POST', path, {}, body, schema, options);
  }

  /** Sends a file to an upload session; the session's id brings its own query (meta §4.3). */
  sendFile<T>(
    session: string,
    file: UploadedFile,
    schema: ZodType<T>,
    options: CallOptions = {},
  ): Promise<T> {
    return this.call('POST', session, {}, file, schema, options);
  }

  delete<T>(path: string, query: Query, schema: ZodType<T>, options: CallOptions = {}): Promise<T> {
    return this.call('DELETE', path, query, undefined, schema, options);
  }

  /**
   * Items of a list, page after page. Goes on by cursor: `paging.next` is a whole URL with the token in it. An absent
   * `next` is the last page (meta §4.2).
   */
  async *paginate<T>(
    path: string,
    query: Query,
    item: ZodType<T>,
    options: CallOptions = {},
  ): AsyncIterable<T> {
    const pageSchema = listSchema.extend({ data: z.array(item) });
    let after: string | undefined;
    for (;;) {
      const page = await this.get(path, { ...query, after }, pageSchema, options);
      yield* page.data;
      const next = page.paging?.next === undefined ? undefined : page.paging.cursors?.after;
      if (next === undefined || next === after) return;
      after = next;
    }
  }

  /** To be said by whoever reads that the scope has a connected number. */
  noteActive(scope = this.options.scope): void {
    if (scope !== undefined) this.options.onActive?.(scope);
  }

  private async call<T>(
    method: Method,
    path: string,
    query: Query,
    body: Body | UploadedFile | undefined,
    schema: ZodType<T>,
    options: CallOptions,
  ): Promise<T> {
    const call = callOf(method, path);
    const scope = options.scope ?? this.options.scope ?? 'app';
    const pausedMs = this.gauge.waitFor(scope);
    if (pausedMs > 0) throw new PlatformError(problemOfPause(call, pausedMs));
    await this.options.callBudget?.(scope);
    const startedAt = performance.now();
    try {
      const answer = await this.send(method, path, query, body, options);
      this.gauge.note(scope, answer.headers);
      const result = this.read(call, method, answer, schema, options.secrets ?? []);
      this.log(
        'debug',
        { call, status: answer.status, durationMs: performance.now() - startedAt },
        'platform call',
      );
      return result;
    } catch (error) {
      const failure = this.withCredential(this.asPlatformError(error, call, method));
      const { code, class: failureClass, effect } = failure.problem;
      this.log(
        'warn',
        { call, code, class: failureClass, effect, durationMs: performance.now() - startedAt },
        'platform call failed',
      );
      throw failure;
    }
  }

  private send(
    method: Method,
    path: string,
    query: Query,
    body: Body | UploadedFile | undefined,
    options: CallOptions,
  ): Promise<Answer> {
    const signals = [this.options.signal, options.signal].filter((signal) => signal !== undefined);
    return exchange({
      method,
      url: this.urlOf(path, query),
      headers: {
        accept: 'application/json',
        'user-agent': this.options.userAgent ?? 'carryover',
        ...this.headersFor(body),
      },
      body: body instanceof UploadedFile ? body.bytes : body && JSON.stringify(body),
      timeoutMs: options.timeoutMs ?? this.options.fetchTimeoutMs ?? ORDINARY_TIMEOUT_MS,
      signal: signals.length === 0 ? undefined : AbortSignal.any(signals),
      dispatcher: this.options.dispatcher ?? sharedAgent,
    });
  }

  /** Upload sessions know the token by the older scheme (meta §4.3). */
  private headersFor(body: Body | UploadedFile | undefined): Record<string, string> {
    const { accessToken } = this.options;
    if (body instanceof UploadedFile) {
      return {
        authorization: `OAuth ${accessToken ?? ''}`,
        file_offset: '0',
        'content-type': body.contentType,
      };
    }
    return {
      ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
  }

  private urlOf(path: string, query: Query): string {
    const url = new URL(
      `${this.options.baseUrl.replace(/\/+$/, '')}/${this.options.version}/${path.replace(/^\/+/, '')}`,
    );
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, Array.isArray(value) ? JSON.stringify(value) : String(value));
      }
    }
    return url.href;
  }

  private read<T>(
    call: string,
    method: Method,
    answer: Answer,
    schema: ZodType<T>,
    ofCall: readonly string[],
  ): T {
    const secrets = this.options.accessToken === null ? ofCall : [this.options.accessToken, ...ofCall];
    let body: unknown;
    try {
      body = JSON.parse(answer.text);
    } catch {
      throw new PlatformError(
        problemOfUnreadable({ call, write: isWrite(method), status: answer.status, why: 'not JSON' }),
      );
    }
    const problem = problemOfAnswer({ call, write: isWrite(method), answer, body, secrets });
    if (problem) throw new PlatformError(problem);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const why = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ');
    throw new PlatformError(
      problemOfUnreadable({ call, write: isWrite(method), status: answer.status, why }),
    );
  }

  private asPlatformError(error: unknown, call: string, method: Method): PlatformError {
    if (error instanceof PlatformError) return error;
    if (error instanceof TransportFault) {
      return new PlatformError(problemOfFault({ call, write: isWrite(method), fault: error.kind }), {
        cause: error,
      });
    }
    throw error;
  }

  /** A migration has several tokens: whoever is to store a new one must know which. */
  private withCredential(failure: PlatformError): PlatformError {
    const { credential } = this.options;
    const { problem } = failure;
    if (credential === undefined || !isAboutToken(problem.code)) return failure;
    return new PlatformError(
      {
        ...problem,
        remedy: problem.remedy.replace('{name}', credential),
        evidence: { ...problem.evidence, credential },
      },
      { cause: failure.cause },
    );
  }

  private log(level: 'debug' | 'warn', entry: Record<string, unknown>, message: string): void {
    this.options.logger?.[level](entry, message);
  }
}
