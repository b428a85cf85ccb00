import type { Platform } from '../platform/platform';
import { flowOf, templateCapacity, wabaOf } from '../world/lookups';
import type { Waba } from '../world/schema';
import type { Template } from '../world/template-schema';
import { tellSubscribers } from '../webhooks/queue';
import { forgets } from './announcement';

/** Templates that count against the capacity of a WABA. */
export const countedTemplates = (waba: Waba): Template[] =>
  waba.templates.filter((template) => template.status !== 'DELETED');

export const hasTemplate = (waba: Waba, name: string, language: string): boolean =>
  countedTemplates(waba).some((template) => template.name === name && template.language === language);

export type CopyOutcome =
  | { readonly kind: 'copied'; readonly id: string }
  | { readonly kind: 'exists' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Copies one template (meta §4.1, §12.3 row 6): own id, quality unknown, status kept until the re-check. */
export function copyTemplate(
  platform: Platform,
  template: Template,
  destination: Waba,
  eligibleQualities: readonly Template['quality'][],
): CopyOutcome {
  if (template.status !== 'APPROVED')
    return { kind: 'failed', reason: `Template is not approved (${template.status})` };
  if (!eligibleQualities.includes(template.quality))
    return { kind: 'failed', reason: 'Low quality template' };
  if (hasTemplate(destination, template.name, template.language) && !forgets(platform, 'template_names')) {
    return { kind: 'exists' };
  }
  if (template.copyFailure) {
    const { reason, times } = template.copyFailure;
    template.copyFailure = times > 1 ? { reason, times: times - 1 } : null;
    return { kind: 'failed', reason };
  }
  if (countedTemplates(destination).length >= templateCapacity(platform.world, destination)) {
    return { kind: 'failed', reason: 'Message template limit exceeded' };
  }
  const copy: Template = {
    ...structuredClone(template),
    components: copiedComponents(platform, template, destination),
    id: platform.newId(),
    quality: 'UNKNOWN',
    copyFailure: null,
    recheck: null,
    createdAt: platform.now(),
    edits: [],
    underReview: null,
  };
  destination.templates.push(copy);
  platform.effect(
    'template_copied',
    { waba: destination.id, template: copy.id, sourceTemplate: template.id },
    { name: copy.name, language: copy.language },
  );
  if (template.recheck) {
    copy.recheck = template.recheck;
    platform.schedule(template.recheck.afterMs, {
      kind: 'recheck_template',
      wabaId: destination.id,
      templateId: copy.id,
    });
  }
  return { kind: 'copied', id: copy.id };
}

/** Whether a copy's flow button opens the moved flow is not published (meta §4.3): a knob. */
function copiedComponents(platform: Platform, template: Template, destination: Waba): Template['components'] {
  const components = structuredClone(template.components);
  if (platform.world.knobs.copiedFlowButtons === 'kept') return components;
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]: [string, unknown]) => {
        const old = name === 'flow_id' ? flowOf(platform.world, String(part)) : null;
        const own = destination.flows.find((flow) => flow.name === old?.flow.name);
        return [name, own ? own.id : moved(part)];
      }),
    );
  };
  return components.map((component) =>
    Object.fromEntries(Object.entries(component).map(([name, part]) => [name, moved(part)])),
  );
}

/** The automatic copy after a move, a batch at a time: only APPROVED and GREEN ones (meta §1.6). */
export function copyTemplatesByItself(
  platform: Platform,
  sourceWabaId: string,
  destinationWabaId: string,
): void {
  const source = wabaOf(platform.world, sourceWabaId);
  const destination = wabaOf(platform.world, destinationWabaId);
  if (!source || !destination) return;
  const { autoTemplateCopyBatch, autoTemplateCopyIntervalMs } = platform.world.knobs;
  let copied = 0;
  for (const template of source.templates) {
    if (template.copyFailure || hasTemplate(destination, template.name, template.language)) continue;
    const outcome = copyTemplate(platform, template, destination, ['GREEN']);
    if (outcome.kind === 'copied') copied += 1;
    if (copied < autoTemplateCopyBatch) continue;
    platform.schedule(autoTemplateCopyIntervalMs, {
      kind: 'copy_templates',
      sourceWabaId,
      destinationWabaId,
    });
    return;
  }
}

/** The review of a template, or the category check after a copy, decides (meta §1.6, §8.2). */
export function decideTemplate(
  platform: Platform,
  waba: Waba,
  template: Template,
  status: Template['status'],
  reason: string,
): void {
  template.status = status;
  if (status !== 'PENDING' && template.underReview !== null) {
    template.components = template.underReview;
    template.underReview = null;
  }
  template.rejectedReason = status === 'REJECTED' ? reason : 'NONE';
  tellSubscribers(platform, waba, 'message_template_status_update', {
    event: status,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_category: template.category,
    reason: template.rejectedReason,
  });
}

export function recheckTemplate(platform: Platform, waba: Waba, template: Template): void {
  const { recheck } = template;
  if (!recheck) return;
  template.recheck = null;
  if (recheck.category !== null && recheck.category !== template.category) {
    const previous = template.category;
    template.previousCategory = previous;
    template.category = recheck.category;
    tellSubscribers(platform, waba, 'template_category_update', {
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      previous_category: previous,
      new_category: recheck.category,
    });
  }
  if (recheck.status !== template.status) {
    decideTemplate(platform, waba, template, recheck.status, 'INCORRECT_CATEGORY');
  }
}
