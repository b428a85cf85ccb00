import { openStore, UnknownMigrationError } from '../../store';
import { verifyAudit } from '../../store/verify-audit';
import { KeyRing } from '../../shared/encryption/key-ring';
import {
  anEvent,
  BACKEND,
  collect,
  KEYS,
  keyText,
  openTestStore,
  projectionOf,
  started,
  type TestStore,
} from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('audit');
});

/** A key that no index refuses. */
const FORGED = { runId: 'run-9', sequence: 900 };

const idOf = (position: number, migrationId: string): string => `${migrationId}/${String(position)}`;
const events = () => world.raw.collection<{ _id: string; position: number; hash: string }>('events');
const heads = () => world.raw.collection<{ _id: string }>('chainHeads');

const chainOfSix = async (): Promise<string> => {
  const migration = await started(world.store);
  await world.store.migrations.project(
    projectionOf(migration, [anEvent(1), anEvent(2), anEvent(3), anEvent(4)]),
  );
  await world.store.events.append('acme', migration.id, {
    ...{ type: 'retry_refused', actor: BACKEND, step: null, at: '2026-11-22T11:00:00Z' },
    data: { code: 'step_not_blocked', nested: { b: 1, a: [1, null, 'é\ud800'], gone: undefined } },
  });
  return migration.id;
};

test('a chain as it was written stands', async () => {
  const id = await chainOfSix();
  expect(await world.store.events.verifyChain(id)).toEqual({ ok: true, length: 6 });
});

test('entries of the server and of the workflow that come at once stand in one gapless chain', async () => {
  const migration = await started(world.store);
  const append = (n: number) =>
    world.store.events.append('acme', migration.id, {
      ...{ type: 'abort_refused', actor: BACKEND, step: null, data: { n }, at: '2026-11-22T11:00:00Z' },
    });
  await Promise.all([
    ...Array.from({ length: 10 }, (_, n) => append(n)),
    ...Array.from({ length: 10 }, (_, n) =>
      world.store.migrations.project(projectionOf(migration, [anEvent(n + 1)])),
    ),
  ]);
  const { items } = await world.store.events.list('acme', migration.id, { limit: 200, order: 'oldest' });
  expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 21 }, (_, n) => n + 1));
  expect(await world.store.events.verifyChain(migration.id)).toEqual({ ok: true, length: 21 });
});

test.each([
  ['what happened', { type: 'code_verified' }],
  ['who did it', { actor: { kind: 'operator', name: 'somebody else' } }],
  ['when', { at: '2020-01-01T00:00:00Z' }],
  ['the data', { 'data.n': 99 }],
  ['the tenant', { tenant: 'other' }],
  ['the key it was made with', { keyId: 'k9' }],
])('an entry whose %s was edited is found', async (_what, edit) => {
  const id = await chainOfSix();
  await events().updateOne({ _id: idOf(3, id) }, { $set: edit });
  expect(await world.store.events.verifyChain(id)).toMatchObject({ ok: false, brokenAt: 3 });
});

test('a removed entry is found: in the middle, at the beginning, at the end, and when all are gone', async () => {
  for (const position of [3, 1, 6]) {
    const id = await chainOfSix();
    await events().deleteOne({ _id: idOf(position, id) });
    expect(await world.store.events.verifyChain(id)).toMatchObject({ ok: false, brokenAt: position });
  }
  const id = await chainOfSix();
  await world.raw.collection<{ migrationId: string }>('events').deleteMany({ migrationId: id });
  expect(await world.store.events.verifyChain(id)).toMatchObject({ ok: false, brokenAt: 1 });
  await heads().deleteOne({ _id: id });
  expect(await world.store.events.verifyChain(id)).toEqual({
    ok: false,
    brokenAt: 1,
    why: 'there is no chain',
  });
  expect(await collect(world.store.events.chainIds())).toContain(id);
});

test('cutting off the end together with the head does not go unseen', async () => {
  const id = await chainOfSix();
  const fifth = await events().findOne({ _id: idOf(5, id) });
  await events().deleteOne({ _id: idOf(6, id) });
  await heads().updateOne({ _id: id }, { $set: { length: 5, hash: fifth?.hash } });
  expect(await world.store.events.verifyChain(id)).toMatchObject({ ok: false, brokenAt: 5 });
});

test('an inserted entry is found: between two, with the positions moved up, and at the end', async () => {
  const between = await chainOfSix();
  const copied = await events().findOne({ _id: idOf(2, between) });
  await events().insertOne({
    ...copied,
    ...FORGED,
    _id: idOf(2.5, between),
    position: 2.5,
    hash: copied?.hash ?? '',
  });
  expect(await world.store.events.verifyChain(between)).toMatchObject({ ok: false, brokenAt: 2.5 });

  const atTheEnd = await chainOfSix();
  const last = await events().findOne({ _id: idOf(6, atTheEnd) });
  await events().insertOne({
    ...last,
    ...FORGED,
    _id: idOf(7, atTheEnd),
    position: 7,
    hash: last?.hash ?? '',
  });
  expect(await world.store.events.verifyChain(atTheEnd)).toMatchObject({ ok: false, brokenAt: 7 });
});

test('entries that changed places are found', async () => {
  const id = await chainOfSix();
  const [second, third] = [
    await events().findOne({ _id: idOf(2, id) }),
    await events().findOne({ _id: idOf(3, id) }),
  ];
  if (second === null || third === null) throw new Error('there are six entries');
  const { _id: one, position: at, ...secondContent } = second;
  const { _id: other, position: then, ...thirdContent } = third;
  await events().deleteMany({ _id: { $in: [one, other] } });
  await events().insertMany(
    [
      { _id: one, position: at, ...thirdContent },
      { _id: other, position: then, ...secondContent },
    ].map((row, n) => ({ ...row, sequence: 100 + n })),
  );
  expect(await world.store.events.verifyChain(id)).toMatchObject({ ok: false, brokenAt: 2 });
});

test('a chain continues and stands over a rotation of the keys', async () => {
  const id = await chainOfSix();
  const rotated = await world.reopenWith(`${keyText('k2')},${KEYS}`);
  await rotated.events.append('acme', id, {
    ...{ type: 'revealed', actor: BACKEND, step: null, data: {}, at: '2026-11-22T12:00:00Z' },
  });
  const { items } = await rotated.events.list('acme', id, { limit: 2 });
  expect(items.map(({ keyId }) => keyId)).toEqual(['k2', 'k1']);
  expect(await rotated.events.verifyChain(id)).toEqual({ ok: true, length: 7 });
  expect(await world.store.events.verifyChain(id)).toMatchObject({ ok: false });
});

test('there are no entries for a migration that is not this tenant’s', async () => {
  const { id } = await started(world.store);
  const entry = { type: 'read', actor: BACKEND, step: null, data: {}, at: '2026-11-22T12:00:00Z' };
  await expect(world.store.events.append('other', id, entry)).rejects.toBeInstanceOf(UnknownMigrationError);
  await expect(world.store.events.append('acme', 'mig_nothere', entry)).rejects.toBeInstanceOf(
    UnknownMigrationError,
  );
});

test('the trail is read page by page, newest or oldest first', async () => {
  const id = await chainOfSix();
  const first = await world.store.events.list('acme', id, { limit: 4 });
  const cursor = first.nextCursor ?? undefined;
  const second = await world.store.events.list('acme', id, { limit: 4, cursor });
  expect([...first.items, ...second.items].map(({ position }) => position)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(second.nextCursor).toBeNull();
  const oldest = await world.store.events.list('acme', id, { limit: 2, order: 'oldest' });
  expect(oldest.items.map(({ position }) => position)).toEqual([1, 2]);
});

test('the command names every broken chain and counts those that stand', async () => {
  const other = await openTestStore('audit-command');
  const whole = await started(other.store);
  const edited = await started(other.store);
  await other.raw
    .collection('events')
    .updateOne({ migrationId: edited.id }, { $set: { type: 'nothing_happened' } });
  const lines: string[] = [];
  const store = await openStore({ uri: other.uri, keys: KeyRing.parse(KEYS) });
  const broken = await verifyAudit(store.events, undefined, (line) => lines.push(line));
  const named = await verifyAudit(store.events, whole.id, (line) => lines.push(line));
  await store.close();
  expect([broken, named]).toEqual([1, 0]);
  expect(lines).toEqual([
    `${edited.id}: broken at position 1: the entry is not as it was written, or follows another one`,
    '1 of 2 chains stand, with 1 entries.',
    '1 of 1 chains stand, with 1 entries.',
  ]);
});
