import type { LedgerRow, TemplateRowChange } from '../../store';
import { aMigration, collect, openTestStore, type TestStore } from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('reports');
});

const newRef = (tenant = 'acme') => ({ tenant, migrationId: aMigration().id });
const checkedAt = '2026-11-22T10:00:00Z';

const template = (n: number, change: Partial<TemplateRowChange> = {}): TemplateRowChange => ({
  ...{ name: `template_${String(n).padStart(4, '0')}`, language: 'pt_BR', checkedAt, plan: 'copy' },
  ...change,
});

describe('the report of templates', () => {
  test('takes thousands of rows, counts them and gives them back in order', async () => {
    const ref = newRef();
    const rows = Array.from({ length: 1_203 }, (_, n) =>
      template(n, { plan: n % 3 === 0 ? 'collision' : 'copy' }),
    );
    await world.store.templateReports.upsert(ref, rows.toReversed());
    const counts = await world.store.templateReports.counts(ref);
    expect(counts).toMatchObject({
      total: 1_203,
      plans: { collision: 401, copy: 802, ineligible: 0 },
      outcomes: { pending: 1_203 },
    });
    const read = await collect(world.store.templateReports.stream(ref));
    expect(read.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
    const collisions = await collect(world.store.templateReports.stream(ref, { plan: 'collision' }));
    expect(collisions).toHaveLength(401);
  });

  test('a later word on a template changes what it says and keeps the rest', async () => {
    const ref = newRef();
    await world.store.templateReports.upsert(ref, [template(1, { sourceId: '9001', category: 'UTILITY' })]);
    const later = '2026-11-22T12:00:00Z';
    await world.store.templateReports.upsert(ref, [
      {
        name: 'template_0001',
        language: 'pt_BR',
        outcome: 'failed',
        reason: 'Formatting error',
        checkedAt: later,
      },
    ]);
    expect(await collect(world.store.templateReports.stream(ref))).toMatchObject([
      {
        ...{
          name: 'template_0001',
          language: 'pt_BR',
          category: 'UTILITY',
          sourceId: '9001',
          sourceStatus: null,
        },
        ...{
          sourceQuality: null,
          plan: 'copy',
          outcome: 'failed',
          reason: 'Formatting error',
          destinationId: null,
        },
        ...{ destinationStatus: null, checkedAt: later },
      },
    ]);
  });

  test('is paged by name and language, and belongs to its tenant and migration', async () => {
    const ref = newRef();
    const rows = [
      template(1, { language: 'en' }),
      template(1),
      template(2, { outcome: 'copied' }),
      template(3),
    ];
    await world.store.templateReports.upsert(ref, rows);
    await world.store.templateReports.upsert(newRef(), rows);
    const first = await world.store.templateReports.list(ref, { limit: 3 });
    const second = await world.store.templateReports.list(ref, {
      limit: 3,
      cursor: first.nextCursor ?? undefined,
    });
    expect([...first.items, ...second.items].map(({ name, language }) => `${name}/${language}`)).toEqual([
      'template_0001/en',
      'template_0001/pt_BR',
      'template_0002/pt_BR',
      'template_0003/pt_BR',
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await world.store.templateReports.list(ref, { limit: 5, outcome: 'copied' })).items).toHaveLength(
      1,
    );
    expect(await collect(world.store.templateReports.stream({ ...ref, tenant: 'other' }))).toEqual([]);
  });
});

describe('the ledger', () => {
  const entry = (change: Partial<LedgerRow> = {}): Omit<LedgerRow, 'kind'> => ({
    ...{
      side: 'source',
      payer: 'acme-bsp',
      from: null,
      to: null,
      quantity: 12,
      amount: '0.10',
      currency: 'USD',
    },
    ...{ evidence: { 'usage.bucket': 1 }, seenAt: checkedAt, precision: 'half_hour', note: null },
    ...change,
  });

  test('what is said again about a kind replaces what was said before, and the order of kinds stays', async () => {
    const ref = newRef();
    await world.store.ledgers.replaceKind(ref, 'usage_before', [
      entry({ quantity: 1 }),
      entry({ quantity: 2 }),
      entry(),
    ]);
    await world.store.ledgers.replaceKind(ref, 'cutover', [entry({ side: 'destination', quantity: null })]);
    await world.store.ledgers.replaceKind(ref, 'usage_before', [entry({ quantity: 5 })]);
    await world.store.ledgers.replaceKind(newRef(), 'cutover', [entry()]);
    expect(await world.store.ledgers.list(ref)).toEqual([
      { kind: 'usage_before', ...entry({ quantity: 5 }) },
      { kind: 'cutover', ...entry({ side: 'destination', quantity: null }) },
    ]);
    expect(await world.store.ledgers.list({ ...ref, tenant: 'other' })).toEqual([]);
  });

  test('said by two workers at once it holds the rows of one of them', async () => {
    const ref = newRef();
    await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        world.store.ledgers.replaceKind(ref, 'usage_before', [
          entry({ quantity: n }),
          entry({ quantity: n }),
        ]),
      ),
    );
    const quantities = (await world.store.ledgers.list(ref)).map(({ quantity }) => quantity);
    expect(quantities).toHaveLength(2);
    expect(new Set(quantities).size).toBe(1);
  });
});

describe('notes of effects', () => {
  test('the first note under a key stands, a replacing one replaces it', async () => {
    const { migrationId } = newRef();
    const { notes } = world.store;
    expect(await notes.read(migrationId, 'known_wabas')).toBeNull();
    const standing = await Promise.all(
      Array.from({ length: 8 }, (_, n) => notes.noteOnce(migrationId, 'known_wabas', [String(n)])),
    );
    expect(new Set(standing.map((note) => JSON.stringify(note))).size).toBe(1);
    expect(await notes.read(migrationId, 'known_wabas')).toEqual(standing[0]);
    await notes.note(migrationId, 'known_wabas', { 'a.b': 1, $set: 2 });
    expect(await notes.read(migrationId, 'known_wabas')).toEqual({ 'a.b': 1, $set: 2 });
  });
});
