import { bill, tellStatuses } from '../behaviour/messaging';
import { isFunded } from '../behaviour/announcement';
import type { Template } from '../world/template-schema';
import { platformError, type GraphError } from './errors';
import type { PhoneNode } from './nodes';
import { parseLoose, text, type NodeCall } from './request';

const missing = (name: string): GraphError =>
  platformError(131008, 'Required parameter is missing', `The parameter ${name} is required.`);

/** `POST /{phone}/messages`, as far as a migration needs it: text and template, and the errors that matter. */
export function sendMessage(call: NodeCall<PhoneNode>): Record<string, unknown> {
  const { platform, node, parameters } = call;
  if (text(parameters, 'messaging_product') !== 'whatsapp') throw missing('messaging_product');
  const input = text(parameters, 'to');
  if (input === null) throw missing('to');
  const to = input.replace(/\D/g, '');
  const type = text(parameters, 'type') ?? 'text';
  if (type !== 'text' && type !== 'template') {
    throw platformError(131009, 'Parameter value is not valid', 'type must be one of text, template.');
  }
  if (!node.record.live || node.record.status !== 'CONNECTED') {
    throw platformError(
      133010,
      'Phone number not registered',
      'The phone number is not registered on the platform.',
    );
  }
  const category = type === 'text' ? 'SERVICE' : templateToSend(call).category;
  if (!isFunded(node.waba)) {
    throw platformError(
      131042,
      'Business eligibility payment issue',
      'There was a payment problem with this account.',
    );
  }
  const id = `wamid.${platform.newId()}`;
  const billed = bill(platform, node.record, { id, category, volume: 1, sentAt: platform.now(), to });
  tellStatuses(platform, node.record, billed, to);
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input, wa_id: to }],
    messages: [{ id, ...(type === 'template' ? { message_status: 'accepted' } : {}) }],
  };
}

function templateToSend(call: NodeCall<PhoneNode>): Template {
  const wanted = parseLoose(call.parameters['template']);
  const name = field(wanted, 'name');
  const language = field(field(wanted, 'language'), 'code');
  if (typeof name !== 'string') throw missing('template.name');
  if (typeof language !== 'string') throw missing('template.language.code');
  const template = call.node.waba.templates.find(
    (candidate) =>
      candidate.name === name && candidate.language === language && candidate.status === 'APPROVED',
  );
  if (template) return template;
  const details = `template name (${name}) does not exist in ${language}`;
  throw platformError(132001, 'Template name does not exist in the translation', details, 404);
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
