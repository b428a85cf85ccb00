import { createHash } from 'node:crypto';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { maskPhoneNumber } from '../../shared/phone-number';
import { ROLES } from '../../server/api-keys';
import { bodyOf, PUBLIC_PATHS, ROUTES, urlOf, type Route } from './routes';
import { API_KEYS, keyOf, newNumber, openWorld, startMigration, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await openWorld({ limits: { requestsPerMinute: 100_000 } });
});

/** One of the roles that a key can have. */
const keyRole = (route: Route) => ROLES.find((role) => route.roles.includes(role)) ?? 'backend';

const named = (route: Route): string => `${route.method} ${route.path}`;

describe('the description of the API', () => {
  test('has every route of the contract, and no other, with its roles and its errors', async () => {
    const document = (await world.app.inject({ url: '/openapi.json' })).json<{
      openapi: string;
      paths: Record<
        string,
        Record<
          string,
          { 'x-roles'?: string[]; responses: Record<string, unknown>; parameters?: { name: string }[] }
        >
      >;
    }>();
    expect(document.openapi).toMatch(/^3\.1\./);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        path,
        method: method.toUpperCase(),
        operation,
      })),
    );
    const routes = described.filter(({ path }) => !PUBLIC_PATHS.includes(path));
    expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(ROUTES.map(named).sort());
    for (const { method, path, operation } of routes) {
      const route = ROUTES.find((one) => one.method === method && one.path === path);
      expect(operation['x-roles']).toEqual(route?.roles);
      const asksForKey = operation.parameters?.some(({ name }) => name === 'Idempotency-Key') ?? false;
      expect(asksForKey).toBe(route?.mutates === true);
      const errors = Object.keys(operation.responses);
      expect(errors).toEqual(expect.arrayContaining(['400', '401', '403', '429', '503']));
      if (path.includes('{')) expect(errors).toContain('404');
      if (route?.mutates === true) expect(errors).toEqual(expect.arrayContaining(['409', '413', '422']));
      const guards = operation.parameters?.some(({ name }) => name === 'If-Match') ?? false;
      expect(guards).toBe(method === 'PATCH' || path.endsWith('/approve-cutover'));
      expect(errors.includes('412')).toBe(guards);
    }
  });
});

describe('the description of the API, for tools', () => {
  test('says where the server is, and holds no schema that no route refers to', async () => {
    const { body } = await world.app.inject({ url: '/openapi.json' });
    const document = JSON.parse(body) as {
      servers: { url: string }[];
      components: { schemas: Record<string, unknown> };
    };
    expect(document.servers).toMatchObject([{ url: '/' }]);
    const names = Object.keys(document.components.schemas);
    expect(names).toContain('Migration');
    expect(names.filter((name) => !body.includes(`"#/components/schemas/${name}"`))).toEqual([]);
  });
});

describe.each(ROUTES.map((route) => [named(route), route] as const))('%s', (_name, route) => {
  const call = (more: Partial<Parameters<World['call']>[0]>) =>
    world.call({ method: route.method, url: urlOf(route.path), body: bodyOf(route), ...more });

  test('lets in exactly the roles of the contract', async () => {
    const refused = [];
    for (const role of ROLES) {
      const { statusCode } = await call({ role });
      expect(statusCode).not.toBe(401);
      if (statusCode === 403) refused.push(role);
    }
    expect(refused).toEqual(ROLES.filter((role) => !route.roles.includes(role)));
  });

  test('wants a key', async () => {
    const answer = await call({ headers: { authorization: '' } });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json()).toMatchObject({ code: 'unauthorized', status: 401 });
  });

  if (route.path.includes('{id}')) {
    test("answers another tenant's migration as if it did not exist", async () => {
      const id = await startMigration(world);
      const role = keyRole(route);
      const foreign = await call({ url: urlOf(route.path, id), role, tenant: 'other' });
      const unknown = await call({ role, tenant: 'other' });
      expect([foreign.statusCode, unknown.statusCode]).toEqual([404, 404]);
      expect(foreign.json<{ code: string }>().code).toBe(unknown.json<{ code: string }>().code);
    });
  }

  if (route.mutates === true) {
    test('wants an Idempotency-Key', async () => {
      const answer = await call({ role: keyRole(route), idempotencyKey: null });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'idempotency_key_missing' });
    });
  }
});

describe('a key', () => {
  const list = (key: string) =>
    world.app
      .inject({ url: '/v1/migrations', headers: { authorization: key } })
      .then(({ statusCode }) => statusCode);

  test.each([
    ['nobody knows', 'Bearer ck_acme_backend_no'],
    ['without its scheme', keyOf('acme', 'backend')],
    ['with another scheme', `Basic ${keyOf('acme', 'backend')}`],
    ['of which only the hash is known', `Bearer ${API_KEYS[0]?.sha256 ?? ''}`],
  ])('%s is refused', async (_what, header) => {
    expect(await list(header)).toBe(401);
  });

  test('is known as soon as it stands in the file, until it expires or is taken out', async () => {
    const before = await readFile(world.apiKeysFile, 'utf8');
    const key = 'ck_a_new_key_0123456789abcdef0123456789abcdef';
    const record = {
      name: 'newcomer',
      tenant: 'acme',
      role: 'viewer',
      sha256: createHash('sha256').update(key).digest('hex'),
    };
    // Each writing has an instant of its own, however fast this test and however coarse the file system's clock.
    let instant = 1_900_000_000;
    const write = async (text: string) => {
      await writeFile(world.apiKeysFile, text);
      await utimes(world.apiKeysFile, ++instant, instant);
    };
    expect(await list(`Bearer ${key}`)).toBe(401);
    await write(JSON.stringify([...API_KEYS, record]));
    const atOnce = () => Promise.all(Array.from({ length: 4 }, () => list(`Bearer ${key}`)));
    expect(await atOnce()).toEqual([200, 200, 200, 200]);
    await write(JSON.stringify([...API_KEYS, { ...record, expiresAt: '2020-01-01T00:00:00Z' }]));
    expect(await atOnce()).toEqual([401, 401, 401, 401]);
    await write(JSON.stringify([...API_KEYS, record]));
    await write('[ half a fi');
    expect(await list(`Bearer ${keyOf('acme', 'backend')}`)).toBe(200);
    expect(world.logs()).toContain('the file of API keys cannot be read');
    await write(before);
    expect(await list(`Bearer ${key}`)).toBe(401);
  });
});

describe('a viewer', () => {
  test('sees every number masked, wherever it stands', async () => {
    const phoneNumber = newNumber();
    const national = phoneNumber.slice(3);
    const id = await startMigration(world, {
      phoneNumber,
      metadata: { call: `${phoneNumber} or ${national}` },
    });
    const url = `/v1/migrations/${id}`;
    const answers = await Promise.all([
      world.call({ method: 'GET', url, role: 'viewer' }),
      world.call({ method: 'GET', url: '/v1/migrations', role: 'viewer' }),
      world.call({ method: 'GET', url: `${url}/events`, role: 'viewer' }),
      world.call({ method: 'POST', url: '/v1/migrations/search', body: { phoneNumber }, role: 'viewer' }),
    ]);
    for (const answer of answers) {
      expect(answer.statusCode).toBe(200);
      expect(answer.body).not.toContain(national);
    }
    expect(answers[0].json()).toMatchObject({ id, phoneNumber: maskPhoneNumber(phoneNumber) });
    const support = await world.call({ method: 'GET', url, role: 'support' });
    expect(support.json()).toMatchObject({ phoneNumber });
  });

  test('whose decision was refused stands in the audit trail', async () => {
    const id = await startMigration(world);
    const url = `/v1/migrations/${id}`;
    await world.call({ method: 'POST', url: `${url}/abort`, body: { reason: 'I want to' }, role: 'viewer' });
    const events = await world.call({ method: 'GET', url: `${url}/events` });
    expect(events.json<{ items: unknown[] }>().items[0]).toMatchObject({
      type: 'request_refused',
      actor: { kind: 'api_key', name: 'acme viewer' },
      data: { action: 'abort', code: 'forbidden' },
    });
  });
});
