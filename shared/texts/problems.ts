/**
 * Problems of the error catalogue that a client must solve, in the words that are said to the client; those of the catalogue
 * are said to the operator. The key is the problem's code; a test holds this table to the catalogue.
 */
import { ACCOUNT_PROBLEM_TEXTS } from './account-problems';
import type { Texts } from './wording';

export const PROBLEM_TEXTS = {
  ...ACCOUNT_PROBLEM_TEXTS,
  OWNERSHIP_NOT_VERIFIED: {
    en: {
      what: 'Ownership of the number is not verified, or the verification has lapsed',
      how: 'Ask for a code and hand it in; a verification lasts 14 days.',
    },
    'pt-BR': {
      what: 'A propriedade do número não está confirmada, ou a confirmação venceu',
      how: 'Peça um código e informe-o; a confirmação vale 14 dias.',
    },
    es: {
      what: 'La propiedad del número no está verificada, o la verificación caducó',
      how: 'Pida un código e introdúzcalo; la verificación vale 14 días.',
    },
  },
  CODE_REQUEST_REFUSED: {
    en: {
      what: 'Meta did not send a code',
      how: 'Check that the number can take the SMS or call (no answering menu (IVR), calls from abroad allowed), then ask again by the other way.',
    },
    'pt-BR': {
      what: 'A Meta não enviou um código',
      how: 'Confira se o número recebe o SMS ou a ligação (sem URA, com chamadas internacionais liberadas) e peça de novo pelo outro meio.',
    },
    es: {
      what: 'Meta no envió ningún código',
      how: 'Compruebe que el número pueda recibir el SMS o la llamada (sin IVR, con llamadas internacionales permitidas) y pídalo de nuevo por el otro medio.',
    },
  },
  CODE_WRONG: {
    en: {
      what: 'The code is wrong',
      how: 'Compare it with the newest message and hand it in again; guesses are limited.',
    },
    'pt-BR': {
      what: 'O código está errado',
      how: 'Compare-o com a mensagem mais recente e informe-o de novo; as tentativas são limitadas.',
    },
    es: {
      what: 'El código es incorrecto',
      how: 'Compárelo con el mensaje más reciente e introdúzcalo de nuevo; los intentos son limitados.',
    },
  },
  CODE_EXPIRED: {
    en: {
      what: 'The code has expired',
      how: 'Ask for a new code and hand it in within ten minutes.',
    },
    'pt-BR': { what: 'O código expirou', how: 'Peça um novo código e informe-o em até dez minutos.' },
    es: { what: 'El código caducó', how: 'Pida un código nuevo e introdúzcalo en menos de diez minutos.' },
  },
  NUMBER_CONNECTED_TO_A_WABA: {
    en: {
      what: 'The signup window says that the number is already connected to an account',
      how: 'The new account is usually made all the same: hand in its id. If the window is stuck, finish it without a number or with a spare number of yours, never with the one that moves.',
    },
    'pt-BR': {
      what: 'A janela de cadastro diz que o número já está conectado a uma conta',
      how: 'Em geral a nova conta é criada mesmo assim: informe o ID dela. Se a janela travar, conclua o cadastro sem número ou com outro número seu, nunca com o que será migrado.',
    },
    es: {
      what: 'La ventana de registro dice que el número ya está conectado a una cuenta',
      how: 'Normalmente la cuenta nueva se crea de todos modos: indique su identificador. Si la ventana se atasca, termine el registro sin número o con otro número suyo, nunca con el que se traslada.',
    },
  },
  NO_MIGRATION_NEEDED: {
    en: {
      what: 'The number is not registered on the API, so there is nothing to migrate',
      how: 'Add it as a new number. Name, quality rating, messaging limit, badge and templates of an earlier registration may be lost.',
    },
    'pt-BR': {
      what: 'O número não está registrado na API, portanto não há o que migrar',
      how: 'Adicione-o como número novo. Nome, classificação de qualidade, limite de mensagens, selo e modelos de um registro anterior podem se perder.',
    },
    es: {
      what: 'El número no está registrado en la API, así que no hay nada que trasladar',
      how: 'Agréguelo como número nuevo. El nombre, la calificación de calidad, el límite de mensajes, la insignia y las plantillas de un registro anterior pueden perderse.',
    },
  },
  DISPLAY_NAME_NOT_APPROVED: {
    en: {
      what: 'The display name is not approved, or a change of it is pending',
      how: 'Ask your present provider to get the name approved; the destination cannot do it. We look again every day.',
    },
    'pt-BR': {
      what: 'O nome de exibição não está aprovado, ou há uma alteração pendente',
      how: 'Peça ao provedor atual que consiga a aprovação do nome; no destino isso não é possível. Verificamos de novo todos os dias.',
    },
    es: {
      what: 'El nombre para mostrar no está aprobado, o hay un cambio pendiente',
      how: 'Pida al proveedor actual que consiga la aprobación del nombre; en el destino no es posible. Lo comprobamos de nuevo cada día.',
    },
  },
  DIFFERENT_BUSINESS: {
    en: {
      what: 'Source and destination account belong to different business portfolios',
      how: 'Find out which Meta business id manages the number now (Business settings → Business info shows it), and make a new destination account in that portfolio.',
    },
    'pt-BR': {
      what: 'A conta de origem e a de destino pertencem a portfólios empresariais diferentes',
      how: 'Descubra qual ID de negócio da Meta administra o número hoje (Configurações do negócio → Informações do negócio o mostra) e crie uma nova conta de destino nesse portfólio.',
    },
    es: {
      what: 'La cuenta de origen y la de destino pertenecen a portfolios comerciales distintos',
      how: 'Averigüe qué identificador de negocio de Meta administra el número ahora (Configuración del negocio → Información del negocio lo muestra) y cree una cuenta de destino nueva en ese portfolio.',
    },
  },
  PAYMENT_METHOD_MISSING: {
    en: {
      what: 'The destination account has no valid payment method',
      how: 'Add a card to the destination account (Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings), or wait for the partner’s line of credit; then report this task done. Meta’s code 131042 also stands for a missing currency or time zone and for a suspended account.',
    },
    'pt-BR': {
      what: 'A conta de destino não tem uma forma de pagamento válida',
      how: 'Adicione um cartão à conta de destino (Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento), ou aguarde a linha de crédito do parceiro; depois informe a tarefa como concluída. O código 131042 também indica moeda ou fuso ausente e conta suspensa.',
    },
    es: {
      what: 'La cuenta de destino no tiene un método de pago válido',
      how: 'Agregue una tarjeta a la cuenta de destino (Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos), o espere la línea de crédito del socio; después informe que la tarea está hecha. El código 131042 también significa que falta la moneda o la zona horaria, o que la cuenta está suspendida.',
    },
  },
  ON_BEHALF_REQUEST_PENDING: {
    en: {
      what: 'The "Messaging for" request of the destination account is not accepted',
      how: 'As an admin of the portfolio accept it in Business settings → Requests → Received, then report this task done. We try again every day.',
    },
    'pt-BR': {
      what: 'O pedido "Mensagens para" da conta de destino não foi aceito',
      how: 'Como administrador do portfólio, aceite-o em Configurações do negócio → Solicitações → Recebidas; depois informe a tarefa como concluída. Tentamos de novo todos os dias.',
    },
    es: {
      what: 'La solicitud «Mensajes para» de la cuenta de destino no está aceptada',
      how: 'Como administrador del portfolio, acéptela en Configuración del negocio → Solicitudes → Recibidas; después informe que la tarea está hecha. Lo intentamos de nuevo cada día.',
    },
  },
  DESTINATION_NOT_APPROVED: {
    en: {
      what: 'The destination account is not approved yet',
      how: 'Finish the verification of the business (Business settings → Security Centre) and what the review of the destination account asks for, then report this task done. We try again every day, and as soon as Meta tells of its decision.',
    },
    'pt-BR': {
      what: 'A conta de destino ainda não foi aprovada',
      how: 'Conclua a verificação da empresa (Configurações do negócio → Central de Segurança) e o que a análise da conta de destino pedir; depois informe a tarefa como concluída. Tentamos de novo todos os dias, e assim que a Meta comunicar a decisão.',
    },
    es: {
      what: 'La cuenta de destino aún no está aprobada',
      how: 'Termine la verificación del negocio (Configuración del negocio → Centro de seguridad) y lo que pida la revisión de la cuenta de destino; después informe que la tarea está hecha. Lo intentamos de nuevo cada día, y en cuanto Meta comunique su decisión.',
    },
  },
  NUMBER_CAP_REACHED: {
    en: {
      what: 'The destination portfolio may not have another number',
      how: 'Remove a number that you do not use, never the one that moves (WhatsApp Manager → Account tools → Phone numbers), or raise the cap: business verification or a messaging limit of 2,000.',
    },
    'pt-BR': {
      what: 'O portfólio de destino não pode ter mais um número',
      how: 'Remova um número sem uso, nunca o que será migrado (Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone), ou aumente o limite: verificação da empresa ou limite de 2.000 mensagens.',
    },
    es: {
      what: 'El portfolio de destino no puede tener otro número',
      how: 'Quite un número sin uso, nunca el que se traslada (Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono), o aumente el tope: verificación del negocio o un límite de 2.000 mensajes.',
    },
  },
  NUMBER_IN_COEXISTENCE: {
    en: {
      what: 'The number is also used in the WhatsApp Business app',
      how: 'Numbers in coexistence cannot be migrated; disconnect it in the app first (Settings → Account → Business Platform).',
    },
    'pt-BR': {
      what: 'O número também é usado no aplicativo WhatsApp Business',
      how: 'Números em coexistência não podem ser migrados; desconecte-o antes no aplicativo (Configurações → Conta → Plataforma comercial).',
    },
    es: {
      what: 'El número también se usa en la aplicación WhatsApp Business',
      how: 'Los números en coexistencia no se pueden trasladar; desconéctelo antes en la aplicación (Ajustes → Cuenta → Plataforma de empresa).',
    },
  },
  TEST_NUMBER: {
    en: {
      what: 'The number is a test number of Meta',
      how: 'Test numbers cannot be migrated; give the real number.',
    },
    'pt-BR': {
      what: 'O número é um número de teste da Meta',
      how: 'Números de teste não podem ser migrados; informe o número real.',
    },
    es: {
      what: 'El número es un número de prueba de Meta',
      how: 'Los números de prueba no se pueden trasladar; indique el número real.',
    },
  },
  SOLUTION_INTENT_REJECTED: {
    en: {
      what: 'The request was declined in Business settings',
      how: 'Tell us why it was declined. When you report this task done a new request is sent; an admin accepts it in Business settings → Requests → Received.',
    },
    'pt-BR': {
      what: 'O pedido foi recusado nas Configurações do negócio',
      how: 'Diga-nos o motivo da recusa. Quando informar a tarefa como concluída, um novo pedido será enviado; um administrador o aceita em Configurações do negócio → Solicitações → Recebidas.',
    },
    es: {
      what: 'La solicitud fue rechazada en la Configuración del negocio',
      how: 'Díganos por qué se rechazó. Cuando informe que la tarea está hecha se enviará una nueva solicitud; un administrador la acepta en Configuración del negocio → Solicitudes → Recibidas.',
    },
  },
} as const satisfies Texts;

/** The codes of problems that may be a client's to solve. */
export type ProblemCode = keyof typeof PROBLEM_TEXTS;
