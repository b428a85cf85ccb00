import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { decideIntent, solutionOfIntent } from '../behaviour/intents';
import type { Platform } from '../platform/platform';
import type { SandboxParts } from '../sandbox';
import { appOf, businessOf, wabaOf } from '../world/lookups';
import type { Intent } from '../world/partner-schema';
import { escaped, sendPage } from './page';
import { needAdmin, requestNamed } from './solution-acts';

const answer = z.object({ person: z.string(), decision: z.enum(['accept', 'reject']) });

/** Business settings → Requests → Received: where an admin of the client accepts the move of an account (meta §2.3). */
export function businessSettingsRoutes(app: FastifyInstance, parts: SandboxParts): void {
  const { platform } = parts;
  app.get('/sandbox/business-settings', async (_request, reply) => {
    platform.settle();
    await sendPage(reply, { title: 'Business settings: requests received', body: requests(platform) });
  });
  app.post<{ Params: { intent: string } }>(
    '/sandbox/business-settings/requests/:intent',
    async (request, reply) => {
      const { person, decision } = answer.parse(request.body);
      const intent = requestNamed(platform, { intentId: request.params.intent });
      needAdmin(platform, intent, person);
      platform.settle();
      platform.under({ requestSeq: null, by: 'business settings' }, () =>
        decideIntent(platform, intent, decision),
      );
      platform.settle();
      parts.stateFile.flush();
      await reply.redirect('/sandbox/business-settings', 303);
    },
  );
}

function requests(platform: Platform): string {
  const { intents } = platform.world;
  if (intents.length === 0) return '<section><p class="none">No requests.</p></section>';
  return [...intents]
    .reverse()
    .map((intent) => section(platform, intent))
    .join('\n');
}

function section(platform: Platform, intent: Intent): string {
  const source = wabaOf(platform.world, intent.sourceWabaId);
  const owner = businessOf(platform.world, source?.businessId ?? '');
  const target =
    solutionOfIntent(platform, intent)?.name ??
    (intent.target.kind === 'app' ? appOf(platform.world, intent.target.appId)?.name : undefined) ??
    '';
  const heading = `${owner?.name ?? ''}: move “${source?.name ?? ''}” (${intent.sourceWabaId}) to “${target}”`;
  const state =
    intent.status === 'INITIATED'
      ? review(platform, intent, owner?.id ?? '')
      : `<p class="none">${escaped(intent.status.toLowerCase())}</p>`;
  return `<section id="request-${escaped(intent.id)}"><h2>${escaped(heading)}</h2>${state}</section>`;
}

function review(platform: Platform, intent: Intent, ownerId: string): string {
  const admins = platform.world.people.filter(({ roles }) =>
    roles.some(({ businessId, role }) => businessId === ownerId && role === 'admin'),
  );
  if (admins.length === 0) return '<p class="none">This business has no admin who could answer.</p>';
  const options = admins.map(({ id, name }) => `<option value="${escaped(id)}">${escaped(name)}</option>`);
  return `<p>A new WhatsApp Business Account will be created in this portfolio and shared with the partner. Templates are copied to it.</p>
<form method="post" action="/sandbox/business-settings/requests/${escaped(intent.id)}">
<label>Answer as <select name="person">${options.join('')}</select></label>
<button name="decision" value="accept">Accept</button> <button name="decision" value="reject">Reject</button></form>`;
}
