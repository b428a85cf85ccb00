/** The address of Meta's webhooks: who is let in, what is kept, what is answered (meta §8.1). */
import { createHmac, randomUUID } from 'node:crypto';
import { openStore } from '../../store';
import { buildMetricsServer } from '../../server/metrics';
import { atEndOfFile } from '../support/after-each-file';
import { mongoUri } from '../support/servers';
import { openRelay } from './relay';
import { APP_SECRET, openWorld, PLATFORM_SECRET, testKeys, VERIFY_TOKEN, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const signed = (body: string | Buffer, secret = APP_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const deliver = (body: string, signature = signed(body), to: World = world) =>
  to.app.inject({
    method: 'POST',
    url: '/webhooks/meta',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
    payload: body,
  });

const envelope = (changes: unknown[], entryId = '2001', time = 1_760_000_000): string =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: entryId, time, changes }],
  });

const counted = async (kind: string, fate: string): Promise<number> => {
  const { body } = await buildMetricsServer(world.deps.metrics).inject({ url: '/metrics' });
  const line = body
    .split('\n')
    .find((one) => one.startsWith(`carryover_webhook_receipts_total{kind="${kind}",fate="${fate}"}`));
  return Number(line?.split(' ').at(-1) ?? 0);
};

describe('the challenge (meta §8.1)', () => {
  const ask = (query: Record<string, string>) => world.app.inject({ url: '/webhooks/meta', query });

  test('is answered with its own words when the verify token is right', async () => {
    const answer = await ask({
      'hub.mode': 'subscribe',
      'hub.challenge': '1158201444',
      'hub.verify_token': VERIFY_TOKEN,
    });
    expect([answer.statusCode, answer.body]).toEqual([200, '1158201444']);
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  });

  test.each([
    ['a wrong token', { 'hub.verify_token': 'guess' }, 401],
    ['another mode', { 'hub.mode': 'unsubscribe' }, 400],
    ['a challenge that is markup', { 'hub.challenge': '<script>' }, 400],
  ])('with %s is refused', async (_what, change, status) => {
    const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': VERIFY_TOKEN };
    const answer = await ask({ ...query, ...change });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toContain(VERIFY_TOKEN);
  });
});

describe('an event of 360dialog (360dialog §4)', () => {
  const body = JSON.stringify({ id: 'evt-1', event: 'client_created', data: { id: 'CH1' } });
  const hex = (secret: string) => createHmac('sha256', secret).update(body).digest('hex');
  const send = (signature: string | undefined) =>
    world.app.inject({
      ...{ method: 'POST', url: '/webhooks/360dialog', payload: body },
      headers: {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { 'x-360dialog-signature': signature }),
      },
    });

  test('is let in by its signature, in either form, and kept once', async () => {
    for (const signature of [hex(PLATFORM_SECRET), `sha256=${hex(PLATFORM_SECRET)}`]) {
      const answer = await send(signature);
      expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'received' }]);
    }
    expect([await counted('360dialog', 'unknown_field'), await counted('360dialog', 'duplicate')]).toEqual([
      1, 1,
    ]);
  });

  test.each([
    ['no signature', undefined],
    ['a signature with another secret', hex('guess')],
  ])('with %s is refused', async (_what, signature) => {
    const answer = await send(signature);
    expect([answer.statusCode, answer.json()]).toMatchObject([401, { code: 'wrong_signature' }]);
  });
});

describe('a delivery', () => {
  const review = (decision: string) => ({ field: 'account_review_update', value: { decision } });

  test('is let in by the signature over its raw bytes, escaped unicode and all', async () => {
    const escaped = envelope([review('APPROVED')]).replace('APPROVED', 'APROVA\\u00c7\\u00c3O');
    expect((await deliver(escaped)).statusCode).toBe(200);
    const otherRendering = JSON.stringify(JSON.parse(escaped));
    expect((await deliver(otherRendering, signed(escaped))).statusCode).toBe(401);
  });

  test.each([
    ['no signature', () => undefined],
    ['the signature of another secret', (body: string) => signed(body, 'another secret')],
    ['a signature without its name', (body: string) => signed(body).slice('sha256='.length)],
    ['a signature of nothing', () => signed('')],
  ])('with %s is refused, and nothing is kept', async (_what, signatureOf) => {
    const body = envelope([review(`REJECTED_${randomUUID().slice(0, 8)}`)]);
    const refused = await world.app.inject({
      method: 'POST',
      url: '/webhooks/meta',
      headers: {
        'content-type': 'application/json',
        ...(signatureOf(body) === undefined ? {} : { 'x-hub-signature-256': signatureOf(body) }),
      },
      payload: body,
    });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([401, 'wrong_signature']);
    const before = await counted('account_review_update', 'stored');
    expect((await deliver(body)).statusCode).toBe(200);
    expect(await counted('account_review_update', 'stored')).toBe(before + 1);
  });

  test('of a thousand updates and three megabytes is taken; more than four are not', async () => {
    const before = await counted('template_category_update', 'stored');
    const many = Array.from({ length: 1000 }, (_, n) => ({
      field: 'template_category_update',
      value: { message_template_id: n, message_template_name: `t${String(n)}`, padding: 'x'.repeat(2900) },
    }));
    const body = envelope(many);
    expect(body.length).toBeGreaterThan(2.9e6);
    const answer = await deliver(body);
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'received' }]);
    expect(await counted('template_category_update', 'stored')).toBe(before + 1000);
    expect((await deliver(`${body}${' '.repeat(1.5e6)}`)).statusCode).toBe(413);
  });

  test('told again, also inside another delivery, is known as the same change', async () => {
    const change = (n: number) => ({ field: 'account_alerts', value: { entity_id: '2001', alert: n } });
    const before = await counted('account_alerts', 'stored');
    for (const changes of [[change(1)], [change(1)], [change(2), change(1)]]) {
      expect((await deliver(envelope(changes))).statusCode).toBe(200);
    }
    expect(await counted('account_alerts', 'stored')).toBe(before + 2);
    expect(await counted('account_alerts', 'duplicate')).toBe(2);
    await deliver(envelope([change(1)], '2001', 1_760_000_999));
    expect(await counted('account_alerts', 'stored')).toBe(before + 3);
  });

  test('that this version does not understand is kept and counted, not refused', async () => {
    const bodies = [
      envelope([{ field: 'a_field_of_tomorrow', value: { any: 'thing' } }]),
      envelope([{ field: 'Crazy Field!', value: 7 }]),
      envelope([{ field: 'security', value: 'no object' }]),
      envelope([{ field: 'messages', value: { metadata: 'none' } }]),
      envelope(['no change at all']),
      JSON.stringify({ entry: ['no entry at all'] }),
      JSON.stringify({ nothing: 'of the kind' }),
      'this is not JSON',
    ];
    for (const body of bodies) expect((await deliver(body)).statusCode).toBe(200);
    expect(await counted('unknown', 'unknown_field')).toBe(2);
    expect(await counted('unreadable', 'unreadable')).toBe(4);
    expect(await counted('none', 'unreadable')).toBe(2);
    for (const body of bodies.slice(0, 2)) await deliver(body);
    expect(await counted('unknown', 'duplicate')).toBe(2);
  });

  test('leaves no number and no word of a message in the log', async () => {
    await deliver(
      envelope([
        {
          field: 'messages',
          value: {
            metadata: { display_phone_number: '5511987650001', phone_number_id: '3001' },
            contacts: [{ profile: { name: 'Maria Private' }, wa_id: '5511900000777' }],
            messages: [{ from: '5511900000777', timestamp: '1760000000', text: { body: 'a private word' } }],
          },
        },
        { field: 'security', value: { display_phone_number: '5511987650001', event: 'PIN_CHANGED' } },
      ]),
    );
    const metrics = (await buildMetricsServer(world.deps.metrics).inject({ url: '/metrics' })).body;
    const seen = world.logs() + metrics;
    for (const secret of ['5511987650001', '900000777', 'Maria', 'private word', APP_SECRET, VERIFY_TOKEN]) {
      expect(seen).not.toContain(secret);
    }
  });
});

test('without the secret of the app a delivery is answered with 503, so that Meta repeats it', async () => {
  const bare = await openWorld({ webhooks: {} });
  const answer = await deliver(envelope([]), undefined, bare);
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('META_APP_SECRET');
});

test('while MongoDB hangs a delivery is answered with 503, and taken when Meta repeats it', async () => {
  const direct = new URL(mongoUri(`webhooks-${randomUUID().slice(0, 8)}`));
  const relay = await openRelay({ host: direct.hostname, port: Number(direct.port) });
  const keys = testKeys();
  const uri = `mongodb://${relay.address}${direct.pathname}?directConnection=true`;
  const store = await openStore({ uri, keys, answerWithinMs: 500 });
  atEndOfFile(() => store.close());
  await store.ensureIndexes();
  const away = await openWorld({ store, keys });
  const body = envelope([{ field: 'account_review_update', value: { decision: 'APPROVED' } }]);
  relay.hang();
  const refused = await deliver(body, signed(body), away);
  expect(refused.statusCode).toBe(503);
  await relay.mend();
  let status = 503;
  while (status === 503) status = (await deliver(body, signed(body), away)).statusCode;
  expect(status).toBe(200);
}, 60_000);
