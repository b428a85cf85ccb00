import { countedTemplates } from '../behaviour/templates';
import type { Platform } from '../platform/platform';
import { templateCapacity } from '../world/lookups';
import type { Waba } from '../world/schema';
import type { Template } from '../world/template-schema';
import { invalidParameter } from './errors';
import { selectFields, type FieldTable } from './fields';
import { templateHealth } from './health';
import { withAddresses } from './media';
import { nodeTypes, type TemplateNode, type WabaNode } from './nodes';
import { page } from './paging';
import { list, text, wholeNumber, type NodeCall } from './request';

export interface TemplateView {
  readonly template: Template;
  readonly waba: Waba;
}

const defaultFields = [
  'name',
  'parameter_format',
  'components',
  'language',
  'status',
  'category',
  'sub_category',
  'previous_category',
  'id',
];

/** Fields of a template (meta §4.2). */
export function templateFields(platform: Platform, address: string): FieldTable<TemplateView> {
  return {
    id: ({ template }) => template.id,
    name: ({ template }) => template.name,
    language: ({ template }) => template.language,
    category: ({ template }) => template.category,
    sub_category: ({ template }) => template.subCategory ?? undefined,
    previous_category: ({ template }) => template.previousCategory ?? undefined,
    status: ({ template }) => template.status,
    rejected_reason: ({ template }) => template.rejectedReason,
    parameter_format: ({ template }) => template.parameterFormat,
    components: ({ template }) => withAddresses(platform.world, template.components, address),
    quality_score: ({ template }) => ({
      score: template.quality,
      date: Math.floor((template.createdAt ?? 0) / 1000),
    }),
    health_status: ({ template, waba }) => templateHealth(platform, template, waba),
  };
}

export const readTemplate = (call: NodeCall<TemplateNode>): Record<string, unknown> =>
  selectFields(
    { template: call.node.template, waba: call.node.waba },
    templateFields(call.platform, call.address),
    text(call.parameters, 'fields'),
    defaultFields,
    nodeTypes.template,
  );

/** `GET /{waba}/message_templates` (meta §4.2): filters, cursors, and the capacity in `summary`. */
export function listTemplates(call: NodeCall<WabaNode>): Record<string, unknown> {
  const { platform, node } = call;
  const found = countedTemplates(node.waba).filter(tests(call));
  const { items, paging } = page(call, found, (template) => template.id);
  const table = templateFields(platform, call.address);
  const fields = text(call.parameters, 'fields');
  const summary = list(call.parameters, 'summary');
  return {
    data: items.map((template) =>
      selectFields({ template, waba: node.waba }, table, fields, defaultFields, nodeTypes.template),
    ),
    ...(paging ? { paging } : {}),
    ...(summary ? { summary: summarise(platform, node.waba, found.length, summary) } : {}),
  };
}

function tests(call: NodeCall<WabaNode>): (template: Template) => boolean {
  const { parameters } = call;
  const among = (name: string): ((value: string) => boolean) => {
    const wanted = list(parameters, name);
    return (value) => wanted === null || wanted.includes(value);
  };
  const contains = (needle: string | null, ...values: string[]): boolean =>
    needle === null || values.some((value) => value.toLowerCase().includes(needle.toLowerCase()));
  const bodyOf = (template: Template): string => JSON.stringify(template.components);
  const status = among('status');
  const language = among('language');
  const category = among('category');
  const quality = among('quality_score');
  const name = text(parameters, 'name');
  const content = text(parameters, 'content');
  const either = text(parameters, 'name_or_content');
  const since = wholeNumber(parameters, 'since');
  const until = wholeNumber(parameters, 'until');
  return (template) =>
    status(template.status) &&
    language(template.language) &&
    category(template.category) &&
    quality(template.quality) &&
    contains(name, template.name) &&
    contains(content, bodyOf(template)) &&
    contains(either, template.name, bodyOf(template)) &&
    (since === null || (template.createdAt ?? 0) >= since * 1000) &&
    (until === null || (template.createdAt ?? 0) <= until * 1000);
}

function summarise(
  platform: Platform,
  waba: Waba,
  found: number,
  wanted: readonly string[],
): Record<string, unknown> {
  const all: Record<string, unknown> = {
    total_count: found,
    message_template_count: countedTemplates(waba).length,
    message_template_limit: templateCapacity(platform.world, waba),
    are_translations_complete: true,
  };
  const names = wanted.includes('true') ? Object.keys(all) : wanted;
  const unknown = names.find((name) => !Object.hasOwn(all, name));
  if (unknown !== undefined) throw invalidParameter(`Param summary does not know ${unknown}`);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
