/**
 * A source nobody may read: the copy works all the same, because the destination makes it. What arrived is then the
 * difference of the destination's lists before and after.
 */
import { z } from 'zod';
import type { MigrationRef } from '../contract';
import type { Store } from '../../store';

const KEY = 'templates/destination-before';
const noteSchema = z.object({ keys: z.array(z.string()) }).nullable();

/** The first inventory's list stands: a later one would contain copies. */
export const rememberDestinationBefore = async (
  store: Store,
  ref: MigrationRef,
  keys: Iterable<string>,
): Promise<void> => {
  await store.notes.noteOnce(ref.migrationId, KEY, { keys: [...keys] });
};

/** Null when the source was read, and the report's rows say what was wanted. */
export const destinationBefore = async (
  store: Store,
  ref: MigrationRef,
): Promise<ReadonlySet<string> | null> => {
  const note = noteSchema.parse(await store.notes.read(ref.migrationId, KEY));
  return note === null ? null : new Set(note.keys);
};
