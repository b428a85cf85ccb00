/** What is done once the number has moved, and what is asked of the operator when the source stalls. */
import type { Texts } from './wording';

export const FOLLOW_UP_TEXTS = {
  relink_catalogue: {
    en: {
      what: 'Connect the catalogue to the new account',
      how: 'The catalogue did not move with the number. WhatsApp Manager → Account tools → Catalogue: connect it to the destination account, then send yourself a product message. Nothing to do if you use none.',
    },
    'pt-BR': {
      what: 'Conecte o catálogo à nova conta',
      how: 'O catálogo não acompanhou o número. Gerenciador do WhatsApp → Ferramentas da conta → Catálogo: conecte-o à conta de destino e envie a si mesmo uma mensagem de produto. Se não usa catálogo, não há nada a fazer.',
    },
    es: {
      what: 'Conecte el catálogo a la nueva cuenta',
      how: 'El catálogo no se trasladó con el número. Administrador de WhatsApp → Herramientas de la cuenta → Catálogo: conéctelo a la cuenta de destino y envíese un mensaje de producto. Si no usa ninguno, no hay nada que hacer.',
    },
  },
  reupload_media: {
    en: {
      what: 'Upload media again that messages use by id',
      how: 'Do not rely on media ids of the old account: upload pictures, documents and videos that templates, flows and bots send by id again at the destination, and put the new ids in.',
    },
    'pt-BR': {
      what: 'Envie de novo as mídias usadas por ID nas mensagens',
      how: 'Não conte com os IDs de mídia da conta antiga: envie de novo no destino as imagens, documentos e vídeos que modelos, flows e robôs usam por ID e troque pelos novos IDs.',
    },
    es: {
      what: 'Vuelva a subir los archivos que los mensajes usan por identificador',
      how: 'No confíe en los identificadores de archivos de la cuenta anterior: suba de nuevo en el destino las imágenes, documentos y videos que plantillas, flujos y bots envían por identificador, y ponga los nuevos.',
    },
  },
  retire_old_integration: {
    en: {
      what: 'Switch the old integration off',
      how: 'Let nothing call the API of {provider} for this number any more: turn the flag, revoke the old key or token, and raise an alarm on 401 so that a forgotten caller is found. Leave its webhook on until the last statuses of old messages have come.',
    },
    'pt-BR': {
      what: 'Desligue a integração antiga',
      how: 'Nada mais deve chamar a API de {provider} para este número: vire a flag, revogue a chave ou o token antigo e crie um alerta para 401, que revela chamadas esquecidas. Mantenha o webhook até chegarem os últimos status das mensagens antigas.',
    },
    es: {
      what: 'Desactive la integración anterior',
      how: 'Que nada llame ya a la API de {provider} por este número: cambie el indicador, revoque la clave o el token anterior y ponga una alarma ante 401, que delata llamadas olvidadas. Deje su webhook activo hasta que lleguen los últimos estados de los mensajes antiguos.',
    },
  },
  ramp_up: {
    en: {
      what: 'Raise the volume step by step for three days',
      how: 'Copied templates start without a quality rating. Begin with customers who answer, double the volume at most once a day, and watch delivered, read, failed and blocked; stop when the quality turns yellow.',
    },
    'pt-BR': {
      what: 'Aumente o volume aos poucos durante três dias',
      how: 'Os modelos copiados começam sem classificação de qualidade. Comece por clientes que respondem, no máximo dobre o volume uma vez por dia e acompanhe entregues, lidas, falhas e bloqueios; pare se a qualidade ficar amarela.',
    },
    es: {
      what: 'Aumente el volumen poco a poco durante tres días',
      how: 'Las plantillas copiadas empiezan sin calificación de calidad. Empiece con clientes que responden, duplique el volumen como mucho una vez al día y vigile entregados, leídos, fallidos y bloqueos; deténgase si la calidad pasa a amarillo.',
    },
  },
  escalate_to_meta: {
    en: {
      what: 'Escalate to Meta: {provider} does not act',
      how: 'It was asked at {asked|instant} and has not done it ({task}). Meta’s rules forbid a provider to delay a move. The package for the ticket, with the dates and words to send: GET {bundle}. Send its letter to {provider} once more, then hand the package to Meta’s support or to 360dialog.',
    },
    'pt-BR': {
      what: 'Escale à Meta: {provider} não age',
      how: 'O pedido foi feito em {asked|instant} e não foi cumprido ({task}). As regras da Meta proíbem que um provedor atrase uma migração. O dossiê para o chamado, com datas e textos prontos: GET {bundle}. Envie mais uma vez a carta a {provider} e entregue o dossiê ao suporte da Meta ou da 360dialog.',
    },
    es: {
      what: 'Escale a Meta: {provider} no actúa',
      how: 'Se le pidió el {asked|instant} y no lo ha hecho ({task}). Las reglas de Meta prohíben a un proveedor retrasar un traslado. El expediente para el ticket, con las fechas y los textos listos: GET {bundle}. Envíe una vez más la carta a {provider} y entregue el expediente al soporte de Meta o de 360dialog.',
    },
  },
} as const satisfies Texts;
