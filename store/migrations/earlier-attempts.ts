import type { ClientSession } from 'mongodb';
import type { Room } from '../room';

const idOf = (migrationId: string, attempt: number): string => `${migrationId}/${String(attempt)}`;

/** Keeps the current document as the last one of its attempt, before a later attempt takes its place. */
export const keepAttemptWithin = async (
  room: Room,
  session: ClientSession,
  migrationId: string,
): Promise<void> => {
  const row = await room.rows.migrations.findOne({ _id: migrationId }, { session });
  if (row === null) return;
  const { tenant, attempt, revision, migration } = row;
  await room.rows.earlierAttempts.replaceOne(
    { _id: idOf(migrationId, attempt) },
    { tenant, migrationId, attempt, revision, migration },
    { session, upsert: true },
  );
};

/** A projection that arrives after its attempt has been followed by another. */
export const correctAttemptWithin = async (
  room: Room,
  session: ClientSession,
  x: { migrationId: string; attempt: number; revision: number; migration: unknown },
): Promise<void> => {
  const { migrationId, attempt, revision, migration } = x;
  await room.rows.earlierAttempts.updateOne(
    { _id: idOf(migrationId, attempt), revision: { $lt: revision } },
    { $set: { revision, migration } },
    { session },
  );
};
