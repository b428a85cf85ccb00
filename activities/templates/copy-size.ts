/**
 * How many templates are asked for at once. A call that passes 30 seconds may time out (meta §4.1); the next one is then
 * smaller, and stays so for the rest of the migration. Each size divides the one before, so that pages still meet.
 */
import { z } from 'zod';
import type { Store } from '../../store';

const smallestFactor = (size: number): number => {
  for (let factor = 2; factor * factor <= size; factor += 1) if (size % factor === 0) return factor;
  return size;
};

/** 500, 250, 125, 25, 5, 1. */
export const smaller = (size: number): number => Math.max(1, Math.floor(size / smallestFactor(size)));

/** What a copy call left behind for the next try. */
const noteSchema = z.object({
  /** A call was made and nobody knows what came of it. */
  open: z.boolean(),
  /** Of a page that is asked for in parts: how many templates of it have been asked for. */
  done: z.number().int().default(0),
});
export type CopyNote = z.output<typeof noteSchema>;

const SIZE = 'templates/copy-size';

/** Earlier versions noted only whether a call was open. */
const readNote = (value: unknown): CopyNote =>
  typeof value === 'boolean' || value === null ? { open: value === true, done: 0 } : noteSchema.parse(value);

export const copyNotes = ({ notes }: Store, migrationId: string, key: string) => ({
  read: async (): Promise<CopyNote> => readNote(await notes.read(migrationId, key)),
  write: (note: CopyNote) => notes.note(migrationId, key, note),
  /** At most `pageSize`; less after a time-out. */
  size: async (pageSize: number): Promise<number> => {
    const noted = z
      .number()
      .int()
      .positive()
      .nullable()
      .parse(await notes.read(migrationId, SIZE));
    let size = pageSize;
    while (noted !== null && size > noted && size > 1) size = smaller(size);
    return size;
  },
  shrink: (size: number) => notes.note(migrationId, SIZE, smaller(size)),
});
