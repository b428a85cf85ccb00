/** What became of every template: thousands of rows, written in batches, read as they come, counted in MongoDB. */
import type { AnyBulkWriteOperation, Filter } from 'mongodb';
import { z } from 'zod';
import { limitOf, pageOf, readCursor } from './pages';
import type {
  ReportRef,
  TemplateFilter,
  TemplateReportStore,
  TemplateRow,
  TemplateRowChange,
} from './report-contract';
import type { Room } from './room';
import type { TemplateReportRow } from './rows';

const BATCH = 500;
const cursorSchema = z.tuple([z.string(), z.string()]);

/** What a row says before anybody has said anything; rows of an older version lack some of it. */
const NEW_ROW = {
  category: null,
  sourceId: null,
  sourceStatus: null,
  sourceQuality: null,
  plan: 'copy',
  outcome: 'pending',
  reason: null,
  code: null,
  required: false,
  destinationId: null,
  destinationStatus: null,
  destinationCategory: null,
  destinationQuality: null,
  contentDiffers: null,
  sourceContent: null,
  destinationContent: null,
  createAs: null,
  keptInFavourOf: null,
  askedAt: null,
  recreation: null,
  flowIds: [],
  flowEdit: null,
} satisfies Omit<TemplateRow, 'name' | 'language' | 'checkedAt'>;

const templateOf = (found: TemplateReportRow): TemplateRow => {
  const { _id: _key, tenant: _tenant, migrationId: _migrationId, ...row } = found;
  return { ...NEW_ROW, ...row };
};

const changeOf = (
  { tenant, migrationId }: ReportRef,
  row: TemplateRowChange,
): AnyBulkWriteOperation<TemplateReportRow> => {
  const { name, language, ...change } = row;
  const defaults = Object.fromEntries(
    Object.entries(NEW_ROW).filter(([field]) => !Object.hasOwn(change, field)),
  );
  return {
    updateOne: {
      filter: { _id: `${migrationId}/${name}/${language}`, tenant },
      update: { $set: change, $setOnInsert: { migrationId, name, language, ...defaults } },
      upsert: true,
    },
  };
};

const filterOf = (
  { tenant, migrationId }: ReportRef,
  { plan, outcome, required }: TemplateFilter,
): Filter<TemplateReportRow> => ({
  migrationId,
  tenant,
  ...(plan === undefined ? {} : { plan }),
  ...(outcome === undefined ? {} : { outcome }),
  ...(required === undefined ? {} : { required }),
});

export const createTemplateReportStore = ({ database, rows }: Room): TemplateReportStore => ({
  upsert: async (ref, changes) => {
    const write = (batch: AnyBulkWriteOperation<TemplateReportRow>[]) =>
      database.untilNotDuplicate(() => rows.templateReports.bulkWrite(batch, { ordered: false }));
    let batch: AnyBulkWriteOperation<TemplateReportRow>[] = [];
    for await (const row of changes) {
      batch.push(changeOf(ref, row));
      if (batch.length < BATCH) continue;
      await write(batch);
      batch = [];
    }
    if (batch.length > 0) await write(batch);
  },

  stream: async function* (ref, filter = {}) {
    const found = rows.templateReports.find(filterOf(ref, filter)).sort({ name: 1, language: 1 });
    for await (const row of database.guardEach(found)) yield templateOf(row);
  },

  counts: (ref) =>
    database.guard(async () => {
      const counted = await rows.templateReports
        .aggregate<{ plan: TemplateRow['plan']; outcome: TemplateRow['outcome']; rows: number }>([
          { $match: filterOf(ref, {}) },
          { $group: { _id: { plan: '$plan', outcome: '$outcome' }, rows: { $sum: 1 } } },
          { $project: { _id: 0, plan: '$_id.plan', outcome: '$_id.outcome', rows: 1 } },
        ])
        .toArray();
      const sum = (matches: (one: (typeof counted)[number]) => boolean): number =>
        counted.filter(matches).reduce((total, one) => total + one.rows, 0);
      const plan = (name: TemplateRow['plan']) => sum((one) => one.plan === name);
      const outcome = (name: TemplateRow['outcome']) => sum((one) => one.outcome === name);
      return {
        total: sum(() => true),
        plans: {
          copy: plan('copy'),
          recreate: plan('recreate'),
          collision: plan('collision'),
          ineligible: plan('ineligible'),
          over_capacity: plan('over_capacity'),
          at_destination: plan('at_destination'),
        },
        outcomes: {
          pending: outcome('pending'),
          copied: outcome('copied'),
          recreated: outcome('recreated'),
          kept: outcome('kept'),
          failed: outcome('failed'),
          missing: outcome('missing'),
          rejected: outcome('rejected'),
          left_behind: outcome('left_behind'),
        },
      };
    }),

  list: (ref, page) =>
    database.guard(async () => {
      const after = readCursor(page, cursorSchema);
      const limit = limitOf(page);
      const filter = filterOf(ref, page);
      const found = await rows.templateReports
        .find(
          after === null
            ? filter
            : {
                ...filter,
                $or: [{ name: { $gt: after[0] } }, { name: after[0], language: { $gt: after[1] } }],
              },
        )
        .sort({ name: 1, language: 1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(found, limit, templateOf, (row) => [row.name, row.language]);
    }),
});
