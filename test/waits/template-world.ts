/** A source with templates of every kind that Meta does not copy, for journeys about templates. */
import type { JourneyOptions } from '../support/journey';
import type { WorldInput } from '../../sandbox/world/schema';

type Waba = NonNullable<WorldInput['wabas']>[number];
type Templates = NonNullable<Waba['templates']>;

export interface TemplateWorld {
  source?: Templates;
  destination?: Templates;
  sourceFlows?: Waba['flows'];
  destinationFlows?: Waba['flows'];
  limit?: number;
  media?: WorldInput['media'];
}

/** The straight world with these templates instead of its own. */
export const withTemplates =
  (wish: TemplateWorld): NonNullable<JourneyOptions['change']> =>
  (world) => ({
    ...world,
    media: wish.media ?? [],
    wabas: (world.wabas ?? []).map((waba) => {
      if (waba.id === '2001') {
        return { ...waba, templates: wish.source ?? waba.templates, flows: wish.sourceFlows ?? [] };
      }
      if (waba.id !== '2002') return waba;
      return {
        ...waba,
        templates: wish.destination ?? [],
        flows: wish.destinationFlows ?? [],
        templateLimit: wish.limit ?? null,
      };
    }),
  });

export const many = (count: number, change: (index: number) => Partial<Templates[number]> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(40_000 + index),
    name: `notice_${String(index).padStart(4, '0')}`,
    ...change(index),
  }));

export const BODY = {
  type: 'BODY',
  text: 'Olá {{1}}, o seu pedido já está pronto.',
  example: { body_text: [['Ana']] },
};
export const NAMED_BODY = {
  type: 'BODY',
  text: 'Olá {{nome}}, o seu pedido já está pronto.',
  example: { body_text_named_params: [{ param_name: 'nome', example: 'Ana' }] },
};
export const header = (format: string, mediaId: string) => ({
  type: 'HEADER',
  format,
  example: { header_handle: [`media:${mediaId}`] },
});
export const flowButton = (flowId: string) => ({
  type: 'BUTTONS',
  buttons: [{ type: 'FLOW', text: 'Agendar', flow_id: flowId, flow_action: 'navigate' }],
});
/** As Meta lists what it has written itself. */
export const AUTHENTICATION = [
  {
    type: 'BODY',
    text: '*{{1}}* is your verification code. For your security, do not share this code.',
    add_security_recommendation: true,
    example: { body_text: [['123456']] },
  },
  { type: 'FOOTER', text: 'This code expires in 10 minutes.', code_expiration_minutes: 10 },
  {
    type: 'BUTTONS',
    buttons: [
      {
        ...{ type: 'URL', text: 'Copy code' },
        url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
        example: ['https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456'],
      },
    ],
  },
];
