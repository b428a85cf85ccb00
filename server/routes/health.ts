/** For orchestrators and integrators: no key needed, nothing private answered. */
import { z } from 'zod';
import type { App, ServerDeps } from '../deps';
import { within } from '../temporal';

const partSchema = z.enum(['ok', 'away']);
const readinessSchema = z.object({
  status: z.enum(['ready', 'not_ready']),
  store: partSchema,
  temporal: partSchema,
});

/** An orchestrator gives up after a second or more; it must learn which part is away before that. */
const PROBE_MS = 2000;

const probe = async (call: Promise<unknown>): Promise<'ok' | 'away'> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'away'>((resolve) => {
    timer = setTimeout(resolve, PROBE_MS, 'away');
  });
  const answer = call.then(
    () => 'ok' as const,
    () => 'away' as const,
  );
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer);
  });
};

export const healthRoutes = (app: App, deps: ServerDeps): void => {
  const config = { roles: 'public', rateLimit: false, underLoad: 'probe' } as const;

  app.route({
    method: 'GET',
    url: '/healthz',
    config,
    schema: {
      operationId: 'isAlive',
      summary: 'The process runs',
      response: { 200: z.object({ status: z.literal('ok') }) },
    },
    handler: () => ({ status: 'ok' as const }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    config,
    schema: {
      operationId: 'isReady',
      summary: 'MongoDB and Temporal answer',
      response: { 200: readinessSchema, 503: readinessSchema },
    },
    handler: async (_request, reply) => {
      const { namespace } = deps.temporal.options;
      const [store, temporal] = await Promise.all([
        probe(deps.store.ping()),
        probe(within(deps, PROBE_MS, () => deps.temporal.workflowService.describeNamespace({ namespace }))),
      ]);
      const isReady = store === 'ok' && temporal === 'ok';
      reply.code(isReady ? 200 : 503);
      return { status: isReady ? ('ready' as const) : ('not_ready' as const), store, temporal };
    },
  });
};
