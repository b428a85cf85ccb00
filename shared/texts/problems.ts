/**
 * Problems of the error catalogue that a client must solve, in the languages that the catalogue itself does not speak. The
 * key is the problem's code; a test holds this table to the catalogue.
 */
import type { Locale, Wording } from './wording';

type OtherLanguages = Readonly<Record<Exclude<Locale, 'en'>, Wording>>;

export const PROBLEM_TEXTS = {
  OWNERSHIP_NOT_VERIFIED: {
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
    'pt-BR': { what: 'O código expirou', how: 'Peça um novo código e informe-o em até dez minutos.' },
    es: { what: 'El código caducó', how: 'Pida un código nuevo e introdúzcalo en menos de diez minutos.' },
  },
  NUMBER_CONNECTED_TO_A_WABA: {
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
    'pt-BR': {
      what: 'A conta de origem e a de destino pertencem a portfólios empresariais diferentes',
      how: 'Descubra qual ID de negócio da Meta administra o número hoje e crie uma nova conta de destino nesse portfólio.',
    },
    es: {
      what: 'La cuenta de origen y la de destino pertenecen a portfolios comerciales distintos',
      how: 'Averigüe qué identificador de negocio de Meta administra el número ahora y cree una cuenta de destino nueva en ese portfolio.',
    },
  },
  PAYMENT_METHOD_MISSING: {
    'pt-BR': {
      what: 'A conta de destino não tem uma forma de pagamento válida',
      how: 'Adicione um cartão à conta de destino (Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento), ou aguarde a linha de crédito do parceiro; depois tente de novo. O código 131042 também indica moeda ou fuso ausente e conta suspensa.',
    },
    es: {
      what: 'La cuenta de destino no tiene un método de pago válido',
      how: 'Agregue una tarjeta a la cuenta de destino (Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos), o espere la línea de crédito del socio; después inténtelo de nuevo. El código 131042 también significa que falta la moneda o la zona horaria, o que la cuenta está suspendida.',
    },
  },
  ON_BEHALF_REQUEST_PENDING: {
    'pt-BR': {
      what: 'O pedido "Mensagens para" da conta de destino não foi aceito',
      how: 'Como administrador do portfólio, aceite-o em Configurações do negócio → Solicitações → Recebidas e tente de novo.',
    },
    es: {
      what: 'La solicitud «Mensajes para» de la cuenta de destino no está aceptada',
      how: 'Como administrador del portfolio, acéptela en Configuración del negocio → Solicitudes → Recibidas e inténtelo de nuevo.',
    },
  },
  DESTINATION_NOT_APPROVED: {
    'pt-BR': {
      what: 'A conta de destino ainda não foi aprovada',
      how: 'Conclua a verificação da empresa e a análise da conta de destino; depois tente de novo.',
    },
    es: {
      what: 'La cuenta de destino aún no está aprobada',
      how: 'Termine la verificación del negocio y la revisión de la cuenta de destino; después inténtelo de nuevo.',
    },
  },
  NUMBER_CAP_REACHED: {
    'pt-BR': {
      what: 'O portfólio de destino não pode ter mais um número',
      how: 'Remova um número sem uso ou aumente o limite (verificação da empresa, ou limite de 2.000 mensagens).',
    },
    es: {
      what: 'El portfolio de destino no puede tener otro número',
      how: 'Quite un número sin uso o aumente el tope (verificación del negocio, o un límite de 2.000 mensajes).',
    },
  },
  NUMBER_IN_COEXISTENCE: {
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
    'pt-BR': {
      what: 'O número é um número de teste da Meta',
      how: 'Números de teste não podem ser migrados; informe o número real.',
    },
    es: {
      what: 'El número es un número de prueba de Meta',
      how: 'Los números de prueba no se pueden trasladar; indique el número real.',
    },
  },
  WEBSITE_REJECTED: {
    'pt-BR': {
      what: 'A Meta não aceita o site da empresa',
      how: 'Corrija o site em Configurações do negócio → Informações do negócio e garanta que ele esteja no ar; depois peça uma análise à Meta.',
    },
    es: {
      what: 'Meta no acepta el sitio web del negocio',
      how: 'Corrija el sitio web en Configuración del negocio → Información del negocio y asegúrese de que funcione; después pida una revisión a Meta.',
    },
  },
  ACCOUNT_LOCKED: {
    'pt-BR': {
      what: 'A conta está bloqueada, ou o PIN da confirmação em duas etapas não confere',
      how: 'Veja a situação da conta no Gerenciador do WhatsApp e na Central de Suporte Comercial (business.facebook.com/business-support-home). Não tente outro PIN.',
    },
    es: {
      what: 'La cuenta está bloqueada, o el PIN de la verificación en dos pasos no coincide',
      how: 'Vea el estado de la cuenta en el Administrador de WhatsApp y en el Centro de ayuda para empresas (business.facebook.com/business-support-home). No pruebe otro PIN.',
    },
  },
  POLICY_BLOCK: {
    'pt-BR': {
      what: 'A Meta restringiu a conta por violação de suas políticas',
      how: 'Peça uma análise na Central de Suporte Comercial (business.facebook.com/business-support-home); confira também o site em Informações do negócio.',
    },
    es: {
      what: 'Meta restringió la cuenta por infringir sus políticas',
      how: 'Pida una revisión en el Centro de ayuda para empresas (business.facebook.com/business-support-home); revise también el sitio web en Información del negocio.',
    },
  },
  PAYMENT_TERMS_NOT_ACCEPTED: {
    'pt-BR': {
      what: 'Os termos de pagamento não foram aceitos',
      how: 'Aceite os termos no Gerenciador do WhatsApp e tente de novo.',
    },
    es: {
      what: 'Las condiciones de pago no están aceptadas',
      how: 'Acepte las condiciones en el Administrador de WhatsApp e inténtelo de nuevo.',
    },
  },
  NAME_REQUIRED_FOR_NUMBER: {
    'pt-BR': {
      what: 'O número precisa antes de um nome de exibição aprovado',
      how: 'Consiga a aprovação do nome de exibição e tente de novo.',
    },
    es: {
      what: 'El número necesita antes un nombre para mostrar aprobado',
      how: 'Consiga la aprobación del nombre para mostrar e inténtelo de nuevo.',
    },
  },
  TEMPLATE_LIMIT_REACHED: {
    'pt-BR': {
      what: 'A conta de destino não comporta mais modelos',
      how: 'Exclua modelos sem uso no destino ou verifique a empresa (6.000 em vez de 250); depois tente de novo.',
    },
    es: {
      what: 'La cuenta de destino no admite más plantillas',
      how: 'Elimine plantillas sin uso en el destino o verifique el negocio (6.000 en lugar de 250); después inténtelo de nuevo.',
    },
  },
  TEMPLATE_REFUSED: {
    'pt-BR': {
      what: 'A Meta não aceita o conteúdo de um modelo',
      how: 'Corrija o modelo de acordo com a resposta da Meta (está em “evidence”) e envie-o de novo para análise.',
    },
    es: {
      what: 'Meta no acepta el contenido de una plantilla',
      how: 'Corrija la plantilla según la respuesta de Meta (está en «evidence») y envíela de nuevo a revisión.',
    },
  },
  TEMPLATE_NOT_EDITABLE: {
    'pt-BR': {
      what: 'A Meta não aceita agora uma edição deste modelo',
      how: 'Um modelo aprovado aceita uma edição em 24 horas e dez em 30 dias; um modelo em análise, desativado ou em exclusão não aceita nenhuma. Edite-o um dia depois no Gerenciador do WhatsApp → Modelos de mensagem; depois da décima edição, quando a primeira delas tiver 30 dias; se estiver em análise, quando ela terminar.',
    },
    es: {
      what: 'Meta no acepta ahora una edición de esta plantilla',
      how: 'Una plantilla aprobada admite una edición en 24 horas y diez en 30 días; una en revisión, desactivada o en eliminación no admite ninguna. Edítela un día después en el Administrador de WhatsApp → Plantillas de mensajes; tras la décima edición, cuando la primera de ellas tenga 30 días; si está en revisión, cuando esta termine.',
    },
  },
  TEMPLATES_LIMITED: {
    'pt-BR': {
      what: 'A Meta limitou os modelos da conta',
      how: 'Veja os alertas da conta no Gerenciador do WhatsApp.',
    },
    es: {
      what: 'Meta limitó las plantillas de la cuenta',
      how: 'Vea las alertas de la cuenta en el Administrador de WhatsApp.',
    },
  },
  ACCOUNT_RESTRICTED: {
    'pt-BR': {
      what: 'A Meta não deixa esta conta receber o número, provavelmente porque está restrita',
      how: 'Veja as restrições da conta na Central de Suporte Comercial (business.facebook.com/business-support-home) e peça uma análise; a resposta da Meta (em “evidence”) diz mais.',
    },
    es: {
      what: 'Meta no permite que esta cuenta reciba el número, probablemente porque está restringida',
      how: 'Vea las restricciones de la cuenta en el Centro de ayuda para empresas (business.facebook.com/business-support-home) y pida una revisión; la respuesta de Meta (en «evidence») dice más.',
    },
  },
  DESTINATION_PAYMENT_REVOKED: {
    'pt-BR': {
      what: 'Há um pagamento vinculado à conta de destino, mas a Meta diz que ele não funciona',
      how: 'Se for um cartão: corrija-o nas configurações de pagamento da conta e tente de novo. Uma linha de crédito retirada fica vinculada para sempre: crie uma conta nova no mesmo portfólio empresarial e informe o ID dela.',
    },
    es: {
      what: 'La cuenta de destino tiene un pago vinculado, pero Meta dice que no funciona',
      how: 'Si es una tarjeta: corríjala en la configuración de pagos de la cuenta e inténtelo de nuevo. Una línea de crédito retirada queda vinculada para siempre: cree una cuenta nueva en el mismo portfolio comercial e indique su identificador.',
    },
  },
  SOLUTION_INTENT_REJECTED: {
    'pt-BR': {
      what: 'O pedido foi recusado nas Configurações do negócio',
      how: 'Diga-nos o motivo da recusa. Um novo pedido será enviado; um administrador o aceita em Configurações do negócio → Solicitações.',
    },
    es: {
      what: 'La solicitud fue rechazada en la Configuración del negocio',
      how: 'Díganos por qué se rechazó. Se enviará una nueva solicitud; un administrador la acepta en Configuración del negocio → Solicitudes.',
    },
  },
} as const satisfies Readonly<Record<string, OtherLanguages>>;

/** The codes of problems that may be a client's to solve. */
export type ProblemCode = keyof typeof PROBLEM_TEXTS;
