import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { KeyRing } from '../../shared/encryption/key-ring';
import { openStore, StoreFullError, StoreUnavailableError, type Store } from '../../store';
import { openRelay } from '../server/relay';
import { atEndOfFile } from '../support/after-each-file';
import { freePort } from '../../scripts/servers/ports';
import {
  anEvent,
  aNumber,
  KEYS,
  openTestStore,
  projectionOf,
  started,
  startOf,
  aMigration,
  type TestStore,
} from './world';

const APP = 'carryover-test-unavailable';

let world: TestStore;
let faulty: Store;
let admin: MongoClient;
beforeAll(async () => {
  world = await openTestStore('unavailable');
  faulty = await openStore({
    uri: world.uri,
    keys: KeyRing.parse(KEYS),
    appName: APP,
    serverSelectionTimeoutMs: 700,
    socketTimeoutMs: 300,
  });
  atEndOfFile(() => faulty.close());
  admin = new MongoClient(world.uri);
  atEndOfFile(() => admin.close());
});

const fault = (mode: 'off' | { times: number }, data: Record<string, unknown>) =>
  admin.db('admin').command({ configureFailPoint: 'failCommand', mode, data: { ...data, appName: APP } });
const healed = () => fault('off', { failCommands: [] });

test('a MongoDB that is not there is told apart from a defect', async () => {
  const port = await freePort();
  const uri = `mongodb://127.0.0.1:${String(port)}/nowhere?directConnection=true`;
  const store = await openStore({ uri, keys: KeyRing.parse(KEYS), serverSelectionTimeoutMs: 200 });
  atEndOfFile(() => store.close());
  await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailableError);
  await expect(store.migrations.get('acme', 'mig_1')).rejects.toBeInstanceOf(StoreUnavailableError);
  await expect(store.migrations.start(startOf(aMigration()))).rejects.toBeInstanceOf(StoreUnavailableError);
  await expect(store.events.chainIds()[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(
    StoreUnavailableError,
  );
});

test('a MongoDB that was away when the store was opened is found when it comes, and has its indexes before anything else', async () => {
  const direct = new URL(world.uri);
  const relay = await openRelay({ host: direct.hostname, port: Number(direct.port) });
  await relay.cut();
  const name = `late-${randomUUID()}`;
  const uri = `mongodb://${relay.address}/${name}?directConnection=true`;
  const store = await openStore({ uri, keys: KeyRing.parse(KEYS), serverSelectionTimeoutMs: 300 });
  atEndOfFile(() => store.close());
  for (const _again of [1, 2]) await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailableError);
  await relay.mend();
  await Promise.all(Array.from({ length: 5 }, () => started(store)));
  const indexes = await admin.db(name).collection('events').indexes();
  expect(indexes.some(({ key, unique }) => unique === true && 'sequence' in key)).toBe(true);
});

test('a MongoDB that hangs is given up on in time, and what did not get through can be repeated', async () => {
  const migration = await started(world.store);
  const projection = projectionOf({ ...migration, revision: 2 }, [anEvent(1)]);
  await fault(
    { times: 1_000 },
    { failCommands: ['find', 'insert', 'findAndModify'], blockConnection: true, blockTimeMS: 2_000 },
  );
  const count = faulty.attempts.countRegisterAttempt({
    phoneNumber: aNumber(),
    effectKey: 'x',
    limit: 8,
    windowMs: 1_000,
  });
  await expect(count).rejects.toBeInstanceOf(StoreUnavailableError);
  const begun = Date.now();
  await expect(faulty.migrations.project(projection)).rejects.toBeInstanceOf(StoreUnavailableError);
  expect(Date.now() - begun).toBeLessThan(15_000);
  await healed();
  await faulty.migrations.project(projection);
  expect(await world.store.events.verifyChain(migration.id)).toEqual({ ok: true, length: 2 });
});

test.each([
  [
    'conflicts with another one',
    { failCommands: ['update'], errorCode: 112, errorLabels: ['TransientTransactionError'] },
  ],
  ['loses its connection at the commit', { failCommands: ['commitTransaction'], closeConnection: true }],
  ['loses its connection in the middle', { failCommands: ['insert'], closeConnection: true }],
])('a projection that %s is done once all the same', async (_what, data) => {
  const migration = await started(world.store);
  await fault({ times: 1 }, data);
  await faulty.migrations.project(projectionOf({ ...migration, revision: 2 }, [anEvent(1), anEvent(2)]));
  await healed();
  expect(await world.store.events.verifyChain(migration.id)).toEqual({ ok: true, length: 3 });
});

test.each([
  ['the disk is full', 14031],
  ['an administrator has blocked writes', 371],
])(
  'a write that is refused because %s is told apart from a defect, and done by its repetition',
  async (_what, errorCode) => {
    const migration = await started(world.store);
    const projection = projectionOf({ ...migration, revision: 2 }, [anEvent(1)]);
    await fault({ times: 1_000 }, { failCommands: ['insert', 'update', 'findAndModify'], errorCode });
    await expect(faulty.migrations.project(projection)).rejects.toBeInstanceOf(StoreFullError);
    await expect(faulty.migrations.start(startOf(aMigration()))).rejects.toBeInstanceOf(
      StoreUnavailableError,
    );
    expect((await faulty.migrations.get('acme', migration.id))?.revision).toBe(1);
    await healed();
    await faulty.migrations.project(projection);
    expect(await world.store.events.verifyChain(migration.id)).toEqual({ ok: true, length: 2 });
  },
);

test('a start whose commit was not answered is found done when it is repeated', async () => {
  const migration = aMigration();
  await fault({ times: 1 }, { failCommands: ['commitTransaction'], closeConnection: true });
  const first = await faulty.migrations.start(startOf(migration));
  await healed();
  const second = await world.store.migrations.start(startOf(migration));
  expect([first.kind, second.kind]).toEqual(['started', 'repeated']);
});

test('an answer that cannot be kept is given all the same', async () => {
  const request = { tenant: 'acme', key: 'unkept', scope: 'POST /x', bodyHash: 'h' };
  const answer = await faulty.idempotency.run(request, async () => {
    await fault({ times: 1_000 }, { failCommands: ['update'], errorCode: 11600 });
    return { status: 200, body: 'done' };
  });
  await healed();
  expect(answer).toMatchObject({ status: 200, body: 'done', replayed: false });
});
