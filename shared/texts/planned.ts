/** What a plan says beforehand of tasks whose own words are known only when they are opened. */
import type { Texts } from './wording';

export const PLANNED_TEXTS = {
  'planned.two_step_off': {
    en: {
      what: 'Switch two-step verification of the number off, when the window has opened',
      how: 'WhatsApp Manager → Account tools → Phone numbers → the number → Two-step verification → Turn off, then follow the link in the mail. Do not delete the number.',
    },
    'pt-BR': {
      what: 'Desative a confirmação em duas etapas do número quando a janela abrir',
      how: 'Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Confirmação em duas etapas → Desativar; depois siga o link do e-mail. Não exclua o número.',
    },
    es: {
      what: 'Desactive la verificación en dos pasos del número cuando se abra la ventana',
      how: 'Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Verificación en dos pasos → Desactivar; después siga el enlace del correo. No elimine el número.',
    },
  },
  'planned.two_step_unseen': {
    en: {
      what: 'Say that two-step verification of the number is off: nobody can see it',
      how: 'WhatsApp Manager → Account tools → Phone numbers → the number → Two-step verification: it must be off. If it is on: Turn off, then follow the link in the mail. Do not delete the number.',
    },
    'pt-BR': {
      what: 'Informe que a confirmação em duas etapas do número está desativada: ninguém aqui consegue ver',
      how: 'Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Confirmação em duas etapas: precisa estar desativada. Se estiver ativada: Desativar; depois siga o link do e-mail. Não exclua o número.',
    },
    es: {
      what: 'Indique que la verificación en dos pasos del número está desactivada: aquí nadie puede verlo',
      how: 'Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Verificación en dos pasos: debe estar desactivada. Si está activada: Desactivar; después siga el enlace del correo. No elimine el número.',
    },
  },
  'planned.create_destination_waba': {
    en: {
      what: 'Create the destination account in the business portfolio that owns the number',
      how: 'Choose the existing portfolio {businessId}, make a new WhatsApp Business Account and do not add the number there. A task asks for it, with the name to give it.',
    },
    'pt-BR': {
      what: 'Crie a conta de destino no portfólio empresarial que é dono do número',
      how: 'Escolha o portfólio já existente {businessId}, crie uma nova conta do WhatsApp Business e não adicione o número nela. Uma tarefa pedirá isso, com o nome a usar.',
    },
    es: {
      what: 'Cree la cuenta de destino en el portfolio comercial que es dueño del número',
      how: 'Elija el portfolio existente {businessId}, cree una cuenta nueva de WhatsApp Business y no agregue el número en ella. Una tarea lo pedirá, con el nombre que debe llevar.',
    },
  },
  'planned.complete_signup': {
    en: {
      what: 'Move the number in the window of WhatsApp, when the cut-over window has opened',
      how: 'A task brings the link. An admin of the business portfolio {businessId} opens it and chooses that portfolio, creates a new WhatsApp Business Account, enters the number, confirms that it moves, and types in the code that comes to it by SMS or call. From its end on the number may be silent for some minutes.',
    },
    'pt-BR': {
      what: 'Migre o número na janela do WhatsApp, quando a janela da virada abrir',
      how: 'Uma tarefa trará o link. Um administrador do portfólio empresarial {businessId} o abre e escolhe esse portfólio, cria uma nova conta do WhatsApp Business, informa o número, confirma que ele será migrado e digita o código que chega a ele por SMS ou ligação. Quando a janela terminar, o número pode ficar mudo por alguns minutos.',
    },
    es: {
      what: 'Traslade el número en la ventana de WhatsApp, cuando se abra la ventana del cambio',
      how: 'Una tarea traerá el enlace. Un administrador del portfolio comercial {businessId} lo abre y elige ese portfolio, crea una cuenta nueva de WhatsApp Business, introduce el número, confirma que se traslada y escribe el código que le llega por SMS o llamada. Cuando termine la ventana, el número puede quedar en silencio unos minutos.',
    },
  },
  'planned.complete_signup.chosen': {
    en: {
      what: 'Move the number in the window of WhatsApp, when the cut-over window has opened',
      how: 'A task brings the link. An admin of the business portfolio {businessId} opens it and chooses that portfolio and the WhatsApp Business Account {wabaId}, enters the number, confirms that it moves, and types in the code that comes to it by SMS or call. From its end on the number may be silent for some minutes.',
    },
    'pt-BR': {
      what: 'Migre o número na janela do WhatsApp, quando a janela da virada abrir',
      how: 'Uma tarefa trará o link. Um administrador do portfólio empresarial {businessId} o abre e escolhe esse portfólio e a conta do WhatsApp Business {wabaId}, informa o número, confirma que ele será migrado e digita o código que chega a ele por SMS ou ligação. Quando a janela terminar, o número pode ficar mudo por alguns minutos.',
    },
    es: {
      what: 'Traslade el número en la ventana de WhatsApp, cuando se abra la ventana del cambio',
      how: 'Una tarea traerá el enlace. Un administrador del portfolio comercial {businessId} lo abre y elige ese portfolio y la cuenta de WhatsApp Business {wabaId}, introduce el número, confirma que se traslada y escribe el código que le llega por SMS o llamada. Cuando termine la ventana, el número puede quedar en silencio unos minutos.',
    },
  },
  'planned.provide_required_templates': {
    en: {
      what: 'Required templates that cannot be copied: {count} ({names})',
      how: 'Submit them at the destination account: WhatsApp Manager → Message templates → Create template; review takes up to 24 hours.',
    },
    'pt-BR': {
      what: 'Modelos obrigatórios que não podem ser copiados: {count} ({names})',
      how: 'Envie-os para análise na conta de destino: Gerenciador do WhatsApp → Modelos de mensagem → Criar modelo; a análise leva até 24 horas.',
    },
    es: {
      what: 'Plantillas obligatorias que no se pueden copiar: {count} ({names})',
      how: 'Envíelas a revisión en la cuenta de destino: Administrador de WhatsApp → Plantillas de mensajes → Crear plantilla; la revisión tarda hasta 24 horas.',
    },
  },
  'planned.submit_verification_code.sms': {
    en: {
      what: 'Hand in the six digits that WhatsApp sends by SMS',
      how: 'Somebody must be at the phone when the code comes; it expires within minutes.',
    },
    'pt-BR': {
      what: 'Informe os seis dígitos que o WhatsApp envia por SMS',
      how: 'Alguém precisa estar com o telefone quando o código chegar; ele expira em poucos minutos.',
    },
    es: {
      what: 'Introduzca los seis dígitos que WhatsApp envía por SMS',
      how: 'Alguien debe estar junto al teléfono cuando llegue el código; caduca en pocos minutos.',
    },
  },
  'planned.submit_verification_code.voice': {
    en: {
      what: 'Hand in the six digits that WhatsApp dictates by a call',
      how: 'Somebody must answer the phone when the call comes, without a menu before it; the code expires within minutes.',
    },
    'pt-BR': {
      what: 'Informe os seis dígitos que o WhatsApp dita por ligação',
      how: 'Alguém precisa atender o telefone quando a ligação vier, sem URA antes; o código expira em poucos minutos.',
    },
    es: {
      what: 'Introduzca los seis dígitos que WhatsApp dicta por llamada',
      how: 'Alguien debe atender el teléfono cuando llegue la llamada, sin menú de voz antes; el código caduca en pocos minutos.',
    },
  },
  'planned.settle_source_invoice': {
    en: {
      what: 'Settle the last invoice of {provider}',
      how: 'Messages sent before the cut-over are on the bill of {provider}, also those delivered after it.',
    },
    'pt-BR': {
      what: 'Pague a última fatura de {provider}',
      how: 'As mensagens enviadas antes da virada são cobradas por {provider}, mesmo as entregues depois dela.',
    },
    es: {
      what: 'Pague la última factura de {provider}',
      how: 'Los mensajes enviados antes del cambio los cobra {provider}, también los entregados después.',
    },
  },
  'planned.cancel_source_subscription': {
    en: {
      what: 'Cancel the subscription at {provider}',
      how: 'Only after the move is accepted; a task says when. Never delete the number there.',
    },
    'pt-BR': {
      what: 'Cancele a assinatura em {provider}',
      how: 'Só depois que a migração for aceita; uma tarefa dirá quando. Nunca exclua o número lá.',
    },
    es: {
      what: 'Cancele la suscripción en {provider}',
      how: 'Solo después de que el traslado esté aceptado; una tarea dirá cuándo. No elimine nunca el número allí.',
    },
  },
} as const satisfies Texts;
