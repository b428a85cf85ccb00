import { replayAnswerSchema } from '../../shared/answers';
import { remainderOf } from '../../shared/plan/plan';
import { replaySchema } from '../../shared/requests';
import { callerOf } from '../caller';
import type { App, ServerDeps } from '../deps';
import { once, sendKept, type Answer } from '../idempotency';
import { planReplay, replay } from '../replay';
import { migrationParams, MUTATION_PROBLEMS } from './paths';
import type { ReplayAnswer } from '../../shared/answers';

export const replayRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/replay',
    config: { roles: ['support'], mutation: 'replay' },
    schema: {
      operationId: 'replay',
      summary: 'A failed or aborted migration again, as a new attempt; with dryRun only what that would do',
      params: migrationParams,
      body: replaySchema,
      response: { 202: replayAnswerSchema, ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { fromStep, dryRun } = request.body;
      const answer = await once(
        deps,
        request,
        replayAnswerSchema,
        async (): Promise<Answer<ReplayAnswer>> => {
          if (!dryRun) return { status: 202, body: await replay(deps, request, id, request.body) };
          const plan = await planReplay(deps, callerOf(request).tenant, id, fromStep);
          const { attempt, fromStep: first, notBefore, previous } = plan;
          const again = remainderOf(previous.plan, first);
          return { status: 202, body: { dryRun: true, attempt, fromStep: first, notBefore, ...again } };
        },
      );
      sendKept(reply, answer);
      return reply.send(answer.body);
    },
  });
};
