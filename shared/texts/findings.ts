/** What eligibility finds of names and accounts; the key is the finding's code, with a variant after a point. */
import type { Texts } from './wording';

export const FINDING_TEXTS = {
  DISPLAY_NAME_NOT_APPROVED: {
    en: {
      what: 'The display name is not approved: Meta shows it as {status}.',
      how: 'Ask the present provider to get the name approved before the move; the destination cannot do it. Where it stands: WhatsApp Manager → Account tools → Phone numbers → the number → Profile → Display name.',
    },
    'pt-BR': {
      what: 'O nome de exibição não está aprovado: a Meta o mostra como {status}.',
      how: 'Peça ao provedor atual que consiga a aprovação do nome antes da migração; no destino isso não é possível. Onde ver: Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Perfil → Nome de exibição.',
    },
    es: {
      what: 'El nombre para mostrar no está aprobado: Meta lo muestra como {status}.',
      how: 'Pida al proveedor actual que consiga la aprobación del nombre antes del traslado; en el destino no es posible. Dónde verlo: Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Perfil → Nombre para mostrar.',
    },
  },
  'DISPLAY_NAME_NOT_APPROVED.unseen': {
    en: {
      what: 'It could not be seen whether the display name is approved at the source, with no change of it open.',
      how: 'Look at WhatsApp Manager → Account tools → Phone numbers → the number → Profile → Display name: it must show Approved and no new name under review. State it for R27, or give a credential that can see it.',
    },
    'pt-BR': {
      what: 'Não foi possível ver se o nome de exibição está aprovado na origem, sem alteração em aberto.',
      how: 'Veja em Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Perfil → Nome de exibição: deve aparecer Aprovado e nenhum nome novo em análise. Declare em R27, ou forneça uma credencial que possa ver isso.',
    },
    es: {
      what: 'No se pudo ver si el nombre para mostrar está aprobado en el origen, sin ningún cambio abierto.',
      how: 'Mire en Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Perfil → Nombre para mostrar: debe figurar Aprobado y ningún nombre nuevo en revisión. Declárelo para R27, o dé una credencial que pueda verlo.',
    },
  },
  DISPLAY_NAME_CHANGE_PENDING: {
    en: {
      what: 'A change of the display name is open: Meta shows it as {status}.',
      how: 'Wait for Meta’s decision on the new name, or withdraw the change at the present provider.',
    },
    'pt-BR': {
      what: 'Há uma alteração do nome de exibição em aberto: a Meta a mostra como {status}.',
      how: 'Aguarde a decisão da Meta sobre o novo nome ou retire a alteração junto ao provedor atual.',
    },
    es: {
      what: 'Hay un cambio del nombre para mostrar abierto: Meta lo muestra como {status}.',
      how: 'Espere la decisión de Meta sobre el nuevo nombre, o retire el cambio con el proveedor actual.',
    },
  },
  DESTINATION_ACCOUNT_NOT_APPROVED: {
    en: {
      what: 'The destination account is not approved: its review stands at {status}.',
      how: 'Wait for the review, or answer what Meta asks for in WhatsApp Manager.',
    },
    'pt-BR': {
      what: 'A conta de destino não está aprovada: a análise está em {status}.',
      how: 'Aguarde a análise ou responda ao que a Meta pede no Gerenciador do WhatsApp.',
    },
    es: {
      what: 'La cuenta de destino no está aprobada: su revisión está en {status}.',
      how: 'Espere la revisión, o responda a lo que Meta pide en el Administrador de WhatsApp.',
    },
  },
  'DESTINATION_ACCOUNT_NOT_APPROVED.not_live': {
    en: {
      what: 'The destination account is not live: Meta shows it as {status}.',
      how: 'See the account in Business Support Home (business.facebook.com/business-support-home) and ask for a review.',
    },
    'pt-BR': {
      what: 'A conta de destino não está ativa: a Meta a mostra como {status}.',
      how: 'Veja a conta na Central de Suporte Comercial (business.facebook.com/business-support-home) e peça uma análise.',
    },
    es: {
      what: 'La cuenta de destino no está activa: Meta la muestra como {status}.',
      how: 'Vea la cuenta en el Centro de ayuda para empresas (business.facebook.com/business-support-home) y pida una revisión.',
    },
  },
  DESTINATION_CANNOT_SEND: {
    en: {
      what: 'Meta keeps the destination account from sending ({complaints}).',
      how: 'See the account in Business Support Home (business.facebook.com/business-support-home) and do what Meta asks for; otherwise the number is silent after the move.',
    },
    'pt-BR': {
      what: 'A Meta impede a conta de destino de enviar mensagens ({complaints}).',
      how: 'Veja a conta na Central de Suporte Comercial (business.facebook.com/business-support-home) e faça o que a Meta pede; senão o número ficará mudo depois da migração.',
    },
    es: {
      what: 'Meta impide que la cuenta de destino envíe mensajes ({complaints}).',
      how: 'Vea la cuenta en el Centro de ayuda para empresas (business.facebook.com/business-support-home) y haga lo que pide Meta; de lo contrario el número quedará mudo tras el traslado.',
    },
  },
  BUSINESS_NOT_VERIFIED: {
    en: {
      what: 'The business is not verified: Meta shows {shown}.',
      how: 'Finish the verification of the business: Business settings → Security Centre → Start verification.',
    },
    'pt-BR': {
      what: 'A empresa não está verificada: a Meta mostra {shown}.',
      how: 'Conclua a verificação da empresa: Configurações do negócio → Central de Segurança → Iniciar verificação.',
    },
    es: {
      what: 'El negocio no está verificado: Meta muestra {shown}.',
      how: 'Termine la verificación del negocio: Configuración del negocio → Centro de seguridad → Iniciar verificación.',
    },
  },
  ON_BEHALF_REQUEST_PENDING: {
    en: {
      what: 'The "Messaging for" request of the destination account is not accepted ({status}).',
      how: 'As an admin of the portfolio accept it: Business settings → Requests → Received.',
    },
    'pt-BR': {
      what: 'O pedido "Mensagens para" da conta de destino não foi aceito ({status}).',
      how: 'Como administrador do portfólio, aceite-o em Configurações do negócio → Solicitações → Recebidas.',
    },
    es: {
      what: 'La solicitud «Mensajes para» de la cuenta de destino no está aceptada ({status}).',
      how: 'Como administrador del portfolio, acéptela en Configuración del negocio → Solicitudes → Recibidas.',
    },
  },
  DESTINATION_PAYMENT_MISSING: {
    en: {
      what: 'The destination account has no payment method.',
      how: 'Add a card to the destination account: Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings. Or the partner pays: then the request names its line of credit.',
    },
    'pt-BR': {
      what: 'A conta de destino não tem forma de pagamento.',
      how: 'Adicione um cartão à conta de destino: Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento. Ou quem paga é o parceiro: então o pedido indica a linha de crédito dele.',
    },
    es: {
      what: 'La cuenta de destino no tiene método de pago.',
      how: 'Agregue una tarjeta a la cuenta de destino: Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos. O paga el socio: entonces la solicitud indica su línea de crédito.',
    },
  },
  DESTINATION_PAYMENT_REVOKED: {
    en: {
      what: 'The payment attached to the destination account does not work ({complaints}).',
      how: 'A card: mend it in Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings. A line of credit that was withdrawn, or is another partner’s, stays attached for ever and cannot be replaced: make a new account in the same business portfolio and give its id as the destination (destination.wabaId, together with funding).',
    },
    'pt-BR': {
      what: 'O pagamento vinculado à conta de destino não funciona ({complaints}).',
      how: 'Se for um cartão: corrija-o em Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento. Uma linha de crédito retirada, ou de outro parceiro, fica vinculada para sempre e não pode ser trocada: crie uma conta nova no mesmo portfólio empresarial e informe o ID dela como destino (destination.wabaId, junto com funding).',
    },
    es: {
      what: 'El pago vinculado a la cuenta de destino no funciona ({complaints}).',
      how: 'Si es una tarjeta: corríjala en Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos. Una línea de crédito retirada, o de otro socio, queda vinculada para siempre y no puede reemplazarse: cree una cuenta nueva en el mismo portfolio comercial e indique su identificador como destino (destination.wabaId, junto con funding).',
    },
  },
  DIFFERENT_BUSINESS: {
    en: {
      what: 'The source belongs to business portfolio {source}, the destination to {destination}.',
      how: 'Find out which Meta business id manages the number (Business settings → Business info shows a portfolio’s id), and make the destination account in that portfolio. A WABA never changes its portfolio.',
    },
    'pt-BR': {
      what: 'A origem pertence ao portfólio empresarial {source}, o destino ao {destination}.',
      how: 'Descubra qual ID de negócio da Meta administra o número (Configurações do negócio → Informações do negócio mostra o ID do portfólio) e crie a conta de destino nesse portfólio. Uma conta do WhatsApp nunca muda de portfólio.',
    },
    es: {
      what: 'El origen pertenece al portfolio comercial {source}, el destino al {destination}.',
      how: 'Averigüe qué identificador de negocio de Meta administra el número (Configuración del negocio → Información del negocio muestra el del portfolio) y cree la cuenta de destino en ese portfolio. Una cuenta de WhatsApp nunca cambia de portfolio.',
    },
  },
  'NUMBER_WRITTEN_DIFFERENTLY.other_number': {
    en: {
      what: 'The profile shows another number than the one to be moved.',
      how: 'Open the WhatsApp profile and copy the number digit by digit.',
    },
    'pt-BR': {
      what: 'O perfil mostra um número diferente do que será migrado.',
      how: 'Abra o perfil do WhatsApp e copie o número dígito por dígito.',
    },
    es: {
      what: 'El perfil muestra un número distinto del que se va a trasladar.',
      how: 'Abra el perfil de WhatsApp y copie el número dígito por dígito.',
    },
  },
  'NUMBER_WRITTEN_DIFFERENTLY.unseen': {
    en: {
      what: 'Numbers of this country are written in two ways, and the form at the source could not be seen. Announced in the wrong one, the number is not found.',
      how: 'Open the WhatsApp profile and copy the number digit by digit. If it differs from the one to be moved, give it as numberAsShownInProfile; if it is the same, give it all the same, or state for R31 that the profile shows it so.',
    },
    'pt-BR': {
      what: 'Os números deste país são escritos de duas formas, e não foi possível ver a forma usada na origem. Na forma errada o número não é encontrado.',
      how: 'Abra o perfil do WhatsApp e copie o número dígito por dígito. Se for diferente do que será migrado, informe-o como numberAsShownInProfile; se for igual, informe-o mesmo assim ou declare em R31 que o perfil o mostra assim.',
    },
    es: {
      what: 'Los números de este país se escriben de dos formas, y no se pudo ver la que usa el origen. Con la forma equivocada el número no se encuentra.',
      how: 'Abra el perfil de WhatsApp y copie el número dígito por dígito. Si difiere del que se va a trasladar, indíquelo como numberAsShownInProfile; si es el mismo, indíquelo igualmente o declare para R31 que el perfil lo muestra así.',
    },
  },
  'NUMBER_WRITTEN_DIFFERENTLY.digits': {
    en: {
      what: 'The source shows the number with another number of digits than the request gives it.',
      how: 'Open the WhatsApp profile, copy the number digit by digit and give it as numberAsShownInProfile.',
    },
    'pt-BR': {
      what: 'A origem mostra o número com uma quantidade de dígitos diferente da informada.',
      how: 'Abra o perfil do WhatsApp, copie o número dígito por dígito e informe-o como numberAsShownInProfile.',
    },
    es: {
      what: 'El origen muestra el número con otra cantidad de dígitos que la indicada.',
      how: 'Abra el perfil de WhatsApp, copie el número dígito por dígito e indíquelo como numberAsShownInProfile.',
    },
  },
  'NUMBER_WRITTEN_DIFFERENTLY.contradicted': {
    en: {
      what: 'The number was given with {told} digits as the form of its profile, but Meta shows it with {shown} at the source.',
      how: 'Open the WhatsApp profile and copy the number again, digit by digit, and compare it with WhatsApp Manager → Account tools → Phone numbers; then give numberAsShownInProfile in the form that stands there. In the other form the number would not be found.',
    },
    'pt-BR': {
      what: 'O número foi informado com {told} dígitos como aparece no perfil, mas a Meta o mostra com {shown} na origem.',
      how: 'Abra o perfil do WhatsApp e copie o número de novo, dígito por dígito, e compare-o com Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone; depois informe numberAsShownInProfile na forma que aparece lá. Na outra forma o número não seria encontrado.',
    },
    es: {
      what: 'El número se indicó con {told} dígitos como aparece en el perfil, pero Meta lo muestra con {shown} en el origen.',
      how: 'Abra el perfil de WhatsApp y copie el número de nuevo, dígito por dígito, y compárelo con Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono; después indique numberAsShownInProfile en la forma que aparece allí. En la otra forma el número no se encontraría.',
    },
  },
  'NUMBER_WRITTEN_DIFFERENTLY.taken': {
    en: {
      what: 'The source and the request write the number differently; the form of the profile is taken.',
      how: 'Update systems that key on the old form: messages will come with the form Meta uses.',
    },
    'pt-BR': {
      what: 'A origem e o pedido escrevem o número de formas diferentes; vale a forma do perfil.',
      how: 'Atualize os sistemas que usam a forma antiga como chave: as mensagens virão na forma que a Meta usa.',
    },
    es: {
      what: 'El origen y la solicitud escriben el número de forma distinta; vale la forma del perfil.',
      how: 'Actualice los sistemas que usan la forma antigua como clave: los mensajes llegarán con la forma que usa Meta.',
    },
  },
  DESTINATION_WABA_TOO_OLD: {
    en: {
      what: 'The destination account is {age} hours old; {limit} are allowed.',
      how: 'Make a fresh account in the same business portfolio and name it as the destination.',
    },
    'pt-BR': {
      what: 'A conta de destino tem {age} horas; são permitidas {limit}.',
      how: 'Crie uma conta nova no mesmo portfólio empresarial e indique-a como destino.',
    },
    es: {
      what: 'La cuenta de destino tiene {age} horas; se permiten {limit}.',
      how: 'Cree una cuenta nueva en el mismo portfolio comercial e indíquela como destino.',
    },
  },
  'DESTINATION_WABA_TOO_OLD.soon': {
    en: {
      what: 'The destination account may be used for {left} more hours.',
      how: 'Move the number before then.',
    },
    'pt-BR': {
      what: 'A conta de destino ainda pode ser usada por {left} horas.',
      how: 'Migre o número antes disso.',
    },
    es: { what: 'La cuenta de destino aún puede usarse {left} horas.', how: 'Traslade el número antes.' },
  },
  'DESTINATION_WABA_TOO_OLD.urgent': {
    en: { what: 'The destination account may be used for {left} more hours.', how: 'Move the number now.' },
    'pt-BR': {
      what: 'A conta de destino ainda pode ser usada por {left} horas.',
      how: 'Migre o número agora.',
    },
    es: { what: 'La cuenta de destino aún puede usarse {left} horas.', how: 'Traslade el número ahora.' },
  },
} as const satisfies Texts;
