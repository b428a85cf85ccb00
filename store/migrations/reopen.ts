/** A replay: the closed attempt is kept, the number claimed again, a new attempt begins. */
import { appendWithin } from '../audit-chain';
import { claimWithin } from '../claims';
import type { MigrationStore, ReopenOutcome } from '../contract';
import type { Room } from '../room';
import type { MigrationRow } from '../rows';
import { numberHashOf } from '../sealing';
import { claimsNumber, documentFields } from './document';
import { keepAttemptWithin } from './earlier-attempts';
import { endUnconfirmedWithin } from './end-unconfirmed';
import { sealInput } from './sealed-parts';

type Reopening = Parameters<MigrationStore['reopen']>[0];

const isReplayable = (row: MigrationRow): boolean =>
  row.state === 'failed' || row.state === 'aborted' || row.endedFromOutside;

export const reopen = (room: Room, x: Reopening): Promise<ReopenOutcome> =>
  room.database.transaction(async (session): Promise<ReopenOutcome> => {
    const { rows, keys } = room;
    const { tenant, id, attempt, migration } = x;
    const row = await rows.migrations.findOne({ _id: id, tenant }, { session });
    if (row === null) return { kind: 'not_found' };
    if (row.attempt === attempt) return { kind: 'repeated', migrationId: migration.id };
    if (row.attempt !== attempt - 1 || !isReplayable(row)) return { kind: 'not_replayable' };
    const ref = { tenant, migrationId: migration.id, attempt };
    if (claimsNumber(migration)) {
      const numberHash = numberHashOf(keys, migration.phoneNumber);
      const conflict =
        (await endUnconfirmedWithin(room, session, { ...ref, numberHash, seenOver: x.seenOver })) ??
        (await claimWithin(room, session, ref, numberHash));
      if (conflict !== null) return conflict;
    }
    await keepAttemptWithin(room, session, id);
    const now = new Date();
    await rows.migrations.updateOne(
      { _id: id },
      {
        $set: {
          ...documentFields(keys, migration, row.requestWords),
          ...{ attempt, openedAt: now, endedFromOutside: false },
          // Without an input nobody else could start the workflow.
          ...(x.input === undefined
            ? { workflowSeenAt: now }
            : { workflowSeenAt: null, input: sealInput(keys, x.input) }),
        },
      },
      { session },
    );
    await appendWithin(room, session, ref, [
      {
        ...{ type: 'replay_requested', at: now.toISOString(), actor: x.actor, step: migration.step },
        ...{ runId: null, sequence: null, data: { attempt, reason: x.reason } },
      },
    ]);
    return { kind: 'started' };
  });
