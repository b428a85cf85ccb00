/** Too many messages of the moved number fail, by what most of them failed of (P-21, P-8, P-18, meta §6.2). */
import type { Texts } from './wording';

const WHAT = {
  en: '{failed} of about {messages} messages of the last {hours} hours failed ({percent} %; code: messages; {codes})',
  'pt-BR':
    '{failed} de cerca de {messages} mensagens das últimas {hours} horas falharam ({percent} %; código: mensagens; {codes})',
  es: '{failed} de unos {messages} mensajes de las últimas {hours} horas fallaron ({percent} %; código: mensajes; {codes})',
} as const;

export const FAILED_MESSAGE_TEXTS = {
  'check.failed_messages.payment': {
    en: {
      what: WHAT.en,
      how: 'There is no working payment at the destination account. See Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings; the card of the business or the partner’s line of credit must stand there. Stop campaigns until a message goes through.',
    },
    'pt-BR': {
      what: WHAT['pt-BR'],
      how: 'A conta de destino está sem pagamento válido. Veja Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento: ali deve constar o cartão da empresa ou a linha de crédito do parceiro. Pare as campanhas até uma mensagem passar.',
    },
    es: {
      what: WHAT.es,
      how: 'La cuenta de destino no tiene un pago válido. Vea Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos: ahí debe figurar la tarjeta del negocio o la línea de crédito del socio. Detenga las campañas hasta que un mensaje pase.',
    },
  },
  'check.failed_messages.templates': {
    en: {
      what: WHAT.en,
      how: 'They name templates that the destination does not have, or not in that form: 132001 is a missing or unapproved one. Compare with WhatsApp Manager → Message templates and the template report of this migration, submit what is missing, and let the system send only what is APPROVED at the destination.',
    },
    'pt-BR': {
      what: WHAT['pt-BR'],
      how: 'Elas usam modelos que o destino não tem, ou não nessa forma (132001: ausente ou não aprovado). Compare em Gerenciador do WhatsApp → Modelos de mensagem, envie para análise o que falta e use só o que está APPROVED no destino.',
    },
    es: {
      what: WHAT.es,
      how: 'Usan plantillas que el destino no tiene, o no en esa forma (132001: ausente o no aprobada). Compare en Administrador de WhatsApp → Plantillas de mensajes, envíe a revisión lo que falta y use solo lo que está APPROVED en el destino.',
    },
  },
  'check.failed_messages.pace': {
    en: {
      what: WHAT.en,
      how: 'Meta holds messages back because of their pace or because customers did not want them. Stop campaigns, send only to who answers, and raise the volume again step by step (at most double in a day) when the failures stop.',
    },
    'pt-BR': {
      what: WHAT['pt-BR'],
      how: 'A Meta está segurando mensagens por causa do ritmo ou porque clientes não as querem. Pare as campanhas, envie só a quem responde e, quando as falhas cessarem, aumente o volume aos poucos (no máximo o dobro por dia).',
    },
    es: {
      what: WHAT.es,
      how: 'Meta retiene mensajes por el ritmo o porque los clientes no los quieren. Detenga las campañas, envíe solo a quien responde y, cuando cesen los fallos, aumente el volumen poco a poco (como mucho el doble por día).',
    },
  },
  'check.failed_messages.receivers': {
    en: {
      what: WHAT.en,
      how: 'The receivers cannot or do not want to be reached: not on WhatsApp, no answer for 24 hours and no template, marketing stopped. Clean the list of receivers; whoever stopped marketing must not be written to again.',
    },
    'pt-BR': {
      what: WHAT['pt-BR'],
      how: 'Os destinatários não podem ou não querem receber: não estão no WhatsApp, não escrevem há mais de 24 horas e não foi usado um modelo, ou pararam o marketing. Limpe a lista; a quem parou o marketing não se deve mais escrever.',
    },
    es: {
      what: WHAT.es,
      how: 'Los destinatarios no pueden o no quieren recibirlos: no están en WhatsApp, no escriben desde hace más de 24 horas y no se usó una plantilla, o pararon el marketing. Depure la lista; a quien paró el marketing no se le debe volver a escribir.',
    },
  },
  'check.failed_messages.standing': {
    en: {
      what: WHAT.en,
      how: 'The number, the account or the token may not send: look at the health of the account (WhatsApp Manager → Account tools → Phone numbers, Business Support Home) and at the token that sends; 131045 and 133010 mean that the number is not properly registered, 130497 that the business may not write to that country: leave its customers out, no review lifts it.',
    },
    'pt-BR': {
      what: WHAT['pt-BR'],
      how: 'O número, a conta ou o token não podem enviar: veja a situação da conta (Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone; Central de Suporte Comercial) e o token usado; 131045 e 133010 indicam que o número não está bem registrado; 130497, que a empresa não pode escrever para aquele país: deixe os clientes de lá fora dos envios, nenhuma análise muda isso.',
    },
    es: {
      what: WHAT.es,
      how: 'El número, la cuenta o el token no pueden enviar: vea el estado de la cuenta (Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono; Centro de ayuda para empresas) y el token que envía; 131045 y 133010 indican que el número no está bien registrado; 130497, que el negocio no puede escribir a ese país: deje a sus clientes fuera de los envíos, ninguna revisión lo cambia.',
    },
  },
  'check.failed_messages.other': {
    en: {
      what: WHAT.en,
      how: 'Look the codes up on Meta’s page of error codes (developers.facebook.com → WhatsApp → Support → Error codes) and in the log of the system that sends. Stop campaigns until it is known what they fail of.',
    },
    'pt-BR': {
      what: WHAT['pt-BR'],
      how: 'Procure os códigos na página de erros da Meta (developers.facebook.com → WhatsApp → Support → Error codes) e no registro do sistema que envia. Pare as campanhas até saber a causa.',
    },
    es: {
      what: WHAT.es,
      how: 'Busque los códigos en la página de errores de Meta (developers.facebook.com → WhatsApp → Support → Error codes) y en el registro del sistema que envía. Detenga las campañas hasta conocer la causa.',
    },
  },
} as const satisfies Texts;
