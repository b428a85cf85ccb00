/** The connection: majority concern everywhere, driver errors told apart, transactions that run until they stand. */
import {
  MongoClient,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  type ClientSession,
  type Db,
} from 'mongodb';
import { StoreFullError, StoreUnavailableError } from './errors';

export interface ConnectionOptions {
  uri: string;
  /** How long to look for a primary; default 5 s. */
  serverSelectionTimeoutMs?: number | undefined;
  /** How long one command may stay unanswered; default 10 s. */
  socketTimeoutMs?: number | undefined;
  /** How long anything asked may take as a whole, retries included; no limit when absent. */
  answerWithinMs?: number | undefined;
  /** Name under which MongoDB shows this process. */
  appName?: string | undefined;
}

const SERVER_SELECTION_MS = 5_000;
const SOCKET_MS = 10_000;
/** What a burst has opened beside the others is let go after so long without use. */
const IDLE_MS = 15_000;
const DUPLICATE_KEY = 11000;
/** A lost race is over at the next look; more in a row are a defect. */
const RACES_LOST_AT_MOST = 10;

/**
 * Codes of a server that cannot do it now: not reachable from a router, shutting down, no primary, interrupted, timed out,
 * conflicting.
 */
const PASSING_CODES = new Set([
  6, 7, 24, 50, 64, 89, 91, 112, 133, 189, 202, 251, 262, 317, 384, 9001, 10107, 11600, 11601, 11602, 13435,
  13436,
]);
/** `OutOfDiskSpace`; and `UserWritesBlocked`, by which an administrator or a hosted cluster keeps a disk from filling up. */
const FULL_CODES: readonly unknown[] = [14031, 371];
const isFull = (error: unknown): boolean =>
  error instanceof MongoServerError && FULL_CODES.includes(error.code);

/**
 * The driver lets a socket's own error through when the other side has just hung up (seen: EPIPE, "This socket has been
 * ended by the other party"); nothing else here speaks over bare sockets.
 */
const BROKEN_CONNECTION: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT']);

const isBrokenConnection = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && BROKEN_CONNECTION.has(error.code);

const isUnavailable = (error: unknown): boolean => {
  if (isBrokenConnection(error)) return true;
  if (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNotConnectedError ||
    error instanceof MongoTopologyClosedError ||
    error instanceof MongoOperationTimeoutError
  )
    return true;
  if (error instanceof MongoServerError && typeof error.code === 'number' && PASSING_CODES.has(error.code))
    return true;
  return (
    error instanceof MongoError &&
    ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult'].some((label) =>
      error.hasErrorLabel(label),
    )
  );
};

/** What means "not now" as what the store throws on purpose; anything else as it is. */
const asStoreError = (error: unknown): unknown => {
  if (isFull(error)) return new StoreFullError(error);
  return isUnavailable(error) ? new StoreUnavailableError(error) : error;
};

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/** The driver repeats an unanswered commit for two minutes, and a read once; nobody who asks has that long. What is written late is written. */
const withinTime = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new StoreUnavailableError(new Error(`no answer within ${String(ms)} ms`)));
    }, ms);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

/** The document an upsert leaves; the driver's type cannot say that there is one. */
export const upserted = <T>(row: T | null): T => {
  if (row === null) throw new Error('MongoDB answered an upsert without a document');
  return row;
};

export class Database {
  private readonly client: MongoClient;
  /** Longest time a transaction is tried again, while others change the same documents or the server is away. */
  private readonly patienceMs: number;
  private readonly socketTimeoutMs: number;
  private readonly answerWithinMs: number | undefined;
  private closed = false;
  private prepared: Promise<void> | undefined;
  readonly db: Db;

  /** @param prepare what must be there before anything is read or written; safe to repeat. */
  constructor(
    options: ConnectionOptions,
    private readonly prepare: (db: Db) => Promise<void>,
  ) {
    const serverSelectionTimeoutMS = options.serverSelectionTimeoutMs ?? SERVER_SELECTION_MS;
    this.socketTimeoutMs = options.socketTimeoutMs ?? SOCKET_MS;
    this.answerWithinMs = options.answerWithinMs;
    this.patienceMs = serverSelectionTimeoutMS + this.socketTimeoutMs;
    this.client = new MongoClient(options.uri, {
      serverSelectionTimeoutMS,
      connectTimeoutMS: serverSelectionTimeoutMS,
      socketTimeoutMS: this.socketTimeoutMs,
      maxIdleTimeMS: IDLE_MS,
      writeConcern: { w: 'majority' },
      readConcern: { level: 'majority' },
      ignoreUndefined: true,
      ...(options.appName === undefined ? {} : { appName: options.appName }),
    });
    this.db = this.client.db();
  }

  /** Once a process; while the server has never answered it, with each use. */
  private whenPrepared(): Promise<void> {
    this.prepared ??= this.connectAndPrepare().catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  /** A first connection that failed is not tried again by the driver's operations, they find its topology closed for good. */
  private async connectAndPrepare(): Promise<void> {
    await this.client.connect();
    await this.prepare(this.db);
  }

  /** Passes on what `work` gives; what means "not now" becomes a `StoreUnavailableError`. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    const prepared = () => this.whenPrepared().then(work);
    try {
      return await (this.answerWithinMs === undefined
        ? prepared()
        : withinTime(prepared(), this.answerWithinMs));
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** The same for what may take as long as it takes: indexes of a large collection, Meta's verdict on a code. */
  async guardAtLeisure<T>(work: () => Promise<T>): Promise<T> {
    try {
      await this.whenPrepared();
      return await work();
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** The same for what is read as it comes. */
  async *guardEach<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      await this.whenPrepared();
      yield* rows;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /**
   * `work` may run several times: when others changed what it read, and when an insert met a document that was not
   * visible yet (it then sees it). It must await its operations one after the other.
   */
  async transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const deadline = Date.now() + this.patienceMs;
    const bounded = async (session: ClientSession): Promise<T> => {
      if (Date.now() > deadline) throw new StoreUnavailableError(new Error('the transaction took too long'));
      return work(session);
    };
    const run = () =>
      this.client.withSession((session) =>
        session.withTransaction(bounded, {
          readConcern: { level: 'snapshot' },
          writeConcern: { w: 'majority' },
        }),
      );
    return withinTime(this.untilNotDuplicate(run), this.patienceMs + this.socketTimeoutMs);
  }

  /** Does `work` again when it lost a race to insert the same document. */
  async untilNotDuplicate<T>(work: () => Promise<T>): Promise<T> {
    return this.guard(async () => {
      for (let race = 1; ; race += 1) {
        try {
          return await work();
        } catch (error) {
          if (!isDuplicateKey(error) || race === RACES_LOST_AT_MOST) throw error;
        }
      }
    });
  }

  /** Whoever tries something again and again ends with it. */
  get isClosed(): boolean {
    return this.closed;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client.close();
  }
}
