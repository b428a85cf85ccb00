import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findViolations, invariantNames } from '../invariants';
import type { SandboxParts } from '../sandbox';
import { changeKnobs } from '../world/knobs';
import { instant } from '../world/schema';
import { passesChallenge } from '../webhooks/delivery';
import { actRoutes } from './act-routes';
import { businessSettingsRoutes } from './business-settings';
import { phoneRoutes } from './phones';
import { ControlProblem } from './problem';
import { signupRoutes } from './signup-routes';
import { siteRoutes } from './sites';

const clockChange = z.strictObject({
  advanceMs: z.number().int().min(0).optional(),
  to: instant.optional(),
  frozen: z.boolean().optional(),
});

const logQuery = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  effect: z.string().optional(),
  id: z.string().optional(),
  status: z.coerce.number().int().optional(),
  after: z.coerce.number().int().optional(),
});

const effectQuery = z.strictObject({ kind: z.string().optional(), id: z.string().optional() });

/** The control surface under `/sandbox`: JSON for tests and rehearsals, no authentication. */
export function controlRoutes(app: FastifyInstance, parts: SandboxParts): void {
  const { platform } = parts;
  app.get('/sandbox', () => ({ title: platform.world.title, surfaces }));
  clockRoutes(app, parts);
  app.get('/sandbox/world', () => platform.world);
  app.put('/sandbox/world', (request) => {
    parts.replaceWorld(request.body);
    return { title: platform.world.title };
  });
  app.post('/sandbox/world/additions', async (request, reply) => {
    parts.addToWorld(request.body);
    await reply.status(204).send();
  });
  app.get('/sandbox/knobs', () => platform.world.knobs);
  app.patch('/sandbox/knobs', (request) => {
    platform.world.knobs = changeKnobs(platform.world.knobs, request.body);
    parts.stateFile.changed();
    return platform.world.knobs;
  });
  faultRoutes(app, parts);
  app.get('/sandbox/requests', (request) => ({ items: parts.log.find(logQuery.parse(request.query)) }));
  app.delete('/sandbox/requests', async (_request, reply) => {
    parts.log.clear();
    await reply.status(204).send();
  });
  app.get('/sandbox/effects', (request) => {
    const { kind, id } = effectQuery.parse(request.query);
    const items = platform.state.effects.filter(
      (effect) =>
        (kind === undefined || effect.kind === kind) &&
        (id === undefined || Object.values(effect.ids).includes(id)),
    );
    return { items };
  });
  app.get('/sandbox/invariants', () => {
    platform.settle();
    const violations = findViolations(platform.state);
    return { ok: violations.length === 0, violations, checked: invariantNames };
  });
  webhookRoutes(app, parts);
  phoneRoutes(app, parts);
  actRoutes(app, parts);
  signupRoutes(app, parts);
  businessSettingsRoutes(app, parts);
  siteRoutes(app, parts);
}

const surfaces = [
  '/sandbox/clock',
  '/sandbox/world',
  '/sandbox/knobs',
  '/sandbox/faults',
  '/sandbox/requests',
  '/sandbox/effects',
  '/sandbox/invariants',
  '/sandbox/webhooks',
  '/sandbox/phones',
  '/sandbox/phone',
  '/sandbox/acts',
  '/sandbox/sdk.js',
  '/sandbox/signup',
  '/sandbox/business-settings',
];

function clockRoutes(app: FastifyInstance, { platform, stateFile }: SandboxParts): void {
  const show = (): Record<string, unknown> => ({
    now: new Date(platform.now()).toISOString(),
    wallNow: new Date(platform.clock.wallNow()).toISOString(),
    frozen: platform.clock.frozen,
    due: platform.state.jobs.map(({ kind, at }) => ({ kind, at: new Date(at).toISOString() })),
  });
  app.get('/sandbox/clock', show);
  app.post('/sandbox/clock', (request) => {
    const change = clockChange.parse(request.body);
    if (change.frozen === true) platform.clock.setFrozen(true);
    const target = change.to ?? platform.now() + (change.advanceMs ?? 0);
    if (target < platform.now()) throw new ControlProblem(400, 'the clock only goes forward');
    platform.advanceTo(target);
    if (change.frozen === false) platform.clock.setFrozen(false);
    platform.arm();
    stateFile.changed();
    return show();
  });
}

function faultRoutes(app: FastifyInstance, { faults }: SandboxParts): void {
  app.get('/sandbox/faults', () => ({ items: faults.list() }));
  app.post('/sandbox/faults', async (request, reply) => {
    await reply.status(201).send(faults.add(request.body));
  });
  app.delete('/sandbox/faults', () => ({ removed: faults.remove(null) }));
  app.delete<{ Params: { id: string } }>('/sandbox/faults/:id', (request) => {
    const removed = faults.remove(request.params.id);
    if (removed === 0) throw new ControlProblem(404, 'there is no such fault rule');
    return { removed };
  });
}

const callbackChange = z.strictObject({ url: z.url(), verifyToken: z.string().min(1) });

function webhookRoutes(app: FastifyInstance, { platform, stateFile }: SandboxParts): void {
  app.get('/sandbox/webhooks', () => ({
    items: platform.state.webhooks.map(({ id, appId, field, queuedAt, attempts, status, lastStatus }) => ({
      id,
      appId,
      field,
      queuedAt: new Date(queuedAt).toISOString(),
      attempts,
      status,
      lastStatus,
    })),
  }));
  app.put<{ Params: { id: string } }>('/sandbox/apps/:id/callback', async (request) => {
    const callback = callbackChange.parse(request.body);
    const target = platform.world.apps.find((candidate) => candidate.id === request.params.id);
    if (!target) throw new ControlProblem(404, 'there is no such app');
    if (!(await passesChallenge(callback.url, callback.verifyToken))) {
      throw new ControlProblem(409, 'the address did not answer the challenge');
    }
    target.callback = callback;
    stateFile.changed();
    return { id: target.id, url: callback.url };
  });
}
