/** A delivery is stored before it is answered: what is not stored is not answered with 200, so that Meta repeats it. */
import { areTooMany } from '../../shared/failed-messages';
import { NO_TRAFFIC, type ObservedTraffic } from '../../shared/migration';
import type { ConcernedMigration, NewReceipt } from '../../store';
import type { ServerDeps } from '../deps';
import { readDelivery, type ReadChange, type SeenTraffic } from './meta-changes';
import type { WebhookMetrics } from './webhook-metrics';

/** The same change has the same id, whoever delivers it and however often; keyed, because it holds a number. */
const receiptId = ({ keys }: ServerDeps, identity: string): string =>
  `wh_${keys.mac('webhook-change', identity, keys.hashingKeyId).slice(0, 40)}`;

const receiptOf = (
  deps: ServerDeps,
  { kind, event, at, keys, phoneNumber, identity }: ReadChange,
): NewReceipt => ({
  id: receiptId(deps, identity),
  ...{ kind, event, at, keys },
  ...(phoneNumber === undefined ? {} : { phoneNumber }),
});

type Side = 'source' | 'destination';

/**
 * The number may have the same id on both sides, so that the account tells the sides apart. `concerned` has compared the
 * number itself where the delivery shows it; else only the same id will do.
 */
const sideOf = ({ migration }: ConcernedMigration, seen: SeenTraffic): Side | null => {
  const { source, destination } = migration;
  const isOf = (side: { wabaId: string | null; phoneNumberId: string | null }): boolean =>
    side.wabaId === seen.wabaId &&
    (seen.phoneNumber === null
      ? side.phoneNumberId !== null && side.phoneNumberId === seen.phoneNumberId
      : side.phoneNumberId === null || (seen.phoneNumberId ?? side.phoneNumberId) === side.phoneNumberId);
  if (isOf(destination)) return 'destination';
  return isOf(source) ? 'source' : null;
};

const observationOf = (side: Side, seen: SeenTraffic): Partial<ObservedTraffic> =>
  side === 'source'
    ? { lastInboundAtSource: seen.lastInboundAt }
    : {
        firstInboundAtDestination: seen.firstInboundAt,
        firstOutboundAtDestination: seen.firstOutboundAt,
      };

/** Counts what was sent while the number is watched. Whether too many failed is for the look to say; this is its hint. */
const countsTooManyFailed = async (
  { store, policy, now }: ServerDeps,
  { migrationId, migration }: ConcernedMigration,
  { sent }: SeenTraffic,
): Promise<boolean> => {
  const isWatched = migration.numberFreedAt === undefined || migration.numberFreedAt === null;
  if (!isWatched || sent.length === 0) return false;
  await store.sentMessages.observe(migrationId, sent);
  if (sent.every(({ failedWith }) => failedWith === null)) return false;
  const since = new Date(now().getTime() - policy.failedMessages.per).toISOString();
  return areTooMany(await store.sentMessages.read(migrationId, since), policy.failedMessages);
};

/** Told once a day: what was found stays a finding until a look finds it better. */
const failingNow = (migrationId: string, now: Date) => {
  const at = now.toISOString();
  const id = `wh_failing_${migrationId}_${at.slice(0, 10)}`;
  return { id, kind: 'messages' as const, event: 'MESSAGES_FAILING', at };
};

/**
 * Messages leave no receipt each: only what a live migration needs of them is kept: the instants, and how many were
 * sent and failed. The first ones at the destination are a hint, whose receipt has one id however often they are told.
 */
const keepTraffic = async (deps: ServerDeps, seen: SeenTraffic): Promise<NewReceipt[]> => {
  const { store } = deps;
  const receipts: NewReceipt[] = [];
  const keys = [`waba:${seen.wabaId}`];
  const to = { keys, ...(seen.phoneNumber === null ? {} : { phoneNumber: seen.phoneNumber }) };
  for await (const concerned of store.webhooks.concerned(to)) {
    const side = sideOf(concerned, seen);
    if (side === null) continue;
    const { migrationId } = concerned;
    const observed = { ...NO_TRAFFIC, ...observationOf(side, seen) };
    await store.traffic.observe(migrationId, observed);
    if (side === 'destination' && (await countsTooManyFailed(deps, concerned, seen)))
      receipts.push({ ...failingNow(migrationId, deps.now()), ...to });
    for (const [event, at] of [
      ['FIRST_INBOUND', observed.firstInboundAtDestination],
      ['FIRST_OUTBOUND', observed.firstOutboundAtDestination],
    ] as const) {
      if (at === null) continue;
      const id = `wh_${event.toLowerCase()}_${migrationId}`;
      receipts.push({ id, kind: 'messages', event, at, ...to });
    }
  }
  return receipts;
};

/** Throws `StoreUnavailableError`; then nothing was promised, and what was kept is known when Meta repeats it. */
export const receive = async (deps: ServerDeps, metrics: WebhookMetrics, body: unknown): Promise<void> => {
  const delivery = readDelivery(body, deps.now());
  if (delivery === null) {
    metrics.received('none', 'unreadable');
    deps.logger.warn('a signed webhook that is no envelope was dropped');
    return;
  }
  const receipts = delivery.changes.map((change) => receiptOf(deps, change));
  for (const seen of delivery.traffic) {
    const hints = await keepTraffic(deps, seen);
    metrics.received('messages', hints.length > 0 ? 'observed' : 'nobody');
    receipts.push(...hints);
  }
  const fresh = new Set(await deps.store.webhooks.keep(receipts));
  for (const { id, kind } of receipts) {
    if (kind !== 'messages') metrics.received(kind, fresh.has(id) ? 'stored' : 'duplicate');
  }
  for (const { field, why, at, content, identity } of delivery.unread) {
    const isNew = await deps.store.webhooks.keepUnread({ id: receiptId(deps, identity), field, at, content });
    metrics.received(why === 'unknown_field' ? 'unknown' : 'unreadable', isNew ? why : 'duplicate');
    if (isNew) deps.logger.warn({ field, why }, 'a webhook that this version does not understand was kept');
  }
};
