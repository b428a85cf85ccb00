import { z } from 'zod';
import { InvalidCursorError } from '../../store';
import type { Migration } from '../../shared/migration';
import { aMigration, openTestStore, projectionOf, started, startOf, type TestStore } from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('reading');
});

const planSchema = z.object({ queryPlanner: z.object({ winningPlan: z.unknown() }) });

const idsOf = ({ items }: { items: Migration[] }): string[] => items.map(({ id }) => id);

test('a list goes page by page, newest first, and does not stumble over what is started meanwhile', async () => {
  const tenant = 'pages';
  const made: Migration[] = [];
  // Two instants only: most are told apart by their id.
  for (let n = 0; n < 11; n += 1)
    made.push(await started(world.store, { createdAt: `2026-11-2${String(n % 2)}T10:00:00.000Z` }, tenant));
  const expected = made
    .toSorted((one, other) => (`${one.createdAt}${one.id}` < `${other.createdAt}${other.id}` ? 1 : -1))
    .map(({ id }) => id);
  const first = await world.store.migrations.list(tenant, {}, { limit: 4 });
  await started(world.store, { createdAt: '2026-11-25T10:00:00.000Z' }, tenant);
  const second = await world.store.migrations.list(
    tenant,
    {},
    { limit: 4, cursor: first.nextCursor ?? undefined },
  );
  const third = await world.store.migrations.list(
    tenant,
    {},
    { limit: 4, cursor: second.nextCursor ?? undefined },
  );
  expect([first, second, third].flatMap(idsOf)).toEqual(expected);
  expect(third.nextCursor).toBeNull();
});

test('a list is filtered by state, step, party, batch and source provider', async () => {
  const tenant = 'filters';
  const waitingFor = {
    party: 'client',
    kind: 'submit_verification_code',
    since: '2026-11-22T10:00:00Z',
    dueAt: null,
  } as const;
  const waiting = await started(world.store, { state: 'waiting', step: 'ownership', waitingFor }, tenant);
  const elsewhere = await started(
    world.store,
    { source: { provider: 'other-bsp', businessId: '1', wabaId: '2', phoneNumberId: null } },
    tenant,
  );
  const batched = aMigration();
  await world.store.migrations.start({ ...startOf(batched, { tenant }), batchId: 'bat_1' });
  const page = { limit: 10 };
  const { migrations } = world.store;
  expect(idsOf(await migrations.list(tenant, { state: 'waiting' }, page))).toEqual([waiting.id]);
  expect(idsOf(await migrations.list(tenant, { step: 'ownership' }, page))).toEqual([waiting.id]);
  expect(idsOf(await migrations.list(tenant, { party: 'client', state: 'waiting' }, page))).toEqual([
    waiting.id,
  ]);
  expect(idsOf(await migrations.list(tenant, { batchId: 'bat_1' }, page))).toEqual([batched.id]);
  expect(idsOf(await migrations.list(tenant, { sourceProvider: 'other-bsp' }, page))).toEqual([elsewhere.id]);
  expect(idsOf(await migrations.list(tenant, { party: 'meta' }, page))).toEqual([]);
  expect(idsOf(await migrations.list('nobody', {}, page))).toEqual([]);
});

test.each(['', 'nonsense', 'WzFd', Buffer.from('["x","mig_1"]').toString('base64url')])(
  'the cursor "%s" is refused',
  async (cursor) => {
    await expect(world.store.migrations.list('acme', {}, { limit: 5, cursor })).rejects.toBeInstanceOf(
      InvalidCursorError,
    );
  },
);

test('a number is found however it is written, and only by its tenant', async () => {
  const migration = await started(world.store, { phoneNumber: '+5531991117777' }, 'search');
  const find = (phoneNumber: string, tenant = 'search') =>
    world.store.migrations.search(tenant, { phoneNumber }, { limit: 5 });
  expect(idsOf(await find('+553191117777'))).toEqual([migration.id]);
  expect(idsOf(await find('+5531991117777'))).toEqual([migration.id]);
  expect(idsOf(await find('+5531991117777', 'other'))).toEqual([]);
});

test('text finds business name, metadata, provider and ids by the beginnings of their words', async () => {
  const tenant = 'text';
  const migration = aMigration({ metadata: { ticket: 'OPS-4711', '.*': '(?:' } });
  await world.store.migrations.start(startOf(migration, { tenant, businessName: 'Café Über São João' }));
  await started(world.store, {}, tenant);
  const find = async (text: string) =>
    idsOf(await world.store.migrations.search(tenant, { text }, { limit: 5 }));
  for (const text of [
    'cafe',
    'CAFÉ über',
    'joa caf',
    '4711',
    'ops-47',
    'ticket 4711',
    migration.id,
    migration.id.slice(0, 12),
  ])
    expect(await find(text)).toEqual([migration.id]);
  expect(await find('acme-bsp 2001')).toHaveLength(2);
  expect(await find('4711 acme nothing')).toEqual([]);
  for (const text of ['.*', '', '  ', '$where', '(?:']) expect(await find(text)).toEqual([]);
  expect(await find(migration.phoneNumber)).toEqual([]);
});

test('what a migration learns on its way can be searched for, and its business name still', async () => {
  const tenant = 'learned';
  const migration = aMigration();
  await world.store.migrations.start(startOf(migration, { tenant, businessName: 'Quitanda Lua' }));
  const destination = { ...migration.destination, wabaId: '777000777', phoneNumberId: '888000888' };
  await world.store.migrations.project(
    projectionOf({ ...migration, revision: 2, destination }, [], { tenant }),
  );
  for (const text of ['777000777', '8880', 'quitanda'])
    expect(idsOf(await world.store.migrations.search(tenant, { text }, { limit: 5 }))).toEqual([
      migration.id,
    ]);
});

test('a document this version cannot read is named, without its content', async () => {
  const migration = await started(world.store, {}, 'formats');
  const rows = world.raw.collection<{ _id: string }>('migrations');
  await rows.updateOne({ _id: migration.id }, { $set: { 'migration.state': 'levitating' } });
  const read = world.store.migrations.get('formats', migration.id);
  await expect(read).rejects.toMatchObject({ name: 'StoredFormatError' });
  await expect(read).rejects.toThrow(
    `the document of ${migration.id} is not readable by this version: state`,
  );
});

test('the lists and searches are answered from indexes', async () => {
  const tenant = 'filters';
  const rows = world.raw.collection('migrations');
  for (const filter of [
    { tenant },
    { tenant, state: 'waiting' },
    { tenant, party: 'client' },
    { tenant, sourceProvider: 'acme-bsp' },
    { tenant, numberHash: 'x' },
  ]) {
    const plan = await rows.find(filter).sort({ createdAt: -1, _id: -1 }).explain('queryPlanner');
    const { winningPlan } = planSchema.parse(plan).queryPlanner;
    const text = JSON.stringify(winningPlan);
    expect(text).toContain('IXSCAN');
    expect(text).not.toContain('"stage":"SORT"');
  }
});
