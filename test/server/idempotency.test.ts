import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { buildServer } from '../../server/build-server';
import { createRegistry } from '../../server/metrics';
import { encryptedDataConverter } from '../../shared/encryption/payload-codec';
import { freePort } from '../../scripts/servers/ports';
import { atEndOfFile } from '../support/after-each-file';
import { keyOf, newNumber, openWorld, startBody, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const start = (body: unknown, idempotencyKey: string) =>
  world.call({ method: 'POST', url: '/v1/migrations', body, idempotencyKey });

/** The same server, store included, while Temporal cannot be reached. */
const withoutTemporal = async () => {
  const connection = Connection.lazy({ address: `127.0.0.1:${String(await freePort())}` });
  const app = await buildServer({
    ...world.deps,
    temporal: new Client({ connection, dataConverter: encryptedDataConverter(world.deps.keys) }),
    metrics: createRegistry(),
    limits: { ...world.deps.limits, temporalMs: 300 },
  });
  atEndOfFile(async () => {
    await app.close();
    await connection.close();
  });
  return app;
};

describe('the same Idempotency-Key', () => {
  test('with the same body gets the same answer, and nothing is started twice', async () => {
    const key = randomUUID();
    const body = startBody();
    const first = await start(body, key);
    const again = await start(body, key);
    expect(again.statusCode).toBe(202);
    expect(again.json()).toEqual(first.json());
    expect(again.headers).toMatchObject({ location: first.headers.location, etag: first.headers.etag });
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([
      undefined,
      'true',
    ]);
  });

  test('is the same request when only the order of the fields differs', async () => {
    const key = randomUUID();
    const body = startBody();
    const first = await start(body, key);
    const turned = Object.fromEntries(Object.entries(body).reverse());
    expect((await start(turned, key)).json()).toEqual(first.json());
  });

  test('with another body is refused', async () => {
    const key = randomUUID();
    await start(startBody(), key);
    const answer = await start(startBody(), key);
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'idempotency_key_reused' });
  });

  test('of another tenant is another key', async () => {
    const key = randomUUID();
    await start(startBody(), key);
    const other = await world.call({
      method: 'POST',
      url: '/v1/migrations',
      body: startBody(),
      idempotencyKey: key,
      tenant: 'other',
    });
    expect(other.statusCode).toBe(202);
  });

  test('twenty times at once starts one migration', async () => {
    const key = randomUUID();
    const body = startBody();
    const answers = await Promise.all(Array.from({ length: 20 }, () => start(body, key)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([202]));
    expect(new Set(answers.map((answer) => answer.json<{ id: string }>().id)).size).toBe(1);
  });

  test('gets the same refusal, although it would not be refused now', async () => {
    const phoneNumber = newNumber();
    const first = await start(startBody({ phoneNumber }), randomUUID());
    const key = randomUUID();
    const body = startBody({ phoneNumber });
    const refused = await start(body, key);
    expect(refused.statusCode).toBe(409);
    const { id } = first.json<{ id: string }>();
    await world.store.migrations.closeFromOutside({
      tenant: 'acme',
      id,
      attempt: 1,
      outcome: 'terminated',
      reason: 'test',
    });
    const again = await start(body, key);
    expect(again.statusCode).toBe(409);
    expect(again.json<{ code: string }>().code).toBe(refused.json<{ code: string }>().code);
    expect((await start(body, randomUUID())).statusCode).toBe(202);
  });

  test('is free again after a request with invalid fields, so that what was missing can be supplied', async () => {
    const key = randomUUID();
    const source = { provider: 'acme-bsp', businessId: '1001', wabaId: '2001', credential: 'supplied-later' };
    const body = startBody({ source });
    expect((await start(body, key)).statusCode).toBe(422);
    await world.store.secrets.put('acme', 'supplied-later', { accessToken: 'EAAsuppliedLater' });
    expect((await start(body, key)).statusCode).toBe(202);
  });

  test('is not spent on a replay that comes while the last run still ends', async () => {
    const { id } = (await start(startBody(), randomUUID())).json<{ id: string }>();
    await world.store.migrations.closeFromOutside({
      ...{ tenant: 'acme', id, attempt: 1, outcome: 'terminated', reason: 'test' },
    });
    const body = { reason: 'again', dryRun: true };
    const replayed = {
      url: `/v1/migrations/${id}/replay`,
      role: 'support',
      idempotencyKey: randomUUID(),
    } as const;
    const early = await world.call({ method: 'POST', ...replayed, body });
    expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([503, 'temporarily_unavailable']);
    expect(Number(early.headers['retry-after'])).toBeGreaterThan(0);
    await world.deps.temporal.workflow.getHandle(id).terminate('test');
    expect((await world.call({ method: 'POST', ...replayed, body })).statusCode).toBe(202);
  });

  test('finishes a start that died between the store and Temporal', async () => {
    const app = await withoutTemporal();
    const key = randomUUID();
    const body = startBody();
    const died = await app.inject({
      method: 'POST',
      url: '/v1/migrations',
      headers: {
        authorization: `Bearer ${keyOf('acme', 'backend')}`,
        'idempotency-key': key,
        'content-type': 'application/json',
      },
      payload: JSON.stringify(body),
    });
    expect(died.statusCode).toBe(503);
    expect(died.headers['retry-after']).toBeDefined();
    expect(died.json()).toMatchObject({ code: 'temporarily_unavailable' });
    const held = await world.store.claims.holder(String(body['phoneNumber']));

    const healed = await start(body, key);
    expect(healed.statusCode).toBe(202);
    const { id } = healed.json<{ id: string }>();
    expect(id).toBe(held?.migrationId);
    const execution = await world.deps.temporal.workflow.getHandle(id).describe();
    expect(execution.status.name).toBe('RUNNING');
    expect(await world.store.migrations.halfStarted(new Date(Date.now() + 1000))).toEqual([]);
  });
});

describe('an Idempotency-Key', () => {
  test.each([
    ['is missing', null],
    ['is empty', ''],
    ['is longer than 255 characters', 'x'.repeat(256)],
  ])('that %s is asked for before anything is done', async (_what, idempotencyKey) => {
    const phoneNumber = newNumber();
    const answer = await world.call({
      method: 'POST',
      url: '/v1/migrations',
      body: startBody({ phoneNumber }),
      idempotencyKey,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'idempotency_key_missing' });
    expect(await world.store.claims.holder(phoneNumber)).toBeNull();
  });
});
