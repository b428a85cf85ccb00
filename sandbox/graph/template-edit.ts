import { decideTemplate } from '../behaviour/templates';
import type { Platform } from '../platform/platform';
import { templateCategories, type Template } from '../world/template-schema';
import { invalidParameter } from './errors';
import type { TemplateNode } from './nodes';
import { text, type NodeCall } from './request';
import { storedComponents } from './template-content';
import { readComponents } from './template-create';
import { templateError } from './template-errors';
import { checkComponents, refuseReadOnly } from './template-rules';

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
const EDITABLE: readonly Template['status'][] = ['APPROVED', 'REJECTED', 'PAUSED'];

/**
 * `POST /{template}` (meta §4.3): another content or category instead of the present one. Approved ones once a day and ten
 * times in 30 days; an edit is reviewed like a new template. That name and language stay, and an approved one's category
 * too, is what partners' pages say (UNVERIFIED), and so is the order of the checks.
 */
export function editTemplate(call: NodeCall<TemplateNode>): Record<string, unknown> {
  const { platform, parameters, node } = call;
  const { template, waba } = node;
  refuseReadOnly(parameters);
  const fixed = ['name', 'language', 'parameter_format'].find((name) => parameters[name] !== undefined);
  if (fixed !== undefined) throw invalidParameter(`Param ${fixed} of a message template cannot be changed`);
  if (parameters['components'] === undefined && parameters['category'] === undefined)
    throw invalidParameter('One of the parameters components and category is required');
  if (!EDITABLE.includes(template.status)) throw templateError('status');
  const category = categoryOf(call);
  refuseTooMany(platform, template);
  const given = parameters['components'];
  const components = given === undefined ? null : readComponents(given);
  if (components !== null) {
    const account = { ...call, node: { kind: 'waba', id: waba.id, waba } as const };
    checkComponents(account, components, category, template.parameterFormat);
  }
  if (template.status === 'APPROVED') template.edits.push(platform.now());
  template.category = category;
  if (components !== null) write(platform, template, storedComponents(platform.world, components, category));
  platform.effect(
    'template_edited',
    { waba: waba.id, template: template.id },
    { name: template.name, language: template.language },
  );
  decideTemplate(platform, waba, template, 'PENDING', 'NONE');
  platform.schedule(platform.world.knobs.templateReviewMs, {
    kind: 'review_template',
    wabaId: waba.id,
    templateId: template.id,
  });
  return { success: true };
}

function categoryOf({ parameters, node: { template } }: NodeCall<TemplateNode>): Template['category'] {
  const given = text(parameters, 'category');
  if (given === null) return template.category;
  const category = templateCategories.find((known) => known === given);
  if (!category) throw invalidParameter(`Param category must be one of {${templateCategories.join(', ')}}`);
  if (category !== template.category && template.status === 'APPROVED')
    throw invalidParameter('The category of an approved message template cannot be changed');
  return category;
}

function refuseTooMany(platform: Platform, template: Template): void {
  if (template.status !== 'APPROVED') return;
  const now = platform.now();
  const { templateEditsPerDay, templateEditsPerMonth } = platform.world.knobs;
  const since = (span: number): number => template.edits.filter((at) => at > now - span).length;
  if (since(DAY_MS) >= templateEditsPerDay || since(MONTH_MS) >= templateEditsPerMonth)
    throw templateError('status');
}

function write({ world }: Platform, template: Template, components: Template['components']): void {
  if (world.knobs.editedContent === 'shown_at_once') template.components = components;
  else template.underReview = components;
}
