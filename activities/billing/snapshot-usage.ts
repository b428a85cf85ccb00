/**
 * `snapshotUsage`: what the source counted for the number before the cut-over (R15, meta §5.3).
 *
 * Does: reads half-hour buckets; writes them into the ledger as `usage_before`.
 * Safe to repeat: the rows of that kind are replaced as a whole, but figures never by none: after `register` the
 * source no longer counts the number.
 * Lost reply: repeat. Undone by: nothing to undo.
 */
import type { LedgerRow } from '../../store';
import type { ActivityDeps } from '../context';
import type { BillingActivities } from '../contract';
import { readUsage } from './read-usage';
import { unseenUsageRow, usageRows } from './usage-rows';

const figuresIn = (rows: readonly LedgerRow[]): LedgerRow[] =>
  rows.filter(({ kind, quantity }) => kind === 'usage_before' && quantity !== null && quantity > 0);

export const snapshotUsage =
  (deps: ActivityDeps): BillingActivities['snapshotUsage'] =>
  async ({ subject, from, to }) => {
    const { provider, wabaId, credential } = subject.request.source;
    const ask = { wabaId, credential: credential ?? null, from, to, granularity: 'HALF_HOUR' } as const;
    const { buckets, currency, whyUnseen } = await readUsage(deps, subject, ask);
    const seenAt = deps.clock().toISOString();
    const seen = {
      side: 'source',
      payer: provider,
      precision: 'half_hour',
      wabaId,
      currency,
      seenAt,
    } as const;
    const earlier = buckets.length === 0 ? figuresIn(await deps.store.ledgers.list(subject)) : [];
    const [latest] = earlier;
    if (latest !== undefined) return { buckets: earlier.length, seenAt: latest.seenAt, whyUnseen: null };
    const rows =
      whyUnseen === null
        ? usageRows(buckets, { from, to }, seen)
        : [unseenUsageRow({ from, to }, whyUnseen, seen)];
    await deps.store.ledgers.replaceKind(subject, 'usage_before', rows);
    return { buckets: buckets.length, seenAt, whyUnseen };
  };
