/** Migrations as documents: the read model, what their workflows start from and resume from. */
import { migrationIdSchema } from '../../shared/ids';
import type { MigrationStore } from '../contract';
import type { Room } from '../room';
import { closeFromOutside } from './ended-from-outside';
import { countAnnouncedOverdue, settleLeftNumber } from './left-number';
import { project } from './project';
import { getAttempt, list, search } from './reading';
import { reopen } from './reopen';
import { openInput, readableInput, openResume } from './sealed-parts';
import { start } from './start';

export const createMigrationStore = (room: Room): MigrationStore => {
  const { database, rows, keys } = room;
  return {
    start: (x) => start(room, x),
    project: (x) => project(room, x),
    closeFromOutside: (x) => closeFromOutside(room, x),
    reopen: (x) => reopen(room, x),
    get: (tenant, id) => getAttempt(room, tenant, id),
    getAttempt: (tenant, id, attempt) => getAttempt(room, tenant, id, attempt),
    list: (tenant, filter, page) => list(room, tenant, filter, page),
    search: (tenant, query, page) => search(room, tenant, query, page),

    markStarted: (migrationId) =>
      database.guard(async () => {
        await rows.migrations.updateOne(
          { _id: migrationId, workflowSeenAt: null },
          { $set: { workflowSeenAt: new Date() } },
        );
      }),

    halfStarted: (olderThan) =>
      database.guard(async () => {
        const found = await rows.migrations
          .find({ workflowSeenAt: null, openedAt: { $lt: olderThan }, closed: false })
          .sort({ openedAt: 1 })
          .toArray();
        return found.flatMap(({ _id, tenant, input }) =>
          input === null
            ? []
            : [{ tenant, migrationId: migrationIdSchema.parse(_id), input: readableInput(keys, _id, input) }],
        );
      }),

    getResume: (tenant, id) =>
      database.guard(async () => {
        const row = await rows.migrations.findOne({ _id: id, tenant }, { projection: { resume: 1 } });
        const resume = row?.resume ?? null;
        return resume === null
          ? null
          : { attempt: resume.attempt, resume: openResume(keys, id, resume.sealed) };
      }),

    getInput: (tenant, id) =>
      database.guard(async () => {
        const row = await rows.migrations.findOne({ _id: id, tenant }, { projection: { input: 1 } });
        const input = row?.input ?? null;
        return input === null ? null : openInput(keys, id, input);
      }),

    countAnnouncedOverdue: (now) => countAnnouncedOverdue(room, now),
    settleLeftNumber: (x) => settleLeftNumber(room, x),

    countLostNumbers: () =>
      database.guard(() =>
        rows.migrations.countDocuments({
          ...{ closed: false, endedFromOutside: false, claimed: false },
          ...{ 'migration.mode': 'execute', 'migration.numberFreedAt': null },
        }),
      ),

    liveIds: async function* (after = '') {
      const found = rows.migrations
        .find({ closed: false, endedFromOutside: false, workflowSeenAt: { $ne: null }, _id: { $gt: after } })
        .sort({ _id: 1 })
        .project<{ _id: string; tenant: string; attempt: number }>({ tenant: 1, attempt: 1 });
      for await (const { _id, tenant, attempt } of database.guardEach(found))
        yield { tenant, migrationId: migrationIdSchema.parse(_id), attempt };
    },
  };
};
