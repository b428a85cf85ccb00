/** What operations watch, on a port of its own. Labels are route patterns and codes: never an id, a number or a key. */
import Fastify, { type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { App } from './deps';

export const createRegistry = (): Registry => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
};

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export const measureRequests = (app: App, registry: Registry): void => {
  const durations = new Histogram({
    name: 'carryover_http_request_duration_seconds',
    help: 'How long requests took, by route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const problems = new Counter({
    name: 'carryover_http_problems_total',
    help: 'Requests answered with a problem, by code',
    labelNames: ['code'],
    registers: [registry],
  });
  app.decorateReply('problemCode', null);
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const status = String(reply.statusCode);
    durations.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    if (reply.problemCode !== null) problems.inc({ code: reply.problemCode });
    request.log.info(
      {
        method: request.method,
        route,
        status: reply.statusCode,
        code: reply.problemCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request answered',
    );
    done();
  });
};

/** Not built into the API, whose port faces callers. */
export const buildMetricsServer = (registry: Registry): FastifyInstance => {
  const app = Fastify();
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return app;
};
