import { setTimeout as nextTurn } from 'node:timers/promises';
import { buildMetricsServer } from '../../server/metrics';
import { keyOf, openWorld, SOURCE_TOKEN, startBody, startMigration, type Call, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const authorization = `Bearer ${keyOf('acme', 'backend')}`;
const mutation = { authorization, 'idempotency-key': 'edge' };

describe('every answer', () => {
  test.each([
    ['/healthz', 200],
    ['/v1/migrations', 401],
    ['/nowhere', 404],
    ['/v1/migrations/mig_x', 401],
  ])('carries a Request-Id (%s)', async (url, status) => {
    const answer = await world.app.inject({ url });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['request-id']).toMatch(/^req_[0-9a-z]{16}$/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('an error', () => {
  const shape = {
    type: expect.stringMatching(/^urn:carryover:problem:/),
    title: expect.any(String),
    status: expect.any(Number),
    code: expect.any(String),
    requestId: expect.stringMatching(/^req_/),
  };
  test.each([
    ['an unknown path', { method: 'GET', url: '/v1/nowhere' }, 404, 'unknown_route'],
    ['another method', { method: 'DELETE', url: '/v1/migrations/mig_x' }, 405, 'method_not_allowed'],
    [
      'a path that cannot be decoded',
      { method: 'GET', url: '/v1/migrations/%E0%A4%A' },
      400,
      'malformed_request',
    ],
    ['no key', { method: 'GET', url: '/v1/migrations' }, 401, 'unauthorized'],
    [
      'a body that is not JSON',
      {
        method: 'POST',
        url: '/v1/migrations',
        headers: { ...mutation, 'content-type': 'application/json' },
        payload: '{"phoneNumber": "+5531991119999"',
      },
      400,
      'malformed_request',
    ],
    [
      'a body of another type',
      {
        method: 'POST',
        url: '/v1/migrations',
        headers: { ...mutation, 'content-type': 'text/plain' },
        payload: '{}',
      },
      415,
      'unsupported_media_type',
    ],
    [
      'a body above 256 KiB',
      {
        method: 'POST',
        url: '/v1/migrations',
        headers: { ...mutation, 'content-type': 'application/json' },
        payload: JSON.stringify({ text: 'x'.repeat(256 * 1024) }),
      },
      413,
      'body_too_large',
    ],
    [
      'a limit out of range',
      { method: 'GET', url: '/v1/migrations?limit=201', headers: { authorization } },
      400,
      'invalid_parameter',
    ],
    [
      'a filter nobody knows',
      { method: 'GET', url: '/v1/migrations?colour=red', headers: { authorization } },
      400,
      'invalid_parameter',
    ],
    [
      'a cursor nobody gave',
      { method: 'GET', url: '/v1/migrations?cursor=abc', headers: { authorization } },
      400,
      'invalid_parameter',
    ],
    [
      'an id of another form',
      { method: 'GET', url: '/v1/migrations/5531', headers: { authorization } },
      404,
      'not_found',
    ],
  ] as const)('of %s has the one shape', async (_what, request, status, code) => {
    const answer = await world.app.inject(request);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ ...shape, status, code });
    expect(answer.json<{ requestId: string }>().requestId).toBe(answer.headers['request-id']);
    expect(answer.body).not.toContain('+5531991119999');
  });

  test('of another method says which methods there are', async () => {
    const answer = await world.app.inject({ method: 'PUT', url: '/v1/migrations' });
    expect(answer.headers['allow']).toBe('POST, GET, HEAD');
  });
});

describe('too many requests', () => {
  test('with one key are refused with the time to wait, and other keys are not', async () => {
    const limited = await openWorld({ limits: { requestsPerMinute: 3 } });
    const list = (role: 'backend' | 'support') =>
      limited.call({ method: 'GET', url: '/v1/migrations', role });
    for (let n = 0; n < 3; n += 1) expect((await list('backend')).statusCode).toBe(200);
    const refused = await list('backend');
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ code: 'too_many_requests', status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await list('support')).statusCode).toBe(200);
    expect((await limited.app.inject({ url: '/healthz' })).statusCode).toBe(200);
  });
});

describe('the exchange of links', () => {
  const exchange = (secret: string) =>
    world.app.inject({ method: 'POST', url: '/v1/links/exchange', payload: { secret } });

  test('is limited for each link: whoever repeats one keeps nobody else out, although all have one address', async () => {
    for (let n = 0; n < 60; n += 1) expect((await exchange('A'.repeat(43))).statusCode).toBe(401);
    expect((await exchange('A'.repeat(43))).statusCode).toBe(429);
    expect((await exchange('B'.repeat(43))).statusCode).toBe(401);
  });
});

describe('an orderly end', () => {
  test('answers who is being answered, and then hangs up', async () => {
    const ending = await openWorld({ limits: { acceptMs: 500 } });
    const url = await ending.app.listen({ host: '127.0.0.1', port: 0 });
    const id = await startMigration(ending);
    const arrived = new Promise<void>((resolve) => {
      ending.app.server.once('request', () => resolve());
    });
    const answer = fetch(`${url}/v1/migrations/${id}/abort`, {
      method: 'POST',
      headers: { ...mutation, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'nobody is there to hear it' }),
    });
    await arrived;
    await ending.app.close();
    const { status, headers } = await answer;
    expect([status, headers.get('connection')]).toEqual([503, 'close']);
  });
});

describe('logs and metrics', () => {
  test('hold no number, code, key, token or body', async () => {
    const body = startBody({ phoneNumber: '+5531977776666', metadata: { note: 'a private remark' } });
    await world.call({ method: 'POST', url: '/v1/migrations', body });
    await world.call({
      method: 'POST',
      url: '/v1/migrations',
      body: { ...body, phoneNumber: '5531977776666' },
    });
    await world.call({
      method: 'POST',
      url: '/v1/migrations/search',
      body: { phoneNumber: '+5531977776666' },
    });
    await world.call({
      method: 'POST',
      url: '/v1/migrations/mig_x/verification-code',
      body: { code: '739154' },
    });
    await world.call({
      method: 'PUT',
      url: '/v1/credentials/mine',
      body: { accessToken: 'EAAmyOwnSecretToken' },
    });
    await world.app.inject({
      url: '/v1/migrations?token=EAAinTheUrl',
      headers: { authorization: 'Bearer ck_wrong' },
    });
    const metrics = await buildMetricsServer(world.deps.metrics).inject({ url: '/metrics' });
    expect(metrics.body).toContain(
      'carryover_http_request_duration_seconds_count{method="POST",route="/v1/migrations"',
    );
    expect(world.logs()).toContain('"route":"/v1/migrations"');
    const seen = world.logs() + metrics.body;
    const secrets = [
      '977776666',
      '739154',
      'EAAmyOwnSecretToken',
      'EAAinTheUrl',
      'ck_',
      SOURCE_TOKEN,
      'a private remark',
    ];
    for (const secret of secrets) expect(seen).not.toContain(secret);
  });
});

describe('a credential', () => {
  test('is named and never shown, and can be used at once', async () => {
    const url = '/v1/credentials/fresh';
    const put = await world.call({ method: 'PUT', url, body: { accessToken: 'EAAfreshSecretToken' } });
    expect([put.statusCode, put.body]).toEqual([204, '']);
    const list = await world.call({ method: 'GET', url: '/v1/credentials' });
    expect(list.json<{ items: unknown[] }>().items).toContainEqual({
      name: 'fresh',
      kind: 'access_token',
      origin: 'api',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      expiresAt: null,
    });
    expect(list.body).not.toContain('EAAfreshSecretToken');
    const source = { provider: 'acme-bsp', businessId: '1001', wabaId: '2001', credential: 'fresh' };
    expect(
      (await world.call({ method: 'POST', url: '/v1/migrations', body: startBody({ source }) })).statusCode,
    ).toBe(202);
    expect((await world.call({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await world.call({ method: 'DELETE', url })).statusCode).toBe(404);
    expect(
      (await world.call({ method: 'POST', url: '/v1/migrations', body: startBody({ source }) })).statusCode,
    ).toBe(422);
  });

  test('under a name that cannot be one is refused together with what else is wrong', async () => {
    const answer = await world.call({ method: 'PUT', url: '/v1/credentials/My_Token', body: { token: 'x' } });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: unknown[] }>().errors).toEqual([
      { pointer: '/accessToken', expected: 'a string', received: 'nothing' },
      { pointer: '/token', expected: 'no field of this name', received: expect.any(String) },
      {
        pointer: '/name',
        expected: 'the name of a stored credential: lower-case letters, digits, hyphens',
        received: 'another text',
      },
    ]);
    expect(answer.body).not.toContain('My_Token');
  });

  test('of CREDENTIALS_FILE is listed as such, can be overlaid, and is not deleted here', async () => {
    const listed = async () =>
      (await world.call({ method: 'GET', url: '/v1/credentials' })).json<{
        items: { name: string; origin: string }[];
      }>().items;
    const url = '/v1/credentials/meta-system';
    expect(await listed()).toContainEqual({
      name: 'meta-system',
      kind: 'access_token',
      origin: 'file',
      createdAt: null,
      updatedAt: null,
      expiresAt: null,
    });
    const refused = await world.call({ method: 'DELETE', url });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
      409,
      'credential_read_only',
    ]);
    expect(refused.body).toContain('CREDENTIALS_FILE');
    await world.call({ method: 'PUT', url, body: { accessToken: 'EAAoverlaysTheFile' } });
    const overlaid = (await listed()).filter(({ name }) => name === 'meta-system');
    expect(overlaid).toMatchObject([{ origin: 'api' }]);
    expect((await world.call({ method: 'DELETE', url })).statusCode).toBe(204);
  });

  test("is nobody else's", async () => {
    await world.call({ method: 'PUT', url: '/v1/credentials/ours', body: { accessToken: 'EAAoursSecret' } });
    const list = await world.call({ method: 'GET', url: '/v1/credentials', tenant: 'other' });
    expect(list.body).not.toContain('ours');
    expect(
      (await world.call({ method: 'DELETE', url: '/v1/credentials/ours', tenant: 'other' })).statusCode,
    ).toBe(404);
  });
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
