/** What the platform told by webhook, as it is kept: enough to route it as a hint, never content or a phone number. */
import type { MigrationId } from '../shared/ids';
import type { Migration } from '../shared/migration';
import type { HintKind } from '../shared/platform-hints';

export interface NewReceipt {
  /** The same change told twice has one receipt. */
  id: string;
  kind: HintKind;
  event: string | null;
  /** When Meta says it happened. */
  at: string;
  /** `waba:…`, `business:…`, `solution:…`: ids at Meta, any of which a migration concerned has. */
  keys: string[];
  /** Given, only migrations of this number are concerned; kept as a keyed hash. */
  phoneNumber?: string | undefined;
}

export interface Receipt {
  id: string;
  kind: HintKind;
  event: string | null;
  at: string;
  keys: string[];
  numberHash: string | null;
  /** How often it was tried to route it in vain. */
  tries: number;
  /** Migrations that were told of it before it was postponed for the others. */
  told: string[];
}

/** What became of a receipt: some migration was told, or none waits for it. */
export type ReceiptFate = 'hinted' | 'nobody';

export interface ConcernedMigration {
  migrationId: MigrationId;
  tenant: string;
  migration: Pick<
    Migration,
    'state' | 'step' | 'steps' | 'cutover' | 'source' | 'destination' | 'numberFreedAt'
  >;
}

export interface WebhookStore {
  /** Answers with the ids that are new. Kept for 30 days. */
  keep(receipts: readonly NewReceipt[]): Promise<string[]>;
  /** What this version cannot route: that it came, and its outline, sealed where it may say something. */
  keepUnread(unread: { id: string; field: string; at: string; content: unknown }): Promise<boolean>;
  /** Oldest first; nobody else is given them for half a minute. */
  takeUnrouted(limit: number): Promise<Receipt[]>;
  settle(ids: readonly string[], fate: ReceiptFate): Promise<void>;
  /** Not before `waitMs` from now; `told`: migrations that need not be told of these again. */
  postpone(ids: readonly string[], waitMs: number, told?: readonly string[]): Promise<void>;
  backlog(): Promise<{ unrouted: number; oldestAgeMs: number }>;
  /** Live migrations that have one of these keys and, when a number is told, are of it. */
  concerned(to: Pick<NewReceipt, 'keys' | 'phoneNumber'> | Receipt): AsyncIterable<ConcernedMigration>;
}
