/** `openapi.json`, made from the zod schemas of the routes; what is the same for many routes is added here. */
import fastifySwagger from '@fastify/swagger';
import type { FastifyContextConfig } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { amendedSchema, apiProblemSchema, auditPageSchema, templatePageSchema } from '../shared/answers';
import { ledgerSchema } from '../shared/billing-statement';
import { migrationSchema } from '../shared/migration';
import { amendSchema, startRequestSchema } from '../shared/requests';
import { supportBundleSchema } from '../shared/support-bundle';
import type { App } from './deps';

const headerParameter = (description: string) => ({ type: 'string', description });

const MUTATION_HEADERS = {
  type: 'object',
  required: ['Idempotency-Key'],
  properties: {
    'Idempotency-Key': {
      ...headerParameter('The same key and body get the same answer for 30 days, without doing it again'),
      minLength: 1,
      maxLength: 255,
    },
  },
};

const withProperty = (schema: typeof MUTATION_HEADERS | undefined, name: string, description: string) => ({
  ...(schema ?? { type: 'object' }),
  properties: { ...schema?.properties, [name]: headerParameter(description) },
});

const headersOf = (operationId: unknown, { mutation, ifMatch }: FastifyContextConfig) => {
  const headers = mutation === undefined ? undefined : MUTATION_HEADERS;
  if (operationId === 'getMigration')
    return withProperty(headers, 'If-None-Match', 'The ETag of what is known: 304 when it still is so');
  if (ifMatch)
    return withProperty(headers, 'If-Match', 'The ETag of what was read: 412 when it has changed since');
  return headers;
};

const RETRY_AFTER = { 'Retry-After': { type: 'integer', description: 'Seconds to wait' } };
const ETAG = { ETag: headerParameter('Attempt and revision; for If-None-Match and If-Match') };

const ANSWER_HEADERS: Readonly<Record<string, Record<string, unknown>>> = {
  'startMigration 202': { ...ETAG, Location: headerParameter('Where the migration is read') },
  'getMigration 200': ETAG,
  'amendMigration 200': ETAG,
};

const withAnswerHeaders = (operationId: unknown, response: unknown): Record<string, unknown> => {
  const answers: Record<string, unknown> = { ...(typeof response === 'object' ? response : {}) };
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const headers =
        status === '429' || status === '503'
          ? RETRY_AFTER
          : ANSWER_HEADERS[`${String(operationId)} ${status}`];
      return [
        status,
        headers === undefined ? answer : { ...(typeof answer === 'object' ? answer : {}), headers },
      ];
    }),
  );
};

/** Schemas with a name of their own in the document. */
const schemaRegistry = z.registry<{ id: string }>();
schemaRegistry
  .add(migrationSchema, { id: 'Migration' })
  .add(amendedSchema, { id: 'AmendedMigration' })
  .add(apiProblemSchema, { id: 'Problem' })
  .add(auditPageSchema, { id: 'AuditPage' })
  .add(templatePageSchema, { id: 'TemplatePage' })
  .add(ledgerSchema, { id: 'Ledger' })
  .add(supportBundleSchema, { id: 'SupportBundle' })
  .add(startRequestSchema, { id: 'StartRequest' })
  .add(amendSchema, { id: 'Amendment' });
const toJsonSchema = createJsonSchemaTransform({ schemaRegistry });
const withComponents = createJsonSchemaTransformObject({ schemaRegistry });

/** Names of the schemas that `part` refers to, directly. */
const namesIn = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].flatMap(([, name]) => name ?? []);

const documentSchema = z.looseObject({
  paths: z.unknown(),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).optional() }).optional(),
});

/** Each registered schema is rendered as it is sent and as it is answered; what no route refers to is left out. */
const withoutUnusedSchemas = (document: unknown): Record<string, unknown> => {
  const { components = {}, ...rest } = documentSchema.parse(document);
  const schemas = Object.entries(components.schemas ?? {});
  const used = new Set<string>();
  const visit = (names: readonly string[]): void => {
    for (const name of names.filter((found) => !used.has(found))) {
      used.add(name);
      visit(namesIn(schemas.find(([known]) => known === name)?.[1] ?? {}));
    }
  };
  visit(namesIn(rest.paths));
  const kept = Object.fromEntries(schemas.filter(([name]) => used.has(name)));
  return { ...rest, components: { ...components, schemas: kept } };
};

/** Must be registered before the routes, which it collects. */
export const describeApi = async (app: App, version: string): Promise<void> => {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Carryover',
        version,
        description:
          'Moves a WhatsApp Business number from one provider to another. Errors are RFC 9457 problem details.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'The server that gives this document' }],
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
    },
    transformObject: withComponents,
    transform: (route) => {
      const { schema, url } = toJsonSchema(route);
      const config = route.route.config ?? {};
      const { roles } = config;
      const headers = headersOf(schema.operationId, config);
      return {
        url,
        schema: {
          ...schema,
          response: withAnswerHeaders(schema.operationId, schema.response),
          ...(headers === undefined ? {} : { headers }),
          security: roles === 'public' ? [] : [{ apiKey: [] }],
          ...(Array.isArray(roles) ? { 'x-roles': roles } : {}),
        },
      };
    },
  });
  app.route({
    method: 'GET',
    url: '/openapi.json',
    config: { roles: 'public', rateLimit: false },
    schema: { hide: true },
    handler: () => withoutUnusedSchemas(app.swagger()),
  });
};
