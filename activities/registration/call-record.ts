/**
 * What is remembered of the `register` calls of one attempt of a migration, between tries, workers and activity
 * executions. Written before a call, because a process may die inside it.
 */
import { z } from 'zod';
import type { Store } from '../../store';
import type { MigrationRef } from '../contract';

const callRecordSchema = z.object({
  /** Calls announced so far; the ordinal of the last one. */
  calls: z.number().int().nonnegative(),
  /** The last call's time, RFC 3339, while no answer to it is known. */
  openSince: z.string().nullable(),
  /** Some call was never answered, and nothing has refuted it since: nobody can say that nothing happened. */
  everUnanswered: z.boolean(),
  /** When the last of them before the present call was made, RFC 3339. */
  unansweredAt: z.string().nullable().default(null),
  registeredAt: z.string().nullable(),
});
export type CallRecord = z.infer<typeof callRecordSchema>;

const NONE: CallRecord = {
  ...{ calls: 0, openSince: null, everUnanswered: false, unansweredAt: null, registeredAt: null },
};

const keyOf = (ref: MigrationRef): string => `register/${String(ref.attempt)}`;

export const readCalls = async (store: Store, ref: MigrationRef): Promise<CallRecord> =>
  callRecordSchema.parse((await store.notes.read(ref.migrationId, keyOf(ref))) ?? NONE);

export const writeCalls = (store: Store, ref: MigrationRef, record: CallRecord): Promise<void> =>
  store.notes.note(ref.migrationId, keyOf(ref), record);

/** Key of one real call: migration, attempt, ordinal; never a run id. */
export const effectKeyOf = (ref: MigrationRef, ordinal: number): string =>
  `${ref.migrationId}/${String(ref.attempt)}/register/${String(ordinal)}`;
