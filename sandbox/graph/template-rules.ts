import { flowOf } from '../world/lookups';
import type { Template } from '../world/template-schema';
import { invalidParameter } from './errors';
import type { WabaNode } from './nodes';
import type { NodeCall, Parameters } from './request';
import { templateError } from './template-errors';

export type Component = Record<string, unknown>;

const LONGEST_BODY = 1_024;
const LONGEST_FOOTER = 60;
const LONGEST_HEADER = 60;
/** A body needs about three words for each parameter before it is more parameter than message. */
const WORDS_PER_PARAMETER = 2;
const MOST_BUTTONS = 10;
const LONGEST_BUTTON = 25;

/** What a listing shows of a template and a creation does not take (meta §4.3). */
const READ_ONLY = ['id', 'status', 'quality_score', 'rejected_reason', 'previous_category'];

export function refuseReadOnly(parameters: Parameters): void {
  const given = READ_ONLY.find((name) => parameters[name] !== undefined);
  if (given !== undefined) throw invalidParameter(`Unexpected key "${given}" on param`);
}

const typeOf = (component: Component): string => String(component['type']).toUpperCase();
export const listOf = (value: unknown): Component[] =>
  Array.isArray(value)
    ? value.filter((one: unknown): one is Component => typeof one === 'object' && one !== null)
    : [];

/** Everything Meta looks at before it takes a template's content (meta §4.3). */
export function checkComponents(
  call: NodeCall<WabaNode>,
  components: readonly Component[],
  category: Template['category'],
  format: Template['parameterFormat'],
): void {
  const of = (type: string): Component[] => components.filter((component) => typeOf(component) === type);
  const [body, ...more] = of('BODY');
  if (!body || more.length > 0) throw templateError('body_format');
  if (category === 'AUTHENTICATION') {
    checkAuthentication(body, of('FOOTER'), of('BUTTONS'));
    return;
  }
  checkBody(body, format);
  for (const footer of of('FOOTER')) checkShort(footer, LONGEST_FOOTER, 'footer_format');
  for (const header of of('HEADER')) checkHeader(call, header, format);
  for (const buttons of of('BUTTONS')) checkButtons(call, listOf(buttons['buttons']));
  for (const carousel of of('CAROUSEL')) {
    for (const card of listOf(carousel['cards'])) checkCard(call, listOf(card['components']), format);
  }
}

function checkCard(
  call: NodeCall<WabaNode>,
  components: readonly Component[],
  format: Template['parameterFormat'],
): void {
  for (const component of components) {
    if (typeOf(component) === 'HEADER') checkHeader(call, component, format);
    if (typeOf(component) === 'BODY') checkBody(component, format);
    if (typeOf(component) === 'BUTTONS') checkButtons(call, listOf(component['buttons']));
  }
}

function checkBody(body: Component, format: Template['parameterFormat']): void {
  const message = body['text'];
  if (typeof message !== 'string' || message.trim() === '') throw templateError('body_format');
  if (message.length > LONGEST_BODY) throw templateError('too_long');
  const names = variablesIn(message);
  if (names.length === 0) return;
  if (/^\s*\{\{[^{}]+\}\}|\{\{[^{}]+\}\}\s*$/.test(message)) throw templateError('dangling_parameter');
  const words = message.replace(/\{\{[^{}]+\}\}/g, ' ').match(/\p{L}+/gu) ?? [];
  if (words.length < names.length * WORDS_PER_PARAMETER) throw templateError('too_many_parameters');
  checkNames(names, format, 'body_format');
  checkExamples(body['example'], names, format, 'body_text');
}

const variablesIn = (message: string): string[] =>
  [...message.matchAll(/\{\{([^{}]+)\}\}/g)].map((match) => (match[1] ?? '').trim());

/** Positional ones count from 1 without a gap; named ones are lower-case words. Never both. */
function checkNames(
  names: readonly string[],
  format: Template['parameterFormat'],
  problem: 'body_format' | 'header_format',
): void {
  const distinct = [...new Set(names)];
  const fits =
    format === 'NAMED'
      ? distinct.every((name) => /^[a-z][a-z0-9_]*$/.test(name))
      : distinct.every((name) => /^\d+$/.test(name)) &&
        distinct.every((_name, index) => distinct.includes(String(index + 1)));
  if (!fits) throw templateError(problem);
}

function checkExamples(
  example: unknown,
  names: readonly string[],
  format: Template['parameterFormat'],
  key: 'body_text' | 'header_text',
): void {
  const given: Component = typeof example === 'object' && example !== null ? { ...example } : {};
  const distinct = [...new Set(names)];
  if (format === 'NAMED') {
    const shown = listOf(given[`${key}_named_params`]).map((one) => one['param_name']);
    if (!distinct.every((name) => shown.includes(name))) throw templateError('example_missing');
    return;
  }
  const values: unknown = given[key];
  const row: unknown = Array.isArray(values) && Array.isArray(values[0]) ? values[0] : values;
  if (!Array.isArray(row) || row.length !== distinct.length) throw templateError('example_missing');
}

function checkShort(component: Component, longest: number, problem: 'footer_format' | 'header_format'): void {
  const message = component['text'];
  if (typeof message !== 'string' || message === '') throw templateError(problem);
  if (message.length > longest) throw templateError('too_long');
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  IMAGE: ['image/jpeg', 'image/jpg', 'image/png'],
  VIDEO: ['video/mp4'],
  DOCUMENT: ['application/pdf'],
};

/** A media header wants an upload handle, not the address a listing shows (meta §4.3). */
function checkHeader(
  call: NodeCall<WabaNode>,
  header: Component,
  parameters: Template['parameterFormat'],
): void {
  const format = String(header['format']).toUpperCase();
  if (format === 'TEXT') {
    checkShort(header, LONGEST_HEADER, 'header_format');
    const names = variablesIn(String(header['text']));
    if (names.length > 0) checkNames(names, parameters, 'header_format');
    if (names.length > 0) checkExamples(header['example'], names, parameters, 'header_text');
    return;
  }
  if (format === 'LOCATION') return;
  const types = FORMATS[format];
  if (!types) throw templateError('header_format');
  const handles = handlesIn(header);
  if (handles.length === 0) throw templateError('example_missing');
  for (const handle of handles) {
    const media = call.platform.world.media.find((candidate) => candidate.handle === handle);
    if (!media || !types.includes(media.contentType)) throw templateError('header_format');
  }
}

const handlesIn = (header: Component): string[] => {
  const example = header['example'];
  if (typeof example !== 'object' || example === null || !('header_handle' in example)) return [];
  const handles: unknown = example.header_handle;
  return Array.isArray(handles) ? handles.map(String) : [String(handles)];
};

function checkButtons(call: NodeCall<WabaNode>, buttons: readonly Component[]): void {
  if (buttons.length === 0 || buttons.length > MOST_BUTTONS) {
    throw invalidParameter('Param buttons must have from 1 to 10 elements');
  }
  for (const button of buttons) {
    const label = button['text'];
    if (typeof label === 'string' && label.length > LONGEST_BUTTON) throw templateError('too_long');
    const url = button['url'];
    if (typeof url === 'string' && /^https?:\/\/(wa\.me|[^/]*whatsapp\.com)(\/|$)/.test(url)) {
      throw templateError('whatsapp_link');
    }
    if (typeof url === 'string' && variablesIn(url).length > 0 && button['example'] === undefined) {
      throw templateError('example_missing');
    }
    if (typeOf(button) === 'FLOW') checkFlow(call, button);
  }
}

/** A flow button opens a published flow of the same account. */
function checkFlow(call: NodeCall<WabaNode>, button: Component): void {
  const found = flowOf(call.platform.world, String(button['flow_id']));
  if (found?.waba !== call.node.waba) throw invalidParameter('Param flow_id is not a flow of this account');
  if (found.flow.status !== 'PUBLISHED') throw invalidParameter('The flow must be published');
}

/** Meta writes these texts; a creation gives flags (meta §4.3). */
function checkAuthentication(
  body: Component,
  footers: readonly Component[],
  buttons: readonly Component[],
): void {
  if (body['text'] !== undefined) throw templateError('body_format');
  for (const footer of footers) {
    const minutes = footer['code_expiration_minutes'];
    const fits = typeof minutes === 'number' && minutes >= 1 && minutes <= 90;
    if (footer['text'] !== undefined || !fits) throw templateError('footer_format');
  }
  const all = buttons.flatMap((component) => listOf(component['buttons']));
  const [otp] = all;
  if (all.length !== 1 || !otp || typeOf(otp) !== 'OTP') {
    throw invalidParameter('An authentication template has exactly one OTP button');
  }
  if (!['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'].includes(String(otp['otp_type']).toUpperCase())) {
    throw invalidParameter('Param otp_type must be one of {COPY_CODE, ONE_TAP, ZERO_TAP}');
  }
}
