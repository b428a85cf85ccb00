import fc from 'fast-check';
import { outageOf, type CutoverSeen } from '../../shared/outage';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 2, minute)).toISOString();

const seen = (change: Partial<CutoverSeen> = {}): CutoverSeen => ({
  announcedAt: at(10),
  registeredAt: at(20),
  lastInboundAtSource: at(18),
  firstInboundAtDestination: at(22),
  firstOutboundAtDestination: null,
  ...change,
});

describe('the outage of a cut-over (meta §1.7)', () => {
  test('is the time between the last message at the source and the first at the destination', () => {
    expect(outageOf(seen())).toMatchObject({
      outageMs: 4 * 60_000,
      outage: { from: at(18), to: at(22), reading: 'source_until_register' },
    });
  });

  test('says that the source was silent since the announcement when nothing reached it afterwards', () => {
    expect(outageOf(seen({ lastInboundAtSource: at(9) }))).toMatchObject({
      outageMs: 13 * 60_000,
      outage: { reading: 'source_silent_since_announcement' },
    });
  });

  test.each([
    [0, 'order_unknown'],
    [999, 'order_unknown'],
    [1_000, 'source_silent_since_announcement'],
    [-1, 'source_until_register'],
  ])('a message’s second that began %s ms before the announcement: %s', (ahead, reading) => {
    const announced = Date.parse(at(10)) + 400;
    const lastInboundAtSource = new Date(announced - ahead).toISOString();
    const announcedAt = new Date(announced + (ahead === 0 ? 1 : 0)).toISOString();
    expect(outageOf(seen({ announcedAt, lastInboundAtSource })).outage?.reading).toBe(reading);
  });

  test('takes the first message in either direction at the destination', () => {
    expect(outageOf(seen({ firstOutboundAtDestination: at(21) })).outageMs).toBe(3 * 60_000);
  });

  test.each([
    ['the source', { lastInboundAtSource: null }],
    ['the destination', { firstInboundAtDestination: null }],
    ['a registered number', { registeredAt: null }],
  ])('is not known without traffic at %s', (_what, change) => {
    expect(outageOf(seen(change))).toEqual({ outageMs: null, outage: null });
  });

  test('is never negative, whatever the order in which messages were told', () => {
    fc.assert(
      fc.property(fc.nat(59), fc.nat(59), fc.nat(59), (source, inbound, outbound) => {
        const { outageMs } = outageOf(
          seen({
            lastInboundAtSource: at(source),
            firstInboundAtDestination: at(inbound),
            firstOutboundAtDestination: at(outbound),
          }),
        );
        expect(outageMs).toBe(Math.max(0, Math.min(inbound, outbound) - source) * 60_000);
      }),
    );
  });
});
