/** What clients are asked for once their number has moved, and to pay for it. */
import type { Texts } from './wording';

export const AFTERMATH_TEXTS = {
  settle_source_invoice: {
    en: {
      what: 'Settle the last invoice of {provider}',
      how: 'A last invoice from {provider} is normal: messages sent before the cut-over are on its bill, also those delivered after it. Compare it with the billing statement of this migration, pay it, and report this task done with the number of the invoice.',
    },
    'pt-BR': {
      what: 'Pague a última fatura de {provider}',
      how: 'Uma última fatura de {provider} é normal: as mensagens enviadas antes da virada são cobradas por esse provedor, mesmo as entregues depois dela. Compare-a com o demonstrativo desta migração, pague e informe aqui a tarefa como concluída, com o número da fatura.',
    },
    es: {
      what: 'Pague la última factura de {provider}',
      how: 'Una última factura de {provider} es normal: los mensajes enviados antes del cambio los cobra ese proveedor, también los entregados después. Compárela con el extracto de esta migración, páguela e informe aquí que la tarea está hecha, con el número de la factura.',
    },
  },
  cancel_source_subscription: {
    en: {
      what: 'Cancel the subscription at {provider}',
      how: 'The move is accepted, so that it can be cancelled; not before {watched|instant}, when messages on their way are delivered and the watch over the number is over. It is charged until you cancel it in the portal of {provider}, or in writing; ask for what is left of prepaid funds. Never delete the number there. Report this task done with the date on which the subscription ends.',
    },
    'pt-BR': {
      what: 'Cancele a assinatura em {provider}',
      how: 'A migração foi aceita, portanto ela já pode ser cancelada; mas não antes de {watched|instant}, quando as mensagens a caminho terão sido entregues e o acompanhamento do número terá terminado. Ela continua sendo cobrada até você cancelar no portal de {provider}, ou por escrito; peça a devolução do saldo pré-pago. Nunca exclua o número lá. Informe a tarefa como concluída com a data em que a assinatura termina.',
    },
    es: {
      what: 'Cancele la suscripción en {provider}',
      how: 'El traslado está aceptado, así que ya se puede cancelar; pero no antes del {watched|instant}, cuando los mensajes en camino estarán entregados y habrá terminado la observación del número. Se sigue cobrando hasta que la cancele en el portal de {provider}, o por escrito; pida lo que quede del saldo prepagado. No elimine nunca el número allí. Informe que la tarea está hecha con la fecha en que termina la suscripción.',
    },
  },
  decide_limited_health: {
    en: {
      what: 'Meta limits the number: {parts}',
      how: '{parts} The number sends within limits. Report this task done, with the reason, to accept it as it is; it goes on by itself when Meta lifts the limit.',
    },
    'pt-BR': {
      what: 'A Meta limita o número: {parts}',
      how: '{parts} O número envia dentro de limites. Conclua esta tarefa, com o motivo, para aceitá-lo como está; tudo continua sozinho quando a Meta retirar o limite.',
    },
    es: {
      what: 'Meta limita el número: {parts}',
      how: '{parts} El número envía dentro de límites. Dé la tarea por hecha, con el motivo, para aceptarlo como está; sigue por sí solo cuando Meta quite el límite.',
    },
  },
  decide_webhook_override: {
    en: {
      what: 'Messages of the number go to {host} instead of our app’s address: is that meant so?',
      how: 'If {host} is a system of yours that is to have them, report this task done with the reason; the word holds for this address. If not, take the override off: of the account by POST /<waba-id>/subscribed_apps with the token of the app, without override_callback_uri; of the number by POST /<phone-number-id> with an empty override_callback_uri in webhook_configuration. It is looked at again by itself.',
    },
    'pt-BR': {
      what: 'As mensagens do número vão para {host} em vez do endereço do nosso aplicativo: é isso mesmo?',
      how: 'Se {host} é um sistema seu que deve recebê-las, informe a tarefa como concluída, com o motivo; isso vale para este endereço. Se não, retire o desvio: da conta com POST /<waba-id>/subscribed_apps e o token do aplicativo, sem override_callback_uri; do número com POST /<phone-number-id> e override_callback_uri vazio em webhook_configuration. A verificação se repete sozinha.',
    },
    es: {
      what: 'Los mensajes del número van a {host} en lugar de la dirección de nuestra aplicación: ¿es así a propósito?',
      how: 'Si {host} es un sistema suyo que debe recibirlos, dé la tarea por hecha, con el motivo; vale para esta dirección. Si no, quite el desvío: el de la cuenta con POST /<waba-id>/subscribed_apps y el token de la aplicación, sin override_callback_uri; el del número con POST /<phone-number-id> y override_callback_uri vacío en webhook_configuration. Se vuelve a comprobar por sí solo.',
    },
  },
  correct_data_region: {
    en: { what: 'Settle where Meta keeps the data: {parts}', how: '{parts}' },
    'pt-BR': { what: 'Defina onde a Meta guarda os dados: {parts}', how: '{parts}' },
    es: { what: 'Aclare dónde guarda Meta los datos: {parts}', how: '{parts}' },
  },
  restore_badge: {
    en: { what: 'The badge of the official business account is gone', how: '{parts}' },
    'pt-BR': { what: 'O selo de conta comercial oficial desapareceu', how: '{parts}' },
    es: { what: 'La insignia de cuenta de empresa oficial ha desaparecido', how: '{parts}' },
  },
  switch_two_step_on: {
    en: { what: 'Switch two-step verification on again', how: '{parts}' },
    'pt-BR': { what: 'Ative novamente a confirmação em duas etapas', how: '{parts}' },
    es: { what: 'Vuelva a activar la verificación en dos pasos', how: '{parts}' },
  },
  set_two_step_pin: {
    en: { what: 'Set a two-step PIN that is known', how: '{parts}' },
    'pt-BR': { what: 'Defina um PIN de confirmação em duas etapas que seja conhecido', how: '{parts}' },
    es: { what: 'Defina un PIN de verificación en dos pasos que se conozca', how: '{parts}' },
  },
  restore_business_profile: {
    en: {
      what: 'Put the business profile right again: {fields}',
      how: 'Meta does not say that the profile moves with a number, and these fields are empty or different at the destination: {fields}. WhatsApp Manager → Account tools → Phone numbers → the number → Profile. Customers see it at once. Report this task done; the number is looked at again.',
    },
    'pt-BR': {
      what: 'Corrija o perfil comercial: {fields}',
      how: 'A Meta não garante que o perfil acompanhe o número, e estes campos estão vazios ou diferentes no destino: {fields}. Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Perfil. Os clientes veem na hora. Informe a tarefa como concluída; o número será verificado de novo.',
    },
    es: {
      what: 'Corrija el perfil de empresa: {fields}',
      how: 'Meta no dice que el perfil se traslade con el número, y estos campos están vacíos o son distintos en el destino: {fields}. Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Perfil. Los clientes lo ven enseguida. Informe que la tarea está hecha; el número se vuelve a comprobar.',
    },
  },
  add_payment_method: {
    en: {
      what: 'Add a payment method to the destination account {wabaId}',
      how: 'Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings → Add payment method. Somebody with the right to manage billing must do it; a line of credit of another partner cannot be replaced by a card and needs a new account. The number is not announced before. Report this task done and it is looked at again at once.',
    },
    'pt-BR': {
      what: 'Adicione uma forma de pagamento à conta de destino {wabaId}',
      how: 'Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento → Adicionar forma de pagamento. É preciso ter permissão para gerenciar o faturamento; uma linha de crédito de outro parceiro não pode ser trocada por um cartão e exige uma conta nova. O número não é anunciado antes disso. Informe a tarefa como concluída e a verificação é feita na hora.',
    },
    es: {
      what: 'Agregue un método de pago a la cuenta de destino {wabaId}',
      how: 'Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos → Agregar método de pago. Hace falta el permiso para administrar la facturación; una línea de crédito de otro socio no se puede sustituir por una tarjeta y exige una cuenta nueva. El número no se anuncia antes. Informe que la tarea está hecha y se vuelve a comprobar enseguida.',
    },
  },
  'add_payment_method.announced': {
    en: {
      what: 'The number may be silent until a payment method is there: add one to the account {wabaId} now',
      how: 'Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings → Add payment method. Somebody with the right to manage billing must do it; a line of credit of another partner cannot be replaced by a card and needs a new account. The number is announced at the new account already and is registered there as soon as the card is seen: it is looked for every few minutes, and at once when this task is reported done.',
    },
    'pt-BR': {
      what: 'O número pode ficar mudo até haver uma forma de pagamento: adicione uma à conta {wabaId} agora',
      how: 'Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento → Adicionar forma de pagamento. É preciso ter permissão para gerenciar o faturamento; uma linha de crédito de outro parceiro não pode ser trocada por um cartão e exige uma conta nova. O número já está anunciado na conta nova e é registrado nela assim que o cartão for visto: a verificação se repete a cada poucos minutos, e na hora em que esta tarefa for informada como concluída.',
    },
    es: {
      what: 'El número puede quedar en silencio hasta que haya un método de pago: agregue uno a la cuenta {wabaId} ahora',
      how: 'Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos → Agregar método de pago. Hace falta el permiso para administrar la facturación; una línea de crédito de otro socio no se puede sustituir por una tarjeta y exige una cuenta nueva. El número ya está anunciado en la cuenta nueva y se registra en ella en cuanto se vea la tarjeta: se comprueba cada pocos minutos, y enseguida cuando se informe que esta tarea está hecha.',
    },
  },
} as const satisfies Texts;
