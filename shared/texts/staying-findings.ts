/** What does not move with the number; keys as in findings.ts. */
import type { Texts } from './wording';

export const STAYING_TEXTS = {
  'MEDIA_MAY_NOT_MOVE.on_premise': {
    en: {
      what: 'Media uploaded On-Premises is lost with the move.',
      how: 'Do not rely on it: upload media that templates, flows and bots use again at the destination.',
    },
    'pt-BR': {
      what: 'As mídias enviadas no On-Premises se perdem com a migração.',
      how: 'Não conte com isso: envie de novo no destino as mídias que modelos, flows e robôs usam.',
    },
    es: {
      what: 'Los archivos subidos en On-Premises se pierden con el traslado.',
      how: 'No confíe en ello: vuelva a subir en el destino los archivos que usan plantillas, flujos y bots.',
    },
  },
  MEDIA_MAY_NOT_MOVE: {
    en: {
      what: 'Whether uploaded media moves is told in two ways: media ids stay usable between Cloud API accounts according to Meta, others leave them out.',
      how: 'Do not rely on it: upload media that templates, flows and bots use again at the destination.',
    },
    'pt-BR': {
      what: 'Sobre as mídias enviadas há duas versões: segundo a Meta, os IDs continuam válidos entre contas da Cloud API; outros não os incluem.',
      how: 'Não conte com isso: envie de novo no destino as mídias que modelos, flows e robôs usam.',
    },
    es: {
      what: 'Sobre los archivos subidos hay dos versiones: según Meta, sus identificadores siguen sirviendo entre cuentas de Cloud API; otros no los incluyen.',
      how: 'No confíe en ello: vuelva a subir en el destino los archivos que usan plantillas, flujos y bots.',
    },
  },
  FLOWS_DO_NOT_MOVE: {
    en: {
      what: 'The source account has {count} flows. At the destination they get new ids.',
      how: 'Let flows be copied before templates, and point whatever opens a flow by its id to the new one; their endpoints must know the destination’s app.',
    },
    'pt-BR': {
      what: 'Flows na conta de origem: {count}. No destino eles recebem novos IDs.',
      how: 'Copie os flows antes dos modelos e aponte para o novo ID tudo o que abre um flow; seus endpoints precisam conhecer o aplicativo do destino.',
    },
    es: {
      what: 'Flujos en la cuenta de origen: {count}. En el destino reciben identificadores nuevos.',
      how: 'Haga copiar los flujos antes que las plantillas y apunte al identificador nuevo todo lo que abra un flujo; sus endpoints deben conocer la aplicación del destino.',
    },
  },
  QR_CODES_DO_NOT_MOVE: {
    en: {
      what: 'The number has {count} QR codes or short links (wa.me/message/…). Meta does not say that they move.',
      how: 'Look for printed or published ones; make them anew after the move (WhatsApp Manager → Account tools → Phone numbers → Message links), or print wa.me/<number>, which stays.',
    },
    'pt-BR': {
      what: 'Códigos QR ou links curtos do número (wa.me/message/…): {count}. A Meta não diz que eles acompanham a migração.',
      how: 'Procure os que estão impressos ou publicados; refaça-os depois da migração (Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → Links de mensagem), ou imprima wa.me/<número>, que permanece.',
    },
    es: {
      what: 'Códigos QR o enlaces cortos del número (wa.me/message/…): {count}. Meta no dice que se trasladen.',
      how: 'Busque los impresos o publicados; créelos de nuevo tras el traslado (Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → Enlaces de mensaje), o imprima wa.me/<número>, que permanece.',
    },
  },
  CONVERSATIONAL_COMPONENTS_DO_NOT_MOVE: {
    en: {
      what: 'The number has conversational components ({components}). Meta does not say that they move.',
      how: 'Note them down and set them again at the destination (WhatsApp Manager → Account tools → Phone numbers → the number → Automations, or POST conversational_automation).',
    },
    'pt-BR': {
      what: 'O número tem componentes de conversa ({components}). A Meta não diz que eles acompanham a migração.',
      how: 'Anote-os e configure-os de novo no destino (Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Automações, ou POST conversational_automation).',
    },
    es: {
      what: 'El número tiene componentes de conversación ({components}). Meta no dice que se trasladen.',
      how: 'Anótelos y configúrelos de nuevo en el destino (Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Automatizaciones, o POST conversational_automation).',
    },
  },
  PROFILE_MAY_NOT_MOVE: {
    en: {
      what: 'The business profile is filled in ({fields}). Meta does not say that it moves.',
      how: 'Keep a copy of texts and picture, and compare after the move (WhatsApp Manager → Account tools → Phone numbers → the number → Profile).',
    },
    'pt-BR': {
      what: 'O perfil comercial está preenchido ({fields}). A Meta não diz que ele acompanha a migração.',
      how: 'Guarde uma cópia dos textos e da imagem e compare depois da migração (Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Perfil).',
    },
    es: {
      what: 'El perfil de empresa está relleno ({fields}). Meta no dice que se traslade.',
      how: 'Guarde una copia de los textos y la imagen y compare después del traslado (Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Perfil).',
    },
  },
} as const satisfies Texts;
