/**
 * The store as the rest of the program sees it. Lookups take a tenant wherever a person's request leads here, so that
 * a foreign id finds nothing. Every method throws `StoreUnavailableError` when MongoDB cannot answer; times are
 * RFC 3339 strings, durations milliseconds.
 */
import type { MessageFigures, MessageStatus, WatchFigures } from '../shared/failed-messages';
import type { MigrationId } from '../shared/ids';
import type { MigrationInput } from '../shared/messages';
import type {
  Actor,
  Migration,
  MigrationEvent,
  MigrationStateName,
  ObservedTraffic,
  Outcome,
} from '../shared/migration';
import type { Party, StepName } from '../shared/steps';
import type { LinkStore, PopupCodes } from './link-contract';
import type { Page, PageOf } from './pages';
import type { LedgerStore, TemplateReportStore } from './report-contract';
import type { SecretStore } from './secret-contract';
import type { WebhookStore } from './webhook-contract';

export interface MigrationRef {
  tenant: string;
  migrationId: MigrationId;
  attempt: number;
}

/** The number is held: by the same tenant (its migration may be named), or by somebody who may not be named. */
export type ClaimConflict =
  { kind: 'number_in_migration'; migrationId: MigrationId } | { kind: 'number_unavailable' };

/** The number was freed by the end of that migration, whose run the caller has not seen over (`seenOver`); of any tenant. */
export interface EndUnconfirmed {
  kind: 'end_unconfirmed';
  migrationId: MigrationId;
}

export type StartOutcome =
  | { kind: 'started' }
  /** Same key and body as an earlier start. */
  | { kind: 'repeated'; migrationId: MigrationId }
  /** Same key, other body or other request. */
  | { kind: 'key_reused' }
  | EndUnconfirmed
  | ClaimConflict;

export type ReopenOutcome =
  | { kind: 'started' }
  /** This attempt has been opened before. */
  | { kind: 'repeated'; migrationId: MigrationId }
  | { kind: 'not_found' }
  /** The attempt before it is still going on, completed, or is not the one before it. */
  | { kind: 'not_replayable' }
  | EndUnconfirmed
  | ClaimConflict;

export interface MigrationFilter {
  state?: MigrationStateName | undefined;
  step?: StepName | undefined;
  /** Party of `waitingFor`. */
  party?: Party | undefined;
  batchId?: string | undefined;
  sourceProvider?: string | undefined;
}

/**
 * `number_regained`: an end had been told that never came to be, and the number is held again. `number_lost`: as before, and
 * another migration holds it by now; told again with every projection until it is free.
 */
export type ProjectOutcome = 'told' | 'number_regained' | 'number_lost';

export interface MigrationStore {
  /**
   * One transaction: idempotency row (kept 30 days), claim (not for a dry run), document, first audit entry. Answered
   * with `end_unconfirmed` it has done nothing, and is asked again once that run is seen to be over.
   */
  start(x: {
    tenant: string;
    idempotencyKey: string;
    bodyHash: string;
    migration: Migration;
    input: MigrationInput;
    actor: Actor;
    batchId?: string | undefined;
    /** The earlier migration of this number whose run has been seen to be over. */
    seenOver?: MigrationId | undefined;
  }): Promise<StartOutcome>;
  /** The workflow of this attempt exists; a projection says so too. */
  markStarted(migrationId: string): Promise<void>;
  /** Attempts opened before `olderThan` whose workflow nobody has reported; `input` is null when it cannot be read. */
  halfStarted(
    olderThan: Date,
  ): Promise<{ tenant: string; migrationId: MigrationId; input: MigrationInput | null }[]>;
  /**
   * One transaction: appends events (a repeated key with the same content is ignored), replaces the document when
   * (attempt, revision) is newer, keeps `resume` sealed, frees the claim when the migration is closed, and takes it
   * again when that end never came to be.
   * Throws `EventConflictError`, which says from where on the run may tell again.
   */
  project(x: {
    tenant: string;
    migrationId: MigrationId;
    runId: string;
    events: readonly MigrationEvent[];
    migration: Migration;
    resume: unknown;
  }): Promise<ProjectOutcome>;
  get(tenant: string, id: string): Promise<Migration | null>;
  /** The given attempt's last document; earlier attempts keep theirs. */
  getAttempt(tenant: string, id: string, attempt: number): Promise<Migration | null>;
  getResume(tenant: string, id: string): Promise<{ attempt: number; resume: unknown } | null>;
  /** What the current attempt's workflow was, or is to be, started with. */
  getInput(tenant: string, id: string): Promise<MigrationInput | null>;
  /** Newest first by (createdAt, id). Throws `InvalidCursorError`. */
  list(tenant: string, filter: MigrationFilter, page: Page): Promise<PageOf<Migration>>;
  /** By number (any way of writing it) or by words that begin with those of `text`; both given: both must match. */
  search(
    tenant: string,
    query: { phoneNumber?: string | undefined; text?: string | undefined },
    page: Page,
  ): Promise<PageOf<Migration>>;
  /**
   * How many migrations have announced a number and not registered it although its window is over, although the operator
   * was told that it waits, or although their run has ended and nobody has said what became of it (meta §1.7). Of all
   * tenants.
   */
  countAnnouncedOverdue(now: Date): Promise<number>;
  /**
   * Somebody says what became of the number that an ended run has left between its sides. Not settled: there was none,
   * or it was settled before. Null: no such migration.
   */
  settleLeftNumber(x: {
    tenant: string;
    id: string;
    actor: Actor;
    reason: string;
    at: string;
  }): Promise<{ settled: boolean; migration: Migration } | null>;
  /** How many live migrations go on although another one holds their number. Of all tenants. */
  countLostNumbers(): Promise<number>;
  /** Migrations that should have a running workflow, by id, beginning after `after`. */
  liveIds(after?: string): AsyncIterable<MigrationRef>;
  /**
   * Records that the execution ended without its own doing. Before the point of no return the migration is failed;
   * after it, it is blocked on the operator. The claim is freed. False when there was nothing to close (repeating is harmless).
   */
  closeFromOutside(x: {
    tenant: string;
    id: string;
    attempt: number;
    outcome: Outcome;
    reason: string;
  }): Promise<boolean>;
  /** A replay: `attempt` is the new one, `migration` its first document; the claim is taken again. */
  reopen(x: {
    tenant: string;
    id: string;
    attempt: number;
    migration: Migration;
    /** Given, a half-done reopening can be finished by `halfStarted`. */
    input?: MigrationInput | undefined;
    actor: Actor;
    reason: string;
    /** As for `start`. */
    seenOver?: MigrationId | undefined;
  }): Promise<ReopenOutcome>;
}

/** An entry of the audit trail as it is kept. */
export interface AuditEntry {
  /** Per migration, from 1, without gaps. */
  position: number;
  type: string;
  at: string;
  actor: Actor;
  step: StepName | null;
  data: Record<string, unknown>;
  /** Of the workflow's own entries; null for the server's. */
  runId: string | null;
  sequence: number | null;
  /** HMAC over the predecessor's hash and this entry, made with the key `keyId`. */
  hash: string;
  keyId: string;
}

export type ChainVerdict = { ok: true; length: number } | { ok: false; brokenAt: number; why: string };

export interface EventStore {
  /** The server's own entries: who asked what, what was refused, who revealed. Throws `UnknownMigrationError`. */
  append(
    tenant: string,
    migrationId: string,
    entry: { type: string; actor: Actor; step: StepName | null; data: Record<string, unknown>; at: string },
  ): Promise<{ position: number }>;
  /** Newest first unless `order` says otherwise. Throws `InvalidCursorError`. */
  list(
    tenant: string,
    migrationId: string,
    page: Page & { order?: 'newest' | 'oldest' | undefined },
  ): Promise<PageOf<AuditEntry>>;
  /** Recomputes every hash. `brokenAt` is the first position that is not as it was written. */
  verifyChain(migrationId: string): Promise<ChainVerdict>;
  /** Every migration that has, or should have, a chain. */
  chainIds(): AsyncIterable<string>;
}

export interface ClaimStore {
  /** Taking what the same migration already holds succeeds, and moves the claim to a later attempt. */
  take(
    ref: MigrationRef,
    x: { phoneNumber: string },
  ): Promise<{ claimed: true } | { claimed: false; heldBySameTenant: boolean; migrationId?: MigrationId }>;
  /** Compare-and-set: nothing happens unless exactly this attempt holds it. */
  release(migrationId: string, attempt: number): Promise<boolean>;
  holder(phoneNumber: string): Promise<MigrationRef | null>;
}

export interface AttemptRequest {
  phoneNumber: string;
  /** Migration id + step + ordinal: the same key is counted once. */
  effectKey: string;
  /** How many are allowed in any `windowMs`. */
  limit: number;
  windowMs: number;
  /** Default: now. */
  now?: Date | undefined;
}
export type AttemptVerdict = { allowed: true; count: number } | { allowed: false; retryAt: string };

/** Counted before the call, per number, over all migrations and tenants. */
export interface AttemptCounter {
  countRegisterAttempt(x: AttemptRequest): Promise<AttemptVerdict>;
  countCodeRequest(x: AttemptRequest): Promise<AttemptVerdict>;
}

export interface CallBudget {
  /**
   * Grants at most `capacity` calls of `key` in any `perMs`, over all processes; the largest capacity that any process
   * has named holds. `share` (0 to 1, default 1): refused once that part of the capacity is used, by whomever. `room`
   * (default 1): who is refused is told to come back when so many calls are free, not at the first one. `now`:
   * default the caller's clock. `key` names app and WABA.
   */
  take(
    key: string,
    budget: { capacity: number; perMs: number; share?: number | undefined; room?: number | undefined },
    now?: Date,
  ): Promise<{ granted: true } | { granted: false; waitMs: number }>;
}

export interface StoredAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string> | undefined;
}

export interface IdempotentTurn {
  /** An earlier try with this key fell silent before its answer was kept: what it was to do may be done already. */
  isAgain: boolean;
}

export interface IdempotencyStore {
  /**
   * Does `act` once per (tenant, key) and gives its answer again for 30 days. An answer is kept (sealed) unless it is a
   * 429 or 5xx, says `store: false`, or `store` is false for the request (an answer with a revealed secret): then the
   * same key may act again, still one at a time. When the process dies in the middle, the key is free after half a minute.
   * A concurrent repetition waits for the first one's answer.
   * Throws `IdempotencyKeyReusedError`, `IdempotencyKeyBusyError`, and whatever `act` throws (then nothing is kept).
   */
  run(
    x: {
      tenant: string;
      key: string;
      /** Method and path. */
      scope: string;
      bodyHash: string;
      store?: boolean | undefined;
    },
    act: (turn: IdempotentTurn) => Promise<StoredAnswer & { store?: boolean | undefined }>,
  ): Promise<StoredAnswer & { replayed: boolean }>;
}

/** Small facts that an activity must remember between attempts and replays. Never a secret. */
export interface EffectNotes {
  /** The first note under a key stands; answers with the one that stands. */
  noteOnce(migrationId: string, key: string, value: unknown): Promise<unknown>;
  /** Replaces an earlier note. */
  note(migrationId: string, key: string, value: unknown): Promise<void>;
  /** Null when there is none. */
  read(migrationId: string, key: string): Promise<unknown>;
}

export interface TrafficStore {
  /**
   * Keeps the earliest first and the latest last instant it was ever told, in whatever order and however often.
   */
  observe(migrationId: string, seen: Partial<ObservedTraffic>): Promise<void>;
  read(migrationId: string): Promise<ObservedTraffic>;
}

/** A message of which a status was told; `failedWith` is Meta's code, 0 where none was told, null: it has not failed. */
export interface ToldMessage {
  messageId: string;
  at: string;
  /** Null: a status of another kind, which shows that there is a message. */
  status: MessageStatus | null;
  failedWith: number | null;
}

export interface SentMessageStore {
  /** Counts each message once, in whatever order and however often it is told. */
  observe(migrationId: string, told: readonly ToldMessage[]): Promise<void>;
  /** Of the hour of `since`, and from then on. */
  read(migrationId: string, since: string): Promise<MessageFigures>;
  /** Of all that was told while the number is watched, by kind; null: of nothing. */
  readWatch(migrationId: string): Promise<WatchFigures | null>;
}

export interface Store {
  migrations: MigrationStore;
  events: EventStore;
  claims: ClaimStore;
  secrets: SecretStore;
  attempts: AttemptCounter;
  callBudget: CallBudget;
  templateReports: TemplateReportStore;
  ledgers: LedgerStore;
  idempotency: IdempotencyStore;
  notes: EffectNotes;
  links: LinkStore;
  popupCodes: PopupCodes;
  traffic: TrafficStore;
  sentMessages: SentMessageStore;
  webhooks: WebhookStore;
  /** Nothing is read or written before they are there. Safe to repeat and to run in several processes at once. */
  ensureIndexes(): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
