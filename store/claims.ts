/**
 * One live migration a number, across tenants: the claim's id is the keyed hash of the number's equivalence class
 * (R31), so that two ways of writing one number meet. Freed by compare-and-set on (migration, attempt).
 */
import type { ClientSession } from 'mongodb';
import { migrationIdSchema } from '../shared/ids';
import type { ClaimConflict, ClaimStore, MigrationRef } from './contract';
import type { Room } from './room';
import type { ClaimRow } from './rows';
import { numberHashOf } from './sealing';

const refOf = (row: ClaimRow): MigrationRef => ({
  tenant: row.tenant,
  migrationId: migrationIdSchema.parse(row.migrationId),
  attempt: row.attempt,
});

/** Takes the number inside a transaction; null when it is now held by `ref`. */
export const claimWithin = async (
  { rows }: Room,
  session: ClientSession,
  ref: MigrationRef,
  numberHash: string,
): Promise<ClaimConflict | null> => {
  const held = await rows.claims.findOne({ _id: numberHash }, { session });
  if (held === null) {
    const { tenant, migrationId, attempt } = ref;
    await rows.claims.insertOne(
      { _id: numberHash, tenant, migrationId, attempt, claimedAt: new Date() },
      { session },
    );
    return null;
  }
  if (held.migrationId === ref.migrationId && held.attempt <= ref.attempt) {
    if (held.attempt < ref.attempt)
      await rows.claims.updateOne({ _id: numberHash }, { $set: { attempt: ref.attempt } }, { session });
    return null;
  }
  return held.tenant === ref.tenant
    ? { kind: 'number_in_migration', migrationId: refOf(held).migrationId }
    : { kind: 'number_unavailable' };
};

/** True when exactly this attempt held a number and no longer does. */
export const releaseWithin = async (
  { rows }: Room,
  session: ClientSession | undefined,
  migrationId: string,
  attempt: number,
): Promise<boolean> => {
  const { deletedCount } = await rows.claims.deleteOne(
    { migrationId, attempt },
    session === undefined ? {} : { session },
  );
  return deletedCount === 1;
};

export const createClaimStore = (room: Room): ClaimStore => ({
  take: async (ref, { phoneNumber }) => {
    const numberHash = numberHashOf(room.keys, phoneNumber);
    const conflict = await room.database.transaction((session) =>
      claimWithin(room, session, ref, numberHash),
    );
    if (conflict === null) return { claimed: true };
    return conflict.kind === 'number_in_migration'
      ? { claimed: false, heldBySameTenant: true, migrationId: conflict.migrationId }
      : { claimed: false, heldBySameTenant: false };
  },

  release: (migrationId, attempt) =>
    room.database.guard(() => releaseWithin(room, undefined, migrationId, attempt)),

  holder: (phoneNumber) =>
    room.database.guard(async () => {
      const row = await room.rows.claims.findOne({ _id: numberHashOf(room.keys, phoneNumber) });
      return row === null ? null : refOf(row);
    }),
});
