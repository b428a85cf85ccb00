import { randomUUID } from 'node:crypto';
import { setTimeout as nextTurn } from 'node:timers/promises';
import { ServiceError } from '@temporalio/client';
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
    const store = await openStore({ uri, keys, serverSelectionTimeoutMs: 500, socketTimeoutMs: 1000 });
    atEndOfFile(() => store.close());
    await store.ensureIndexes();
    const world = await openWorld({ store, keys });
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
  expect(Date.now() - before).toBeLessThan(5_000);
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

describe('under more load than it was set up for the server', () => {
  const list: Call = { method: 'GET', url: '/v1/migrations' };
  const abort: Call = { method: 'POST', url: '/v1/migrations/mig_x/abort', body: { reason: 'because' } };
  const statuses = async (world: World, calls: Call[]): Promise<number[]> =>
    (await Promise.all(calls.map((call) => world.call(call)))).map(({ statusCode }) => statusCode);

  test('refuses what comes beyond its number of requests, lists and starts first, and says when to come again', async () => {
    const world = await openWorld({ overload: { eventLoopDelayMs: 0, requestsAtOnce: 1 } });
    const [first, refused, start, decision, another, ready] = await Promise.all([
      world.call(list),
      world.call(list),
      world.call({ method: 'POST', url: '/v1/migrations', body: startBody() }),
      world.call(abort),
      world.call(abort),
      world.app.inject({ url: '/readyz' }),
    ]);
    expect([first, start, decision, another, ready].map(({ statusCode }) => statusCode)).toEqual([
      ...[200, 503, 404, 503, 200],
    ]);
    expect(refused.statusCode).toBe(503);
    expect(refused.headers).toMatchObject({
      ...{ 'retry-after': '5', 'content-type': 'application/problem+json; charset=utf-8' },
      ...{ 'request-id': expect.stringMatching(/^req_/), 'x-content-type-options': 'nosniff' },
    });
    expect(refused.json()).toMatchObject({
      code: 'temporarily_unavailable',
      detail: 'the server has more to do than it can at the moment, and has not begun with this',
    });
    expect(await statuses(world, [list])).toEqual([200]);
    expect(await world.deps.metrics.metrics()).toMatch(
      /requests_refused_total\{because="requests_at_once"\} 3\n[^]*carryover_http_requests_under_way 0\n/,
    );
  });

  test('refuses while its event loop lags, and takes everything again when it has caught up', async () => {
    const world = await openWorld({ overload: { eventLoopDelayMs: 100, requestsAtOnce: 0 } });
    const until = Date.now() + 1_100;
    while (Date.now() < until);
    // The sample is taken in the loop's next turn.
    await nextTurn(1);
    expect(await statuses(world, [list, abort])).toEqual([503, 503]);
    expect((await world.app.inject({ url: '/healthz' })).statusCode).toBe(200);
    let answer = 503;
    while (answer === 503) {
      await nextTurn(50);
      [answer = 503] = await statuses(world, [list]);
    }
    expect(answer).toBe(200);
  });
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

test('while Meta is slow a code is answered as pending, and the same key collects the verdict of the one guess', async () => {
  const journey = await openJourney({ stage: { limits: { verdictMs: 200 } } });
  const ask = asking(journey.stage);
  const { id } = await journey.start();
  const code = await journey.codeFor(id);
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
  await journey.until(id, isClosed);
});

/** A second server on the same store whose every start of a workflow is lost on its way to Temporal. */
const dyingBeside = ({ stage }: Journey): Promise<World> =>
  openWorld({
    store: stage.store,
    keys: KeyRing.parse(TEST_KEYS),
    taskQueue: stage.taskQueue,
    interceptors: {
      workflow: [
        { startWithDetails: () => Promise.reject(new ServiceError('gone', { cause: unavailable })) },
      ],
    },
  });

test('a decision on a migration whose start was cut short starts it first', async () => {
  const journey = await openJourney({});
  const dying = await dyingBeside(journey);
  const start: Call = { method: 'POST', url: '/v1/migrations', body: journey.body() };
  expect((await dying.call(start)).statusCode).toBe(503);
  const [halfStarted] = (await journey.stage.client.listMigrations()).items;
  const id = halfStarted?.id ?? '';
  const answer = await asking(journey.stage)({ path: `${id}/abort`, body: { reason: 'because' } });
  expect(answer.status).toBe(200);
  await journey.until(id, isClosed);
});

test('a replay that died between the store and Temporal is finished by its repetition', async () => {
  const journey = await openJourney({});
  const ask = asking(journey.stage);
  const { id } = await journey.start({ cutover: { approval: 'manual' } });
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

  const healed = await ask({ path: `${id}/replay`, body, key });
  expect(healed.status).toBe(202);
  expect(healed.body).toMatchObject({ id, attempt: 2 });
  expect(await status()).toBe('RUNNING');
  await ask({ path: `${id}/abort`, body: { reason: 'end of the test' } });
  await journey.until(id, isClosed);
});

test('a message that is judged by an older state than its caller has seen is not refused but asked for again', async () => {
  const mongo = mongoUri(`overtaken-${randomUUID().slice(0, 8)}`);
  const { stage, start, codeFor } = await openJourney({ templates: 0, stage: { mongo } });
  const ask = asking(stage);
  const { id } = await start();
  await codeFor(id);
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
