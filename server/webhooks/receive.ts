/** A delivery is stored before it is answered: what is not stored is not answered with 200, so that Meta repeats it. */
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

/**
 * Messages leave no receipt each: only what a live migration needs of them is kept, the instants. The first ones at the
 * destination are a hint, whose receipt has one id however often they are told.
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
