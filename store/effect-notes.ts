import type { EffectNotes } from './contract';
import { upserted } from './database';
import type { Room } from './room';
import { asStored } from './stored-form';

/** Plain values under (migration, key), for activities whose next try must know what the first one saw. */
export const createEffectNotes = ({ database, rows }: Room): EffectNotes => {
  const idOf = (migrationId: string, key: string): string => `${migrationId}/${key}`;
  return {
    noteOnce: (migrationId, key, value) =>
      database.untilNotDuplicate(async () => {
        const row = await rows.notes.findOneAndUpdate(
          { _id: idOf(migrationId, key) },
          { $setOnInsert: { migrationId, value: asStored(value) } },
          { upsert: true, returnDocument: 'after' },
        );
        return upserted(row).value;
      }),

    note: (migrationId, key, value) =>
      database.untilNotDuplicate(async () => {
        await rows.notes.updateOne(
          { _id: idOf(migrationId, key) },
          { $set: { migrationId, value: asStored(value) } },
          { upsert: true },
        );
      }),

    read: (migrationId, key) =>
      database.guard(async () => (await rows.notes.findOne({ _id: idOf(migrationId, key) }))?.value ?? null),
  };
};
