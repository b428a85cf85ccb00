/** Message templates: listing, capacity, copying between accounts (meta §4.1, §4.2). */
import { z } from 'zod';
import type { WabaId } from '../../shared/ids';
import { optionalCount, optionalText, successSchema } from './fields';
import type { GraphClient } from './graph-client';

/** The call is synchronous and long: a wrapper warns of up to 180 s (meta §4.1). */
const COPY_TIMEOUT_MS = 200_000;

/** HEADER, BODY, FOOTER, BUTTONS, CAROUSEL … in Meta's own form. */
const componentSchema = z.record(z.string(), z.unknown());
export type Component = z.output<typeof componentSchema>;

const templateSchema = z
  .looseObject({
    id: z.coerce.string(),
    name: z.string(),
    language: z.string(),
    category: optionalText,
    status: z.string(),
    quality_score: z.looseObject({ score: optionalText }).nullish().catch(null),
    rejected_reason: optionalText,
    parameter_format: optionalText,
    sub_category: optionalText,
    components: z.array(componentSchema).nullish().catch(null),
  })
  .transform((node) => ({
    id: node.id,
    name: node.name,
    language: node.language,
    category: node.category,
    status: node.status,
    quality: node.quality_score?.score ?? null,
    rejectedReason: node.rejected_reason,
    parameterFormat: node.parameter_format,
    subCategory: node.sub_category,
    components: node.components ?? null,
  }));

/**
 * One template in one language; `status` and `quality` (GREEN, YELLOW, RED, UNKNOWN) as Meta words them. `components` is
 * null unless the content was asked for.
 */
export type Template = z.output<typeof templateSchema>;

const FACTS = 'id,name,language,category,status,quality_score,rejected_reason';
const CONTENT = 'parameter_format,sub_category,components';

/** `GET /{waba}/message_templates`, page after page. A list that changes meanwhile fails with CURSOR_STALE (v24 on). */
export const listTemplates = (
  client: GraphClient,
  wabaId: WabaId,
  options: { pageSize?: number; content?: boolean; name?: string } = {},
): AsyncIterable<Template> =>
  client.paginate(
    `${wabaId}/message_templates`,
    {
      fields: options.content === true ? `${FACTS},${CONTENT}` : FACTS,
      limit: options.pageSize ?? 100,
      name: options.name,
    },
    templateSchema,
    { scope: wabaId },
  );

/** `GET /{template}` with its content; addresses of its media are fresh. */
export const readTemplate = (client: GraphClient, id: string, wabaId: WabaId): Promise<Template> =>
  client.get(id, { fields: `${FACTS},${CONTENT}` }, templateSchema, { scope: wabaId });

export interface TemplateDraft {
  name: string;
  language: string;
  category: string;
  parameter_format?: string;
  sub_category?: string;
  components: readonly Component[];
}

const createdSchema = z.looseObject({
  id: z.coerce.string(),
  status: optionalText,
  category: optionalText,
});

/**
 * `POST /{waba}/message_templates` (meta §4.3): 100 an hour; reviewed for up to 24 hours. Not safe to repeat: list by name
 * and language first.
 */
export const createTemplate = (
  client: GraphClient,
  wabaId: WabaId,
  draft: TemplateDraft,
): Promise<{ id: string; status: string | null; category: string | null }> =>
  client.post(`${wabaId}/message_templates`, { ...draft }, createdSchema, { scope: wabaId });

/**
 * `POST /{template}` with another content (meta §4.3): only APPROVED, REJECTED and PAUSED ones, approved ones once in 24 hours
 * and ten times in 30 days, otherwise 2388039; it is reviewed again. A repetition would spend an edit: read the template first.
 */
export const editTemplate = async (
  client: GraphClient,
  id: string,
  wabaId: WabaId,
  components: readonly Component[],
): Promise<void> => {
  await client.post(id, { components }, successSchema, { scope: wabaId });
};

const capacitySchema = z.looseObject({
  summary: z
    .looseObject({
      total_count: optionalCount,
      message_template_count: optionalCount,
      message_template_limit: optionalCount,
    })
    .nullish(),
});

/** How many templates there are and may be; null where the account does not say (meta §4.2). */
export const readTemplateCapacity = async (
  client: GraphClient,
  wabaId: WabaId,
): Promise<{ count: number | null; limit: number | null }> => {
  const { summary } = await client.get(
    `${wabaId}/message_templates`,
    { fields: 'id', limit: 1, summary: 'total_count,message_template_count,message_template_limit' },
    capacitySchema,
    { scope: wabaId },
  );
  return {
    count: summary?.message_template_count ?? summary?.total_count ?? null,
    limit: summary?.message_template_limit ?? null,
  };
};

/** Both published forms: a map of id to reason, and a list of `{id, reason}` (meta §4.1). */
const failedSchema = z.union([
  z
    .array(z.looseObject({ id: z.coerce.string(), reason: z.string().catch('no reason given') }))
    .transform((list) => list.map(({ id, reason }) => ({ id, reason }))),
  z
    .record(z.string(), z.union([z.string(), z.unknown().transform((value) => JSON.stringify(value))]))
    .transform((map) => Object.entries(map).map(([id, reason]) => ({ id, reason }))),
]);

const copySchema = z.looseObject({
  migrated_templates: z.array(z.coerce.string()).default([]),
  failed_templates: failedSchema.default([]),
});

export interface TemplateCopy {
  /** Source or destination ids, Meta does not say which: reconcile by name and language. */
  migrated: string[];
  /** By source id. */
  failed: { id: string; reason: string }[];
}

/**
 * `POST /{destination}/migrate_message_templates` (meta §4.1): copies a page of at most 500, or the templates named.
 * After a lost answer part of the work may be done: list and compare before asking again.
 */
export const migrateTemplates = async (
  client: GraphClient,
  destination: WabaId,
  wish: { sourceWabaId: WabaId; page?: number; count?: number; templateIds?: readonly string[] },
): Promise<TemplateCopy> => {
  const body = {
    source_waba_id: wish.sourceWabaId,
    ...(wish.page === undefined ? {} : { page_number: wish.page }),
    ...(wish.count === undefined ? {} : { count: wish.count }),
    ...(wish.templateIds === undefined ? {} : { template_ids: wish.templateIds }),
  };
  const answer = await client.post(`${destination}/migrate_message_templates`, body, copySchema, {
    timeoutMs: COPY_TIMEOUT_MS,
    scope: destination,
  });
  return { migrated: answer.migrated_templates, failed: answer.failed_templates };
};
