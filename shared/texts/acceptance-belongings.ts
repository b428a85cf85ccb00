/** The same as in acceptance.ts, of what hangs on the number: webhooks, profile, payment, messages, templates, web site. */
import type { Texts } from './wording';

export const BELONGINGS_TEXTS = {
  'check.webhooks': {
    en: {
      what: 'webhooks reach our app is {observed|term} instead of yes',
      how: 'Subscribe the app to the destination account (POST /<waba-id>/subscribed_apps with the token of the app); until then nobody hears what is written to the number.',
    },
    'pt-BR': {
      what: 'webhooks chegam ao nosso aplicativo: {observed|term} em vez de sim',
      how: 'Inscreva o aplicativo na conta de destino (POST /<waba-id>/subscribed_apps com o token do aplicativo); até lá ninguém recebe o que se escreve para o número.',
    },
    es: {
      what: 'los webhooks llegan a nuestra aplicación: {observed|term} en lugar de sí',
      how: 'Suscriba la aplicación a la cuenta de destino (POST /<waba-id>/subscribed_apps con el token de la aplicación); hasta entonces nadie recibe lo que se escribe al número.',
    },
  },
  'check.turned.account': {
    en: {
      what: 'messages of the number are turned to {host} instead of our app’s address, by an override of the account',
      how: 'Our app does not hear what is written to the number. Take the override off (POST /<waba-id>/subscribed_apps with the token of the app, without override_callback_uri), or state that the address is yours.',
    },
    'pt-BR': {
      what: 'as mensagens do número são desviadas para {host} em vez do endereço do nosso aplicativo, por um endereço próprio da conta',
      how: 'Nosso aplicativo não recebe o que se escreve para o número. Retire o desvio (POST /<waba-id>/subscribed_apps com o token do aplicativo, sem override_callback_uri) ou confirme que o endereço é seu.',
    },
    es: {
      what: 'los mensajes del número se desvían a {host} en lugar de la dirección de nuestra aplicación, por una dirección propia de la cuenta',
      how: 'Nuestra aplicación no recibe lo que se escribe al número. Quite el desvío (POST /<waba-id>/subscribed_apps con el token de la aplicación, sin override_callback_uri) o confirme que la dirección es suya.',
    },
  },
  'check.turned.number': {
    en: {
      what: 'messages of the number are turned to {host} instead of our app’s address, by an override of the number',
      how: 'Our app does not hear what is written to the number. Take the override off (POST /<phone-number-id> with an empty override_callback_uri in webhook_configuration), or state that the address is yours.',
    },
    'pt-BR': {
      what: 'as mensagens do número são desviadas para {host} em vez do endereço do nosso aplicativo, por um endereço próprio do número',
      how: 'Nosso aplicativo não recebe o que se escreve para o número. Retire o desvio (POST /<phone-number-id> com override_callback_uri vazio em webhook_configuration) ou confirme que o endereço é seu.',
    },
    es: {
      what: 'los mensajes del número se desvían a {host} en lugar de la dirección de nuestra aplicación, por una dirección propia del número',
      how: 'Nuestra aplicación no recibe lo que se escribe al número. Quite el desvío (POST /<phone-number-id> con override_callback_uri vacío en webhook_configuration) o confirme que la dirección es suya.',
    },
  },
  'check.profile': {
    en: {
      what: 'the business profile is not what it was: {differences}',
      how: 'Put it right: WhatsApp Manager → Account tools → Phone numbers → the number → Profile (fields: {fields}). Customers see it at once.',
    },
    'pt-BR': {
      what: 'o perfil comercial não é mais o mesmo: {differences}',
      how: 'Corrija: Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Perfil (campos: {fields}). Os clientes veem na hora.',
    },
    es: {
      what: 'el perfil de empresa no es el que era: {differences}',
      how: 'Corríjalo: Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Perfil (campos: {fields}). Los clientes lo ven enseguida.',
    },
  },
  'check.payment': {
    en: {
      what: 'no payment is attached to the destination account',
      how: 'Add a payment method: Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings. Without one the number sends nothing that costs.',
    },
    'pt-BR': {
      what: 'não há forma de pagamento na conta de destino',
      how: 'Adicione uma forma de pagamento: Configurações do negócio → Contas → Contas do WhatsApp → a conta → Configurações → Configurações de pagamento. Sem ela o número não envia nada que seja cobrado.',
    },
    es: {
      what: 'la cuenta de destino no tiene método de pago',
      how: 'Agregue un método de pago: Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Configuración → Configuración de pagos. Sin él el número no envía nada que tenga costo.',
    },
  },
  'check.first_inbound': {
    en: {
      what: 'no first message to the number has been seen yet',
      how: 'Write a message to the number from any phone.',
    },
    'pt-BR': {
      what: 'ainda não vimos nenhuma mensagem recebida pelo número',
      how: 'Escreva uma mensagem para o número a partir de qualquer telefone.',
    },
    es: {
      what: 'todavía no hemos visto ningún mensaje recibido por el número',
      how: 'Escriba un mensaje al número desde cualquier teléfono.',
    },
  },
  'check.first_outbound': {
    en: {
      what: 'no first message from the number has been seen yet',
      how: 'Send a message from the number through the new system, to a phone of yours.',
    },
    'pt-BR': {
      what: 'ainda não vimos nenhuma mensagem enviada pelo número',
      how: 'Envie pelo novo sistema uma mensagem do número para um telefone seu.',
    },
    es: {
      what: 'todavía no hemos visto ningún mensaje enviado por el número',
      how: 'Envíe desde el nuevo sistema un mensaje del número a un teléfono suyo.',
    },
  },
  'check.template': {
    en: {
      what: 'template {template} is {status|term} instead of APPROVED',
      how: 'Look at its status in WhatsApp Manager → Message templates; it must be approved.',
    },
    'pt-BR': {
      what: 'o modelo {template} está {status|term} em vez de APPROVED',
      how: 'Veja o status em Gerenciador do WhatsApp → Modelos de mensagem; ele precisa estar aprovado.',
    },
    es: {
      what: 'la plantilla {template} está {status|term} en lugar de APPROVED',
      how: 'Vea su estado en Administrador de WhatsApp → Plantillas de mensajes; debe estar aprobada.',
    },
  },
  'check.template.missing': {
    en: {
      what: 'template {template} is missing instead of APPROVED',
      how: 'It was asked for and did not arrive. Submit it at the destination.',
    },
    'pt-BR': {
      what: 'falta o modelo {template} no destino',
      how: 'A cópia foi pedida e não chegou. Envie o modelo para análise na conta de destino.',
    },
    es: {
      what: 'falta la plantilla {template} en el destino',
      how: 'La copia se pidió y no llegó. Envíe la plantilla a revisión en la cuenta de destino.',
    },
  },
  'check.template.pending': {
    en: {
      what: 'template {template} is PENDING instead of APPROVED',
      how: 'Wait for Meta’s review; it takes up to 24 hours.',
    },
    'pt-BR': {
      what: 'o modelo {template} está em análise (PENDING)',
      how: 'Aguarde a análise da Meta; leva até 24 horas.',
    },
    es: {
      what: 'la plantilla {template} está en revisión (PENDING)',
      how: 'Espere la revisión de Meta; tarda hasta 24 horas.',
    },
  },
  'check.template.rejected': {
    en: {
      what: 'template {template} is REJECTED instead of APPROVED',
      how: 'Meta’s category check after the copy turned it down. Edit it in WhatsApp Manager (category or content) and submit it again, or request a review.',
    },
    'pt-BR': {
      what: 'o modelo {template} foi recusado (REJECTED)',
      how: 'A verificação de categoria da Meta recusou depois da cópia. Edite o modelo no Gerenciador do WhatsApp, em Modelos de mensagem (categoria ou conteúdo), e envie-o de novo para análise, ou peça a revisão da decisão.',
    },
    es: {
      what: 'la plantilla {template} fue rechazada (REJECTED)',
      how: 'La comprobación de categoría de Meta la rechazó después de la copia. Edite la plantilla en el Administrador de WhatsApp, Plantillas de mensajes (categoría o contenido), y envíela de nuevo a revisión, o solicite que se revise la decisión.',
    },
  },
  'check.template.paused': {
    en: {
      what: 'template {template} is PAUSED instead of APPROVED',
      how: 'Meta paused it because customers blocked or reported it. Submit a better one at the destination.',
    },
    'pt-BR': {
      what: 'o modelo {template} está pausado (PAUSED)',
      how: 'A Meta o pausou porque clientes bloquearam ou denunciaram. Envie um modelo melhor na conta de destino.',
    },
    es: {
      what: 'la plantilla {template} está en pausa (PAUSED)',
      how: 'Meta la pausó porque hubo clientes que bloquearon o denunciaron. Envíe una plantilla mejor en la cuenta de destino.',
    },
  },
  'check.copies': {
    en: {
      what: 'template copies were turned down: {templates}',
      how: 'Meta’s category check after the copy turned it down. Edit it in WhatsApp Manager (category or content) and submit it again, or request a review.',
    },
    'pt-BR': {
      what: 'cópias de modelos foram recusadas: {templates}',
      how: 'A verificação de categoria da Meta as recusou depois da cópia. Edite cada modelo no Gerenciador do WhatsApp, em Modelos de mensagem (categoria ou conteúdo), e envie-o de novo para análise, ou peça a revisão da decisão.',
    },
    es: {
      what: 'se rechazaron copias de plantillas: {templates}',
      how: 'La comprobación de categoría de Meta las rechazó después de la copia. Edite cada plantilla en el Administrador de WhatsApp, Plantillas de mensajes (categoría o contenido), y envíela de nuevo a revisión, o solicite que se revise la decisión.',
    },
  },
  'check.categories': {
    en: {
      what: 'template categories: {count} of {arrived} have another category, which is priced differently',
      how: 'See the template report for both categories; a category can be disputed in WhatsApp Manager.',
    },
    'pt-BR': {
      what: 'categorias de modelos: {count} de {arrived} têm outra categoria, com outro preço',
      how: 'Veja as duas categorias no relatório de modelos; uma categoria pode ser contestada no Gerenciador do WhatsApp.',
    },
    es: {
      what: 'categorías de plantillas: {count} de {arrived} tienen otra categoría, con otro precio',
      how: 'Vea ambas categorías en el informe de plantillas; una categoría se puede impugnar en el Administrador de WhatsApp.',
    },
  },
  'check.campaigns': {
    en: {
      what: 'templates that campaigns need are not approved at the destination: {count} ({templates})',
      how: 'The template report says of each what is missing and what to do; campaigns wait until then.',
    },
    'pt-BR': {
      what: 'modelos de que as campanhas precisam não estão aprovados no destino: {count} ({templates})',
      how: 'O relatório de modelos diz, para cada um, o que falta e o que fazer; até lá as campanhas esperam.',
    },
    es: {
      what: 'plantillas que necesitan las campañas no están aprobadas en el destino: {count} ({templates})',
      how: 'El informe de plantillas dice, de cada una, qué falta y qué hacer; hasta entonces las campañas esperan.',
    },
  },
  'check.data_region': {
    en: {
      what: 'the data of the number is kept in {observed} instead of {expected}',
      how: 'A registered number keeps its region. It changes only when the number is deregistered (POST /<phone-number-id>/deregister), told anew (POST /<phone-number-id>/settings) and registered again: the number is silent meanwhile, what is stored is cleared, and it takes one of ten registrations in 72 hours. Settle with the client whether and when; or ask Meta’s support why it is so.',
    },
    'pt-BR': {
      what: 'os dados do número são guardados em {observed} em vez de {expected}',
      how: 'Um número registrado mantém a região. Ela só muda quando o número é desregistrado (POST /<phone-number-id>/deregister), configurado de novo (POST /<phone-number-id>/settings) e registrado outra vez: enquanto isso o número fica mudo, o que está armazenado é apagado e gasta-se um dos dez registros em 72 horas. Combine com o cliente se e quando; ou pergunte ao suporte da Meta por que está assim.',
    },
    es: {
      what: 'los datos del número se guardan en {observed} en lugar de {expected}',
      how: 'Un número registrado conserva su región. Solo cambia cuando el número se da de baja (POST /<phone-number-id>/deregister), se configura de nuevo (POST /<phone-number-id>/settings) y se registra otra vez: mientras tanto el número queda mudo, se borra lo almacenado y se gasta uno de los diez registros en 72 horas. Acuerde con el cliente si se hace y cuándo; o pregunte al soporte de Meta por qué es así.',
    },
  },
  'check.data_region.default': {
    en: {
      what: 'the data of the number is kept where Meta keeps it by default instead of in {expected}',
      how: 'A registered number keeps its region. It changes only when the number is deregistered (POST /<phone-number-id>/deregister), told anew (POST /<phone-number-id>/settings) and registered again: the number is silent meanwhile, what is stored is cleared, and it takes one of ten registrations in 72 hours. Settle with the client whether and when; or ask Meta’s support why it is so.',
    },
    'pt-BR': {
      what: 'os dados do número são guardados no local padrão da Meta em vez de em {expected}',
      how: 'Um número registrado mantém a região. Ela só muda quando o número é desregistrado (POST /<phone-number-id>/deregister), configurado de novo (POST /<phone-number-id>/settings) e registrado outra vez: enquanto isso o número fica mudo, o que está armazenado é apagado e gasta-se um dos dez registros em 72 horas. Combine com o cliente se e quando; ou pergunte ao suporte da Meta por que está assim.',
    },
    es: {
      what: 'los datos del número se guardan en el lugar predeterminado de Meta en lugar de en {expected}',
      how: 'Un número registrado conserva su región. Solo cambia cuando el número se da de baja (POST /<phone-number-id>/deregister), se configura de nuevo (POST /<phone-number-id>/settings) y se registra otra vez: mientras tanto el número queda mudo, se borra lo almacenado y se gasta uno de los diez registros en 72 horas. Acuerde con el cliente si se hace y cuándo; o pregunte al soporte de Meta por qué es así.',
    },
  },
  'check.website': {
    en: {
      what: 'web site of the business is {observed}',
      how: 'Bring the site back, or correct the address in Business settings → Business info → Website: Meta may take the account offline while its site is dead. If it has, ask for a review there afterwards.',
    },
    'pt-BR': {
      what: 'site da empresa: {observed}',
      how: 'Recoloque o site no ar ou corrija o endereço em Configurações do negócio → Informações do negócio → Site: enquanto o site não abrir, a Meta pode tirar a conta do ar. Se isso já aconteceu, peça depois uma análise.',
    },
    es: {
      what: 'sitio web del negocio: {observed}',
      how: 'Vuelva a poner el sitio en línea o corrija la dirección en Configuración del negocio → Información del negocio → Sitio web: mientras el sitio no funcione, Meta puede desactivar la cuenta. Si ya lo hizo, pida después una revisión.',
    },
  },
  'check.website.parked': {
    en: {
      what: 'web site of the business is not in use ({detail}) instead of live',
      how: 'Bring the site back, or correct the address in Business settings → Business info → Website: Meta may take the account offline while its site is dead. If it has, ask for a review there afterwards.',
    },
    'pt-BR': {
      what: 'o site da empresa não está em uso ({detail})',
      how: 'Recoloque o site no ar ou corrija o endereço em Configurações do negócio → Informações do negócio → Site: enquanto o site não abrir, a Meta pode tirar a conta do ar. Se isso já aconteceu, peça depois uma análise.',
    },
    es: {
      what: 'el sitio web del negocio no está en uso ({detail})',
      how: 'Vuelva a poner el sitio en línea o corrija la dirección en Configuración del negocio → Información del negocio → Sitio web: mientras el sitio no funcione, Meta puede desactivar la cuenta. Si ya lo hizo, pida después una revisión.',
    },
  },
  'check.website.no_tls': {
    en: {
      what: 'web site of the business is shown without TLS (https)',
      how: 'Let the site be shown over https again, with a certificate that is valid, or correct the address in Business settings → Business info → Website: Meta asks for a site with TLS, and may take the account offline without it. If it has, ask for a review there afterwards.',
    },
    'pt-BR': {
      what: 'o site da empresa é mostrado sem TLS (https)',
      how: 'Volte a mostrar o site por https, com um certificado válido, ou corrija o endereço em Configurações do negócio → Informações do negócio → Site: a Meta exige um site com TLS e, sem isso, pode tirar a conta do ar. Se isso já aconteceu, peça depois uma análise.',
    },
    es: {
      what: 'el sitio web del negocio se muestra sin TLS (https)',
      how: 'Vuelva a mostrar el sitio por https, con un certificado válido, o corrija la dirección en Configuración del negocio → Información del negocio → Sitio web: Meta pide un sitio con TLS y sin él puede desactivar la cuenta. Si ya lo hizo, pida después una revisión.',
    },
  },
  'check.website.dead': {
    en: {
      what: 'web site of the business is not to be opened ({detail}) instead of live',
      how: 'Bring the site back, or correct the address in Business settings → Business info → Website: Meta may take the account offline while its site is dead. If it has, ask for a review there afterwards.',
    },
    'pt-BR': {
      what: 'o site da empresa não abre ({detail})',
      how: 'Recoloque o site no ar ou corrija o endereço em Configurações do negócio → Informações do negócio → Site: enquanto o site não abrir, a Meta pode tirar a conta do ar. Se isso já aconteceu, peça depois uma análise.',
    },
    es: {
      what: 'el sitio web del negocio no se puede abrir ({detail})',
      how: 'Vuelva a poner el sitio en línea o corrija la dirección en Configuración del negocio → Información del negocio → Sitio web: mientras el sitio no funcione, Meta puede desactivar la cuenta. Si ya lo hizo, pida después una revisión.',
    },
  },
} as const satisfies Texts;
