/** The beginning of a migration, once for each Idempotency-Key and once for each number. */
import type { ClientSession } from 'mongodb';
import { migrationIdSchema } from '../../shared/ids';
import { appendWithin } from '../audit-chain';
import { claimWithin } from '../claims';
import type { MigrationStore, StartOutcome } from '../contract';
import { KEPT_MS } from '../idempotency';
import type { Room } from '../room';
import { idempotencyHashOf, numberHashOf } from '../sealing';
import { documentFields, requestWordsOf } from './document';
import { endUnconfirmedWithin } from './end-unconfirmed';
import { sealInput } from './sealed-parts';

type Start = Parameters<MigrationStore['start']>[0];

/** Shares the key space with every other mutation, see `IdempotencyStore`. */
const START_SCOPE = 'POST /v1/migrations';

export const start = (room: Room, x: Start): Promise<StartOutcome> =>
  room.database.transaction(async (session): Promise<StartOutcome> => {
    const keyId = idempotencyHashOf(room.keys, x.tenant, x.idempotencyKey);
    const earlier = await room.rows.idempotency.findOne({ _id: keyId }, { session });
    if (earlier !== null) {
      const same = earlier.scope === START_SCOPE && earlier.bodyHash === x.bodyHash;
      return same && earlier.migrationId !== null
        ? { kind: 'repeated', migrationId: migrationIdSchema.parse(earlier.migrationId) }
        : { kind: 'key_reused' };
    }
    return begin(room, session, x, keyId);
  });

const begin = async (room: Room, session: ClientSession, x: Start, keyId: string): Promise<StartOutcome> => {
  const { rows, keys } = room;
  const { tenant, migration, input } = x;
  const ref = { tenant, migrationId: migration.id, attempt: migration.attempt };
  if (migration.mode === 'execute') {
    const numberHash = numberHashOf(keys, migration.phoneNumber);
    const conflict =
      (await endUnconfirmedWithin(room, session, { ...ref, numberHash, seenOver: x.seenOver })) ??
      (await claimWithin(room, session, ref, numberHash));
    if (conflict !== null) return conflict;
  }
  const now = new Date();
  await rows.idempotency.insertOne(
    {
      ...{ _id: keyId, scope: START_SCOPE, bodyHash: x.bodyHash, migrationId: migration.id },
      ...{ lease: null, answer: null, expiresAt: new Date(now.getTime() + KEPT_MS) },
    },
    { session },
  );
  const requestWords = requestWordsOf(input);
  await rows.migrations.insertOne(
    {
      ...{ _id: migration.id, tenant, ...documentFields(keys, migration, requestWords), requestWords },
      ...{ openedAt: now, workflowSeenAt: null, endedFromOutside: false, batchId: x.batchId ?? null },
      ...{ input: sealInput(keys, input), resume: null },
    },
    { session },
  );
  await appendWithin(room, session, ref, [
    {
      ...{
        type: 'start_requested',
        at: migration.createdAt,
        actor: x.actor,
        step: null,
        runId: null,
        sequence: null,
      },
      data: { mode: migration.mode, route: migration.route, attempt: migration.attempt },
    },
  ]);
  return { kind: 'started' };
};
