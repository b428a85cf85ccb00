import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { FastifyRequest } from 'fastify';
import type { MigrationInput } from '../../shared/messages';
import { migrationSchema, type Migration } from '../../shared/migration';
import { openingDocument } from '../../shared/opening';
import { startRequestSchema } from '../../shared/requests';
import { actorOf, callerOf } from '../caller';
import type { App, ServerDeps } from '../deps';
import { afterEarlierRun } from '../earlier-run';
import { start } from '../executions';
import { idempotencyOf, messageIdOf, once, sendKept, type Answer } from '../idempotency';
import { newMigrationInput, readStartRequest } from '../new-migration';
import { etagOf } from '../presentation';
import { HttpProblem } from '../problems';
import { unchecked } from '../validation';
import { CREATE_PROBLEMS } from './paths';

/** The workflow of a repeated start may have run and closed by now, which is fine. */
const startUnlessClosed = async (deps: ServerDeps, input: MigrationInput): Promise<void> => {
  try {
    await start(deps, input, false);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
};

const accepted = (request: FastifyRequest, migration: Migration): Answer<Migration> => ({
  status: 202,
  body: migration,
  headers: { location: `/v1/migrations/${migration.id}`, etag: etagOf(request, migration) },
});

const startMigration = async (deps: ServerDeps, request: FastifyRequest): Promise<Answer<Migration>> => {
  const { tenant } = callerOf(request);
  const wanted = await readStartRequest(deps, tenant, request.body);
  const input = newMigrationInput(deps, tenant, wanted, actorOf(request));
  const migration = openingDocument(input);
  const outcome = await afterEarlierRun(deps, (seenOver) =>
    deps.store.migrations.start({
      tenant,
      // A key of its own: the answer as a whole stands under the caller's key.
      idempotencyKey: messageIdOf(request),
      bodyHash: idempotencyOf(request).bodyHash,
      migration,
      input,
      actor: input.startedBy,
      seenOver,
    }),
  );
  switch (outcome.kind) {
    case 'started':
      await startUnlessClosed(deps, input);
      return accepted(request, migration);
    case 'repeated': {
      const first = await deps.store.migrations.getInput(tenant, outcome.migrationId);
      if (first === null) throw new HttpProblem('not_found');
      await startUnlessClosed(deps, first);
      return accepted(request, openingDocument(first));
    }
    case 'key_reused':
      throw new HttpProblem('idempotency_key_reused');
    case 'number_in_migration':
      throw new HttpProblem('number_in_migration', { migrationId: outcome.migrationId });
    case 'number_unavailable':
      throw new HttpProblem('number_unavailable');
  }
};

export const startRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'POST',
    url: '/v1/migrations',
    config: { roles: ['backend'], mutation: 'start' },
    schema: {
      operationId: 'startMigration',
      summary: 'Start a migration',
      body: startRequestSchema,
      response: { 202: migrationSchema, ...CREATE_PROBLEMS },
    },
    validatorCompiler: unchecked,
    handler: async (request, reply) => {
      const answer = await once(deps, request, migrationSchema, () => startMigration(deps, request));
      sendKept(reply, answer);
      return reply.send(answer.body);
    },
  });
};
