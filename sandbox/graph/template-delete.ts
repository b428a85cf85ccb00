import type { Platform } from '../platform/platform';
import type { Waba } from '../world/schema';
import type { Template } from '../world/template-schema';
import { countedTemplates } from '../behaviour/templates';
import { tellSubscribers } from '../webhooks/queue';
import { invalidParameter } from './errors';
import type { WabaNode } from './nodes';
import { list, text, type NodeCall } from './request';
import { templateError } from './template-errors';

const NAME_LOCK_MS = 30 * 86_400_000;
const LANGUAGE_LOCK_MS = 60_000;
const LARGEST_DELETE = 100;

/** `DELETE /{waba}/message_templates` (meta §4.3): by name, by id and name, or up to 100 ids, all or nothing. */
export function deleteTemplates(call: NodeCall<WabaNode>): Record<string, unknown> {
  const { waba } = call.node;
  const chosen = choose(call, countedTemplates(waba));
  if (chosen.some((template) => template.status === 'DISABLED')) throw templateError('status');
  for (const template of chosen) remove(call.platform, waba, template);
  return { success: true };
}

function choose(call: NodeCall<WabaNode>, templates: readonly Template[]): Template[] {
  const name = text(call.parameters, 'name');
  const id = text(call.parameters, 'hsm_id');
  const ids = list(call.parameters, 'hsm_ids');
  if (ids) {
    if (name !== null || id !== null)
      throw invalidParameter('hsm_ids cannot be combined with name or hsm_id');
    if (ids.length > LARGEST_DELETE) throw invalidParameter('Param hsm_ids holds at most 100 ids');
    return ids.map((wanted) => found(templates.filter((template) => template.id === wanted))).flat();
  }
  if (name === null) throw invalidParameter('The parameter name is required.');
  return found(templates.filter((template) => template.name === name && (id === null || template.id === id)));
}

function found(templates: Template[]): Template[] {
  if (templates.length === 0) throw invalidParameter('Message template was not found');
  return templates;
}

function remove(platform: Platform, waba: Waba, template: Template): void {
  const now = platform.now();
  waba.templates = waba.templates.filter((other) => other !== template);
  waba.deletedLanguages.push({
    name: template.name,
    language: template.language,
    until: now + LANGUAGE_LOCK_MS,
  });
  if (template.status === 'APPROVED')
    waba.lockedTemplateNames.push({ name: template.name, until: now + NAME_LOCK_MS });
  platform.effect(
    'template_deleted',
    { waba: waba.id, template: template.id },
    { name: template.name, language: template.language },
  );
  tellSubscribers(platform, waba, 'message_template_status_update', {
    event: 'DELETED',
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_category: template.category,
    reason: 'NONE',
  });
}
