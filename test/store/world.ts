/** A database of a file's own, and small builders of migrations. */
import { randomBytes } from 'node:crypto';
import { MongoClient, type Db } from 'mongodb';
import { KeyRing } from '../../shared/encryption/key-ring';
import type { MigrationInput } from '../../shared/messages';
import { migrationSchema, type Actor, type Migration, type MigrationEvent } from '../../shared/migration';
import { newMigrationId } from '../../shared/new-ids';
import { factsOfRequest } from '../../shared/plan/facts';
import { planOf } from '../../shared/plan/plan';
import { policySchema } from '../../shared/policy';
import { startRequestSchema } from '../../shared/requests';
import { openStore, type Store } from '../../store';
import { atEndOfFile } from '../support/after-each-file';
import { mongoUri } from '../support/servers';

export const keyText = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
export const KEYS = keyText('k1');

export interface TestStore {
  store: Store;
  /** The same database, seen as MongoDB's owner sees it. */
  raw: Db;
  uri: string;
  reopenWith: (keys: string) => Promise<Store>;
}

export const openTestStore = async (name: string, keys = KEYS): Promise<TestStore> => {
  const uri = mongoUri(`store-${name}`);
  const open = async (list: string): Promise<Store> => {
    const store = await openStore({ uri, keys: KeyRing.parse(list) });
    atEndOfFile(() => store.close());
    return store;
  };
  const client = new MongoClient(uri);
  atEndOfFile(() => client.close());
  await client.db().dropDatabase();
  const store = await open(keys);
  await store.ensureIndexes();
  return { store, raw: client.db(), uri, reopenWith: open };
};

export const BACKEND: Actor = { kind: 'api_key', name: 'backend-1' };

let lastNumber = 0;
/** Another Brazilian number each time. */
export const aNumber = (): string => {
  lastNumber += 1;
  return `+55319${String(91_110_000 + lastNumber)}`;
};

const aRequest = startRequestSchema.parse({
  phoneNumber: '+5531991110000',
  route: 'programmatic',
  source: { provider: 'acme-bsp', businessId: '1001', wabaId: '2001' },
  destination: { provider: 'meta', businessId: '1001', credential: 'meta-destination' },
});

export const aMigration = (change: Partial<Migration> = {}): Migration =>
  migrationSchema.parse({
    id: newMigrationId(),
    attempt: 1,
    revision: 1,
    mode: 'execute',
    route: 'programmatic',
    phoneNumber: aNumber(),
    state: 'running',
    outcome: null,
    step: 'eligibility',
    registerAttemptedAt: null,
    allowedActions: ['abort'],
    tasks: [],
    waitingFor: null,
    steps: [
      { name: 'eligibility', status: 'running', attempts: 1, startedAt: null, finishedAt: null, error: null },
    ],
    findings: [],
    baseline: null,
    source: { provider: 'acme-bsp', businessId: '1001', wabaId: '2001', phoneNumberId: null },
    destination: { provider: 'meta', businessId: '1001', wabaId: null, phoneNumberId: null },
    leftInPlace: [],
    cutover: {
      ...{ notBefore: null, notAfter: null, approval: 'automatic', approvedAt: null, announcedAt: null },
      ...{ registeredAt: null, connectedAt: null, outageMs: null },
    },
    templates: null,
    acceptance: [],
    plan: planOf(
      factsOfRequest(aRequest, policySchema.parse({}), '2026-11-22T10:00:00.000Z', ['eligibility']),
    ),
    attempts: [],
    createdAt: '2026-11-22T10:00:00.000Z',
    updatedAt: '2026-11-22T10:00:00.000Z',
    metadata: { ticket: 'ABC-1' },
    ...change,
  });

export const inputOf = (
  migration: Migration,
  tenant = 'acme',
  businessName = 'Padaria São João',
): MigrationInput => ({
  schema: 1,
  tenant,
  migrationId: migration.id,
  attempt: migration.attempt,
  request: startRequestSchema.parse({
    phoneNumber: migration.phoneNumber,
    route: 'programmatic',
    source: { provider: 'acme-bsp', businessId: '1001', wabaId: '2001' },
    destination: { provider: 'meta', businessId: '1001', credential: 'meta-destination' },
    business: { name: businessName },
  }),
  policy: policySchema.parse({}),
  callingCode: '55',
  startedBy: BACKEND,
  createdAt: migration.createdAt,
});

export const startOf = (
  migration: Migration,
  change: { tenant?: string; idempotencyKey?: string; bodyHash?: string; businessName?: string } = {},
) => ({
  tenant: change.tenant ?? 'acme',
  idempotencyKey: change.idempotencyKey ?? `key of ${migration.id}`,
  bodyHash: change.bodyHash ?? 'hash',
  migration,
  input: inputOf(migration, change.tenant, change.businessName),
  actor: BACKEND,
});

export const started = async (
  store: Store,
  change: Partial<Migration> = {},
  tenant = 'acme',
): Promise<Migration> => {
  const migration = aMigration(change);
  const outcome = await store.migrations.start(startOf(migration, { tenant }));
  if (outcome.kind !== 'started') throw new Error(`the start was answered with ${outcome.kind}`);
  await store.migrations.markStarted(migration.id);
  return migration;
};

export const anEvent = (sequence: number, change: Partial<MigrationEvent> = {}): MigrationEvent => ({
  sequence,
  type: 'step_started',
  at: '2026-11-22T10:00:01.000Z',
  actor: { kind: 'system', name: 'workflow' },
  step: 'eligibility',
  data: { n: sequence },
  ...change,
});

export const projectionOf = (
  migration: Migration,
  events: MigrationEvent[] = [],
  change: { runId?: string; resume?: unknown; tenant?: string } = {},
) => ({
  tenant: change.tenant ?? 'acme',
  migrationId: migration.id,
  runId: change.runId ?? 'run-1',
  events,
  migration,
  resume: change.resume ?? { schema: 1 },
});

export const refOf = (migration: Migration, tenant = 'acme') => ({
  tenant,
  migrationId: migration.id,
  attempt: migration.attempt,
});

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** Every document of the database as text: what somebody with a dump can read. */
export const dump = async (raw: Db): Promise<string> => {
  const collections = await raw.collections();
  const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
  return JSON.stringify(documents);
};
