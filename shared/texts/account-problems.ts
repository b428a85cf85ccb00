/** Problems of the accounts and of templates that a client must solve (`problems.ts`). */
import type { Texts } from './wording';

export const ACCOUNT_PROBLEM_TEXTS = {
  WEBSITE_REJECTED: {
    en: {
      what: 'Meta does not accept the website of the business',
      how: 'Correct the website in Business settings → Business info and make sure that it can be opened; then ask Meta for a review.',
    },
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
    en: {
      what: 'The account is locked, or the two-step PIN does not match',
      how: 'See the state of the account in WhatsApp Manager and in Business Support Home (business.facebook.com/business-support-home). Do not try another PIN.',
    },
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
    en: {
      what: 'Meta has restricted the account for a violation of its policy',
      how: 'Ask for a review in Business Support Home (business.facebook.com/business-support-home); check the website in Business settings → Business info as well.',
    },
    'pt-BR': {
      what: 'A Meta restringiu a conta por violação de suas políticas',
      how: 'Peça uma análise na Central de Suporte Comercial (business.facebook.com/business-support-home); confira também o site em Configurações do negócio → Informações do negócio.',
    },
    es: {
      what: 'Meta restringió la cuenta por infringir sus políticas',
      how: 'Pida una revisión en el Centro de ayuda para empresas (business.facebook.com/business-support-home); revise también el sitio web en Configuración del negocio → Información del negocio.',
    },
  },
  COUNTRY_RESTRICTED: {
    en: {
      what: 'Meta bars the business from a country',
      how: 'No review lifts it. Numbers and businesses of Crimea (+7978), Cuba, Iran, North Korea, Syria, Donetsk and Luhansk are not served, and some lines of business are barred from single countries. If it is the country of the number or of the business, the number cannot be moved: use another one of a country that is served. If it is a country where customers live, leave them out of what you send, then report this task done.',
    },
    'pt-BR': {
      what: 'A Meta não permite que a empresa atue em um país',
      how: 'Nenhuma análise muda isso. Números e empresas da Crimeia (+7978), de Cuba, do Irã, da Coreia do Norte, da Síria, de Donetsk e de Luhansk não são atendidos, e alguns ramos de atividade são vedados em certos países. Se for o país do número ou da empresa, o número não pode ser migrado: use outro, de um país atendido. Se for um país onde estão clientes seus, deixe-os fora dos envios; depois informe a tarefa como concluída.',
    },
    es: {
      what: 'Meta no permite que el negocio actúe en un país',
      how: 'Ninguna revisión lo cambia. No se atienden números ni negocios de Crimea (+7978), Cuba, Irán, Corea del Norte, Siria, Donetsk y Luhansk, y algunos ramos de actividad están vetados en ciertos países. Si es el país del número o del negocio, el número no se puede trasladar: use otro, de un país atendido. Si es un país donde están clientes suyos, déjelos fuera de los envíos; después informe que la tarea está hecha.',
    },
  },
  PAYMENT_TERMS_NOT_ACCEPTED: {
    en: {
      what: 'The payments terms are not accepted',
      how: 'Accept the terms in WhatsApp Manager, then report this task done.',
    },
    'pt-BR': {
      what: 'Os termos de pagamento não foram aceitos',
      how: 'Aceite os termos no Gerenciador do WhatsApp; depois informe a tarefa como concluída.',
    },
    es: {
      what: 'Las condiciones de pago no están aceptadas',
      how: 'Acepte las condiciones en el Administrador de WhatsApp; después informe que la tarea está hecha.',
    },
  },
  NAME_REQUIRED_FOR_NUMBER: {
    en: {
      what: 'The number needs an approved display name first',
      how: 'Get the display name approved, then report this task done.',
    },
    'pt-BR': {
      what: 'O número precisa antes de um nome de exibição aprovado',
      how: 'Consiga a aprovação do nome de exibição; depois informe a tarefa como concluída.',
    },
    es: {
      what: 'El número necesita antes un nombre para mostrar aprobado',
      how: 'Consiga la aprobación del nombre para mostrar; después informe que la tarea está hecha.',
    },
  },
  TEMPLATE_LIMIT_REACHED: {
    en: {
      what: 'The destination account has no room for more templates',
      how: 'Delete templates that you do not use at the destination (WhatsApp Manager → Message templates), or verify the business (6,000 instead of 250); then report this task done.',
    },
    'pt-BR': {
      what: 'A conta de destino não comporta mais modelos',
      how: 'Exclua modelos sem uso no destino (Gerenciador do WhatsApp → Modelos de mensagem) ou verifique a empresa (6.000 em vez de 250); depois informe a tarefa como concluída.',
    },
    es: {
      what: 'La cuenta de destino no admite más plantillas',
      how: 'Elimine plantillas sin uso en el destino (Administrador de WhatsApp → Plantillas de mensajes) o verifique el negocio (6.000 en lugar de 250); después informe que la tarea está hecha.',
    },
  },
  TEMPLATE_REFUSED: {
    en: {
      what: 'Meta does not accept the content of a template',
      how: 'Correct the template as Meta’s answer says (it stands in “evidence”) and submit it again.',
    },
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
    en: {
      what: 'Meta takes no edit of this template now',
      how: 'An approved template takes one edit in 24 hours and ten in 30 days; one in review, disabled or being deleted takes none. Edit it a day later in WhatsApp Manager → Message templates, after the tenth edit when the first of them is 30 days old; one in review, when that is over.',
    },
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
    en: {
      what: 'Meta has limited the templates of the account',
      how: 'See the alerts of the account in WhatsApp Manager.',
    },
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
    en: {
      what: 'Meta does not let this account take the number, most likely because it is restricted',
      how: 'See the restrictions of the account in Business Support Home (business.facebook.com/business-support-home) and ask for a review; Meta’s answer (in “evidence”) says more.',
    },
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
    en: {
      what: 'A payment is attached to the destination account, but Meta says that it does not work',
      how: 'A card: mend it in Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings, then report this task done. A line of credit that was withdrawn stays attached for ever: make a new account in the same business portfolio and give its id.',
    },
    'pt-BR': {
      what: 'Há um pagamento vinculado à conta de destino, mas a Meta diz que ele não funciona',
      how: 'Se for um cartão: corrija-o em Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento; depois informe a tarefa como concluída. Uma linha de crédito retirada fica vinculada para sempre: crie uma conta nova no mesmo portfólio empresarial e informe o ID dela.',
    },
    es: {
      what: 'La cuenta de destino tiene un pago vinculado, pero Meta dice que no funciona',
      how: 'Si es una tarjeta: corríjala en Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos; después informe que la tarea está hecha. Una línea de crédito retirada queda vinculada para siempre: cree una cuenta nueva en el mismo portfolio comercial e indique su identificador.',
    },
  },
} as const satisfies Texts;
