/**
 * Ledger rows of what both sides counted since the cut-over, and what that says of messages in flight (R15 to R17, meta
 * §5.2, §5.3). Whether the source goes on counting a number that left is not documented: both readings have their rows.
 * Pure.
 */
import Big from 'big.js';
import { cutoverHalfHours } from '../../shared/half-hours';
import type { LedgerRow } from '../../store';
import type { UsageSince } from '../contract';
import type { UsageRead } from './read-usage';
import { unseenUsageRow, usageRows, type Row, type UsageBucket, type UsageSeen } from './usage-rows';

interface Total {
  quantity: number;
  /** Null: Meta told the cost of none or not of all. */
  amount: string | null;
}

const totalOf = (counted: readonly { quantity: number; amount: string | null }[]): Total => ({
  quantity: counted.reduce((sum, { quantity }) => sum + quantity, 0),
  amount: counted.some(({ amount }) => amount === null)
    ? null
    : counted.reduce((sum, { amount }) => sum.plus(amount ?? 0), new Big(0)).toFixed(),
});

const countedIn = (buckets: readonly UsageBucket[]) =>
  buckets.map(({ volume, cost }) => ({
    quantity: volume,
    amount: cost === null ? null : new Big(cost).toFixed(),
  }));

/** What the snapshot before the cut-over had counted; null: it was not seen. */
const snapshotOf = (ledger: readonly LedgerRow[]): Total | null => {
  const counted = ledger.flatMap(({ kind, quantity, amount }) =>
    kind === 'usage_before' && quantity !== null
      ? [{ quantity, amount: amount ?? (quantity === 0 ? '0' : null) }]
      : [],
  );
  return counted.length === 0 ? null : totalOf(counted);
};

/**
 * What the destination counted, or what it had counted at an earlier look where it now shows less: Meta's counters show
 * only numbers that an account still holds (meta §5.3), and this one may have been moved on.
 */
export const fullerOf = (after: Row[], ledger: readonly LedgerRow[]): Row[] => {
  const quantityOf = (rows: readonly Pick<Row, 'quantity'>[]): number =>
    rows.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  const known = ledger.filter(({ kind }) => kind === 'usage_after');
  if (quantityOf(after) >= quantityOf(known)) return after;
  return known.map(({ kind: _kind, ...row }) => row);
};

type Seen = Omit<UsageSeen, 'currency' | 'precision'>;

const sourceGone = (period: { from: string; to: string }, { side, payer, wabaId, seenAt }: Seen): Row => ({
  ...{ side, payer, ...period, quantity: null, amount: null, currency: null, seenAt, precision: 'unknown' },
  evidence: { edge: 'pricing_analytics', wabaId, reading: 'number gone' },
  note: 'The source no longer shows the number (meta §5.3: only numbers attached now are counted); the snapshot taken before the cut-over stands.',
});

const inFlight = (seen: Seen, from: string, told: Partial<Row>, evidence: Record<string, unknown>): Row => ({
  ...{ side: seen.side, payer: seen.payer, from, to: null, quantity: null, amount: null, currency: null },
  ...{ evidence: { requirement: 'R17', ...evidence }, seenAt: seen.seenAt, precision: 'unknown' },
  note: 'Sent before and delivered after: the source is charged on delivery; how many could not be seen, a last invoice settles it.',
  ...told,
});

export interface SourceReread {
  usage_source_after: Row[];
  in_flight: Row[];
}

export const sourceRereadRows = (
  read: UsageRead,
  at: UsageSince & { from: string; to: string },
  ledger: readonly LedgerRow[],
  seen: Seen,
): SourceReread => {
  const period = { from: at.from, to: at.to };
  const snapshot = snapshotOf(ledger);
  const unknown = (evidence: Record<string, unknown>) => inFlight(seen, at.registerAttemptedAt, {}, evidence);
  if (read.whyUnseen !== null) {
    return {
      usage_source_after: [unseenUsageRow(period, read.whyUnseen, seen)],
      in_flight: [unknown({ whyUnseen: read.whyUnseen })],
    };
  }
  if (read.buckets.length === 0) {
    return {
      usage_source_after: [sourceGone(period, seen)],
      in_flight: [unknown({ reading: 'number gone' })],
    };
  }
  const bucket = cutoverHalfHours(at.registerAttemptedAt, at.liveAt ?? null);
  const isAfter = ({ from }: UsageBucket): boolean => Date.parse(from) >= Date.parse(bucket.to);
  const before = totalOf(countedIn(read.buckets.filter((one) => !isAfter(one))));
  const after = read.buckets.filter(isAfter);
  const counted = { ...seen, currency: read.currency, precision: 'half_hour' } as const;
  const late = snapshot === null ? null : Math.max(0, before.quantity - snapshot.quantity);
  const lateAmount =
    snapshot === null || snapshot.amount === null || before.amount === null
      ? null
      : new Big(before.amount).minus(snapshot.amount);
  return {
    usage_source_after: [
      {
        ...{ side: seen.side, payer: seen.payer, from: at.from, to: bucket.to, seenAt: seen.seenAt },
        ...{ quantity: before.quantity, amount: before.amount, precision: 'half_hour' },
        currency: before.amount === null ? null : read.currency,
        evidence: {
          edge: 'pricing_analytics',
          wabaId: seen.wabaId,
          reading: 'history kept',
          recounted: true,
        },
        note: 'Counted again after the move, up to the end of the half hour in which the number was seen live; it holds what the snapshot held.',
      },
      ...(after.length === 0 ? [] : usageRows(after, period, counted)),
    ],
    in_flight: [
      late === null
        ? unknown({ reading: 'history kept', snapshot: 'unseen' })
        : inFlight(
            seen,
            at.registerAttemptedAt,
            {
              ...{ quantity: late, precision: 'half_hour' },
              amount: lateAmount === null || lateAmount.lt(0) ? null : lateAmount.toFixed(),
              currency: lateAmount === null || lateAmount.lt(0) ? null : read.currency,
              note: 'Counted by the source after the snapshot: sent before the cut-over and delivered or counted later. The source is charged.',
            },
            { reading: 'history kept', snapshot: snapshot?.quantity, recounted: before.quantity },
          ),
    ],
  };
};
