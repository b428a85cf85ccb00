/** Reading migrations: list, search, one with its `ETag`, and its audit trail. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditPageSchema, migrationPageSchema, type MigrationPage } from '../../shared/answers';
import { migrationSchema, migrationStateSchema } from '../../shared/migration';
import { searchSchema } from '../../shared/requests';
import { partySchema, stepNameSchema } from '../../shared/steps';
import { callerOf, EVERYBODY } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { isKnown, shownTo, tagged } from '../presentation';
import { HttpProblem } from '../problems';
import { BODY_PROBLEMS, LIST_PROBLEMS, migrationParams, pageQuery, READ_PROBLEMS } from './paths';

const filterQuery = pageQuery.extend({
  state: migrationStateSchema.optional(),
  step: stepNameSchema.optional(),
  party: partySchema.optional(),
  batchId: z.string().max(100).optional(),
  sourceProvider: z.string().max(64).optional(),
});

const shownPage = (request: FastifyRequest, page: MigrationPage): MigrationPage => ({
  ...page,
  items: page.items.map((item) => shownTo(request, migrationSchema, item, item.phoneNumber)),
});

export const readRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'GET',
    url: '/v1/migrations',
    config: { roles: EVERYBODY },
    schema: {
      operationId: 'listMigrations',
      summary: 'List migrations, newest first',
      querystring: filterQuery,
      response: { 200: migrationPageSchema, ...LIST_PROBLEMS },
    },
    handler: async (request) => {
      const { limit, cursor, ...filter } = request.query;
      return shownPage(
        request,
        await deps.store.migrations.list(callerOf(request).tenant, filter, { limit, cursor }),
      );
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/search',
    config: { roles: EVERYBODY },
    schema: {
      operationId: 'searchMigrations',
      summary: 'Find migrations by number (which never stands in a URL) or by words',
      querystring: pageQuery,
      body: searchSchema,
      response: { 200: migrationPageSchema, ...LIST_PROBLEMS, ...BODY_PROBLEMS },
    },
    handler: async (request) => {
      const { tenant } = callerOf(request);
      return shownPage(request, await deps.store.migrations.search(tenant, request.body, request.query));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/migrations/:id',
    config: { roles: EVERYBODY },
    schema: {
      operationId: 'getMigration',
      summary: 'Read a migration, or an earlier attempt of it',
      params: migrationParams,
      querystring: z.strictObject({ attempt: z.coerce.number().int().positive().max(1_000_000).optional() }),
      response: { 200: migrationSchema, 304: z.undefined(), ...READ_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const { attempt } = request.query;
      const migration =
        attempt === undefined
          ? await migrationOf(deps, tenant, request.params.id)
          : await deps.store.migrations.getAttempt(tenant, request.params.id, attempt);
      if (migration === null) throw new HttpProblem('not_found');
      tagged(reply, migration);
      if (isKnown(request, migration)) return reply.code(304).send();
      return shownTo(request, migrationSchema, migration, migration.phoneNumber);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/migrations/:id/events',
    config: { roles: EVERYBODY },
    schema: {
      operationId: 'listEvents',
      summary: 'The audit trail, newest first',
      params: migrationParams,
      querystring: pageQuery,
      response: { 200: auditPageSchema, ...READ_PROBLEMS },
    },
    handler: async (request) => {
      const { tenant } = callerOf(request);
      const { id, phoneNumber } = await migrationOf(deps, tenant, request.params.id);
      return shownTo(
        request,
        auditPageSchema,
        await deps.store.events.list(tenant, id, request.query),
        phoneNumber,
      );
    },
  });
};
