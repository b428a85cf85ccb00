/** Ledger rows of what a side counted for the number (R15, R16, meta §5.3). Pure. */
import Big from 'big.js';
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

/** Who counted, who pays for it, and how finely it is told. */
export interface UsageSeen {
  side: Row['side'];
  payer: string;
  wabaId: string;
  precision: 'half_hour' | 'day';
  currency: string | null;
  seenAt: string;
}

const common = ({ side, payer, precision, seenAt }: UsageSeen) => ({ side, payer, precision, seenAt });

const evidenceOf = ({ wabaId }: UsageSeen) => ({ edge: 'pricing_analytics', wabaId });

/** Nothing counted is a figure too: one row of zero, so that nobody takes the silence for a figure never read. */
const nothingCountedRow = (period: { from: string; to: string }, seen: UsageSeen): Row => ({
  ...common(seen),
  ...period,
  ...{ quantity: 0, amount: null, currency: null, evidence: evidenceOf(seen) },
  note: `The ${seen.side} counted nothing for this number in this period.`,
});

export const usageRows = (
  buckets: readonly UsageBucket[],
  period: { from: string; to: string },
  seen: UsageSeen,
): Row[] => {
  if (buckets.length === 0) return [nothingCountedRow(period, seen)];
  return buckets.map(({ from, to, volume, cost, ...dimensions }) => ({
    ...common(seen),
    ...{ from, to, quantity: volume },
    amount: cost === null ? null : new Big(cost).toFixed(),
    currency: cost === null ? null : seen.currency,
    evidence: { ...evidenceOf(seen), ...dimensions },
    note: 'Meta calls these figures approximate.',
  }));
};

/** One row that says why there is none: a figure nobody saw must not read like a zero. */
export const unseenUsageRow = (
  period: { from: string; to: string },
  why: string,
  seen: Pick<UsageSeen, 'side' | 'payer' | 'wabaId' | 'seenAt'>,
): Row => ({
  ...{ side: seen.side, payer: seen.payer, ...period, quantity: null, amount: null, currency: null },
  ...{ evidence: { whyUnseen: why, wabaId: seen.wabaId }, seenAt: seen.seenAt, precision: 'unknown' },
  note:
    seen.side === 'source'
      ? 'Ask the source provider for its usage report up to the cut-over; its last invoice settles this.'
      : 'Look it up in WhatsApp Manager → Insights, or give a credential that may read analytics.',
});
