import type { Migration } from '../../shared/migration';
import { newNumber, openWorld, startMigration, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const get = (url: string, headers: Record<string, string> = {}) =>
  world.call({ method: 'GET', url, headers });
const search = (body: unknown) => world.call({ method: 'POST', url: '/v1/migrations/search', body });

interface Page {
  items: Migration[];
  nextCursor: string | null;
}
const idsOf = ({ items }: Page): string[] => items.map(({ id }) => id);

describe('the list', () => {
  test('is newest first, comes page by page, and misses and repeats nothing', async () => {
    const list = await openWorld();
    const started: string[] = [];
    for (let n = 0; n < 5; n += 1) started.unshift(await startMigration(list));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page = (await list.call({ method: 'GET', url: `/v1/migrations?limit=2${query}` })).json();
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(started);
  });

  test('can be narrowed by state, step and source provider', async () => {
    const id = await startMigration(world, {
      source: { provider: 'rare-bsp', businessId: '1001', wabaId: '2001' },
    });
    const of = async (query: string) => idsOf((await get(`/v1/migrations?${query}`)).json<Page>());
    expect(await of('sourceProvider=rare-bsp')).toEqual([id]);
    expect(await of('sourceProvider=rare-bsp&state=running&step=claim')).toEqual([id]);
    expect(await of('sourceProvider=rare-bsp&state=completed')).toEqual([]);
  });
});

describe('a search', () => {
  test('finds a number however it is written, and words of names and metadata, and nothing of another tenant', async () => {
    const phoneNumber = '+5531987651234';
    const id = await startMigration(world, {
      phoneNumber,
      business: { name: 'Padaria do Zé' },
      metadata: { ticket: 'ABC-1' },
    });
    for (const body of [
      { phoneNumber },
      { phoneNumber: '+553187651234' },
      { text: 'padaria' },
      { text: 'ABC-1' },
    ]) {
      expect(idsOf((await search(body)).json<Page>())).toEqual([id]);
    }
    expect(idsOf((await search({ phoneNumber: newNumber() })).json<Page>())).toEqual([]);
    const other = await world.call({
      method: 'POST',
      url: '/v1/migrations/search',
      body: { phoneNumber },
      tenant: 'other',
    });
    expect(other.json<Page>().items).toEqual([]);
  });
});

describe('a migration', () => {
  test('carries its revision as ETag and is not sent again while it is known', async () => {
    const url = `/v1/migrations/${await startMigration(world)}`;
    const first = await get(url);
    expect(first.headers['etag']).toBe('"1-0"');
    expect(first.headers['vary']).toContain('Authorization');
    for (const known of ['"1-0"', 'W/"1-0"', '"7-7", "1-0"', '*']) {
      const again = await get(url, { 'if-none-match': known });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    }
    expect((await get(url, { 'if-none-match': '"1-1"' })).statusCode).toBe(200);
  });

  test('has the attempts it has had, and no others', async () => {
    const url = `/v1/migrations/${await startMigration(world)}`;
    expect((await get(`${url}?attempt=1`)).json<Migration>().attempt).toBe(1);
    expect((await get(`${url}?attempt=2`)).statusCode).toBe(404);
    expect((await get(`${url}?attempt=0`)).statusCode).toBe(400);
  });
});

describe('a report', () => {
  const tenant = 'acme';
  const reported = async (): Promise<string> => {
    const migrationId = await startMigration(world);
    const checkedAt = '2026-11-22T12:00:00.000Z';
    await world.store.templateReports.upsert({ tenant, migrationId }, [
      {
        name: 'order_update',
        language: 'pt_BR',
        checkedAt,
        plan: 'copy',
        outcome: 'copied',
        destinationStatus: 'APPROVED',
      },
      {
        name: 'promo',
        language: 'en',
        checkedAt,
        plan: 'ineligible',
        outcome: 'failed',
        reason: '=HYPERLINK("x")',
      },
    ]);
    await world.store.ledgers.replaceKind({ tenant, migrationId }, 'usage_before', [
      {
        side: 'source',
        payer: 'acme-bsp',
        from: '2026-11-22T11:30:00Z',
        to: '2026-11-22T12:00:00Z',
        quantity: 7,
        amount: '0.35',
        currency: 'USD',
        evidence: { source: 'pricing_analytics' },
        seenAt: checkedAt,
        precision: 'half_hour',
        note: null,
      },
    ]);
    return `/v1/migrations/${migrationId}`;
  };

  test('of the templates comes page by page as JSON and whole as CSV, without formulas', async () => {
    const url = await reported();
    const page = (await get(`${url}/templates?limit=1`)).json<{
      items: { name: string }[];
      nextCursor: string;
    }>();
    expect(page.items).toMatchObject([{ name: 'order_update', outcome: 'copied' }]);
    const rest = await get(`${url}/templates?cursor=${encodeURIComponent(page.nextCursor)}`);
    expect(rest.json<{ items: unknown[] }>().items).toMatchObject([{ name: 'promo' }]);

    const csv = await get(`${url}/templates`, { accept: 'text/csv' });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = csv.body.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^name,language,category,/);
    expect(lines[1]).toMatch(/^order_update,pt_BR,/);
    expect(lines[2]).toContain('\'=HYPERLINK(""x"")');

    const weighed = async (accept: string) =>
      String((await get(`${url}/templates`, { accept })).headers['content-type']).split(';')[0];
    expect(await weighed('application/json;q=0.5, text/csv')).toBe('text/csv');
    expect(await weighed('text/csv;q=0.5, application/json')).toBe('application/json');
    expect(await weighed('text/csv;q=0, */*')).toBe('application/json');
  });

  test('of the billing says who pays what and how exactly that is known, as JSON and as CSV', async () => {
    const url = await reported();
    const ledger = (await get(`${url}/billing`)).json<{ items: unknown[] }>();
    expect(ledger.items).toMatchObject([
      { kind: 'usage_before', side: 'source', payer: 'acme-bsp', amount: '0.35', precision: 'half_hour' },
    ]);
    const csv = await get(`${url}/billing`, { accept: 'text/csv' });
    expect(csv.body).toContain(
      'usage_before,source,acme-bsp,2026-11-22T11:30:00Z,2026-11-22T12:00:00Z,7,0.35,USD,half_hour',
    );
    expect(
      (await get(`${url}/billing`, { accept: 'application/json, text/csv' })).headers['content-type'],
    ).toContain('json');
  });

  test('of the audit trail begins with who started the migration', async () => {
    const url = `/v1/migrations/${await startMigration(world)}`;
    const { items } = (await get(`${url}/events`)).json<{
      items: { position: number; actor: { name: string } }[];
    }>();
    expect(items.at(-1)).toMatchObject({ position: 1, actor: { kind: 'api_key', name: 'acme backend' } });
  });
});
