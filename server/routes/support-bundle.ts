/** A ticket's facts, and the package with which a stalling source is escalated; as JSON or as a page of Markdown. */
import { z } from 'zod';
import { bundlePurposeSchema, supportBundleSchema } from '../../shared/support-bundle';
import { VERSION } from '../../shared/version';
import { callerOf, EVERYBODY } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { languageAsked } from '../language';
import { prefersToJson } from '../media-type';
import { shownTo } from '../presentation';
import { bundleOf, type Event } from '../support-bundle/bundle';
import { bundleMarkdown } from '../support-bundle/markdown';
import { migrationParams, READ_PROBLEMS } from './paths';

const MARKDOWN = 'text/markdown';
const EVENTS_A_PAGE = 200;
/** A ticket is read by people; the audit trail has the rest. */
const MOST_EVENTS = 1000;

/** Newest first. */
const newestEvents = async (
  { store }: ServerDeps,
  tenant: string,
  id: string,
): Promise<{ events: Event[]; hasOlder: boolean }> => {
  const events: Event[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.events.list(tenant, id, { limit: EVENTS_A_PAGE, cursor });
    events.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && events.length < MOST_EVENTS);
  return { events, hasOlder: cursor !== undefined };
};

export const supportBundleRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'GET',
    url: '/v1/migrations/:id/support-bundle',
    config: { roles: EVERYBODY },
    schema: {
      operationId: 'getSupportBundle',
      summary: 'The facts a ticket needs, or those with which a stalling source is escalated',
      params: migrationParams,
      querystring: z.strictObject({ purpose: bundlePurposeSchema.default('support') }),
      response: {
        200: {
          description: 'Everything in one answer; as Markdown to paste into a ticket',
          content: {
            'application/json': { schema: supportBundleSchema },
            [MARKDOWN]: { schema: z.string() },
          },
        },
        ...READ_PROBLEMS,
      },
    },
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const { purpose } = request.query;
      const migration = await migrationOf(deps, tenant, request.params.id);
      const bundle = bundleOf({
        ...(await newestEvents(deps, tenant, migration.id)),
        migration,
        purpose,
        generatedAt: deps.now().toISOString(),
        version: VERSION,
        locale: languageAsked(request) ?? migration.locale ?? 'en',
      });
      const shown = shownTo(request, supportBundleSchema, bundle, migration.phoneNumber);
      reply.header('cache-control', 'private, no-cache');
      reply.header('vary', 'Authorization, Accept, Accept-Language');
      if (!prefersToJson(request, MARKDOWN)) return reply.send(shown);
      return reply
        .type(`${MARKDOWN}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${migration.id}-${purpose}.md"`)
        .send(bundleMarkdown(shown));
    },
  });
};
