/** How the number stands, what nobody could see, and which way suits it; keys as in findings.ts. */
import type { Texts } from './wording';

export const STANDING_TEXTS = {
  UNSEEN: {
    en: {
      what: 'It could not be seen whether {holds|term} ({why|term}).',
      how: 'Look it up and state it for {row}, or give a credential that can see it.',
    },
    'pt-BR': {
      what: 'Não foi possível ver se {holds|term} ({why|term}).',
      how: 'Verifique e declare em {row}, ou forneça uma credencial que possa ver isso.',
    },
    es: {
      what: 'No se pudo ver si {holds|term} ({why|term}).',
      how: 'Compruébelo y declárelo para {row}, o dé una credencial que pueda verlo.',
    },
  },
  ATTESTED: {
    en: {
      what: 'It is taken on the statement of a party that {holds|term}.',
      how: 'Nothing to do; the statement has to be renewed when it expires.',
    },
    'pt-BR': {
      what: 'Vale a declaração de uma das partes de que {holds|term}.',
      how: 'Nada a fazer; a declaração precisa ser renovada quando vencer.',
    },
    es: {
      what: 'Vale la declaración de una de las partes de que {holds|term}.',
      how: 'Nada que hacer; la declaración debe renovarse cuando caduque.',
    },
  },
  'COUNTRY_NOT_SERVED.number': {
    en: {
      what: 'Numbers of {place|term} are not served by the platform.',
      how: 'There is no way to move it. Use a number and a business of a country that is served.',
    },
    'pt-BR': {
      what: 'A plataforma não atende números deste lugar: {place|term}.',
      how: 'Não há como migrá-lo. Use um número e uma empresa de um país atendido.',
    },
    es: {
      what: 'La plataforma no atiende números de este lugar: {place|term}.',
      how: 'No hay forma de trasladarlo. Use un número y un negocio de un país atendido.',
    },
  },
  'COUNTRY_NOT_SERVED.doubtful': {
    en: {
      what: 'Numbers of {place|term} are not served by the platform.',
      how: 'Part of this range lies in served territory: find out where the number is used before anything is begun.',
    },
    'pt-BR': {
      what: 'A plataforma não atende números deste lugar: {place|term}.',
      how: 'Parte desta faixa fica em território atendido: descubra onde o número é usado antes de começar.',
    },
    es: {
      what: 'La plataforma no atiende números de este lugar: {place|term}.',
      how: 'Parte de este rango está en territorio atendido: averigüe dónde se usa el número antes de empezar.',
    },
  },
  'COUNTRY_NOT_SERVED.business': {
    en: {
      what: 'Businesses of {place|term} are not served by the platform.',
      how: 'There is no way to move it. Use a number and a business of a country that is served.',
    },
    'pt-BR': {
      what: 'A plataforma não atende empresas deste lugar: {place|term}.',
      how: 'Não há como migrá-lo. Use um número e uma empresa de um país atendido.',
    },
    es: {
      what: 'La plataforma no atiende negocios de este lugar: {place|term}.',
      how: 'No hay forma de trasladarlo. Use un número y un negocio de un país atendido.',
    },
  },
  QUALITY_RATING_LOW: {
    en: {
      what: 'The quality rating of the number is {rating}. It moves with the number, and templates of low quality are not copied.',
      how: 'Stop the campaigns that people block or report, and let the rating recover before the move; after it the ratings of templates are unknown for 24 hours, so send slowly at first.',
    },
    'pt-BR': {
      what: 'A classificação de qualidade do número é {rating}. Ela acompanha o número, e modelos de baixa qualidade não são copiados.',
      how: 'Pare as campanhas que as pessoas bloqueiam ou denunciam e deixe a classificação se recuperar antes da migração; depois dela a classificação dos modelos fica desconhecida por 24 horas, portanto envie devagar no início.',
    },
    es: {
      what: 'La calificación de calidad del número es {rating}. Se traslada con el número, y las plantillas de baja calidad no se copian.',
      how: 'Detenga las campañas que la gente bloquea o denuncia y deje que la calificación se recupere antes del traslado; después, la de las plantillas es desconocida durante 24 horas, así que envíe despacio al principio.',
    },
  },
  'QUALITY_RATING_LOW.unseen': {
    en: {
      what: 'Quality rating and messaging limit of the number could not be seen, so that nothing can be compared with them after the move.',
      how: 'Note what WhatsApp Manager → Account tools → Phone numbers shows beside the number today: rating, limit, and whether it is limited; a picture of the page is best. Templates of low quality are not copied.',
    },
    'pt-BR': {
      what: 'Não foi possível ver a classificação de qualidade nem o limite de mensagens do número; depois da migração não haverá com que comparar.',
      how: 'Anote o que Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone mostra hoje ao lado do número: classificação, limite e se há restrição; o melhor é uma captura da página. Modelos de baixa qualidade não são copiados.',
    },
    es: {
      what: 'No se pudieron ver la calificación de calidad ni el límite de mensajes del número; después del traslado no habrá con qué compararlos.',
      how: 'Anote lo que Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono muestra hoy junto al número: calificación, límite y si está limitado; lo mejor es una captura de la página. Las plantillas de baja calidad no se copian.',
    },
  },
  SOURCE_SENDS_WITHIN_LIMITS: {
    en: {
      what: 'Meta lets the number send only within limits at the source. Meta’s words: “{said}”.',
      how: 'Clear that up before the move if you can: a limit of the number or of the business goes with it to the destination.',
    },
    'pt-BR': {
      what: 'Na origem, a Meta só permite que o número envie dentro de limites. Nas palavras da Meta: “{said}”.',
      how: 'Se possível, resolva isso antes da migração: um limite do número ou da empresa o acompanha até o destino.',
    },
    es: {
      what: 'En el origen, Meta solo permite que el número envíe dentro de límites. En palabras de Meta: «{said}».',
      how: 'Si es posible, resuélvalo antes del traslado: un límite del número o de la empresa lo acompaña al destino.',
    },
  },
  OFFICIAL_BUSINESS_ACCOUNT: {
    en: {
      what: 'The number carries the official badge. It moves with the number; two-step verification may be off only during the move, for the badge cannot be kept without it.',
      how: 'Switch two-step verification off inside the window and no earlier. The registration sets a new two-step PIN by itself; the operator checks the badge at the acceptance and tells Meta support at once if it is missing.',
    },
    'pt-BR': {
      what: 'O número tem o selo oficial, que o acompanha; a confirmação em duas etapas só pode ficar desativada durante a migração, pois sem ela o selo não se mantém.',
      how: 'Desative a confirmação em duas etapas dentro da janela, não antes. O registro define sozinho um novo PIN; o operador confere o selo na aceitação e avisa o suporte da Meta na hora se ele faltar.',
    },
    es: {
      what: 'El número tiene la insignia oficial, que se traslada con él; la verificación en dos pasos solo puede estar desactivada durante el traslado, pues sin ella la insignia no se conserva.',
      how: 'Desactive la verificación en dos pasos dentro de la ventana y no antes. El registro fija por sí mismo un PIN nuevo; el operador comprueba la insignia en la aceptación y avisa enseguida al soporte de Meta si falta.',
    },
  },
  'OFFICIAL_BUSINESS_ACCOUNT.unseen': {
    en: {
      what: 'It could not be seen whether the number carries the official badge.',
      how: 'The badge stands beside the name in the WhatsApp profile. State for R13 whether there is one: it cannot be kept without two-step verification, which then is switched off inside the window and no earlier, and it is looked for after the move.',
    },
    'pt-BR': {
      what: 'Não foi possível ver se o número tem o selo oficial.',
      how: 'O selo aparece ao lado do nome no perfil do WhatsApp. Declare em R13 se há um: ele não se mantém sem a confirmação em duas etapas, que então só é desativada dentro da janela, e é conferido depois da migração.',
    },
    es: {
      what: 'No se pudo ver si el número tiene la insignia oficial.',
      how: 'La insignia figura junto al nombre en el perfil de WhatsApp. Declare para R13 si la hay: no se conserva sin la verificación en dos pasos, que entonces se desactiva dentro de la ventana y no antes, y se busca después del traslado.',
    },
  },
  PARTNER_CHANGE_NEEDED: {
    en: {
      what: 'The number is on {provider} already, under another partner: it changes its partner, which needs no migration, no code and no pause.',
      how: 'Open the Client Hub → Profile → Partner → Change Partner, enter the new partner’s id, review the numbers and accept the terms; the new partner approves. Then make a new API key and set the webhook.',
    },
    'pt-BR': {
      what: 'O número já está em {provider}, com outro parceiro: basta trocar de parceiro, sem migração, sem código e sem pausa.',
      how: 'Abra o Client Hub → Profile → Partner → Change Partner, informe o ID do novo parceiro, confira os números e aceite os termos; o novo parceiro aprova. Depois crie uma nova chave de API e configure o webhook.',
    },
    es: {
      what: 'El número ya está en {provider}, con otro socio: basta cambiar de socio, sin traslado, sin código y sin pausa.',
      how: 'Abra el Client Hub → Profile → Partner → Change Partner, introduzca el identificador del nuevo socio, revise los números y acepte las condiciones; el nuevo socio aprueba. Después cree una nueva clave de API y configure el webhook.',
    },
  },
  'PARTNER_CHANGE_NEEDED.one_number': {
    en: {
      what: 'The number is on {provider} already. A change of partner would move all {numbers} numbers of its account at once and lose nothing; this migration moves this one number into another account.',
      how: 'Go on if only this number is to move; otherwise have the migration aborted and change the partner.',
    },
    'pt-BR': {
      what: 'O número já está em {provider}. A troca de parceiro levaria todos os números da conta ({numbers}) de uma vez, sem perder nada; esta migração leva só este número para outra conta.',
      how: 'Prossiga se só este número deve mudar; caso contrário, peça que a migração seja cancelada e troque de parceiro.',
    },
    es: {
      what: 'El número ya está en {provider}. Un cambio de socio llevaría todos los números de la cuenta ({numbers}) a la vez sin perder nada; este traslado lleva solo este número a otra cuenta.',
      how: 'Siga si solo debe trasladarse este número; si no, pida que se cancele el traslado y cambie de socio.',
    },
  },
  'CODE_METHOD_UNSUITED.neither': {
    en: {
      what: 'The code is asked for by {way|term}, which does not suit a {line|term} number.',
      how: 'Neither way is rated well for such a line: test that it takes a call from abroad, without menu or queue, and ask for the code by a call (verification.method: "voice"); otherwise let Meta’s Direct Support allow its calling numbers.',
    },
    'pt-BR': {
      what: 'O código foi pedido por {way|term}, que não é adequado a este tipo de linha ({line|term}).',
      how: 'Nenhum dos meios é bem avaliado para essa linha: teste se ela recebe uma ligação do exterior, sem menu nem fila, e peça o código por ligação (verification.method: "voice"); senão, peça ao Suporte Direto da Meta que libere os números de onde liga.',
    },
    es: {
      what: 'El código se pide por {way|term}, que no es adecuado para este tipo de línea ({line|term}).',
      how: 'Ninguno de los medios va bien con esa línea: pruebe que recibe una llamada del extranjero, sin menú ni cola, y pida el código por llamada (verification.method: "voice"); si no, pida al Soporte directo de Meta que permita sus números de llamada.',
    },
  },
  'CODE_METHOD_UNSUITED.sms': {
    en: {
      what: 'The code is asked for by {way|term}, which does not suit a {line|term} number.',
      how: 'Ask for the code by a call (verification.method: "voice"). The call comes from abroad and cannot press keys: switch the answering menu (IVR) off, or redirect the line to a person.',
    },
    'pt-BR': {
      what: 'O código foi pedido por {way|term}, que não é adequado a este tipo de linha ({line|term}).',
      how: 'Peça o código por ligação (verification.method: "voice"). A ligação vem do exterior e não digita opções: desligue a URA ou redirecione a linha para uma pessoa.',
    },
    es: {
      what: 'El código se pide por {way|term}, que no es adecuado para este tipo de línea ({line|term}).',
      how: 'Pida el código por llamada (verification.method: "voice"). La llamada viene del extranjero y no puede pulsar teclas: desactive el menú de voz (IVR) o desvíe la línea a una persona.',
    },
  },
  'CODE_METHOD_UNSUITED.voice': {
    en: {
      what: 'The code is asked for by {way|term}, which does not suit a {line|term} number.',
      how: 'Ask for the code by SMS (verification.method: "sms").',
    },
    'pt-BR': {
      what: 'O código foi pedido por {way|term}, que não é adequado a este tipo de linha ({line|term}).',
      how: 'Peça o código por SMS (verification.method: "sms").',
    },
    es: {
      what: 'El código se pide por {way|term}, que no es adecuado para este tipo de línea ({line|term}).',
      how: 'Pida el código por SMS (verification.method: "sms").',
    },
  },
} as const satisfies Texts;
