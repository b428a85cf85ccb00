/** Who pays what, as the ledger says it (R15 to R17, meta §5.2). */
import fc from 'fast-check';
import { cutoverRows, type CutoverSeen } from '../../activities/billing/cutover-rows';
import { unseenUsageRow, usageRows } from '../../activities/billing/usage-rows';

const SEEN: CutoverSeen = {
  registerAttemptedAt: '2026-11-22T22:00:00.000Z',
  registeredAt: '2026-11-22T22:00:01.000Z',
  connectedAt: '2026-11-22T22:00:03.500Z',
  seenAt: '2026-11-22T22:05:00.000Z',
  sourceProvider: 'acme-bsp',
  sourceWabaId: '2001',
  destinationWabaId: '2002',
  destinationPayer: 'partner_credit',
  fundingId: '7001',
  usageSeen: true,
};
const USAGE_SEEN = {
  seenAt: '2026-11-22T21:59:00.000Z',
  side: 'source',
  payer: 'acme-bsp',
  precision: 'half_hour',
  wabaId: '2001',
  currency: 'USD',
} as const;
const PERIOD = { from: '2026-11-15T22:00:00.000Z', to: '2026-11-22T22:00:00.000Z' };

test('the cut-over is an interval from asking for the registration to seeing the number connected', () => {
  const [row] = cutoverRows(SEEN).cutover;
  expect(row).toMatchObject({
    from: SEEN.registerAttemptedAt,
    to: SEEN.connectedAt,
    precision: 'interval',
    evidence: { widthMs: 3500 },
  });
});

test('sent before is paid by the source, also when delivered later; sent after by the destination', () => {
  const rows = cutoverRows(SEEN);
  expect(rows.payer_before).toMatchObject([
    { side: 'source', payer: 'acme-bsp', to: SEEN.registerAttemptedAt },
  ]);
  expect(rows.in_flight).toMatchObject([
    { side: 'source', payer: 'acme-bsp', from: SEEN.registerAttemptedAt },
  ]);
  expect(rows.payer_after).toMatchObject([
    { side: 'destination', payer: 'partner_credit', from: SEEN.connectedAt },
  ]);
});

test('what is not known is written down as a doubt', () => {
  const clear = cutoverRows(SEEN).doubt.map(({ note }) => note);
  const unclear = cutoverRows({ ...SEEN, connectedAt: null, fundingId: null, usageSeen: false });
  expect(clear).toHaveLength(1);
  expect(unclear.doubt).toHaveLength(4);
  expect(unclear.cutover).toMatchObject([{ to: SEEN.seenAt, precision: 'open_interval' }]);
});

test('every bucket becomes one row of the source, with money as a decimal text', () => {
  const bucket = fc.record({
    from: fc.constant(PERIOD.from),
    to: fc.constant(PERIOD.to),
    volume: fc.nat(1_000_000),
    cost: fc.option(fc.integer({ min: 0, max: 100_000_000 }).map((cents) => cents / 10_000)),
    country: fc.option(fc.constant('BR')),
    category: fc.option(fc.constant('UTILITY')),
    type: fc.option(fc.constant('REGULAR')),
    tier: fc.option(fc.constant('0:750000')),
  });
  fc.assert(
    fc.property(fc.array(bucket, { minLength: 1 }), (buckets) => {
      const rows = usageRows(buckets, PERIOD, USAGE_SEEN);
      expect(rows).toHaveLength(buckets.length);
      for (const [index, row] of rows.entries()) {
        expect(row).toMatchObject({ side: 'source', payer: 'acme-bsp', precision: 'half_hour' });
        expect(Number(row.amount ?? 'NaN')).toEqual(buckets[index]?.cost ?? Number.NaN);
        expect(row.currency).toBe(row.amount === null ? null : 'USD');
      }
    }),
  );
});

test('nothing counted and nothing seen are told apart', () => {
  expect(usageRows([], PERIOD, USAGE_SEEN)).toMatchObject([
    { quantity: 0, precision: 'half_hour', ...PERIOD },
  ]);
  expect(unseenUsageRow(PERIOD, 'no credential', USAGE_SEEN)).toMatchObject({
    quantity: null,
    precision: 'unknown',
    evidence: { whyUnseen: 'no credential' },
  });
});
