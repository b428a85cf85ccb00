/** Receipts of webhooks: stored before they are answered, routed by whichever server comes first, gone after 30 days. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { migrationIdSchema } from '../shared/ids';
import { migrationSchema, type Migration } from '../shared/migration';
import { HINT_KINDS, hintKindSchema } from '../shared/platform-hints';
import type { Room } from './room';
import type { ReceiptRow } from './rows';
import { numberHashOf, sealValue } from './sealing';
import type { NewReceipt, Receipt, WebhookStore } from './webhook-contract';

/** Longer than Meta repeats (7 days at most, meta §8.1), so that a repetition is known. */
const KEPT_MS = 30 * 86_400_000;
/** A server that dies while routing frees what it has taken by falling silent. */
const LEASE_MS = 30_000;

/** What of a migration one may be routed by; told apart by kind, because ids of different kinds may be equal. */
export const routingKeysOf = ({
  source,
  destination,
}: Pick<Migration, 'source' | 'destination'>): string[] => [
  ...new Set([
    `waba:${source.wabaId}`,
    ...(destination.wabaId === null ? [] : [`waba:${destination.wabaId}`]),
    `business:${destination.businessId}`,
    `business:${source.businessId}`,
    ...(destination.solutionId === undefined ? [] : [`solution:${destination.solutionId}`]),
  ]),
];

const routedSchema = migrationSchema.pick({
  state: true,
  step: true,
  steps: true,
  cutover: true,
  source: true,
  destination: true,
  numberFreedAt: true,
});

const receiptOf = (row: ReceiptRow): Receipt => ({
  id: row._id,
  kind: hintKindSchema.parse(row.kind),
  event: row.event,
  at: row.at,
  keys: row.keys,
  numberHash: row.numberHash,
  tries: row.tries,
  told: row.told ?? [],
});

export const createWebhookStore = ({ database, rows, keys }: Room): WebhookStore => {
  const hashOf = (phoneNumber: string | undefined): string | null =>
    phoneNumber === undefined ? null : numberHashOf(keys, phoneNumber);
  const fresh = (now: Date) => ({
    receivedAt: now,
    dueAt: now,
    tries: 0,
    taken: null,
    sealed: null,
    expiresAt: new Date(now.getTime() + KEPT_MS),
  });

  /** One after the other would take a second for a thousand; what stands already is left as it is. */
  const insertNew = async (found: readonly ReceiptRow[]): Promise<string[]> => {
    if (found.length === 0) return [];
    const { upsertedIds } = await rows.webhookReceipts.bulkWrite(
      found.map(({ _id, ...row }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: row }, upsert: true },
      })),
      { ordered: false },
    );
    return Object.values(upsertedIds).map((id) => z.string().parse(id));
  };

  return {
    keep: (receipts) =>
      database.untilNotDuplicate(() => {
        const now = new Date();
        return insertNew(
          receipts.map(({ id, kind, event, at, keys: to, phoneNumber }: NewReceipt) => ({
            ...{ _id: id, kind, event, at, keys: to, numberHash: hashOf(phoneNumber), fate: null },
            ...fresh(now),
          })),
        );
      }),

    keepUnread: ({ id, field, at, content }) =>
      database.untilNotDuplicate(async () => {
        const sealed = content === undefined ? null : sealValue(keys, `webhook/${id}`, content);
        const row = { _id: id, kind: field, event: null, at, keys: [], numberHash: null };
        const added = await insertNew([{ ...row, ...fresh(new Date()), fate: 'unread', sealed }]);
        return added.length > 0;
      }),

    takeUnrouted: (limit) =>
      database.guard(async () => {
        const now = new Date();
        // A newer server's kinds are left to it: this one cannot read them.
        const free = { fate: null, dueAt: { $lte: now }, kind: { $in: [...HINT_KINDS] } };
        const due = await rows.webhookReceipts
          .find(free, { projection: { _id: 1 } })
          .sort({ dueAt: 1 })
          .limit(limit)
          .toArray();
        if (due.length === 0) return [];
        const taken = randomUUID();
        await rows.webhookReceipts.updateMany(
          { _id: { $in: due.map(({ _id }) => _id) }, ...free },
          { $set: { taken, dueAt: new Date(now.getTime() + LEASE_MS) } },
        );
        return (await rows.webhookReceipts.find({ taken }).sort({ at: 1 }).toArray()).map(receiptOf);
      }),

    settle: (ids, fate) =>
      database.guard(async () => {
        await rows.webhookReceipts.updateMany({ _id: { $in: [...ids] } }, { $set: { fate, taken: null } });
      }),

    postpone: (ids, waitMs, told = []) =>
      database.guard(async () => {
        await rows.webhookReceipts.updateMany(
          { _id: { $in: [...ids] }, fate: null },
          {
            $set: { dueAt: new Date(Date.now() + waitMs), taken: null },
            $inc: { tries: 1 },
            ...(told.length === 0 ? {} : { $addToSet: { told: { $each: [...told] } } }),
          },
        );
      }),

    backlog: () =>
      database.guard(async () => {
        const unrouted = await rows.webhookReceipts.countDocuments({ fate: null });
        const oldest = await rows.webhookReceipts.findOne({ fate: null }, { sort: { receivedAt: 1 } });
        return { unrouted, oldestAgeMs: oldest === null ? 0 : Date.now() - oldest.receivedAt.getTime() };
      }),

    concerned: async function* (to) {
      const numberHash = 'numberHash' in to ? to.numberHash : hashOf(to.phoneNumber);
      const found = rows.migrations
        .find({
          closed: false,
          routingKeys: { $in: to.keys },
          ...(numberHash === null ? {} : { numberHash }),
        })
        .project<{ _id: string; tenant: string; migration: unknown }>({
          ...{ tenant: 1, 'migration.state': 1, 'migration.step': 1, 'migration.steps': 1 },
          ...{ 'migration.source': 1, 'migration.destination': 1, 'migration.cutover': 1 },
          'migration.numberFreedAt': 1,
        });
      for await (const { _id, tenant, migration } of database.guardEach(found)) {
        const parsed = routedSchema.safeParse(migration);
        // Of another version: it looks by itself when its time comes, and must not keep the others from being told.
        if (!parsed.success) continue;
        yield { migrationId: migrationIdSchema.parse(_id), tenant, migration: parsed.data };
      }
    },
  };
};
