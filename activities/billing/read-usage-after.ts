/**
 * What both sides counted since the cut-over, into the ledger: the destination from the half hour of the cut-over on, by
 * half hours for the first day or two and by days afterwards; the source once more over the days before it (meta §5.3).
 * Safe to repeat: the rows of each kind are replaced as a whole. A side that may not be seen is written down as such.
 */
import { cutoverHalfHours } from '../../shared/half-hours';
import type { WabaId } from '../../shared/ids';
import type { ActivityDeps } from '../context';
import type { Subject, UsageSince } from '../contract';
import { readUsage } from './read-usage';
import { fullerOf, sourceRereadRows } from './usage-after-rows';
import { unseenUsageRow, usageRows, type Row, type UsageSeen } from './usage-rows';

const DAY_MS = 86_400_000;
/** As far back as the snapshot before the cut-over looked, or the two could not be compared. */
const SNAPSHOT_MS = 7 * DAY_MS;

const iso = (instant: number): string => new Date(instant).toISOString();

const destinationRows = async (
  deps: ActivityDeps,
  subject: Subject,
  wabaId: WabaId,
  { from, to: cutoverEnds }: { from: string; to: string },
  seen: Omit<UsageSeen, 'currency' | 'precision'>,
): Promise<Row[]> => {
  const now = Date.parse(seen.seenAt);
  const fineUntil = Math.min(now, (Math.floor(Date.parse(cutoverEnds) / DAY_MS) + 2) * DAY_MS);
  const ask = { wabaId, credential: subject.request.destination.credential };
  const periods = [
    { from, to: iso(fineUntil), granularity: 'HALF_HOUR', precision: 'half_hour' },
    ...(fineUntil < now
      ? [{ from: iso(fineUntil), to: iso(now), granularity: 'DAILY', precision: 'day' } as const]
      : []),
  ] as const;
  const rows: Row[] = [];
  for (const { precision, ...period } of periods) {
    const { buckets, currency, whyUnseen } = await readUsage(deps, subject, { ...ask, ...period });
    const span = { from: period.from, to: period.to };
    rows.push(
      ...(whyUnseen === null
        ? usageRows(buckets, span, { ...seen, currency, precision })
        : [unseenUsageRow(span, whyUnseen, seen)]),
    );
  }
  return rows;
};

export const readUsageAfter = async (
  deps: ActivityDeps,
  subject: Subject,
  wabaId: WabaId,
  { registerAttemptedAt, liveAt = null }: UsageSince,
): Promise<void> => {
  const { request } = subject;
  const seenAt = deps.clock().toISOString();
  const bucket = cutoverHalfHours(registerAttemptedAt, liveAt);
  const payer = request.funding?.payer ?? 'client_card';
  const after = await destinationRows(deps, subject, wabaId, bucket, {
    ...{ side: 'destination', payer, wabaId, seenAt },
  });
  const { source } = request;
  const period = {
    from: iso(Date.parse(registerAttemptedAt) - SNAPSHOT_MS),
    to: iso(Math.min(Date.parse(seenAt), Date.parse(bucket.to) + DAY_MS)),
  };
  const reread = await readUsage(deps, subject, {
    ...{ wabaId: source.wabaId, credential: source.credential ?? null, ...period },
    granularity: 'HALF_HOUR',
  });
  const ledger = await deps.store.ledgers.list(subject);
  const seen = { side: 'source', payer: source.provider, wabaId: source.wabaId, seenAt } as const;
  const rows = {
    usage_after: fullerOf(after, ledger),
    ...sourceRereadRows(reread, { registerAttemptedAt, liveAt, ...period }, ledger, seen),
  };
  for (const [kind, ofKind] of Object.entries(rows))
    await deps.store.ledgers.replaceKind(subject, kind, ofKind);
};
