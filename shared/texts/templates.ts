/** What clients are asked for about templates (R7, R9, R12, P-8). */
import type { Texts } from './wording';

export const TEMPLATE_TEXTS = {
  decide_template_collisions: {
    en: {
      what: 'Templates that exist at the destination with another content: {count} ({names})',
      how: 'Compare both contents in the template report. Report this task done to keep the ones of the destination; to bring those of the source as well, give each another name first: amend templates.collisions, for instance {example}.',
    },
    'pt-BR': {
      what: 'Modelos que já existem no destino com outro conteúdo: {count} ({names})',
      how: 'Compare os dois conteúdos no relatório de modelos. Conclua esta tarefa para manter os do destino; para trazer também os da origem, dê antes outro nome a cada um: corrija templates.collisions, por exemplo {example}.',
    },
    es: {
      what: 'Plantillas que ya existen en el destino con otro contenido: {count} ({names})',
      how: 'Compare ambos contenidos en el informe de plantillas. Marque esta tarea como hecha para conservar las del destino; para llevar también las del origen, dé antes otro nombre a cada una: corrija templates.collisions, por ejemplo {example}.',
    },
  },
  repoint_flow_buttons: {
    en: {
      what: 'Copied templates that still open a flow of the old account: {count} ({names})',
      how: 'The flows were copied under new ids. Edit each of these templates in WhatsApp Manager, Message templates, and choose the flow of the destination account for its button.',
    },
    'pt-BR': {
      what: 'Modelos copiados que ainda abrem um flow da conta antiga: {count} ({names})',
      how: 'Os flows foram copiados com novos IDs. Edite cada um destes modelos no Gerenciador do WhatsApp, em Modelos de mensagem, e escolha para o botão o flow da conta de destino.',
    },
    es: {
      what: 'Plantillas copiadas que aún abren un flujo de la cuenta anterior: {count} ({names})',
      how: 'Los flujos se copiaron con identificadores nuevos. Edite cada una de estas plantillas en el Administrador de WhatsApp, Plantillas de mensajes, y elija para su botón el flujo de la cuenta de destino.',
    },
  },
  make_room_for_templates: {
    en: {
      what: 'Templates for which the destination has no room: {count} ({names})',
      how: 'Delete templates nobody uses at the destination (their names are locked for 30 days), or verify the business, which raises the limit from 250 to 6,000. Then send a correction of templates, which asks for the rest.',
    },
    'pt-BR': {
      what: 'Modelos para os quais não há espaço no destino: {count} ({names})',
      how: 'Exclua no destino os modelos que ninguém usa (os nomes ficam bloqueados por 30 dias) ou verifique a empresa, o que aumenta o limite de 250 para 6.000. Depois envie uma correção dos modelos, que pede os que faltam.',
    },
    es: {
      what: 'Plantillas para las que no hay lugar en el destino: {count} ({names})',
      how: 'Elimine en el destino las plantillas que nadie usa (sus nombres quedan bloqueados 30 días) o verifique la empresa, lo que eleva el límite de 250 a 6.000. Después envíe una corrección de las plantillas, que pide las que faltan.',
    },
  },
  repair_required_templates: {
    en: {
      what: 'Required templates that Meta turned down after the move: {names}',
      how: 'Edit each in WhatsApp Manager, Message templates (category or content), and submit it again, or request a review of the decision.',
    },
    'pt-BR': {
      what: 'Modelos obrigatórios que a Meta recusou depois da migração: {names}',
      how: 'Edite cada um no Gerenciador do WhatsApp, em Modelos de mensagem (categoria ou conteúdo), e envie-o de novo para análise, ou peça a revisão da decisão.',
    },
    es: {
      what: 'Plantillas obligatorias que Meta rechazó después del traslado: {names}',
      how: 'Edite cada una en el Administrador de WhatsApp, Plantillas de mensajes (categoría o contenido), y envíela de nuevo a revisión, o solicite que se revise la decisión.',
    },
  },
} as const satisfies Texts;
