/** The exchange of a link's secret for a session; more purposes and their management belong here. */
import { z } from 'zod';
import { linkIdSchema, migrationIdSchema } from '../../shared/ids';
import { LINK_PURPOSES } from '../../store/link-contract';
import type { App, ServerDeps } from '../deps';
import { openLinkSession } from '../link-session';
import { BODY_PROBLEMS, LIST_PROBLEMS } from './paths';

const exchangeSchema = z.strictObject({
  secret: z.string().regex(/^[\w-]{43}$/, 'the secret that stands in the fragment of the link'),
});
const exchangedSchema = z.object({
  migrationId: migrationIdSchema,
  sessionId: linkIdSchema,
  purpose: z.enum(LINK_PURPOSES),
  expiresAt: z.string(),
});

/** A guess has 256 bits to find; this only keeps noise from the store. */
const EXCHANGES_PER_MINUTE = 60;

export const linkRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'POST',
    url: '/v1/links/exchange',
    config: {
      roles: 'public',
      exchangesLink: true,
      rateLimit: {
        max: EXCHANGES_PER_MINUTE,
        timeWindow: 60_000,
        keyGenerator: (request) => request.ip,
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
