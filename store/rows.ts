/** Documents as they lie in MongoDB, one type a collection, with the indexes each is read by. */
import type { Db, IndexDescription } from 'mongodb';
import type { Actor, MigrationStateName } from '../shared/migration';
import type { Party, StepName } from '../shared/steps';
import type { LinkPurpose } from '../shared/links';
import type { TwoStepPin } from './secret-contract';
import type { LedgerRow, TemplateRow } from './report-contract';
import type { SealedValue } from './sealing';

export interface MigrationRow {
  /** The migration id. */
  _id: string;
  tenant: string;
  attempt: number;
  revision: number;
  createdAt: Date;
  /** When this attempt was asked for. */
  openedAt: Date;
  /** Null until somebody has seen the workflow of this attempt. */
  workflowSeenAt: Date | null;
  /** The execution ended without its own doing: the document is the store's, later projections of the attempt do not replace it. */
  endedFromOutside: boolean;
  /** Whether this attempt is to hold its number and, as far as is known, does; absent in rows of an earlier version. */
  claimed?: boolean;
  closed: boolean;
  /** Its run has ended while the number lay between its sides (meta §1.7); absent in rows of an earlier version. */
  numberLeft?: boolean;
  state: MigrationStateName;
  step: StepName | null;
  party: Party | null;
  sourceProvider: string;
  batchId: string | null;
  numberHash: string;
  /** By which webhooks find it, see `webhooks.ts`; absent in rows of an earlier version. */
  routingKeys?: string[];
  /** Words of the request that the document does not repeat. */
  requestWords: string[];
  words: string[];
  migration: unknown;
  input: SealedValue | null;
  resume: { attempt: number; revision: number; sealed: SealedValue } | null;
}

/** The last document of an attempt that a replay has followed. */
export interface EarlierAttemptRow {
  /** `{migration id}/{attempt}` */
  _id: string;
  tenant: string;
  migrationId: string;
  attempt: number;
  revision: number;
  migration: unknown;
}

export interface EventRow {
  /** `{migration id}/{position}` */
  _id: string;
  migrationId: string;
  tenant: string;
  position: number;
  runId: string | null;
  sequence: number | null;
  type: string;
  at: string;
  actor: Actor;
  step: StepName | null;
  data: Record<string, unknown>;
  keyId: string;
  hash: string;
}

/** Where a chain ends; `mac` makes it impossible to cut off the end and move the head back to a forged one. */
export interface ChainHeadRow {
  _id: string;
  tenant: string;
  length: number;
  hash: string;
  keyId: string;
  mac: string;
}

export interface ClaimRow {
  /** Keyed hash of the number's equivalence class: the uniqueness over tenants. */
  _id: string;
  tenant: string;
  migrationId: string;
  attempt: number;
  claimedAt: Date;
}

export interface CredentialRow {
  /** `{tenant}/{name}` */
  _id: string;
  tenant: string;
  name: string;
  kind: 'access_token';
  sealed: SealedValue;
  /** Absent or null: not known, or it does not expire. */
  tokenExpiresAt?: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface TwoStepPinRow {
  /** `{migration id}/{attempt}` */
  _id: string;
  tenant: string;
  migrationId: string;
  attempt: number;
  numberHash: string;
  state: TwoStepPin['state'];
  sealed: SealedValue;
  createdAt: Date;
}

export interface AttemptRow {
  /** Keyed hash of the number. */
  _id: string;
  attempts: { key: string; at: Date }[];
  lastAt: Date;
}

export interface CallBudgetRow {
  _id: string;
  /** Calls granted per slot of time; `slot` is the slot's ordinal since the epoch. */
  slots: { slot: number; calls: number }[];
  granted: boolean;
  /** The largest that a process has named. */
  capacity?: number;
  expiresAt: Date;
}

export type TemplateReportRow = TemplateRow & {
  /** `{migration id}/{name}/{language}` */
  _id: string;
  tenant: string;
  migrationId: string;
};

export type LedgerEntryRow = LedgerRow & {
  /** `{migration id}/{kind}/{ordinal}` */
  _id: string;
  tenant: string;
  migrationId: string;
  kindSince: Date;
  ordinal: number;
};

export interface IdempotencyRow {
  /** Keyed hash of tenant and key. */
  _id: string;
  scope: string;
  bodyHash: string;
  /** Set by a start, whose answer is the migration itself. */
  migrationId: string | null;
  /** Who is answering and until when; null when nobody is. */
  lease: { holder: string; until: Date } | null;
  answer: SealedValue | null;
  expiresAt: Date;
}

export interface NoteRow {
  /** `{migration id}/{key}` */
  _id: string;
  migrationId: string;
  value: unknown;
}

/** One change told by webhook, without content. */
export interface ReceiptRow {
  /** Keyed hash of the change, or what its kind makes unique. */
  _id: string;
  kind: string;
  event: string | null;
  at: string;
  keys: string[];
  numberHash: string | null;
  receivedAt: Date;
  /** Not to be routed before; moved on by whoever takes it. */
  dueAt: Date;
  tries: number;
  /** Migrations that were told of it already; absent: none. */
  told?: string[];
  taken: string | null;
  /** Null until it is routed. */
  fate: 'hinted' | 'nobody' | 'unread' | null;
  sealed: SealedValue | null;
  expiresAt: Date;
}

/** When traffic of a migration's number was heard of. */
export interface TrafficRow {
  /** The migration id. */
  _id: string;
  lastInboundAtSource?: Date;
  firstInboundAtDestination?: Date;
  firstOutboundAtDestination?: Date;
}

/** An hour of the messages that a moved number sends, or all of them. */
export interface SentMessagesRow {
  /** `{migration id}/{hour}` or `{migration id}/watch` */
  _id: string;
  migrationId: string;
  /** Of an hour. */
  hour?: Date;
  /** Of all: the first instant of which a status was told, and how many had each kind of it. */
  since?: Date;
  byStatus?: Partial<Record<'sent' | 'delivered' | 'read', Record<string, number>>>;
  /** How many different ones, as `distinct-count.ts` keeps it; absent: none. */
  registers?: Record<string, number>;
  failedRegisters?: Record<string, number>;
  /** `{Meta's code}:{keyed hash of the message's id}`, of a bounded number. */
  failedMarks: string[];
  expiresAt: Date;
}

export interface LinkRow {
  /** The link's id. */
  _id: string;
  tenant: string;
  migrationId: string;
  purpose: LinkPurpose;
  /** The link whose browser made this one; it opens nothing once that is gone. */
  root?: string;
  secretHash: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface LinkSessionRow {
  /** Hash of what the browser's cookie holds. */
  _id: string;
  linkId: string;
  expiresAt: Date;
}

export interface PopupCodeRow {
  /** `{migration id}/{ref}` */
  _id: string;
  tenant: string;
  /** Absent: spent. */
  sealed?: SealedValue;
  /** Who exchanges it, or did. */
  user?: string;
  expiresAt: Date;
}

const newestFirst = { createdAt: -1, _id: -1 } as const;

const INDEXES = {
  migrations: [
    { key: { tenant: 1, ...newestFirst } },
    { key: { tenant: 1, state: 1, ...newestFirst } },
    { key: { tenant: 1, party: 1, ...newestFirst } },
    { key: { tenant: 1, sourceProvider: 1, ...newestFirst } },
    { key: { batchId: 1, ...newestFirst }, partialFilterExpression: { batchId: { $type: 'string' } } },
    { key: { tenant: 1, numberHash: 1, ...newestFirst } },
    { key: { numberHash: 1, openedAt: -1 } },
    { key: { tenant: 1, words: 1 } },
    { key: { routingKeys: 1 }, partialFilterExpression: { closed: false } },
    { key: { numberLeft: 1 }, partialFilterExpression: { numberLeft: true } },
    { key: { closed: 1, _id: 1 }, partialFilterExpression: { closed: false } },
    { key: { openedAt: 1 }, partialFilterExpression: { workflowSeenAt: null } },
  ],
  earlierAttempts: [{ key: { migrationId: 1 } }],
  events: [
    { key: { migrationId: 1, position: 1 }, unique: true },
    {
      key: { migrationId: 1, runId: 1, sequence: 1 },
      unique: true,
      partialFilterExpression: { sequence: { $type: 'number' } },
    },
  ],
  chainHeads: [],
  claims: [{ key: { migrationId: 1 } }],
  credentials: [{ key: { tenant: 1, name: 1 } }],
  twoStepPins: [{ key: { migrationId: 1, attempt: 1 } }],
  registerAttempts: [{ key: { lastAt: 1 }, expireAfterSeconds: 30 * 86_400 }],
  codeRequests: [{ key: { lastAt: 1 }, expireAfterSeconds: 30 * 86_400 }],
  callBudgets: [{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  templateReports: [{ key: { migrationId: 1, name: 1, language: 1 } }],
  ledger: [{ key: { migrationId: 1, kindSince: 1, kind: 1, ordinal: 1 } }],
  idempotency: [{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  notes: [{ key: { migrationId: 1 } }],
  // A link is named by the result handed in under it, a little longer than it opens the page.
  links: [
    { key: { secretHash: 1 }, unique: true },
    { key: { root: 1 }, sparse: true },
    { key: { expiresAt: 1 }, expireAfterSeconds: 30 * 86_400 },
  ],
  linkSessions: [{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  popupCodes: [{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  traffic: [],
  sentMessages: [{ key: { migrationId: 1, hour: 1 } }, { key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  webhookReceipts: [
    { key: { dueAt: 1 }, partialFilterExpression: { fate: null } },
    { key: { taken: 1 }, partialFilterExpression: { taken: { $type: 'string' } } },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
} satisfies Record<string, IndexDescription[]>;

export const collectionsOf = (db: Db) => ({
  migrations: db.collection<MigrationRow>('migrations'),
  earlierAttempts: db.collection<EarlierAttemptRow>('earlierAttempts'),
  events: db.collection<EventRow>('events'),
  chainHeads: db.collection<ChainHeadRow>('chainHeads'),
  claims: db.collection<ClaimRow>('claims'),
  credentials: db.collection<CredentialRow>('credentials'),
  twoStepPins: db.collection<TwoStepPinRow>('twoStepPins'),
  registerAttempts: db.collection<AttemptRow>('registerAttempts'),
  codeRequests: db.collection<AttemptRow>('codeRequests'),
  callBudgets: db.collection<CallBudgetRow>('callBudgets'),
  templateReports: db.collection<TemplateReportRow>('templateReports'),
  ledger: db.collection<LedgerEntryRow>('ledger'),
  idempotency: db.collection<IdempotencyRow>('idempotency'),
  notes: db.collection<NoteRow>('notes'),
  links: db.collection<LinkRow>('links'),
  linkSessions: db.collection<LinkSessionRow>('linkSessions'),
  popupCodes: db.collection<PopupCodeRow>('popupCodes'),
  traffic: db.collection<TrafficRow>('traffic'),
  sentMessages: db.collection<SentMessagesRow>('sentMessages'),
  webhookReceipts: db.collection<ReceiptRow>('webhookReceipts'),
});
export type Collections = ReturnType<typeof collectionsOf>;

/** Makes every collection and index that is missing; a collection cannot always be made inside a transaction. */
export const ensureIndexes = async (db: Db): Promise<void> => {
  for (const [name, indexes] of Object.entries(INDEXES)) {
    if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
    else await db.collection(name).createIndex({ _id: 1 });
  }
};
