/** A link for the client to the page of Meta's popup: only while the migration asks for the signup. */
import type { FastifyRequest } from 'fastify';
import { LINK_LIVES_MS } from '../shared/links';
import type { Migration, Task } from '../shared/migration';
import { SIGNUP_TASKS } from '../shared/signup';
import type { Link } from '../store/link-contract';
import { record } from './audit';
import { callerOf } from './caller';
import type { App, ServerDeps } from './deps';
import { messageIdOf } from './idempotency';
import { createLink, publicUrlOf } from './link-session';
import { HttpProblem } from './problems';

export const signupTaskOf = ({ tasks }: Migration): Task | undefined =>
  tasks.find(({ kind, status }) => status === 'open' && SIGNUP_TASKS.includes(kind));

/** No longer than the window, after which nothing begins, and than the link whose browser asks (`through`). */
const linkEnd = (
  { cutover, route }: Migration,
  now: Date,
  { livesMs, through }: { livesMs: number; through: Link | undefined },
): Date => {
  const latest = Math.min(
    now.getTime() + livesMs,
    through === undefined ? Infinity : Date.parse(through.expiresAt),
  );
  const closes =
    route !== 'embedded_signup' || cutover.notAfter === null ? NaN : Date.parse(cutover.notAfter);
  return new Date(closes > now.getTime() ? Math.min(latest, closes) : latest);
};

/** Throws `signup_not_available`, `not_waiting_for_signup`. */
export const makeSignupLink = async (
  app: App,
  deps: ServerDeps,
  request: FastifyRequest,
  { tenant, migration, livesMs = LINK_LIVES_MS }: { tenant: string; migration: Migration; livesMs?: number },
): Promise<{ link: Link; url: string }> => {
  if (!deps.signup) throw new HttpProblem('signup_not_available');
  if (signupTaskOf(migration) === undefined) {
    throw new HttpProblem('not_waiting_for_signup', { allowedActions: migration.allowedActions });
  }
  const through = callerOf(request).link;
  const { link, secret } = await createLink(deps, messageIdOf(request), {
    tenant,
    migrationId: migration.id,
    purpose: 'signup',
    root: through?.root ?? through?.id,
    expiresAt: linkEnd(migration, deps.now(), { livesMs, through }),
  });
  await record(deps, request, 'signup_link_made', { link: link.id, expiresAt: link.expiresAt });
  return { link, url: `${publicUrlOf(app, deps)}/signup#${secret}` };
};
