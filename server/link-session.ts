/**
 * Clients without a key: a link's secret stands in its fragment, so no server and no log sees it with the page's
 * address; the page exchanges it for a cookie that scripts cannot read and other sites cannot send. A link is for one
 * migration and one purpose, and over with its day.
 */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { linkIdSchema } from '../shared/ids';
import { newLinkSecret } from '../shared/new-ids';
import type { LinkPurpose } from '../shared/links';
import type { Link } from '../store/link-contract';
import type { Caller } from './caller';
import type { App, ServerDeps } from './deps';
import { HttpProblem } from './problems';

/** Under which a link's secret, or a browser's cookie, is known here. */
export const linkHashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const cookieOf = (purpose: LinkPurpose): string => `carryover_${purpose}`;

/** Where clients reach this server: as configured, or where it listens. */
export const publicUrlOf = (app: App, deps: ServerDeps): string => deps.publicUrl ?? app.listeningOrigin;

/**
 * The link of one request (`messageId`): whoever repeats it, because this server died before it answered, gets the same
 * one. Its secret is made from the request under the key ring, and stands in the address that is answered, and nowhere
 * else but in the answer kept, sealed, for its Idempotency-Key: 30 days, of which the link itself lives its hours.
 */
export const createLink = async (
  { keys, now, store }: ServerDeps,
  messageId: string,
  given: Pick<Link, 'tenant' | 'migrationId' | 'purpose' | 'root'> & { expiresAt: Date },
): Promise<{ link: Link; secret: string }> => {
  const madeFor = (purpose: string): string => keys.mac(purpose, messageId, keys.hashingKeyId);
  const secret = Buffer.from(madeFor('link-secret'), 'hex').toString('base64url');
  const link = await store.links.create(
    {
      id: linkIdSchema.parse(`lnk_${madeFor('link-id').slice(0, 32)}`),
      ...given,
      createdAt: now().toISOString(),
      expiresAt: given.expiresAt.toISOString(),
    },
    linkHashOf(secret),
  );
  return { link, secret };
};

/** Opens a browser session with a link's secret and sets its cookie. */
export const openLinkSession = async (
  app: App,
  deps: ServerDeps,
  reply: FastifyReply,
  secret: string,
): Promise<Link> => {
  const link = await deps.store.links.findBySecret(linkHashOf(secret), deps.now());
  if (link === null) throw new HttpProblem('unauthorized', { detail: 'the link is unknown or over' });
  const session = newLinkSecret();
  await deps.store.links.openSession(link, linkHashOf(session));
  reply.setCookie(cookieOf(link.purpose), session, {
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrlOf(app, deps).startsWith('https:'),
    path: `/v1/migrations/${link.migrationId}/`,
    expires: new Date(link.expiresAt),
  });
  return link;
};

const paramsSchema = z.object({ id: z.string() });

/** Who calls without a key: null unless the route takes links and the browser's session is for this very migration. */
export const callerByLink = async (deps: ServerDeps, request: FastifyRequest): Promise<Caller | null> => {
  const { roles, linkPurpose } = request.routeOptions.config;
  if (!Array.isArray(roles) || !roles.includes('link') || linkPurpose === undefined) return null;
  const session = request.cookies[cookieOf(linkPurpose)];
  if (session === undefined) return null;
  const link = await deps.store.links.findBySession(linkHashOf(session), linkPurpose, deps.now());
  const params = paramsSchema.safeParse(request.params);
  if (link === null || params.data?.id !== link.migrationId) return null;
  return { name: link.id, tenant: link.tenant, role: 'link', link };
};
