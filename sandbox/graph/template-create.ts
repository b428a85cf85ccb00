import { forgets } from '../behaviour/announcement';
import { countedTemplates, hasTemplate } from '../behaviour/templates';
import { templateCapacity } from '../world/lookups';
import { templateCategories, type Template } from '../world/template-schema';
import { invalidParameter } from './errors';
import type { WabaNode } from './nodes';
import { countTemplateCreation } from './rate';
import { parseLoose, requiredText, text, type NodeCall } from './request';
import { storedComponents } from './template-content';
import { templateError } from './template-errors';
import { checkComponents, refuseReadOnly, type Component } from './template-rules';

/** `POST /{waba}/message_templates` (meta §4.3). A repeat is refused, never merged. */
export function createTemplate(call: NodeCall<WabaNode>): Record<string, unknown> {
  const { platform, parameters, node } = call;
  const name = requiredText(parameters, 'name');
  const language = requiredText(parameters, 'language');
  const category = templateCategories.find((known) => known === text(parameters, 'category'));
  if (!/^[a-z0-9_]{1,512}$/.test(name)) {
    throw invalidParameter('Param name must be lower-case letters, digits and underscores, at most 512');
  }
  if (!/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language))
    throw invalidParameter('Param language must be a language code');
  if (!category) throw invalidParameter(`Param category must be one of {${templateCategories.join(', ')}}`);
  refuseReadOnly(parameters);
  const format = text(parameters, 'parameter_format')?.toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL';
  const components = readComponents(parameters['components']);
  countTemplateCreation(platform, node.waba);
  checkComponents(call, components, category, format);
  holdNames(call, name, language);
  if (countedTemplates(node.waba).length >= templateCapacity(platform.world, node.waba))
    throw templateError('limit');
  const template: Template = {
    id: platform.newId(),
    name,
    language,
    category,
    previousCategory: null,
    subCategory: text(parameters, 'sub_category'),
    status: 'PENDING',
    rejectedReason: 'NONE',
    quality: 'UNKNOWN',
    parameterFormat: format,
    components: storedComponents(platform.world, components, category),
    copyFailure: null,
    recheck: null,
    createdAt: platform.now(),
    edits: [],
    underReview: null,
  };
  node.waba.templates.push(template);
  platform.effect('template_created', { waba: node.id, template: template.id }, { name, language });
  platform.schedule(platform.world.knobs.templateReviewMs, {
    kind: 'review_template',
    wabaId: node.id,
    templateId: template.id,
  });
  return { id: template.id, status: template.status, category };
}

function holdNames(call: NodeCall<WabaNode>, name: string, language: string): void {
  const { platform, node } = call;
  const now = platform.now();
  if (hasTemplate(node.waba, name, language) && !forgets(platform, 'template_names'))
    throw templateError('duplicate');
  const leaving = node.waba.deletedLanguages.some(
    (lock) => lock.name === name && lock.language === language && lock.until > now,
  );
  if (leaving) throw templateError('language_being_deleted');
  if (node.waba.lockedTemplateNames.some((lock) => lock.name === name && lock.until > now)) {
    throw templateError('name_locked');
  }
}

export function readComponents(value: unknown): Component[] {
  const components = parseLoose(value);
  if (!Array.isArray(components) || components.length === 0) {
    throw invalidParameter('Param components must be a non-empty array');
  }
  return components.map((component: unknown) => {
    if (typeof component !== 'object' || component === null || Array.isArray(component)) {
      throw invalidParameter('Param components must be an array of objects');
    }
    return Object.fromEntries(Object.entries(component));
  });
}
