import { IdempotencyKeyReusedError } from '../../store';
import type { IdempotentTurn } from '../../store/contract';
import { dump, openTestStore, type TestStore } from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('idempotency');
});

const request = (key: string, change: { bodyHash?: string; scope?: string; store?: boolean } = {}) => ({
  tenant: 'acme',
  key,
  scope: 'POST /v1/migrations/mig_1/abort',
  bodyHash: 'hash',
  ...change,
});

/** Counts how often the deed is done. */
const deed = (answer: {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  store?: boolean;
}) => {
  const act = jest.fn((_turn: IdempotentTurn) => Promise.resolve({ body: { done: true }, ...answer }));
  return act;
};

test('a repeated request has the same answer and is not done again', async () => {
  const act = deed({ status: 202, headers: { location: '/v1/migrations/mig_1' } });
  const first = await world.store.idempotency.run(request('repeated'), act);
  const second = await world.store.idempotency.run(request('repeated'), act);
  expect(first).toEqual({
    status: 202,
    body: { done: true },
    headers: { location: '/v1/migrations/mig_1' },
    replayed: false,
  });
  expect(second).toEqual({ ...first, replayed: true });
  expect(act.mock.calls).toEqual([[{ isAgain: false }]]);
});

test('twenty requests at once with one key are done once and answered alike', async () => {
  const act = deed({ status: 200 });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => world.store.idempotency.run(request('at once'), act)),
  );
  expect(act).toHaveBeenCalledTimes(1);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
});

test.each([{ bodyHash: 'other' }, { scope: 'POST /v1/migrations/mig_2/abort' }])(
  'a key that comes back with %j is refused',
  async (change) => {
    const key = JSON.stringify(change);
    await world.store.idempotency.run(request(key), deed({ status: 200 }));
    const again = world.store.idempotency.run(request(key, change), deed({ status: 200 }));
    await expect(again).rejects.toBeInstanceOf(IdempotencyKeyReusedError);
  },
);

test('the same key of two tenants is two keys', async () => {
  await world.store.idempotency.run(request('of two'), deed({ status: 200 }));
  const other = await world.store.idempotency.run(
    { ...request('of two'), tenant: 'other' },
    deed({ status: 201 }),
  );
  expect(other).toMatchObject({ status: 201, replayed: false });
});

test('a failed deed leaves the key free', async () => {
  const fails = () => Promise.reject(new Error('out of order'));
  await expect(world.store.idempotency.run(request('failed'), fails)).rejects.toThrow('out of order');
  expect(await world.store.idempotency.run(request('failed'), deed({ status: 200 }))).toMatchObject({
    replayed: false,
  });
});

test.each([429, 503])('an answer %i is not the last word', async (status) => {
  const key = `status ${String(status)}`;
  await world.store.idempotency.run(request(key), deed({ status }));
  expect(await world.store.idempotency.run(request(key), deed({ status: 200 }))).toMatchObject({
    status: 200,
  });
  expect(await world.store.idempotency.run(request(key), deed({ status: 500 }))).toMatchObject({
    status: 200,
  });
});

test('an answer that says so, or a request that reveals, is never kept, and its key still belongs to the request', async () => {
  const pending = { status: 202, body: { outcome: 'pending' }, store: false };
  expect(await world.store.idempotency.run(request('pending'), deed(pending))).toEqual({
    ...{ status: 202, body: { outcome: 'pending' }, replayed: false },
  });
  const verdict = await world.store.idempotency.run(
    request('pending'),
    deed({ status: 200, body: 'verified' }),
  );
  expect(verdict).toMatchObject({ body: 'verified', replayed: false });

  const reveal = request('reveal', { store: false });
  await world.store.idempotency.run(reveal, deed({ status: 200, body: { value: '161803' } }));
  const kept = await world.raw
    .collection('idempotency')
    .find({ answer: { $ne: null } })
    .toArray();
  const again = deed({ status: 200, body: { value: '161803' } });
  expect(await world.store.idempotency.run(reveal, again)).toMatchObject({ replayed: false });
  expect(again).toHaveBeenCalledTimes(1);
  expect(await world.raw.collection('idempotency').countDocuments({ answer: { $ne: null } })).toBe(
    kept.length,
  );
  const other = world.store.idempotency.run(request('reveal', { bodyHash: 'other' }), again);
  await expect(other).rejects.toBeInstanceOf(IdempotencyKeyReusedError);
});

test('a key whose process died in the middle is taken over when its time is up', async () => {
  const dead = world.store.idempotency.run(request('dead'), () => new Promise(() => undefined));
  dead.catch(() => undefined);
  const rows = world.raw.collection('idempotency');
  await untilTrue(async () => (await rows.countDocuments({ 'lease.until': { $gt: new Date() } })) === 1);
  const soon = new Date(Date.now() + 10_000);
  expect(await rows.countDocuments({ 'lease.until': { $gt: soon } })).toBe(0);
  const act = deed({ status: 200 });
  const waiting = world.store.idempotency.run(request('dead'), act);
  await rows.updateMany({ lease: { $ne: null } }, { $set: { 'lease.until': new Date(0) } });
  expect(await waiting).toMatchObject({ status: 200, replayed: false });
  expect(act.mock.calls).toEqual([[{ isAgain: true }]]);
});

test('keys are forgotten after 30 days, and neither keys nor answers can be read in the database', async () => {
  await world.store.idempotency.run(
    request('+5531991110000'),
    deed({ status: 200, body: 'a legible answer' }),
  );
  const [ttl] = (await world.raw.collection('idempotency').indexes()).filter(
    (index) => 'expireAfterSeconds' in index,
  );
  expect(ttl).toMatchObject({ key: { expiresAt: 1 }, expireAfterSeconds: 0 });
  const text = await dump(world.raw);
  expect(text).not.toContain('31991110000');
  expect(text).not.toContain('legible');
  const rows = await world.raw.collection('idempotency').find().toArray();
  const days = rows.map(({ expiresAt }) => Math.round((Number(expiresAt) - Date.now()) / 86_400_000));
  expect(new Set(days)).toEqual(new Set([30]));
});

const untilTrue = async (look: () => Promise<boolean>): Promise<void> => {
  while (!(await look())) await new Promise((next) => setImmediate(next));
};
