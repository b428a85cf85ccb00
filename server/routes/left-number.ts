/** The number that an ended run has left announced and not registered: somebody says what became of it (meta §1.7). */
import { migrationSchema } from '../../shared/migration';
import { reasonSchema } from '../../shared/requests';
import { actorOf, callerOf, DECIDERS } from '../caller';
import type { App, ServerDeps } from '../deps';
import { once, sendKept } from '../idempotency';
import { HttpProblem } from '../problems';
import { migrationParams, MUTATION_PROBLEMS } from './paths';

export const leftNumberRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/settle-number',
    config: { roles: DECIDERS, mutation: 'settleLeftNumber' },
    schema: {
      operationId: 'settleLeftNumber',
      summary: 'Say what became of the number that an ended migration has left announced and not registered',
      params: migrationParams,
      body: reasonSchema,
      response: { 200: migrationSchema, ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const { reason } = request.body;
      const answer = await once(deps, request, migrationSchema, async ({ isAgain }) => {
        const { id } = request.params;
        const at = deps.now().toISOString();
        const said = { tenant, id, actor: actorOf(request), reason, at };
        const outcome = await deps.store.migrations.settleLeftNumber(said);
        if (outcome === null) throw new HttpProblem('not_found');
        // The server that began this may have died when it had settled it.
        if (!outcome.settled && !isAgain) throw new HttpProblem('no_number_left');
        return { status: 200, body: outcome.migration };
      });
      sendKept(reply, answer);
      return reply.send(answer.body);
    },
  });
};
