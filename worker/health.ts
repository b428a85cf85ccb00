/** `/healthz`, `/readyz` and `/metrics` of a process that serves nothing else. */
import fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

export const buildHealthServer = (metrics: Registry, isReady: () => Promise<boolean>): FastifyInstance => {
  const app = fastify({ logger: false });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await isReady().catch(() => false);
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready' });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
  return app;
};
