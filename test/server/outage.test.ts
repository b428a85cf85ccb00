import { randomUUID } from 'node:crypto';
import { setTimeout as nextTurn } from 'node:timers/promises';
import { ServiceError, type ClientInterceptors } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import { freePort } from '../../scripts/servers/ports';
import { KeyRing } from '../../shared/encryption/key-ring';
import { openStore } from '../../store';
import { atEndOfFile } from '../support/after-each-file';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { mongoUri } from '../support/servers';
import { TEST_KEYS } from '../support/stage';
import { asking } from './asking';
import { openRelay } from './relay';
import { openWorld, startBody, startMigration, testKeys, type Call, type World } from './world';

/** gRPC's UNAVAILABLE, as the SDK reports it. */
const unavailable = Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'gone', metadata: {} });

const lost = () => new ServiceError('gone', { cause: unavailable });

/** What happens first to every start of a workflow. */
const startsAfter = (first: () => Promise<void>): ClientInterceptors => ({
  workflow: [{ startWithDetails: (input, next) => first().then(() => next(input)) }],
});

const READS = (id: string): Call[] => [
  { method: 'GET', url: '/v1/migrations' },
  { method: 'GET', url: `/v1/migrations/${id}` },
  { method: 'GET', url: `/v1/migrations/${id}/events` },
  { method: 'GET', url: `/v1/migrations/${id}/templates` },
  { method: 'GET', url: `/v1/migrations/${id}/billing` },
  { method: 'GET', url: '/v1/credentials' },
  { method: 'POST', url: '/v1/migrations/search', body: { text: 'x' } },
];
const MUTATIONS = (id: string): Call[] => [
  { method: 'POST', url: '/v1/migrations', body: startBody() },
  { method: 'POST', url: `/v1/migrations/${id}/abort`, body: { reason: 'because' } },
  { method: 'POST', url: `/v1/migrations/${id}/replay`, body: { reason: 'because' }, role: 'support' },
  { method: 'PUT', url: '/v1/credentials/mine', body: { accessToken: 'EAAanything' } },
  { method: 'POST', url: `/v1/migrations/${id}/reveal`, body: { secret: 'two_step_pin', reason: 'because' } },
];

const untilReady = async (world: World): Promise<void> => {
  for (;;) {
    const { statusCode } = await world.app.inject({ url: '/readyz' });
    if (statusCode === 200) return;
    await nextTurn(50);
  }
};

const expectAway = async (world: World, calls: Call[], detail: string): Promise<void> => {
  const answers = await Promise.all(calls.map((call) => world.call(call)));
  for (const answer of answers) {
    expect(answer.statusCode).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.json()).toMatchObject({ code: 'temporarily_unavailable', status: 503, detail });
  }
};

test.each(['cut', 'hang'] as const)(
  'without MongoDB (%s) everything says so in time, nothing is half done, and everything goes on when it is back',
  async (fault) => {
    const direct = new URL(mongoUri(`outage-${fault}-${randomUUID().slice(0, 8)}`));
    const relay = await openRelay({ host: direct.hostname, port: Number(direct.port) });
    const keys = testKeys();
    const uri = `mongodb://${relay.address}${direct.pathname}?directConnection=true`;
    const patience = { serverSelectionTimeoutMs: 500, socketTimeoutMs: 1000, answerWithinMs: 2000 };
    const store = await openStore({ uri, keys, ...patience });
    atEndOfFile(() => store.close());
    await store.ensureIndexes();
    let onTheWayToTemporal = (): Promise<void> => Promise.resolve();
    const world = await openWorld({ store, keys, interceptors: startsAfter(() => onTheWayToTemporal()) });
    const id = await startMigration(world);

    await relay[fault]();
    await expectAway(world, READS(id), 'the database is away');
    await expectAway(world, MUTATIONS(id), 'the database is away');
    const ready = await world.app.inject({ url: '/readyz' });
    expect([ready.statusCode, ready.json()]).toEqual([
      503,
      { status: 'not_ready', store: 'away', temporal: 'ok' },
    ]);
    expect((await world.app.inject({ url: '/healthz' })).statusCode).toBe(200);
    const body = startBody();
    const start: Call = { method: 'POST', url: '/v1/migrations', body, idempotencyKey: randomUUID() };
    expect((await world.call(start)).statusCode).toBe(503);

    await relay.mend();
    await untilReady(world);
    const list = () => world.call({ method: 'GET', url: '/v1/migrations' });
    expect((await list()).json<{ items: unknown[] }>().items).toHaveLength(1);
    expect((await world.call(start)).statusCode).toBe(202);
    expect((await list()).json<{ items: unknown[] }>().items).toHaveLength(2);

    // Between the lease of a key and its answer: whoever repeats does not wait until the lease has run out.
    onTheWayToTemporal = async () => {
      await relay[fault]();
      throw lost();
    };
    const again = { ...start, body: startBody(), idempotencyKey: randomUUID() };
    expect((await world.call(again)).statusCode).toBe(503);
    const rows = new MongoClient(direct.href);
    atEndOfFile(() => rows.close());
    const left = await rows
      .db()
      .collection<{ lease: { until: Date } | null }>('idempotency')
      .findOne({ lease: { $ne: null } });
    onTheWayToTemporal = () => Promise.resolve();
    await relay.mend();
    await untilReady(world);
    expect((await world.call(again)).statusCode).toBe(202);
    expect(Date.now()).toBeLessThan(left?.lease?.until.getTime() ?? 0);
    expect((await list()).json<{ items: unknown[] }>().items).toHaveLength(3);
  },
  60_000,
);

test('while MongoDB hangs a list is refused within seconds, however patient the driver is', async () => {
  const direct = new URL(mongoUri(`outage-slow-${randomUUID().slice(0, 8)}`));
  const relay = await openRelay({ host: direct.hostname, port: Number(direct.port) });
  const keys = testKeys();
  const uri = `mongodb://${relay.address}${direct.pathname}?directConnection=true`;
  const store = await openStore({ uri, keys, answerWithinMs: 500 });
  atEndOfFile(() => store.close());
  await store.ensureIndexes();
  const world = await openWorld({ store, keys });
  const id = await startMigration(world);
  relay.hang();
  const before = Date.now();
  await expectAway(world, READS(id), 'the database is away');
  await expectAway(world, MUTATIONS(id), 'the database is away');
  expect(Date.now() - before).toBeLessThan(20_000);
  await relay.mend();
  await untilReady(world);
}, 60_000);

test('without Temporal decisions say so, and what is in MongoDB can still be read', async () => {
  const world = await openWorld({
    temporalAddress: `127.0.0.1:${String(await freePort())}`,
    limits: { temporalMs: 300, acceptMs: 300, verdictMs: 300 },
  });
  const body = startBody();
  const failed = await world.call({ method: 'POST', url: '/v1/migrations', body });
  expect(failed.statusCode).toBe(503);
  const { items } = (await world.call({ method: 'GET', url: '/v1/migrations' })).json<{
    items: { id: string }[];
  }>();
  const id = items[0]?.id ?? '';
  expect((await world.call({ method: 'GET', url: `/v1/migrations/${id}` })).statusCode).toBe(200);
  for (const [verb, more] of [
    ['abort', { reason: 'because' }],
    ['verification-code', { code: '123456' }],
  ] as const) {
    const answer = await world.call({ method: 'POST', url: `/v1/migrations/${id}/${verb}`, body: more });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      503,
      'temporarily_unavailable',
    ]);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  const ready = await world.app.inject({ url: '/readyz' });
  expect([ready.statusCode, ready.json()]).toEqual([
    503,
    { status: 'not_ready', store: 'ok', temporal: 'away' },
  ]);
});

test('a decision that is lost with its workflow task is delivered once more, and refused for now when it is lost again', async () => {
  const failed = Object.assign(new Error('9 FAILED_PRECONDITION'), { code: 9, details: '', metadata: {} });
  const delivered: string[] = [];
  const world = await openWorld({
    interceptors: {
      workflow: [
        {
          startUpdate: ({ options: { updateId = '' } }) => {
            delivered.push(updateId);
            return Promise.reject(new ServiceError('Workflow Update failed', { cause: failed }));
          },
        },
      ],
    },
  });
  const id = await startMigration(world);
  const answer = await world.call({
    method: 'POST',
    url: `/v1/migrations/${id}/abort`,
    body: { reason: 'x' },
  });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'temporarily_unavailable']);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(delivered).toHaveLength(2);
  expect(new Set(delivered).size).toBe(1);
});

test('without a worker a decision is 503, is not lost, and its key collects the answer once a worker is back', async () => {
  const journey = await openJourney({ stage: { worker: false, limits: { acceptMs: 500 } } });
  const ask = asking(journey.stage);
  const { id } = await journey.start();
  const abort = { path: `${id}/abort`, body: { reason: 'because' }, key: randomUUID() };
  const early = await ask(abort);
  expect([early.status, early.body['code']]).toEqual([503, 'temporarily_unavailable']);
  expect(early.headers.get('retry-after')).not.toBeNull();
  await journey.stage.startWorker();
  const ended = await journey.until(id, isClosed);
  expect(ended.state).toBe('aborted');
  expect([200, 409]).toContain((await ask(abort)).status);
  const { items } = await journey.stage.client.listEvents(id);
  expect(items.filter(({ type }) => type === 'abort_requested')).toHaveLength(1);
});

describe('what is told to a migration that waits for its code', () => {
  let mongo: string;
  let journey: Journey;
  let ask: ReturnType<typeof asking>;
  beforeAll(async () => {
    mongo = mongoUri(`told-${randomUUID().slice(0, 8)}`);
    journey = await openJourney({ numbers: 2, templates: 0, stage: { mongo, limits: { verdictMs: 200 } } });
    ask = asking(journey.stage);
  });

  test('a message that is judged by an older state than its caller has seen is not refused but asked for again', async () => {
    const { stage } = journey;
    const { id } = await journey.start({}, 1);
    await journey.codeFor(id, 1);
    const rows = new MongoClient(mongo);
    atEndOfFile(() => rows.close());
    const { revision } = await stage.client.getMigration(id);
    const show = async (shown: number, updatedAt: Date): Promise<void> => {
      const document = { 'migration.revision': shown, 'migration.updatedAt': updatedAt.toISOString() };
      const documents = rows.db().collection<{ _id: string }>('migrations');
      await documents.updateOne({ _id: id }, { $set: { revision: shown, ...document } });
    };
    const approve = { path: `${id}/approve-cutover`, body: { reason: 'go' }, key: randomUUID() };
    // As a workflow task shows it that is then lost: a later document than the run knows of (again) yet.
    await show(revision + 3, new Date());
    for (let tried = 0; tried < 2; tried += 1) {
      const early = await ask(approve);
      expect([early.status, early.body['code']]).toEqual([503, 'temporarily_unavailable']);
      expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    // Nobody catches up with a document that has stood so long: then the migration's word counts.
    await show(revision + 3, new Date(Date.now() - 600_000));
    expect((await ask({ ...approve, key: randomUUID() })).body['code']).toBe('nothing_to_approve');
    await show(revision, new Date());
    const caughtUp = await ask(approve);
    expect([caughtUp.status, caughtUp.body['code']]).toEqual([409, 'nothing_to_approve']);
  });

  test('while Meta is slow a code is answered as pending, and the same key collects the verdict of the one guess', async () => {
    const { id } = await journey.start({}, 0);
    const code = await journey.codeFor(id, 0);
    await journey.people.fault({
      match: { method: 'POST', path: '/{phone}/verify_code' },
      action: { type: 'delay', ms: 1500, when: 'after' },
    });
    const hand = { path: `${id}/verification-code`, body: { code }, key: randomUUID() };
    const first = await ask(hand);
    expect([first.status, first.body]).toEqual([202, { outcome: 'pending' }]);
    let last = first;
    while (last.status === 202) last = await ask(hand);
    expect([last.status, last.body['outcome']]).toEqual([200, 'verified']);
    expect(await journey.people.effects('code_verified')).toHaveLength(1);
  });
});

/** A second server on the same store whose every start of a workflow is lost on its way to Temporal. */
const dyingBeside = ({ stage }: Journey): Promise<World> =>
  openWorld({
    store: stage.store,
    keys: KeyRing.parse(TEST_KEYS),
    taskQueue: stage.taskQueue,
    interceptors: startsAfter(() => Promise.reject(lost())),
  });

describe('what was cut short on its way to Temporal', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney({ numbers: 2, templates: 0 });
  });

  test('a decision on a migration whose start was cut short starts it first', async () => {
    const dying = await dyingBeside(journey);
    const start: Call = { method: 'POST', url: '/v1/migrations', body: journey.body({}, 0) };
    expect((await dying.call(start)).statusCode).toBe(503);
    const [halfStarted] = (await journey.stage.client.listMigrations()).items;
    const id = halfStarted?.id ?? '';
    const answer = await asking(journey.stage)({ path: `${id}/abort`, body: { reason: 'because' } });
    expect(answer.status).toBe(200);
    await journey.until(id, isClosed);
  });

  test('a replay that died between the store and Temporal is finished by its repetition', async () => {
    const ask = asking(journey.stage);
    const { id } = await journey.start({ cutover: { approval: 'manual' } }, 1);
    await journey.until(id, ({ waitingFor }) => waitingFor?.kind === 'approve_cutover');
    await ask({ path: `${id}/abort`, body: { reason: 'because' } });
    await journey.until(id, isClosed);

    const dying = await dyingBeside(journey);
    const key = randomUUID();
    const body = { reason: 'because it can go on' };
    const replay: Call = {
      method: 'POST',
      url: `/v1/migrations/${id}/replay`,
      body,
      role: 'support',
      idempotencyKey: key,
    };
    expect((await dying.call(replay)).statusCode).toBe(503);
    expect(await journey.stage.client.getMigration(id)).toMatchObject({ attempt: 2, state: 'running' });
    const status = async () => (await journey.stage.temporal.workflow.getHandle(id).describe()).status.name;
    expect(await status()).toBe('COMPLETED');

    // Another request is not this one, also in the same words.
    for (const other of [body, { ...body, fromStep: 'window' }]) {
      const refused = await ask({ path: `${id}/replay`, body: other });
      expect([refused.status, await status()]).toEqual([409, 'COMPLETED']);
    }

    const healed = await ask({ path: `${id}/replay`, body, key });
    expect(healed.status).toBe(202);
    expect(healed.body).toMatchObject({ id, attempt: 2 });
    expect(await status()).toBe('RUNNING');
    await ask({ path: `${id}/abort`, body: { reason: 'end of the test' } });
    await journey.until(id, isClosed);
  });
});
