/** What clients are asked for by the steps themselves. */
import type { Texts } from './wording';

export const TASK_TEXTS = {
  create_destination_waba: {
    en: {
      what: 'Create the WhatsApp Business Account "{name}" in the business portfolio that owns the number',
      how: 'Open the signup, choose the existing business portfolio (a new one makes the move impossible), create a new WhatsApp Business Account with this name and do not add the number there. Then hand in the account id. If the window says that the number is already connected to an existing account, the new account is made all the same: hand in its id. If the window is stuck there, finish it with a spare number of yours, never with the one that moves, and remove the spare one afterwards.',
    },
    'pt-BR': {
      what: 'Crie a conta do WhatsApp Business "{name}" no portfólio empresarial que é dono do número',
      how: 'Abra o cadastro, escolha o portfólio empresarial já existente (um portfólio novo torna a migração impossível), crie uma nova conta do WhatsApp Business com esse nome e não adicione o número nela. Depois informe o ID da conta. Se a janela disser que o número já está conectado a uma conta existente, a conta nova é criada mesmo assim: informe o ID dela. Se a janela travar nesse ponto, conclua com outro número seu, nunca com o que vai ser migrado, e remova esse outro número depois.',
    },
    es: {
      what: 'Cree la cuenta de WhatsApp Business «{name}» en el portfolio comercial que es dueño del número',
      how: 'Abra el registro, elija el portfolio comercial existente (con uno nuevo el traslado es imposible), cree una cuenta nueva de WhatsApp Business con ese nombre y no agregue el número en ella. Después indique el identificador de la cuenta. Si la ventana dice que el número ya está conectado a una cuenta existente, la cuenta nueva se crea de todos modos: indique su identificador. Si la ventana se queda ahí, termine con otro número suyo, nunca con el que se traslada, y elimine ese otro número después.',
    },
  },
  provide_required_templates: {
    en: {
      what: 'Required templates that are not approved at the destination: {count} ({names})',
      how: 'Submit them at the destination account now: WhatsApp Manager → Message templates → Create template; review takes up to 24 hours. The migration is accepted when all are approved.',
    },
    'pt-BR': {
      what: 'Modelos obrigatórios ainda não aprovados no destino: {count} ({names})',
      how: 'Envie-os agora para análise na conta de destino: Gerenciador do WhatsApp → Modelos de mensagem → Criar modelo; a análise leva até 24 horas. A migração só é aceita quando todos estiverem aprovados.',
    },
    es: {
      what: 'Plantillas obligatorias que aún no están aprobadas en el destino: {count} ({names})',
      how: 'Envíelas ahora a revisión en la cuenta de destino: Administrador de WhatsApp → Plantillas de mensajes → Crear plantilla; la revisión tarda hasta 24 horas. La migración se acepta cuando todas estén aprobadas.',
    },
  },
  request_verification_code: {
    en: {
      what: 'Say when somebody is at the phone',
      how: 'Ask for the code when the person who answers this phone is ready; switch an automatic answering menu off first.',
    },
    'pt-BR': {
      what: 'Avise quando alguém estiver junto ao telefone',
      how: 'Peça o código quando a pessoa que atende esse telefone estiver pronta; antes, desligue a URA (atendimento automático).',
    },
    es: {
      what: 'Avise cuando haya alguien junto al teléfono',
      how: 'Pida el código cuando la persona que atiende este teléfono esté lista; antes, desactive el menú de voz automático (IVR).',
    },
  },
  'submit_verification_code.sms': {
    en: {
      what: 'Hand in the six digits that WhatsApp sent by SMS',
      how: 'Type the code in now, it expires within minutes. If none came, ask for a new one.',
    },
    'pt-BR': {
      what: 'Informe os seis dígitos que o WhatsApp enviou por SMS',
      how: 'Digite o código agora: ele expira em poucos minutos. Se não chegou nenhum, peça outro.',
    },
    es: {
      what: 'Introduzca los seis dígitos que WhatsApp envió por SMS',
      how: 'Escriba el código ahora: caduca en pocos minutos. Si no llegó ninguno, pida otro.',
    },
  },
  'submit_verification_code.voice': {
    en: {
      what: 'Hand in the six digits that WhatsApp sent by a call',
      how: 'Type the code in now, it expires within minutes. If none came, ask for a new one.',
    },
    'pt-BR': {
      what: 'Informe os seis dígitos que o WhatsApp ditou por ligação',
      how: 'Digite o código agora: ele expira em poucos minutos. Se a ligação não veio, peça outro código.',
    },
    es: {
      what: 'Introduzca los seis dígitos que WhatsApp dictó por llamada',
      how: 'Escriba el código ahora: caduca en pocos minutos. Si no hubo llamada, pida otro código.',
    },
  },
  'submit_verification_code.uncertain': {
    en: {
      what: 'A verification code may be under way: the reply to the request was lost',
      how: 'If a code has come, type it in now: it expires within minutes. If none came, ask for a new one.',
    },
    'pt-BR': {
      what: 'Um código de verificação pode estar a caminho: a resposta ao pedido se perdeu',
      how: 'Se chegou um código, digite-o agora: ele expira em poucos minutos. Se não chegou nenhum, peça outro.',
    },
    es: {
      what: 'Puede haber un código de verificación en camino: se perdió la respuesta a la solicitud',
      how: 'Si llegó un código, escríbalo ahora: caduca en pocos minutos. Si no llegó ninguno, pida otro.',
    },
  },
  accept_solution_request: {
    en: {
      what: 'Accept the request to move the WhatsApp account, in Business settings',
      how: 'As an admin open business.facebook.com → Settings, choose the business portfolio {businessId}, then Requests → Received, and accept the request of the new partner. Nothing changes for the number yet.',
    },
    'pt-BR': {
      what: 'Aceite o pedido de mudança da conta do WhatsApp nas Configurações do negócio',
      how: 'Como administrador, abra business.facebook.com → Configurações, escolha o portfólio empresarial {businessId}, depois Solicitações → Recebidas, e aceite o pedido do novo parceiro. Nada muda ainda para o número.',
    },
    es: {
      what: 'Acepte la solicitud de traslado de la cuenta de WhatsApp en la Configuración del negocio',
      how: 'Como administrador, abra business.facebook.com → Configuración, elija el portfolio comercial {businessId}, luego Solicitudes → Recibidas, y acepte la solicitud del nuevo socio. Todavía no cambia nada para el número.',
    },
  },
  before_cutover: {
    en: { what: 'Right before the cut-over: {parts}', how: '{parts}' },
    'pt-BR': { what: 'Logo antes da virada: {parts}', how: '{parts}' },
    es: { what: 'Justo antes del cambio: {parts}', how: '{parts}' },
  },
  problem_in_english: {
    en: { what: '{title}', how: '{remedy}' },
    'pt-BR': {
      what: 'Algo impede a migração e depende de você: {title}',
      how: 'A resposta só existe em inglês: {remedy} Se precisar de ajuda, fale com o suporte.',
    },
    es: {
      what: 'Algo impide el traslado y depende de usted: {title}',
      how: 'La respuesta solo existe en inglés: {remedy} Si necesita ayuda, hable con el equipo de soporte.',
    },
  },
} as const satisfies Texts;
