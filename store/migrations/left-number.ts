/** The number that an ended run has left between its sides: counted until somebody has said what became of it (meta §1.7). */
import { ANNOUNCED_NUMBER_WAITS, hasLeftNumber, withoutLeftNumber } from '../../shared/announced-number';
import { appendWithin } from '../audit-chain';
import type { MigrationStore } from '../contract';
import type { Room } from '../room';
import { documentFields, readMigration } from './document';

type Settling = Parameters<MigrationStore['settleLeftNumber']>[0];

export const settleLeftNumber = (room: Room, x: Settling): ReturnType<MigrationStore['settleLeftNumber']> =>
  room.database.transaction(async (session) => {
    const row = await room.rows.migrations.findOne({ _id: x.id, tenant: x.tenant }, { session });
    if (row === null) return null;
    const left = readMigration(row);
    if (!hasLeftNumber(left)) return { settled: false, migration: left };
    const migration = {
      ...left,
      revision: left.revision + 1,
      findings: withoutLeftNumber(left.findings),
    };
    await room.rows.migrations.updateOne(
      { _id: x.id },
      { $set: documentFields(room.keys, migration, row.requestWords) },
      { session },
    );
    await appendWithin(room, session, { tenant: x.tenant, migrationId: x.id }, [
      {
        ...{ type: 'left_number_settled', at: x.at, actor: x.actor, step: left.step },
        ...{ runId: null, sequence: null, data: { reason: x.reason, attempt: left.attempt } },
      },
    ]);
    return { settled: true, migration };
  });

/** Of all tenants. */
export const countAnnouncedOverdue = ({ rows, database }: Room, now: Date): Promise<number> =>
  database.guard(() =>
    rows.migrations.countDocuments({
      $or: [
        { numberLeft: true },
        {
          // What was ended from outside says in its finding whether it has left one.
          ...{ closed: false, endedFromOutside: false },
          'migration.cutover.announcedAt': { $type: 'string' },
          'migration.cutover.registeredAt': null,
          $or: [
            // Both in UTC, as the API keeps them. Holds while no worker runs that could tell anybody, too.
            { 'migration.cutover.notAfter': { $type: 'string', $lte: now.toISOString() } },
            { 'migration.tasks': { $elemMatch: { kind: ANNOUNCED_NUMBER_WAITS, status: 'open' } } },
          ],
        },
      ],
    }),
  );
