/** What was seen to hang on the number and is not said to move with it, as tasks: noted down before, made again after (meta §1.6). */
import type { Texts } from './wording';

export const WHAT_STAYS_TEXTS = {
  note_what_stays: {
    en: {
      what: 'Note down before the move: {parts}',
      how: 'Meta does not say that these move, and the old account may show them no more afterwards. {parts} After the move a task tells you to make each again.',
    },
    'pt-BR': {
      what: 'Anote antes da migração: {parts}',
      how: 'A Meta não diz que isto acompanha a migração, e a conta antiga pode não mostrar mais depois. {parts} Depois da migração uma tarefa avisa para refazer cada item.',
    },
    es: {
      what: 'Anote antes del traslado: {parts}',
      how: 'Meta no dice que esto se traslade, y la cuenta anterior puede no mostrarlo después. {parts} Tras el traslado una tarea le avisa de rehacer cada cosa.',
    },
  },
  'stays.qr_codes': {
    en: {
      what: 'QR codes or short links ({count})',
      how: 'QR codes: WhatsApp Manager → Account tools → Phone numbers → the number → Message links: copy the text of each, and list where it is printed or published.',
    },
    'pt-BR': {
      what: 'códigos QR ou links curtos ({count})',
      how: 'Códigos QR: Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Links de mensagem: copie o texto de cada um e liste onde está impresso ou publicado.',
    },
    es: {
      what: 'códigos QR o enlaces cortos ({count})',
      how: 'Códigos QR: Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Enlaces de mensaje: copie el texto de cada uno y anote dónde está impreso o publicado.',
    },
  },
  'stays.automations': {
    en: {
      what: 'automations ({components})',
      how: 'Automations: WhatsApp Manager → Account tools → Phone numbers → the number → Automations: copy ice breakers, commands and greeting word for word.',
    },
    'pt-BR': {
      what: 'automações ({components})',
      how: 'Automações: Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Automações: copie quebra-gelos, comandos e saudação palavra por palavra.',
    },
    es: {
      what: 'automatizaciones ({components})',
      how: 'Automatizaciones: Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Automatizaciones: copie iniciadores de conversación, comandos y saludo palabra por palabra.',
    },
  },
  'stays.flows': {
    en: {
      what: 'flows ({count})',
      how: 'Flows: WhatsApp Manager → Account tools → Flows: save the JSON, the endpoint and the public key of each that is used.',
    },
    'pt-BR': {
      what: 'flows ({count})',
      how: 'Flows: Gerenciador do WhatsApp → Ferramentas da conta → Flows: salve o JSON, o endpoint e a chave pública de cada um que é usado.',
    },
    es: {
      what: 'flujos ({count})',
      how: 'Flujos: Administrador de WhatsApp → Herramientas de la cuenta → Flujos: guarde el JSON, el endpoint y la clave pública de cada uno que se use.',
    },
  },
  remake_qr_codes: {
    en: {
      what: 'Make the QR codes and short links again ({count})',
      how: 'Those of the old account may lead nowhere. WhatsApp Manager, destination account → Account tools → Phone numbers → the number → Message links → Create: same text, then replace the printed and published ones. A link wa.me/<number> stays as it is. Scan one to try it.',
    },
    'pt-BR': {
      what: 'Refaça os códigos QR e links curtos ({count})',
      how: 'Os da conta antiga podem não levar a lugar nenhum. Gerenciador do WhatsApp, conta de destino → Ferramentas da conta → Números de telefone → o número → Links de mensagem → Criar: mesmo texto; depois troque os impressos e publicados. Um link wa.me/<número> continua valendo. Leia um para testar.',
    },
    es: {
      what: 'Vuelva a crear los códigos QR y enlaces cortos ({count})',
      how: 'Los de la cuenta anterior pueden no llevar a ninguna parte. Administrador de WhatsApp, cuenta de destino → Herramientas de la cuenta → Números de teléfono → el número → Enlaces de mensaje → Crear: mismo texto; después sustituya los impresos y publicados. Un enlace wa.me/<número> sigue valiendo. Escanee uno para probar.',
    },
  },
  set_up_automations: {
    en: {
      what: 'Set the automations up again: {components}',
      how: 'WhatsApp Manager, destination account → Account tools → Phone numbers → the number → Automations: enter what was noted down, then open a new chat with the number and look at it. By API: POST /<phone-number-id>/conversational_automation.',
    },
    'pt-BR': {
      what: 'Configure as automações de novo: {components}',
      how: 'Gerenciador do WhatsApp, conta de destino → Ferramentas da conta → Números de telefone → o número → Automações: digite o que foi anotado, depois abra uma conversa nova com o número e confira. Por API: POST /<phone-number-id>/conversational_automation.',
    },
    es: {
      what: 'Configure de nuevo las automatizaciones: {components}',
      how: 'Administrador de WhatsApp, cuenta de destino → Herramientas de la cuenta → Números de teléfono → el número → Automatizaciones: escriba lo anotado, después abra un chat nuevo con el número y compruébelo. Por API: POST /<phone-number-id>/conversational_automation.',
    },
  },
  rebuild_flows: {
    en: {
      what: 'Make the other flows again at the destination ({count})',
      how: 'Flows that templates open have moved with them; these have not: {names}. WhatsApp Manager, destination account → Account tools → Flows → Create, from the saved JSON, with endpoint and public key; or let them be copied by name (POST /<waba-id>/migrate_flows). Then publish, and give bots and messages the new ids. Leave out what nobody uses.',
    },
    'pt-BR': {
      what: 'Refaça os outros flows no destino ({count})',
      how: 'Os flows que modelos abrem já foram com eles; estes não: {names}. Gerenciador do WhatsApp, conta de destino → Ferramentas da conta → Flows → Criar, com o JSON salvo, endpoint e chave pública; ou copie-os pelo nome (POST /<waba-id>/migrate_flows). Depois publique e passe os novos IDs a robôs e mensagens. Deixe de fora o que ninguém usa.',
    },
    es: {
      what: 'Vuelva a crear los demás flujos en el destino ({count})',
      how: 'Los flujos que abren las plantillas se trasladaron con ellas; estos no: {names}. Administrador de WhatsApp, cuenta de destino → Herramientas de la cuenta → Flujos → Crear, con el JSON guardado, endpoint y clave pública; o cópielos por nombre (POST /<waba-id>/migrate_flows). Después publíquelos y dé los identificadores nuevos a bots y mensajes. Deje fuera lo que nadie use.',
    },
  },
  set_number_webhook: {
    en: {
      what: 'Decide where messages of the number go: its own callback address did not move',
      how: 'At the source the number had an address of its own; at the destination messages go to the app’s. Leave it so, or set an override: POST /<phone-number-id> with override_callback_uri and verify_token in webhook_configuration. Write to the number and see that the message arrives.',
    },
    'pt-BR': {
      what: 'Decida para onde vão as mensagens do número: o endereço próprio dele não acompanhou a migração',
      how: 'Na origem o número tinha um endereço próprio; no destino as mensagens vão para o do aplicativo. Deixe assim ou defina um desvio: POST /<phone-number-id> com override_callback_uri e verify_token em webhook_configuration. Escreva para o número e veja se a mensagem chega.',
    },
    es: {
      what: 'Decida adónde van los mensajes del número: su dirección propia no se trasladó',
      how: 'En el origen el número tenía una dirección propia; en el destino los mensajes van a la de la aplicación. Déjelo así o defina un desvío: POST /<phone-number-id> con override_callback_uri y verify_token en webhook_configuration. Escriba al número y vea que el mensaje llega.',
    },
  },
} as const satisfies Texts;
