/** Each attempt at a registration is counted before it is made: Meta allows ten in 72 hours, and this one is not the only caller. */
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { numberHashOf } from '../store/sealing';
import type { Played } from './player';
import type { PracticeEffect } from './practice-answers';
import type { Site } from './site';

const rowSchema = z.object({ _id: z.string(), attempts: z.array(z.unknown()) });

/** A sentence for each migration of which the platform has seen more attempts than were counted. */
export const uncountedRegistrations = async (
  { databaseUri, keys }: Site,
  played: readonly Played[],
  effects: readonly PracticeEffect[],
): Promise<string[]> => {
  const hashes = new Map(played.map((each) => [each.id, numberHashOf(keys, each.family.phoneNumber)]));
  const client = new MongoClient(databaseUri);
  try {
    const rows = z.array(rowSchema).parse(
      await client
        .db()
        .collection<{ _id: string }>('registerAttempts')
        .find({ _id: { $in: [...hashes.values()] } })
        .toArray(),
    );
    const countedOf = new Map(rows.map(({ _id, attempts }) => [_id, attempts.length]));
    const made = effects.filter(({ kind }) => kind === 'register_attempt');
    return played.flatMap(({ id, family }) => {
      const times = made.filter(({ ids }) => ids['subscriber'] === family.subscriberId).length;
      const counted = countedOf.get(hashes.get(id) ?? '') ?? 0;
      return times > counted
        ? [`${id}: register was called ${String(times)} times, and ${String(counted)} attempts are counted`]
        : [];
    });
  } finally {
    await client.close();
  }
};
