/** The store's boundary: `openStore` and the types of what it gives. */
import type { KeyRing } from '../shared/encryption/key-ring';
import { createAttemptCounter } from './attempts';
import { createCallBudget } from './call-budget';
import { createClaimStore } from './claims';
import type { Store } from './contract';
import { Database, type ConnectionOptions } from './database';
import { createEffectNotes } from './effect-notes';
import { createEventStore } from './events';
import { createIdempotencyStore } from './idempotency';
import { createLedgerStore } from './ledgers';
import { createLinkStore } from './links';
import { createMigrationStore } from './migrations';
import { createPopupCodes } from './popup-codes';
import { collectionsOf, ensureIndexes } from './rows';
import { createSecretStore } from './secrets';
import { createSentMessageStore } from './sent-messages';
import { createTemplateReportStore } from './template-reports';
import { createTrafficStore } from './traffic';
import { createWebhookStore } from './webhooks';

export type * from './contract';
export type * from './link-contract';
export type * from './report-contract';
export type * from './secret-contract';
export type * from './webhook-contract';
export type { Page, PageOf } from './pages';
export * from './errors';
export { ensureIndexesAtStart } from './at-start';
export { credentialResolver } from './credential-resolver';

export interface StoreOptions extends ConnectionOptions {
  keys: KeyRing;
}

/** Connects, and makes missing indexes, with the first use that finds MongoDB: a process starts while it is away. */
export const openStore = (options: StoreOptions): Promise<Store> => {
  const database = new Database(options, ensureIndexes);
  const room = { database, rows: collectionsOf(database.db), keys: options.keys };
  return Promise.resolve({
    migrations: createMigrationStore(room),
    events: createEventStore(room),
    claims: createClaimStore(room),
    secrets: createSecretStore(room),
    attempts: createAttemptCounter(room),
    callBudget: createCallBudget(room),
    templateReports: createTemplateReportStore(room),
    ledgers: createLedgerStore(room),
    idempotency: createIdempotencyStore(room),
    notes: createEffectNotes(room),
    links: createLinkStore(room),
    popupCodes: createPopupCodes(room),
    traffic: createTrafficStore(room),
    sentMessages: createSentMessageStore(room),
    webhooks: createWebhookStore(room),
    // Any guarded use makes them first: this one is nothing else.
    ensureIndexes: () => database.guardAtLeisure(() => Promise.resolve()),
    ping: () =>
      database.guard(async () => {
        await database.db.command({ ping: 1 });
      }),
    close: () => database.close(),
  });
};
