/** What the source counts after the number has left, and what that says of messages in flight (R17, meta §5.2, §5.3). */
import fc from 'fast-check';
import type { UsageRead } from '../../activities/billing/read-usage';
import { sourceRereadRows } from '../../activities/billing/usage-after-rows';
import type { LedgerRow } from '../../store';
import { billingStatement } from '../../shared/billing-statement';
import { cutoverHalfHours } from '../../shared/half-hours';

const AT = {
  registerAttemptedAt: '2026-11-22T22:10:00.000Z',
  from: '2026-11-15T22:10:00.000Z',
  to: '2026-11-23T22:30:00.000Z',
};
const SEEN = {
  side: 'source',
  payer: 'acme-bsp',
  wabaId: '2001',
  seenAt: '2026-11-24T10:00:00.000Z',
} as const;

const bucket = (from: string, volume: number, cost: number | null) => ({
  ...{ from, to: new Date(Date.parse(from) + 1_800_000).toISOString(), volume, cost },
  ...{ country: 'BR', category: 'UTILITY', type: 'REGULAR', tier: null },
});
const read = (buckets: UsageRead['buckets'], whyUnseen: string | null = null): UsageRead => ({
  ...{ buckets, whyUnseen, currency: 'USD' },
});
const snapshot = (quantity: number | null, amount: string | null): LedgerRow => ({
  ...{ kind: 'usage_before', side: 'source', payer: 'acme-bsp', from: AT.from, to: AT.registerAttemptedAt },
  ...{
    quantity,
    amount,
    currency: amount === null ? null : 'USD',
    evidence: {},
    seenAt: AT.registerAttemptedAt,
  },
  ...{ precision: quantity === null ? 'unknown' : 'half_hour', note: null },
});

test.each([
  ['within one', null, '22:30'],
  ['within one', '2026-11-22T22:29:50.000Z', '22:30'],
  ['over the end of one', '2026-11-22T22:30:20.000Z', '23:00'],
  ['over some', '2026-11-22T23:45:00.000Z', '00:00'],
])('the half hours of a cut-over %s are all that hold it (%s)', (_span, liveAt, to) => {
  expect(cutoverHalfHours(AT.registerAttemptedAt, liveAt)).toEqual({
    from: '2026-11-22T22:00:00.000Z',
    to: expect.stringContaining(`T${to}:00.000Z`),
  });
});

describe('history kept', () => {
  const buckets = [bucket('2026-11-22T21:30:00.000Z', 5, 0.1), bucket('2026-11-22T22:00:00.000Z', 4, 0.2)];

  test('what was counted since the snapshot was in flight, to the cent', () => {
    const { in_flight } = sourceRereadRows(read(buckets), AT, [snapshot(6, '0.1')], SEEN);
    expect(in_flight).toMatchObject([
      { quantity: 3, amount: '0.2', currency: 'USD', precision: 'half_hour' },
    ]);
  });
  test('what is counted after the half hour of the cut-over stands apart', () => {
    const late = bucket('2026-11-22T22:30:00.000Z', 2, 0.1);
    const { usage_source_after } = sourceRereadRows(read([...buckets, late]), AT, [], SEEN);
    expect(usage_source_after).toMatchObject([{ quantity: 9 }, { quantity: 2, from: late.from }]);
  });
  test('what it counted while the registration dragged on was sent before the cut-over', () => {
    const late = bucket('2026-11-22T22:30:00.000Z', 2, 0.1);
    const dragged = { ...AT, liveAt: '2026-11-22T22:50:00.000Z' };
    const { usage_source_after } = sourceRereadRows(read([...buckets, late]), dragged, [], SEEN);
    expect(usage_source_after).toMatchObject([{ quantity: 11 }]);
  });
  test('without a snapshot nothing can be said of what was in flight', () => {
    const { in_flight } = sourceRereadRows(read(buckets), AT, [snapshot(null, null)], SEEN);
    expect(in_flight).toMatchObject([{ quantity: null, precision: 'unknown' }]);
  });
  test('a cost that Meta withholds is no zero', () => {
    const withheld = [bucket('2026-11-22T21:30:00.000Z', 5, null)];
    const { usage_source_after } = sourceRereadRows(read(withheld), AT, [snapshot(5, null)], SEEN);
    expect(usage_source_after).toMatchObject([{ quantity: 5, amount: null, currency: null }]);
  });
  test('in flight is never less than nothing, though figures are approximate', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), (counted, again) => {
        const seen = [bucket('2026-11-22T21:30:00.000Z', again, again / 100)];
        const { in_flight } = sourceRereadRows(read(seen), AT, [snapshot(counted, '1')], SEEN);
        expect(in_flight[0]?.quantity).toBe(Math.max(0, again - counted));
      }),
    );
  });
});

test.each([
  ['gone', read([]), 'the snapshot taken before the cut-over stands'],
  ['refused', read([], 'PERMISSION_MISSING: no right'), 'Ask the source provider'],
])('a source whose number is %s says so instead of a zero', (_what, seen, note) => {
  const { usage_source_after, in_flight } = sourceRereadRows(seen, AT, [snapshot(6, '0.1')], SEEN);
  expect(usage_source_after).toMatchObject([
    { quantity: null, precision: 'unknown', note: expect.stringContaining(note) },
  ]);
  expect(in_flight).toMatchObject([{ quantity: null }]);
});

describe('the statement', () => {
  test('of an empty ledger claims nothing', () => {
    expect(billingStatement([], [])).toEqual({
      ...{ cutover: null, sides: [], unsplit: null, inFlight: null, tasks: [], doubts: [] },
    });
  });
  test('says how many messages stand in the half hour of the cut-over, which figures cannot split (R17)', () => {
    const row = (kind: string, from: string, quantity: number | null) => ({
      ...snapshot(quantity, null),
      ...{ kind, from },
    });
    const cutover = { ...row('cutover', '2026-11-22T10:12:00.000Z', null), to: '2026-11-22T10:12:20.000Z' };
    const counted = [
      row('usage_before', '2026-11-22T09:30:00.000Z', 40),
      row('usage_before', '2026-11-22T10:00:00Z', 5),
      row('usage_after', '2026-11-22T10:00:00.000Z', 2),
      row('usage_after', '2026-11-22T10:30:00.000Z', 9),
    ];
    const { unsplit, doubts } = billingStatement([cutover, ...counted], []);
    expect(unsplit).toEqual({
      ...{ from: '2026-11-22T10:00:00.000Z', to: '2026-11-22T10:30:00.000Z' },
      ...{ source: 5, destination: 2 },
    });
    expect(doubts.join()).toContain('5 at the source up to the snapshot, 2 at the destination');
    expect(billingStatement([cutover], []).unsplit).toMatchObject({ source: null, destination: null });
    const dragged = { ...cutover, to: '2026-11-22T10:30:20.000Z' };
    expect(billingStatement([dragged, ...counted], []).unsplit).toMatchObject({
      ...{ to: '2026-11-22T11:00:00.000Z', source: 5, destination: 11 },
    });
  });
  test('tells of messages in flight what was counted and what was stated, and that neither is a count of them (R17)', () => {
    const flight = (quantity: number | null) => ({ ...snapshot(quantity, null), kind: 'in_flight' });
    const counted = billingStatement([flight(3)], []);
    expect(counted.inFlight).toMatchObject({ payer: 'acme-bsp', messages: 3, stated: null });
    expect(counted.doubts.join()).toMatch(/counted after the snapshot .* \(3\): .* sent between the two\.$/);
    expect(billingStatement([flight(null)], []).doubts.join()).toMatch(
      /could not be counted; .*of the source\.$/,
    );
  });
  test('adds up money exactly and by currency', () => {
    const rows = [snapshot(1, '0.1'), snapshot(1, '0.2'), { ...snapshot(1, '3'), currency: 'BRL' }];
    expect(billingStatement(rows, []).sides).toMatchObject([
      {
        messages: 3,
        amounts: [
          { currency: 'USD', amount: '0.3' },
          { currency: 'BRL', amount: '3' },
        ],
      },
    ]);
  });
  test('doubts a price that was not told and a figure that nobody saw', () => {
    expect(billingStatement([snapshot(5, null)], []).doubts.join()).toContain(
      'cost at the source was not told',
    );
    expect(billingStatement([snapshot(null, null)], []).sides).toMatchObject([
      { messages: null, amounts: [] },
    ]);
  });
});
