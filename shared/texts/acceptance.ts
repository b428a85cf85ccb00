/**
 * What is not as it should be with the number at the destination: a clause that says what is and what should be, and the
 * remedy. They stand alone, in a task that lists what keeps the number from being accepted, or in a finding of aftercare
 * (R5, R8, R13, E8).
 */
import type { Texts } from './wording';

export const ACCEPTANCE_TEXTS = {
  number_not_accepted: {
    en: {
      what: 'Not accepted yet: {parts}',
      how: '{parts} Report this task done when it is repaired, or skip the step with the reason why it may stay so.',
    },
    'pt-BR': {
      what: 'Ainda não aceito: {parts}',
      how: '{parts} Informe a tarefa como concluída quando estiver resolvido. Se puder ficar como está, o suporte decide pular esta etapa, com o motivo.',
    },
    es: {
      what: 'Todavía no aceptado: {parts}',
      how: '{parts} Informe que la tarea está hecha cuando esté resuelto. Si puede quedar así, el equipo de soporte decide omitir este paso, con el motivo.',
    },
  },
  number_drifted: {
    en: { what: 'After the move, {parts}.', how: '{parts}' },
    'pt-BR': { what: 'Depois da migração: {parts}.', how: '{parts}' },
    es: { what: 'Después del traslado: {parts}.', how: '{parts}' },
  },
  'check.other': {
    en: { what: '{name} is {observed} instead of {expected}', how: '{remedy}' },
    'pt-BR': {
      what: '{name}: {observed} em vez de {expected}',
      how: 'Veja o número no Gerenciador do WhatsApp. A orientação só existe em inglês: {remedy}',
    },
    es: {
      what: '{name}: {observed} en lugar de {expected}',
      how: 'Vea el número en el Administrador de WhatsApp. La indicación solo existe en inglés: {remedy}',
    },
  },
  'check.status': {
    en: {
      what: 'status is {observed|term} instead of CONNECTED',
      how: 'See the number in WhatsApp Manager → Account tools → Phone numbers. Restricted or banned: check Business settings → Business info (the web site is live and names the business), then ask Meta for a review.',
    },
    'pt-BR': {
      what: 'o status é {observed|term} em vez de CONNECTED',
      how: 'Veja o número no Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone. Se estiver restrito ou banido: confira Configurações do negócio → Informações do negócio (o site está no ar e traz o nome da empresa) e peça uma análise à Meta.',
    },
    es: {
      what: 'el estado es {observed|term} en lugar de CONNECTED',
      how: 'Vea el número en el Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono. Si está restringido o inhabilitado: revise Configuración del negocio → Información del negocio (el sitio web está en línea y nombra al negocio) y pida una revisión a Meta.',
    },
  },
  'check.platform': {
    en: {
      what: 'platform is {observed|term} instead of CLOUD_API',
      how: 'Only Cloud API counts as moved: ask Meta’s support why the number is registered elsewhere.',
    },
    'pt-BR': {
      what: 'a plataforma é {observed|term} em vez de CLOUD_API',
      how: 'Só a Cloud API conta como migrado: pergunte ao suporte da Meta por que o número está registrado em outro lugar.',
    },
    es: {
      what: 'la plataforma es {observed|term} en lugar de CLOUD_API',
      how: 'Solo la Cloud API cuenta como trasladado: pregunte al soporte de Meta por qué el número está registrado en otro sitio.',
    },
  },
  'check.place': {
    en: {
      what: 'the number is not in the destination account',
      how: 'Somebody may have moved or deleted it since: look at both accounts in WhatsApp Manager.',
    },
    'pt-BR': {
      what: 'o número não está na conta de destino',
      how: 'Alguém pode tê-lo movido ou excluído depois: veja as duas contas no Gerenciador do WhatsApp.',
    },
    es: {
      what: 'el número no está en la cuenta de destino',
      how: 'Alguien puede haberlo movido o eliminado después: vea ambas cuentas en el Administrador de WhatsApp.',
    },
  },
  'check.business': {
    en: {
      what: 'the destination account belongs to {observed|term} instead of {expected}',
      how: 'The account belongs to another business portfolio than the request says: clear up which is right.',
    },
    'pt-BR': {
      what: 'a conta de destino pertence a {observed|term} em vez de {expected}',
      how: 'A conta pertence a outro portfólio empresarial, diferente do informado no pedido: esclareça qual está certo.',
    },
    es: {
      what: 'la cuenta de destino pertenece a {observed|term} en lugar de {expected}',
      how: 'La cuenta pertenece a otro portfolio comercial que el de la solicitud: aclare cuál es el correcto.',
    },
  },
  'check.number_id': {
    en: {
      what: 'the id of the number is {observed|term}',
      how: 'Nothing to do: the id may change with the move.',
    },
    'pt-BR': {
      what: 'o ID do número: {observed|term}',
      how: 'Não há nada a fazer: o ID pode mudar com a migração.',
    },
    es: {
      what: 'el identificador del número: {observed|term}',
      how: 'No hay nada que hacer: el identificador puede cambiar con el traslado.',
    },
  },
  'check.health': {
    en: {
      what: 'health is {observed|term} instead of AVAILABLE',
      how: 'Check Business settings → Business info (the web site is live and names the business), then ask Meta for a review in Business Support Home (business.facebook.com/business-support-home).',
    },
    'pt-BR': {
      what: 'a situação de envio é {observed|term} em vez de AVAILABLE',
      how: 'Confira Configurações do negócio → Informações do negócio (o site está no ar e traz o nome da empresa) e peça uma análise à Meta na Central de Suporte Comercial (business.facebook.com/business-support-home).',
    },
    es: {
      what: 'el estado de envío es {observed|term} en lugar de AVAILABLE',
      how: 'Revise Configuración del negocio → Información del negocio (el sitio web está en línea y nombra al negocio) y pida una revisión a Meta en el Centro de ayuda para empresas (business.facebook.com/business-support-home).',
    },
  },
  'check.health.advised': {
    en: {
      what: 'health is {observed} instead of AVAILABLE',
      how: 'Meta advises: {advice} Check Business settings → Business info (the web site is live and names the business), then ask Meta for a review in Business Support Home (business.facebook.com/business-support-home).',
    },
    'pt-BR': {
      what: 'a situação de envio é {observed} em vez de AVAILABLE',
      how: 'A Meta recomenda: {advice} Confira Configurações do negócio → Informações do negócio (o site está no ar e traz o nome da empresa) e peça uma análise à Meta na Central de Suporte Comercial (business.facebook.com/business-support-home).',
    },
    es: {
      what: 'el estado de envío es {observed} en lugar de AVAILABLE',
      how: 'Meta aconseja: {advice} Revise Configuración del negocio → Información del negocio (el sitio web está en línea y nombra al negocio) y pida una revisión a Meta en el Centro de ayuda para empresas (business.facebook.com/business-support-home).',
    },
  },
  'check.display_name': {
    en: {
      what: 'display name is {observed|term} instead of {expected|term}',
      how: 'It should have moved with the number: open a ticket with Meta with both account ids, the time of the move, and what display name was before.',
    },
    'pt-BR': {
      what: 'o nome de exibição é {observed|term} em vez de {expected|term}',
      how: 'Deveria ter acompanhado o número: abra um chamado na Meta com o ID das duas contas, a hora da migração e o nome de exibição de antes.',
    },
    es: {
      what: 'el nombre para mostrar es {observed|term} en lugar de {expected|term}',
      how: 'Debería haberse trasladado con el número: abra un ticket con Meta con los identificadores de ambas cuentas, la hora del traslado y el nombre para mostrar de antes.',
    },
  },
  'check.messaging_limit': {
    en: {
      what: 'messaging limit is {observed|term} instead of {expected|term}',
      how: 'It should have moved with the number: open a ticket with Meta with both account ids, the time of the move, and what messaging limit was before.',
    },
    'pt-BR': {
      what: 'o limite de mensagens é {observed|term} em vez de {expected|term}',
      how: 'Deveria ter acompanhado o número: abra um chamado na Meta com o ID das duas contas, a hora da migração e o limite de mensagens de antes.',
    },
    es: {
      what: 'el límite de mensajes es {observed|term} en lugar de {expected|term}',
      how: 'Debería haberse trasladado con el número: abra un ticket con Meta con los identificadores de ambas cuentas, la hora del traslado y el límite de mensajes de antes.',
    },
  },
  'check.throughput': {
    en: {
      what: 'throughput is {observed|term} instead of {expected|term}',
      how: 'The number may send 80 messages a second instead of 1,000. Spread large campaigns meanwhile; Meta raises it by itself when the volume is there again, otherwise ask Meta’s support with both account ids and the time of the move.',
    },
    'pt-BR': {
      what: 'a capacidade de envio é {observed|term} em vez de {expected|term}',
      how: 'O número pode enviar 80 mensagens por segundo em vez de 1.000. Enquanto isso, distribua as campanhas grandes; a Meta aumenta a capacidade sozinha quando o volume volta, senão peça ao suporte da Meta, com o ID das duas contas e a hora da migração.',
    },
    es: {
      what: 'la capacidad de envío es {observed|term} en lugar de {expected|term}',
      how: 'El número puede enviar 80 mensajes por segundo en lugar de 1.000. Mientras tanto, reparta las campañas grandes; Meta la aumenta por sí misma cuando vuelve el volumen; si no, pídalo al soporte de Meta con los identificadores de ambas cuentas y la hora del traslado.',
    },
  },
  'check.quality': {
    en: {
      what: 'quality rating is {observed|term} instead of {expected|term}',
      how: 'Send less and only what is wanted until the rating is back: stop campaigns, watch what is read and what is blocked (WhatsApp Manager → Insights). A rating that is unknown after 24 hours is a ticket with Meta.',
    },
    'pt-BR': {
      what: 'a classificação de qualidade é {observed|term} em vez de {expected|term}',
      how: 'Envie menos, e só o que os clientes querem, até a classificação voltar: pare as campanhas e acompanhe leituras e bloqueios (Gerenciador do WhatsApp → Insights). Se continuar desconhecida depois de 24 horas, abra um chamado na Meta.',
    },
    es: {
      what: 'la calificación de calidad es {observed|term} en lugar de {expected|term}',
      how: 'Envíe menos, y solo lo que los clientes quieren, hasta que la calificación vuelva: detenga las campañas y vigile lecturas y bloqueos (Administrador de WhatsApp → Estadísticas). Si sigue desconocida pasadas 24 horas, abra un ticket con Meta.',
    },
  },
  'check.badge': {
    en: {
      what: 'official business badge is {observed|term} instead of {expected|term}',
      how: 'See that two-step verification is on, then open a ticket with Meta (Business Support Home → WhatsApp → Official business account) with both account ids and the time of the move.',
    },
    'pt-BR': {
      what: 'selo de conta comercial oficial: {observed|term} em vez de {expected|term}',
      how: 'Verifique se a confirmação em duas etapas está ativada e abra um chamado na Meta (Central de Suporte Comercial, business.facebook.com/business-support-home → WhatsApp → Conta comercial oficial) com o ID das duas contas e a hora da migração.',
    },
    es: {
      what: 'insignia de cuenta de empresa oficial: {observed|term} en lugar de {expected|term}',
      how: 'Compruebe que la verificación en dos pasos esté activada y abra un ticket con Meta (Centro de ayuda para empresas, business.facebook.com/business-support-home → WhatsApp → Cuenta de empresa oficial) con los identificadores de ambas cuentas y la hora del traslado.',
    },
  },
  'check.two_step': {
    en: {
      what: 'two-step verification on again is {observed|term} instead of yes',
      how: 'Set a PIN: WhatsApp Manager → Account tools → Phone numbers → the number → Two-step verification, or POST /<phone-number-id> with a PIN. Without it the number can be taken, and a badge cannot be kept.',
    },
    'pt-BR': {
      what: 'confirmação em duas etapas ativada de novo: {observed|term} em vez de sim',
      how: 'Defina um PIN: Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Confirmação em duas etapas. Sem ele o número pode ser tomado por outra pessoa, e o selo não se mantém.',
    },
    es: {
      what: 'verificación en dos pasos activada de nuevo: {observed|term} en lugar de sí',
      how: 'Defina un PIN: Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Verificación en dos pasos. Sin él otra persona puede quedarse con el número, y la insignia no se conserva.',
    },
  },
  'check.pin': {
    en: {
      what: 'two-step PIN known here is {observed|term} instead of yes',
      how: 'The number was found registered, so nobody here knows its PIN. Set a new one (WhatsApp Manager → Account tools → Phone numbers → Two-step verification → Change PIN, or POST /<phone-number-id>) and keep it where it is found at the next move.',
    },
    'pt-BR': {
      what: 'PIN da confirmação em duas etapas conhecido aqui: {observed|term} em vez de sim',
      how: 'O número já estava registrado, por isso ninguém aqui conhece o PIN. Defina um novo (Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → Confirmação em duas etapas → Alterar PIN) e guarde-o onde seja encontrado na próxima migração.',
    },
    es: {
      what: 'PIN de la verificación en dos pasos conocido aquí: {observed|term} en lugar de sí',
      how: 'El número ya estaba registrado, así que aquí nadie conoce su PIN. Defina uno nuevo (Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → Verificación en dos pasos → Cambiar PIN) y guárdelo donde se encuentre en el próximo traslado.',
    },
  },
} as const satisfies Texts;
