import type { NumberRecord } from '../world/schema';
import { selectFields, type FieldTable } from './fields';
import type { PhoneNode } from './nodes';
import { page } from './paging';
import { text, type NodeCall } from './request';

type QrCode = NonNullable<NumberRecord['belongings']>['qrCodes'][number];

const qrFields: FieldTable<QrCode> = {
  code: (qr) => qr.code,
  prefilled_message: (qr) => qr.message,
  deep_link_url: (qr) => `https://wa.me/message/${qr.code}`,
};

/** `GET /{phone}/message_qrdls`: codes, their texts and links; at most 25 a page. They have no id. */
export function listQrCodes(call: NodeCall<PhoneNode>): Record<string, unknown> {
  const codes = call.node.record.belongings?.qrCodes ?? [];
  const { items, paging } = page(call, codes, (qr) => qr.code);
  const fields = text(call.parameters, 'fields');
  return {
    data: items.map((qr) => {
      const { id: _none, ...shown } = selectFields(
        qr,
        { ...qrFields, id: () => '' },
        fields,
        Object.keys(qrFields),
        'MessageQRDL',
      );
      return shown;
    }),
    ...(paging ? { paging } : {}),
  };
}

/** `conversational_automation` of a number (meta §3.4); left out when nothing of it is set. */
export function conversationalAutomation({ belongings }: NumberRecord): unknown {
  if (!belongings) return undefined;
  const { prompts, commands, welcomeMessage } = belongings;
  if (prompts.length === 0 && commands.length === 0 && !welcomeMessage) return undefined;
  return { prompts, commands, enable_welcome_message: welcomeMessage };
}
