/**
 * `snapshotUsage`: what the source counted for the number before the cut-over (R15, meta §5.3).
 *
 * Does: reads half-hour buckets; writes them into the ledger as `usage_before`.
 * Safe to repeat: the rows of that kind are replaced as a whole, but figures never by none: after `register` the
 * source no longer counts the number.
 * Lost reply: repeat. Undone by: nothing to undo.
 */
import { PlatformError } from '../../platforms/meta';
import { readPricing } from '../../platforms/meta/analytics';
import { readWaba } from '../../platforms/meta/wabas';
import { isSameNumber } from '../../shared/phone-number';
import type { LedgerRow } from '../../store';
import type { ActivityDeps } from '../context';
import type { BillingActivities, Subject } from '../contract';
import { unseenUsageRow, usageRows, type UsageBucket } from './usage-rows';

interface Usage {
  buckets: UsageBucket[];
  currency: string | null;
}

const readUsage = async (
  deps: ActivityDeps,
  { tenant, request }: Subject,
  credential: string,
  period: { from: string; to: string },
): Promise<Usage> => {
  const { wabaId } = request.source;
  const graph = await deps.graphFor(tenant, credential, wabaId);
  const { currency } = await readWaba(graph, wabaId);
  const points = await readPricing(graph, wabaId, {
    from: new Date(period.from),
    to: new Date(period.to),
    granularity: 'HALF_HOUR',
  });
  const buckets = points
    .filter(({ phoneNumber }) => phoneNumber !== null && isSameNumber(phoneNumber, request.phoneNumber))
    .map(({ start, end, volume, cost, country, pricingCategory, pricingType, tier }) => ({
      ...{ from: start, to: end, volume, cost, country, tier },
      ...{ category: pricingCategory, type: pricingType },
    }));
  return { buckets, currency };
};

/** A source that does not let us look must not hold up the cut-over; it is written down instead. */
const whyRefused = (error: unknown): string => {
  if (!(error instanceof PlatformError)) throw error;
  const { class: failureClass, code, title } = error.problem;
  if (failureClass !== 'needs_party' && failureClass !== 'permanent') throw error;
  return `${code}: ${title}`;
};

const figuresIn = (rows: readonly LedgerRow[]): LedgerRow[] =>
  rows.filter(({ kind, quantity }) => kind === 'usage_before' && quantity !== null && quantity > 0);

export const snapshotUsage =
  (deps: ActivityDeps): BillingActivities['snapshotUsage'] =>
  async ({ subject, from, to }) => {
    const { provider, wabaId, credential } = subject.request.source;
    let usage: Usage = { buckets: [], currency: null };
    let whyUnseen: string | null = null;
    if (credential === undefined) {
      whyUnseen = 'no credential for the source is named in the request';
    } else {
      try {
        usage = await readUsage(deps, subject, credential, { from, to });
      } catch (error) {
        whyUnseen = whyRefused(error);
      }
    }
    const seenAt = deps.clock().toISOString();
    const seen = { seenAt, sourceProvider: provider, sourceWabaId: wabaId, currency: usage.currency };
    const earlier = usage.buckets.length === 0 ? figuresIn(await deps.store.ledgers.list(subject)) : [];
    const [latest] = earlier;
    if (latest !== undefined) return { buckets: earlier.length, seenAt: latest.seenAt, whyUnseen: null };
    const rows =
      whyUnseen === null
        ? usageRows(usage.buckets, { from, to }, seen)
        : [unseenUsageRow({ from, to }, whyUnseen, seen)];
    await deps.store.ledgers.replaceKind(subject, 'usage_before', rows);
    return { buckets: usage.buckets.length, seenAt, whyUnseen };
  };
