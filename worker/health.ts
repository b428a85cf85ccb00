/** `/healthz`, `/readyz` and `/metrics` of a process that serves nothing else. */
import fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** An orchestrator gives up after a second or more; it must learn which part is away before that. */
const PROBE_MS = 2_000;

const isThere = async (part: () => Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, PROBE_MS, false);
  });
  const answer = part().then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer);
  });
};

/** @param parts what must answer for the process to do its work, by name; each is asked for two seconds at most. */
export const buildHealthServer = (
  metrics: Registry,
  parts: Readonly<Record<string, () => Promise<unknown>>>,
): FastifyInstance => {
  const app = fastify({ logger: false });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const asked = await Promise.all(
      Object.entries(parts).map(async ([name, part]) => ({ name, isOk: await isThere(part) })),
    );
    const isReady = asked.every(({ isOk }) => isOk);
    return reply.status(isReady ? 200 : 503).send({
      status: isReady ? 'ready' : 'not_ready',
      ...Object.fromEntries(asked.map(({ name, isOk }) => [name, isOk ? 'ok' : 'away'])),
    });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
  return app;
};
