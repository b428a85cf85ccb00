import {
  aMigration,
  aNumber,
  collect,
  inputOf,
  openTestStore,
  started,
  startOf,
  type TestStore,
} from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('start');
});

const countOf = (outcomes: { kind: string }[], kind: string): number =>
  outcomes.filter((outcome) => outcome.kind === kind).length;

test('a started migration can be read at once, with its first audit entry and its claim', async () => {
  const migration = aMigration();
  expect(await world.store.migrations.start(startOf(migration))).toEqual({ kind: 'started' });
  expect(await world.store.migrations.get('acme', migration.id)).toEqual(migration);
  expect(await world.store.migrations.getInput('acme', migration.id)).toEqual(inputOf(migration));
  const { items } = await world.store.events.list('acme', migration.id, { limit: 10 });
  expect(items).toMatchObject([{ position: 1, type: 'start_requested', actor: { name: 'backend-1' } }]);
  expect(await world.store.claims.holder(migration.phoneNumber)).toEqual({
    tenant: 'acme',
    migrationId: migration.id,
    attempt: 1,
  });
});

test('a migration of another tenant is not there', async () => {
  const { id } = await started(world.store);
  expect(await world.store.migrations.get('other', id)).toBeNull();
  expect(await world.store.migrations.getAttempt('other', id, 1)).toBeNull();
  expect(await world.store.migrations.getInput('other', id)).toBeNull();
  expect(await world.store.events.list('other', id, { limit: 10 })).toEqual({ items: [], nextCursor: null });
});

test('twenty starts at once with the same key make one migration, and all name it', async () => {
  const phoneNumber = aNumber();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () =>
      world.store.migrations.start(startOf(aMigration({ phoneNumber }), { idempotencyKey: 'twenty times' })),
    ),
  );
  expect(countOf(outcomes, 'started')).toBe(1);
  expect(countOf(outcomes, 'repeated')).toBe(19);
  const holder = await world.store.claims.holder(phoneNumber);
  for (const outcome of outcomes)
    if (outcome.kind === 'repeated') expect(outcome.migrationId).toBe(holder?.migrationId);
});

test('twenty starts at once for one number, by several tenants and in several ways of writing it, make one migration', async () => {
  const ways = ['+5531991119999', '+553191119999'];
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, n) => {
      const migration = aMigration({ phoneNumber: ways[n % 2] ?? '' });
      return world.store.migrations.start(startOf(migration, { tenant: `tenant-${String(n % 4)}` }));
    }),
  );
  expect(countOf(outcomes, 'started')).toBe(1);
  expect(countOf(outcomes, 'number_in_migration')).toBe(4);
  expect(countOf(outcomes, 'number_unavailable')).toBe(15);
});

test('the same tenant is told which migration has the number, another tenant is not', async () => {
  const holder = await started(world.store);
  const again = aMigration({ phoneNumber: holder.phoneNumber });
  expect(await world.store.migrations.start(startOf(again))).toEqual({
    kind: 'number_in_migration',
    migrationId: holder.id,
  });
  expect(await world.store.migrations.start(startOf(again, { tenant: 'other' }))).toEqual({
    kind: 'number_unavailable',
  });
  expect(await world.store.migrations.get('acme', again.id)).toBeNull();
});

test('a key used with another body, or for another request, is refused', async () => {
  const migration = aMigration();
  await world.store.migrations.start(startOf(migration, { idempotencyKey: 'reused' }));
  const other = startOf(aMigration(), { idempotencyKey: 'reused', bodyHash: 'another' });
  expect(await world.store.migrations.start(other)).toEqual({ kind: 'key_reused' });
  const abort = { tenant: 'acme', key: 'reused', scope: 'POST /v1/migrations/x/abort', bodyHash: 'hash' };
  await expect(
    world.store.idempotency.run(abort, () => Promise.reject(new Error('never'))),
  ).rejects.toMatchObject({
    name: 'IdempotencyKeyReusedError',
  });
});

test('the same key of two tenants is two keys', async () => {
  const one = await world.store.migrations.start(startOf(aMigration(), { idempotencyKey: 'shared' }));
  const other = startOf(aMigration(), { idempotencyKey: 'shared', tenant: 'other' });
  expect(one.kind).toBe('started');
  expect(await world.store.migrations.start(other)).toEqual({ kind: 'started' });
});

test('a dry run claims nothing', async () => {
  const migration = await started(world.store, { mode: 'dry_run' });
  expect(await world.store.claims.holder(migration.phoneNumber)).toBeNull();
  await started(world.store, { phoneNumber: migration.phoneNumber });
});

test('a start whose workflow nobody has seen is found again with its input, a finished one is not', async () => {
  const half = aMigration();
  await world.store.migrations.start(startOf(half));
  const whole = await started(world.store);
  const soon = new Date(Date.now() + 60_000);
  const found = await world.store.migrations.halfStarted(soon);
  expect(found).toContainEqual({ tenant: 'acme', migrationId: half.id, input: inputOf(half) });
  expect(found.map(({ migrationId }) => migrationId)).not.toContain(whole.id);
  expect(await world.store.migrations.halfStarted(new Date(Date.now() - 60_000))).toEqual([]);
  const live = await collect(world.store.migrations.liveIds());
  expect(live).toContainEqual({ tenant: 'acme', migrationId: whole.id, attempt: 1 });
  expect(live.map(({ migrationId }) => migrationId)).not.toContain(half.id);
});

test('metadata may have any names and texts', async () => {
  const metadata = { $set: '1', 'a.b': '2', 'nul\0name': '3', surrogate: '\ud800', __proto__x: '5' };
  const migration = await started(world.store, { metadata });
  expect((await world.store.migrations.get('acme', migration.id))?.metadata).toEqual({
    $set: '1',
    'a.b': '2',
    nulname: '3',
    surrogate: '\ufffd',
    __proto__x: '5',
  });
});
