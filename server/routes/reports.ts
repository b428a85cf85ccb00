/** What a migration leaves: the report per template and the billing ledger, as JSON or, asked for, as CSV. */
import { stringify } from 'csv-stringify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pipeline, Readable } from 'node:stream';
import { z } from 'zod';
import { templatePageSchema } from '../../shared/answers';
import { billingStatement, ledgerSchema, statementRows } from '../../shared/billing-statement';
import { remedyOf, TEMPLATE_OUTCOMES, TEMPLATE_PLANS } from '../../shared/template-report';
import type { TemplateRow } from '../../store';
import { callerOf, EVERYBODY } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { maskNumbers } from '../masking';
import { prefersToJson } from '../media-type';
import { shownTo } from '../presentation';
import { migrationParams, pageQuery, READ_PROBLEMS } from './paths';

const CSV = 'text/csv';

const TEMPLATE_COLUMNS = [
  'name',
  'language',
  'category',
  'sourceId',
  'sourceStatus',
  'sourceQuality',
  'plan',
  'outcome',
  'code',
  'reason',
  'remedy',
  'required',
  'destinationId',
  'destinationStatus',
  'destinationCategory',
  'destinationQuality',
  'createAs',
  'contentDiffers',
  'sourceContent',
  'destinationContent',
  'checkedAt',
];
const LEDGER_COLUMNS = [
  'kind',
  'side',
  'payer',
  'from',
  'to',
  'quantity',
  'amount',
  'currency',
  'precision',
  'note',
  'seenAt',
  'evidence',
];

async function* masked(
  request: FastifyRequest,
  rows: AsyncIterable<unknown> | Iterable<unknown>,
  own: string,
) {
  const isViewer = callerOf(request).role === 'viewer';
  for await (const row of rows) yield isViewer ? maskNumbers(row, own) : row;
}

/** Written as it is read. Cells that a spreadsheet would take for a formula are quoted: reasons are a platform's words. */
const sendCsv = (
  reply: FastifyReply,
  columns: readonly string[],
  rows: AsyncIterable<unknown>,
): FastifyReply => {
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true });
  pipeline(Readable.from(rows), csv, (error) => {
    if (error) reply.log.error({ err: error }, 'a CSV report broke off');
  });
  return reply.type(`${CSV}; charset=utf-8`).send(csv);
};

const asJsonOrCsv = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema }, [CSV]: { schema: z.string() } },
});

const withRemedy = (row: TemplateRow) => ({ ...row, remedy: remedyOf(row.code) });

async function* withRemedies(rows: AsyncIterable<TemplateRow>) {
  for await (const row of rows) yield withRemedy(row);
}

const templateQuery = pageQuery.extend({
  outcome: z.enum(TEMPLATE_OUTCOMES).optional(),
  plan: z.enum(TEMPLATE_PLANS).optional(),
  required: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
});

export const reportRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'GET',
    url: '/v1/migrations/:id/templates',
    config: { roles: EVERYBODY },
    schema: {
      operationId: 'getTemplates',
      summary: 'What became of every template; as CSV all rows at once',
      params: migrationParams,
      querystring: templateQuery,
      response: {
        200: asJsonOrCsv('One row a template, by name and language', templatePageSchema),
        ...READ_PROBLEMS,
      },
    },
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const { id, phoneNumber } = await migrationOf(deps, tenant, request.params.id);
      const report = { tenant, migrationId: id };
      if (prefersToJson(request, CSV)) {
        const rows = withRemedies(deps.store.templateReports.stream(report, request.query));
        return sendCsv(reply, TEMPLATE_COLUMNS, masked(request, rows, phoneNumber));
      }
      const { items, nextCursor } = await deps.store.templateReports.list(report, request.query);
      const page = { items: items.map(withRemedy), nextCursor };
      return reply.send(shownTo(request, templatePageSchema, page, phoneNumber));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/migrations/:id/billing',
    config: { roles: EVERYBODY },
    schema: {
      operationId: 'getBilling',
      summary: 'Who pays what: the ledger with its evidence, and the statement with its doubts',
      params: migrationParams,
      response: { 200: asJsonOrCsv('All rows of the ledger', ledgerSchema), ...READ_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const { id, phoneNumber, tasks } = await migrationOf(deps, tenant, request.params.id);
      const items = await deps.store.ledgers.list({ tenant, migrationId: id });
      const statement = billingStatement(items, tasks);
      if (prefersToJson(request, CSV)) {
        const rows = [...items, ...statementRows(statement, items)];
        return sendCsv(reply, LEDGER_COLUMNS, masked(request, rows, phoneNumber));
      }
      return reply.send(shownTo(request, ledgerSchema, { items, statement }, phoneNumber));
    },
  });
};
