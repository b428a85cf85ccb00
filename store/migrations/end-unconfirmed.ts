/**
 * The end of a run is told, and frees its number, before Temporal has kept the workflow task that tells it; a task that is
 * lost is done again, and may go on instead. Whoever takes the number next must have seen that the run is over.
 */
import type { ClientSession } from 'mongodb';
import { migrationIdSchema, type MigrationId } from '../../shared/ids';
import type { EndUnconfirmed } from '../contract';
import type { Room } from '../room';
import type { MigrationRow } from '../rows';

type Last = Pick<MigrationRow, '_id' | 'closed' | 'endedFromOutside'>;

export const endUnconfirmedWithin = async (
  { rows }: Room,
  session: ClientSession,
  x: { migrationId: MigrationId; numberHash: string; seenOver: MigrationId | undefined },
): Promise<EndUnconfirmed | null> => {
  // Each was begun when the one before it was over: no earlier run than the last can still go on.
  const [last] = await rows.migrations
    .find({ numberHash: x.numberHash, 'migration.mode': 'execute' }, { session })
    .project<Last>({ closed: 1, endedFromOutside: 1 })
    .sort({ openedAt: -1 })
    .limit(1)
    .toArray();
  // Of its own earlier run a replay is told otherwise. Where only bills are awaited, a run goes on without its number.
  if (last === undefined || last._id === x.migrationId || last._id === x.seenOver) return null;
  if (!last.closed || last.endedFromOutside) return null;
  return { kind: 'end_unconfirmed', migrationId: migrationIdSchema.parse(last._id) };
};
