import { copyTemplate } from '../behaviour/templates';
import { wabaOf } from '../world/lookups';
import type { Waba } from '../world/schema';
import type { Template } from '../world/template-schema';
import { BrokenAnswer } from './answers';
import { invalidParameter, noSuchObject } from './errors';
import type { WabaNode } from './nodes';
import { list, requiredText, wholeNumber, type NodeCall } from './request';

const LARGEST_BATCH = 500;

interface Result {
  readonly migrated: string[];
  readonly failed: { readonly id: string; readonly reason: string }[];
}

/**
 * `POST /{waba}/migrate_message_templates` (meta §4.1): one page of the source's templates, or the ids named;
 * answers 200 with partial failures, and leaves the destination's own templates alone.
 */
export function migrateTemplates(call: NodeCall<WabaNode>): Record<string, unknown> {
  const { platform, node } = call;
  const source = sourceOf(call);
  const result: Result = { migrated: [], failed: [] };
  const { existingTemplateInCopy, migratedTemplateIds, templateCopyBreaksAfter, copiedQualities } =
    platform.world.knobs;
  const qualities: Template['quality'][] = copiedQualities === 'green' ? ['GREEN'] : ['GREEN', 'UNKNOWN'];
  for (const template of batch(call, source)) {
    const outcome = copyTemplate(platform, template, node.waba, qualities);
    if (outcome.kind === 'copied') {
      result.migrated.push(migratedTemplateIds === 'source' ? template.id : outcome.id);
    } else if (outcome.kind === 'failed') {
      result.failed.push({ id: template.id, reason: outcome.reason });
    } else if (existingTemplateInCopy === 'failed') {
      result.failed.push({ id: template.id, reason: 'Message template already exists' });
    } else if (existingTemplateInCopy === 'listed') {
      result.migrated.push(template.id);
    }
    if (templateCopyBreaksAfter !== null && result.migrated.length >= templateCopyBreaksAfter)
      throw new BrokenAnswer();
  }
  return {
    migrated_templates: result.migrated,
    failed_templates:
      platform.world.knobs.failedTemplates === 'list'
        ? result.failed
        : Object.fromEntries(result.failed.map(({ id, reason }) => [id, reason])),
  };
}

function sourceOf(call: NodeCall<WabaNode>): Waba {
  const id = requiredText(call.parameters, 'source_waba_id');
  const { platform, token, node } = call;
  const source = wabaOf(platform.world, id);
  const hidden = platform.world.knobs.templateCopyNeedsSourceAccess && !token.targetIds.includes(id);
  if (!source || hidden) throw noSuchObject(call.method, id);
  if (source.id === node.id) throw invalidParameter('Param source_waba_id must be another account');
  if (source.businessId !== node.waba.businessId) {
    throw invalidParameter('The source and destination accounts must be owned by the same business');
  }
  return source;
}

function batch(call: NodeCall<WabaNode>, source: Waba): Template[] {
  const templates = source.templates.filter((template) => template.status !== 'DELETED');
  const ids = list(call.parameters, 'template_ids');
  if (ids) {
    if (ids.length > LARGEST_BATCH) throw invalidParameter('Param template_ids holds at most 500 ids');
    const unknown = ids.find((id) => !templates.some((template) => template.id === id));
    if (unknown !== undefined) throw invalidParameter(`Template ${unknown} is not one of the source account`);
    return templates.filter((template) => ids.includes(template.id));
  }
  const count = wholeNumber(call.parameters, 'count') ?? LARGEST_BATCH;
  if (count < 1 || count > LARGEST_BATCH) throw invalidParameter('Param count must be from 1 to 500');
  const start = (wholeNumber(call.parameters, 'page_number') ?? 0) * count;
  return templates.slice(start, start + count);
}
