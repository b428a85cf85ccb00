/** Ledger rows of what the source counted before the cut-over (R15, meta §5.3). Pure. */
import type { LedgerRow } from '../../store';

export type Row = Omit<LedgerRow, 'kind'>;

/** One data point of `pricing_analytics`, times as RFC 3339. */
export interface UsageBucket {
  from: string;
  to: string;
  volume: number;
  /** In the WABA's currency; null when Meta withholds it. */
  cost: number | null;
  country: string | null;
  category: string | null;
  type: string | null;
  tier: string | null;
}

export interface UsageSeen {
  seenAt: string;
  sourceProvider: string;
  sourceWabaId: string;
  currency: string | null;
}

const COUNTED = { side: 'source', precision: 'half_hour' } as const;

/** Nothing counted is a figure too: one row of zero, so that nobody takes the silence for a snapshot never made. */
const nothingCountedRow = (period: { from: string; to: string }, seen: UsageSeen): Row => ({
  ...COUNTED,
  payer: seen.sourceProvider,
  ...period,
  quantity: 0,
  amount: null,
  currency: null,
  evidence: { edge: 'pricing_analytics', wabaId: seen.sourceWabaId },
  seenAt: seen.seenAt,
  note: 'The source counted nothing for this number in this period.',
});

export const usageRows = (
  buckets: readonly UsageBucket[],
  period: { from: string; to: string },
  seen: UsageSeen,
): Row[] => {
  if (buckets.length === 0) return [nothingCountedRow(period, seen)];
  return buckets.map(({ from, to, volume, cost, ...dimensions }) => ({
    ...COUNTED,
    payer: seen.sourceProvider,
    from,
    to,
    quantity: volume,
    amount: cost === null ? null : String(cost),
    currency: cost === null ? null : seen.currency,
    evidence: { edge: 'pricing_analytics', wabaId: seen.sourceWabaId, ...dimensions },
    seenAt: seen.seenAt,
    note: 'Meta calls these figures approximate.',
  }));
};

/** One row that says why there is none: a figure nobody saw must not read like a zero. */
export const unseenUsageRow = (period: { from: string; to: string }, why: string, seen: UsageSeen): Row => ({
  side: 'source',
  payer: seen.sourceProvider,
  ...period,
  quantity: null,
  amount: null,
  currency: null,
  evidence: { whyUnseen: why, wabaId: seen.sourceWabaId },
  seenAt: seen.seenAt,
  precision: 'unknown',
  note: 'Ask the source provider for its usage report up to the cut-over; its last invoice settles this.',
});
