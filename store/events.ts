/** The audit trail: entries of workflows (by `project`) and of the server, read page by page, verified as a chain. */
import { z } from 'zod';
import { appendWithin, verifyChain } from './audit-chain';
import type { AuditEntry, EventStore } from './contract';
import { UnknownMigrationError } from './errors';
import { limitOf, pageOf, readCursor } from './pages';
import type { Room } from './room';
import type { EventRow } from './rows';

const positionSchema = z.number().int().positive();

const entryOf = (row: EventRow): AuditEntry => ({
  position: row.position,
  type: row.type,
  at: row.at,
  actor: row.actor,
  step: row.step,
  data: row.data,
  runId: row.runId,
  sequence: row.sequence,
  hash: row.hash,
  keyId: row.keyId,
});

export const createEventStore = (room: Room): EventStore => {
  const { database, rows } = room;
  return {
    append: (tenant, migrationId, entry) =>
      database.transaction(async (session) => {
        const known = await rows.migrations.findOne(
          { _id: migrationId, tenant },
          { session, projection: { _id: 1 } },
        );
        if (known === null) throw new UnknownMigrationError(migrationId);
        const position = await appendWithin(room, session, { tenant, migrationId }, [
          { ...entry, runId: null, sequence: null },
        ]);
        return { position };
      }),

    list: (tenant, migrationId, page) =>
      database.guard(async () => {
        const after = readCursor(page, positionSchema);
        const oldestFirst = page.order === 'oldest';
        const limit = limitOf(page);
        const found = await rows.events
          .find({
            migrationId,
            tenant,
            ...(after === null ? {} : { position: oldestFirst ? { $gt: after } : { $lt: after } }),
          })
          .sort({ position: oldestFirst ? 1 : -1 })
          .limit(limit + 1)
          .toArray();
        return pageOf(found, limit, entryOf, (row) => row.position);
      }),

    verifyChain: (migrationId) => verifyChain(room, migrationId),

    chainIds: async function* () {
      const ids = rows.migrations.aggregate<{ _id: string }>([
        { $project: { _id: 1 } },
        { $unionWith: { coll: rows.chainHeads.collectionName, pipeline: [{ $project: { _id: 1 } }] } },
        {
          $unionWith: {
            coll: rows.events.collectionName,
            pipeline: [{ $project: { _id: '$migrationId' } }],
          },
        },
        { $group: { _id: '$_id' } },
        { $sort: { _id: 1 } },
      ]);
      for await (const { _id } of database.guardEach(ids)) yield _id;
    },
  };
};
