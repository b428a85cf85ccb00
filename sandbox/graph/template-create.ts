import { forgets } from '../behaviour/announcement';
import { countedTemplates, hasTemplate } from '../behaviour/templates';
import { templateCapacity } from '../world/lookups';
import { templateCategories, type Template } from '../world/template-schema';
import { invalidParameter } from './errors';
import type { WabaNode } from './nodes';
import { countTemplateCreation } from './rate';
import { parseLoose, requiredText, text, type NodeCall } from './request';
import { templateError } from './template-errors';

const LONGEST_BODY = 1_024;
const LONGEST_FOOTER = 60;
const LONGEST_HEADER = 60;
/** A body needs about three words for each parameter before it is more parameter than message. */
const WORDS_PER_PARAMETER = 2;

type Component = Record<string, unknown>;

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
  const components = readComponents(parameters['components']);
  countTemplateCreation(platform, node.waba);
  checkComponents(components, category);
  holdNames(call, name, language);
  if (countedTemplates(node.waba).length >= templateCapacity(platform.world, node.waba))
    throw templateError('limit');
  const format = text(parameters, 'parameter_format')?.toUpperCase();
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
    parameterFormat: format === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components,
    copyFailure: null,
    recheck: null,
    createdAt: platform.now(),
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

function readComponents(value: unknown): Component[] {
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

function checkComponents(components: readonly Component[], category: Template['category']): void {
  const of = (type: string): Component[] =>
    components.filter((component) => String(component['type']).toUpperCase() === type);
  const [body, ...more] = of('BODY');
  if (!body || more.length > 0) throw templateError('body_format');
  if (category !== 'AUTHENTICATION') checkBody(body);
  for (const footer of of('FOOTER')) checkShort(footer, LONGEST_FOOTER, 'footer_format');
  for (const header of of('HEADER')) checkHeader(header);
}

function checkBody(body: Component): void {
  const message = body['text'];
  if (typeof message !== 'string' || message.trim() === '') throw templateError('body_format');
  if (message.length > LONGEST_BODY) throw templateError('too_long');
  const variables = message.match(/\{\{[^{}]+\}\}/g) ?? [];
  if (variables.length === 0) return;
  if (/^\s*\{\{[^{}]+\}\}|\{\{[^{}]+\}\}\s*$/.test(message)) throw templateError('dangling_parameter');
  const words = message.replace(/\{\{[^{}]+\}\}/g, ' ').match(/\p{L}+/gu) ?? [];
  if (words.length < variables.length * WORDS_PER_PARAMETER) throw templateError('too_many_parameters');
  if (body['example'] === undefined) throw templateError('example_missing');
}

function checkShort(component: Component, longest: number, problem: 'footer_format' | 'header_format'): void {
  const message = component['text'];
  if (typeof message !== 'string' || message === '') throw templateError(problem);
  if (message.length > longest) throw templateError('too_long');
}

/** A media header wants an upload handle, not the address a listing shows (meta §4.3). */
function checkHeader(header: Component): void {
  const format = String(header['format']).toUpperCase();
  if (format === 'TEXT') {
    checkShort(header, LONGEST_HEADER, 'header_format');
    return;
  }
  if (format === 'LOCATION') return;
  if (!['IMAGE', 'VIDEO', 'DOCUMENT'].includes(format)) throw templateError('header_format');
  const example = JSON.stringify(header['example'] ?? null);
  if (!example.includes('header_handle')) throw templateError('example_missing');
  if (/https?:\/\//.test(example)) throw templateError('header_format');
}
