/** Webhooks as the database holds them, by name: whom each is about and when it happened. */
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import type { Site } from '../../site';
import type { Answered } from './callers';

export interface KeptReceipt {
  id: string;
  /** Null: it has not been shown to those concerned yet. */
  fate: string | null;
}
export type Receipts = ReadonlyMap<string, readonly KeptReceipt[]>;

export const receiptName = (account: string, atSeconds: number): string =>
  `waba:${account} at ${new Date(atSeconds * 1_000).toISOString()}`;

const rowSchema = z.object({
  _id: z.string(),
  at: z.string(),
  keys: z.array(z.string()),
  fate: z.string().nullable(),
});

export const receiptsOf = async (site: Site): Promise<Receipts> => {
  const mongo = new MongoClient(site.databaseUri);
  try {
    const found = mongo
      .db()
      .collection('webhookReceipts')
      .find({ kind: 'account_update' }, { projection: { at: 1, keys: 1, fate: 1 } });
    const kept = new Map<string, KeptReceipt[]>();
    for await (const row of found) {
      const { _id: id, at, keys, fate } = rowSchema.parse(row);
      for (const key of keys) {
        const name = `${key} at ${at}`;
        kept.set(name, [...(kept.get(name) ?? []), { id, fate }]);
      }
    }
    return kept;
  } finally {
    await mongo.close();
  }
};

/** Every webhook that was answered with 200 is in the database, once: this one, and not another in its place. */
export const lostOrDoubled = (accepted: readonly Answered[], kept: Receipts): string[] => {
  const promised = new Set(
    accepted.flatMap(({ question: { kind, about } }) => (kind === 'webhook' ? [about] : [])),
  );
  const many = (name: string): number => kept.get(name)?.length ?? 0;
  const lost = [...promised].filter((name) => many(name) === 0);
  const doubled = [...promised].filter((name) => many(name) > 1);
  return [
    ...(lost.length === 0
      ? []
      : [
          `${String(lost.length)} webhooks were answered with 200 and are not stored, such as ${String(lost[0])}`,
        ]),
    ...(doubled.length === 0
      ? []
      : [`${String(doubled.length)} webhooks are stored several times, such as ${String(doubled[0])}`]),
  ];
};
