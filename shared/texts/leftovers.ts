/** What an ended migration leaves in place, and who can remove it (product, promise 5). */
import type { Texts } from './wording';

export const LEFTOVER_TEXTS = {
  'left.announced_number': {
    en: {
      what: 'number {phoneNumberId} is pending at the destination account',
      how: 'an admin of the business portfolio, by hand in WhatsApp Manager → Account tools → Phone numbers',
    },
    'pt-BR': {
      what: 'o número {phoneNumberId} está pendente na conta de destino',
      how: 'um administrador do portfólio empresarial, manualmente em Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone',
    },
    es: {
      what: 'el número {phoneNumberId} está pendiente en la cuenta de destino',
      how: 'un administrador del portfolio comercial, a mano en Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono',
    },
  },
  'left.announced_number.unnamed': {
    en: {
      what: 'the number is pending at a destination account that was not found',
      how: 'an admin of the business portfolio, by hand in WhatsApp Manager → Account tools → Phone numbers, in each account that is new',
    },
    'pt-BR': {
      what: 'o número está pendente em uma conta de destino que não foi encontrada',
      how: 'um administrador do portfólio empresarial, manualmente em Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone, em cada conta nova',
    },
    es: {
      what: 'el número está pendiente en una cuenta de destino que no se encontró',
      how: 'un administrador del portfolio comercial, a mano en Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono, en cada cuenta nueva',
    },
  },
  'left.announced_number.uncertain': {
    en: {
      what: 'the number may be pending at the destination account: the reply to the announcement was lost',
      how: 'an admin of the business portfolio, by hand in WhatsApp Manager → Account tools → Phone numbers',
    },
    'pt-BR': {
      what: 'o número pode estar pendente na conta de destino: a resposta ao anúncio se perdeu',
      how: 'um administrador do portfólio empresarial, manualmente em Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone',
    },
    es: {
      what: 'el número puede estar pendiente en la cuenta de destino: se perdió la respuesta al anuncio',
      how: 'un administrador del portfolio comercial, a mano en Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono',
    },
  },
  'left.copied_templates': {
    en: {
      what: 'templates copied to the destination account: {copied}; created there: {recreated}',
      how: 'nobody without locking their names for 30 days',
    },
    'pt-BR': {
      what: 'modelos copiados para a conta de destino: {copied}; criados nela: {recreated}',
      how: 'ninguém sem bloquear os nomes deles por 30 dias',
    },
    es: {
      what: 'plantillas copiadas a la cuenta de destino: {copied}; creadas en ella: {recreated}',
      how: 'nadie sin bloquear sus nombres durante 30 días',
    },
  },
  'left.copied_templates.uncounted': {
    en: {
      what: 'some templates were copied to the destination account',
      how: 'nobody without locking their names for 30 days',
    },
    'pt-BR': {
      what: 'alguns modelos foram copiados para a conta de destino',
      how: 'ninguém sem bloquear os nomes deles por 30 dias',
    },
    es: {
      what: 'algunas plantillas se copiaron a la cuenta de destino',
      how: 'nadie sin bloquear sus nombres durante 30 días',
    },
  },
  'left.credit_line': {
    en: {
      what: 'the credit line attached to the destination account',
      how: 'nobody: an attached line is for ever; use another account',
    },
    'pt-BR': {
      what: 'a linha de crédito vinculada à conta de destino',
      how: 'ninguém: uma linha vinculada fica para sempre; use outra conta',
    },
    es: {
      what: 'la línea de crédito vinculada a la cuenta de destino',
      how: 'nadie: una línea vinculada queda para siempre; use otra cuenta',
    },
  },
  'left.credit_line.uncertain': {
    en: {
      what: 'the credit line may be attached to the destination account: what became of the attachment is not known',
      how: 'nobody: an attached line is for ever; use another account',
    },
    'pt-BR': {
      what: 'a linha de crédito pode estar vinculada à conta de destino: não se sabe se a vinculação ocorreu',
      how: 'ninguém: uma linha vinculada fica para sempre; use outra conta',
    },
    es: {
      what: 'la línea de crédito puede estar vinculada a la cuenta de destino: no se sabe si se llegó a vincular',
      how: 'nadie: una línea vinculada queda para siempre; use otra cuenta',
    },
  },
  'left.payment': {
    en: {
      what: 'the payment attached to the destination account',
      how: 'whoever may manage billing, in Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings; a line of credit stays for ever',
    },
    'pt-BR': {
      what: 'a forma de pagamento vinculada à conta de destino',
      how: 'quem pode gerenciar o faturamento, em Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento; uma linha de crédito fica para sempre',
    },
    es: {
      what: 'el método de pago vinculado a la cuenta de destino',
      how: 'quien pueda administrar la facturación, en Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos; una línea de crédito queda para siempre',
    },
  },
  'left.subscribed_app': {
    en: {
      what: 'our app is subscribed at the destination account',
      how: 'our operator, by DELETE subscribed_apps',
    },
    'pt-BR': {
      what: 'nosso aplicativo está inscrito na conta de destino',
      how: 'nosso operador, com DELETE subscribed_apps',
    },
    es: {
      what: 'nuestra aplicación está suscrita en la cuenta de destino',
      how: 'nuestro operador, con DELETE subscribed_apps',
    },
  },
  'left.subscribed_app.uncertain': {
    en: {
      what: 'our app may be subscribed at the destination account: what became of the subscription is not known',
      how: 'our operator, by DELETE subscribed_apps',
    },
    'pt-BR': {
      what: 'nosso aplicativo pode estar inscrito na conta de destino: não se sabe se a inscrição ocorreu',
      how: 'nosso operador, com DELETE subscribed_apps',
    },
    es: {
      what: 'nuestra aplicación puede estar suscrita en la cuenta de destino: no se sabe si se llegó a suscribir',
      how: 'nuestro operador, con DELETE subscribed_apps',
    },
  },
  'left.client_token': {
    en: {
      what: "the client's token, stored as credential {token}, and our app's access to the client's account",
      how: 'us, by DELETE /v1/credentials; the client, in Business settings → Integrations',
    },
    'pt-BR': {
      what: 'o token do cliente, guardado como a credencial {token}, e o acesso do nosso aplicativo à conta do cliente',
      how: 'nós, com DELETE /v1/credentials; o cliente, em Configurações do negócio → Integrações',
    },
    es: {
      what: 'el token del cliente, guardado como la credencial {token}, y el acceso de nuestra aplicación a la cuenta del cliente',
      how: 'nosotros, con DELETE /v1/credentials; el cliente, en Configuración del negocio → Integraciones',
    },
  },
  'left.migration_intent': {
    en: {
      what: 'the request {intent} to move the account ({status})',
      how: 'an admin of the business portfolio, by declining it in Business settings → Requests → Received',
    },
    'pt-BR': {
      what: 'o pedido {intent} de mudança da conta ({status})',
      how: 'um administrador do portfólio empresarial, recusando-o em Configurações do negócio → Solicitações → Recebidas',
    },
    es: {
      what: 'la solicitud {intent} de traslado de la cuenta ({status})',
      how: 'un administrador del portfolio comercial, rechazándola en Configuración del negocio → Solicitudes → Recibidas',
    },
  },
  'left.destination_waba': {
    en: {
      what: 'account {wabaId}, made for this migration',
      how: 'an admin of the business portfolio, by hand in Business settings → Accounts → WhatsApp accounts',
    },
    'pt-BR': {
      what: 'a conta {wabaId}, criada para esta migração',
      how: 'um administrador do portfólio empresarial, manualmente em Configurações do negócio → Contas → Contas do WhatsApp',
    },
    es: {
      what: 'la cuenta {wabaId}, creada para este traslado',
      how: 'un administrador del portfolio comercial, a mano en Configuración del negocio → Cuentas → Cuentas de WhatsApp',
    },
  },
} as const satisfies Texts;
