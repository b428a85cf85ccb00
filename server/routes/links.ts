/** Pages for a client without a key: making a link, taking it back, and the exchange of its secret for a session. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { durationMs } from '../../shared/duration';
import { linkIdSchema, migrationIdSchema } from '../../shared/ids';
import { LINK_PURPOSES, linkRequestSchema, linkSchema } from '../../shared/links';
import { record } from '../audit';
import { callerOf } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { once, sendKept } from '../idempotency';
import { linkHashOf, openLinkSession } from '../link-session';
import { HttpProblem } from '../problems';
import { makeSignupLink } from '../signup-link';
import { BODY_PROBLEMS, LIST_PROBLEMS, migrationParams, MUTATION_PROBLEMS } from './paths';

const exchangeSchema = z.strictObject({
  secret: z.string().regex(/^[\w-]{43}$/, 'the secret that stands in the fragment of the link'),
});
const exchangedSchema = z.object({
  migrationId: migrationIdSchema,
  sessionId: linkIdSchema,
  purpose: z.enum(LINK_PURPOSES),
  expiresAt: z.string(),
});

/**
 * Of one link: a page that reloads itself is kept from the store. Not of one address: behind a proxy all clients have
 * the same, and a guess, which has 256 bits to find, needs no limit.
 */
const EXCHANGES_PER_MINUTE = 60;

/** The secret is not kept in the clear, not even in the limiter's memory. */
const linkAsked = ({ body }: FastifyRequest): string => linkHashOf(exchangeSchema.parse(body).secret);

const nothing = z.null();

export const linkRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/links',
    config: { roles: ['backend', 'support'], mutation: 'makeLink' },
    schema: {
      operationId: 'makeLink',
      summary:
        'A page for the client, who needs no key; "signup": to Meta\'s popup, while the migration asks for it',
      params: migrationParams,
      body: linkRequestSchema,
      response: { 201: linkSchema, ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const { purpose, expiresIn } = request.body;
      const answer = await once(deps, request, linkSchema, async () => {
        const migration = await migrationOf(deps, tenant, request.params.id);
        const { link, url } = await makeSignupLink(app, deps, request, {
          ...{ tenant, migration },
          ...(expiresIn === undefined ? {} : { livesMs: durationMs(expiresIn) }),
        });
        return { status: 201, body: { linkId: link.id, purpose, url, expiresAt: link.expiresAt } };
      });
      sendKept(reply, answer);
      return reply.header('cache-control', 'no-store').send(answer.body);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/migrations/:id/links/:linkId',
    config: { roles: ['backend', 'support'], mutation: 'revokeLink' },
    schema: {
      operationId: 'revokeLink',
      summary: 'Take a link back: neither it nor a browser that has opened it may do anything any more',
      params: z.object({ id: migrationIdSchema, linkId: linkIdSchema }),
      response: { 204: z.undefined(), ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const { id, linkId } = request.params;
      const answer = await once(deps, request, nothing, async ({ isAgain }) => {
        const isThere = (await deps.store.links.get(tenant, id, linkId)) !== null;
        // The server that began this may have died after it had taken the link back.
        if (!isThere && !isAgain) throw new HttpProblem('not_found');
        // What cannot be recorded must not be done; done again after a death in between, it is told twice.
        await record(deps, request, 'link_revoked', { link: linkId });
        await deps.store.links.revoke(tenant, id, linkId);
        return { status: 204, body: null };
      });
      sendKept(reply, answer);
      return reply.send(undefined);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/links/exchange',
    config: {
      roles: 'public',
      exchangesLink: true,
      rateLimit: {
        max: EXCHANGES_PER_MINUTE,
        timeWindow: 60_000,
        // The body must be there.
        hook: 'preHandler',
        keyGenerator: linkAsked,
      },
    },
    schema: {
      // The page's own; nobody else has a use for a cookie.
      hide: true,
      body: exchangeSchema,
      response: { 200: exchangedSchema, ...LIST_PROBLEMS, ...BODY_PROBLEMS },
    },
    handler: async (request, reply) => {
      const link = await openLinkSession(app, deps, reply, request.body.secret);
      reply.header('cache-control', 'no-store');
      const { id: sessionId, migrationId, purpose, expiresAt } = link;
      return { migrationId, sessionId, purpose, expiresAt };
    },
  });
};
