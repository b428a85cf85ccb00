/** What is found of the web site of the business (R28); keys as in findings.ts. */
import type { Texts } from './wording';

export const WEBSITE_TEXTS = {
  'WEBSITE_NOT_LIVE.not_named': {
    en: {
      what: 'The request names no web site of the business, so nobody has looked whether it is live.',
      how: 'Give business.website, or state for R28 that the site in Business info is live. Open it in a private window from a telephone outside the office; then compare it with Business settings → Business info → Website, which must show the same address.',
    },
    'pt-BR': {
      what: 'O pedido não informa o site da empresa, então ninguém verificou se está no ar.',
      how: 'Informe business.website, ou declare em R28 que o site em Informações do negócio está no ar. Abra-o em uma janela anônima, em um telefone fora do escritório; depois compare com Configurações do negócio → Informações do negócio → Site, que deve mostrar o mesmo endereço.',
    },
    es: {
      what: 'La solicitud no indica el sitio web del negocio, así que nadie ha mirado si está en línea.',
      how: 'Indique business.website, o declare para R28 que el sitio de Información del negocio está en línea. Ábralo en una ventana privada desde un teléfono fuera de la oficina; luego compárelo con Configuración del negocio → Información del negocio → Sitio web, que debe mostrar la misma dirección.',
    },
  },
  'WEBSITE_NOT_LIVE.not_looked_at': {
    en: {
      what: 'The web site was not looked at.',
      how: 'Open it in a private window from a telephone outside the office; then compare it with Business settings → Business info → Website, which must show the same address.',
    },
    'pt-BR': {
      what: 'O site não foi verificado.',
      how: 'Abra-o em uma janela anônima, em um telefone fora do escritório; depois compare com Configurações do negócio → Informações do negócio → Site, que deve mostrar o mesmo endereço.',
    },
    es: {
      what: 'No se ha mirado el sitio web.',
      how: 'Ábralo en una ventana privada desde un teléfono fuera de la oficina; luego compárelo con Configuración del negocio → Información del negocio → Sitio web, que debe mostrar la misma dirección.',
    },
  },
  'WEBSITE_NOT_LIVE.doubtful': {
    en: {
      what: 'Whether the web site {address} is live and the business’s own could not be made sure: {reason|term} ({detail}).',
      how: 'Look yourself, and state for R28 what you saw. Open it in a private window from a telephone outside the office; then compare it with Business settings → Business info → Website, which must show the same address. The name of the business should stand on the page as it does in Business info.',
    },
    'pt-BR': {
      what: 'Não foi possível confirmar se o site {address} está no ar e é da empresa: {reason|term} ({detail}).',
      how: 'Verifique pessoalmente e declare em R28 o que viu. Abra-o em uma janela anônima, em um telefone fora do escritório; depois compare com Configurações do negócio → Informações do negócio → Site, que deve mostrar o mesmo endereço. O nome da empresa deve constar na página como em Informações do negócio.',
    },
    es: {
      what: 'No se pudo confirmar si el sitio web {address} está en línea y es del negocio: {reason|term} ({detail}).',
      how: 'Compruébelo usted mismo y declare para R28 lo que vio. Ábralo en una ventana privada desde un teléfono fuera de la oficina; luego compárelo con Configuración del negocio → Información del negocio → Sitio web, que debe mostrar la misma dirección. El nombre del negocio debe figurar en la página como en Información del negocio.',
    },
  },
  'WEBSITE_NOT_LIVE.unnamed_business': {
    en: {
      what: 'Whether the web site {address} is live and the business’s own could not be made sure: it does not name the business on its first page.',
      how: 'Look yourself, and state for R28 what you saw. Open it in a private window from a telephone outside the office; then compare it with Business settings → Business info → Website, which must show the same address. The name of the business should stand on the page as it does in Business info.',
    },
    'pt-BR': {
      what: 'Não foi possível confirmar se o site {address} está no ar e é da empresa: a primeira página não traz o nome dela.',
      how: 'Verifique pessoalmente e declare em R28 o que viu. Abra-o em uma janela anônima, em um telefone fora do escritório; depois compare com Configurações do negócio → Informações do negócio → Site, que deve mostrar o mesmo endereço. O nome da empresa deve constar na página como em Informações do negócio.',
    },
    es: {
      what: 'No se pudo confirmar si el sitio web {address} está en línea y es del negocio: su primera página no lo nombra.',
      how: 'Compruébelo usted mismo y declare para R28 lo que vio. Ábralo en una ventana privada desde un teléfono fuera de la oficina; luego compárelo con Configuración del negocio → Información del negocio → Sitio web, que debe mostrar la misma dirección. El nombre del negocio debe figurar en la página como en Información del negocio.',
    },
  },
  'WEBSITE_NOT_LIVE.dead': {
    en: {
      what: 'The web site {address} cannot be opened: {trouble|term} ({detail}).',
      how: 'The account may be taken offline after the move while this is so. Bring the site back, or correct the address in Business settings → Business info → Website and in business.website of this migration; then ask for a recheck.',
    },
    'pt-BR': {
      what: 'O site {address} não abre: {trouble|term} ({detail}).',
      how: 'Enquanto isso durar, a conta pode ser tirada do ar depois da migração. Recoloque o site no ar ou corrija o endereço em Configurações do negócio → Informações do negócio → Site e em business.website desta migração; depois peça uma nova verificação.',
    },
    es: {
      what: 'El sitio web {address} no se puede abrir: {trouble|term} ({detail}).',
      how: 'Mientras siga así, la cuenta puede ser desactivada después del traslado. Vuelva a poner el sitio en línea o corrija la dirección en Configuración del negocio → Información del negocio → Sitio web y en business.website de esta migración; después pida una nueva comprobación.',
    },
  },
  'WEBSITE_NOT_LIVE.parked': {
    en: {
      what: 'The web site {address} is not in use: what it shows is of the kind “{sign}”.',
      how: 'The account may be taken offline after the move while this is so. Bring the site back, or correct the address in Business settings → Business info → Website and in business.website of this migration; then ask for a recheck.',
    },
    'pt-BR': {
      what: 'O site {address} não está em uso: o que mostra é do tipo “{sign}”.',
      how: 'Enquanto isso durar, a conta pode ser tirada do ar depois da migração. Recoloque o site no ar ou corrija o endereço em Configurações do negócio → Informações do negócio → Site e em business.website desta migração; depois peça uma nova verificação.',
    },
    es: {
      what: 'El sitio web {address} no está en uso: lo que muestra es del tipo «{sign}».',
      how: 'Mientras siga así, la cuenta puede ser desactivada después del traslado. Vuelva a poner el sitio en línea o corrija la dirección en Configuración del negocio → Información del negocio → Sitio web y en business.website de esta migración; después pida una nueva comprobación.',
    },
  },
  'WEBSITE_NOT_LIVE.no_tls': {
    en: {
      what: 'The web site {address} has no TLS (https).',
      how: 'The account may be taken offline after the move while this is so. Bring the site back, or correct the address in Business settings → Business info → Website and in business.website of this migration; then ask for a recheck.',
    },
    'pt-BR': {
      what: 'O site {address} não tem TLS (https).',
      how: 'Enquanto isso durar, a conta pode ser tirada do ar depois da migração. Recoloque o site no ar ou corrija o endereço em Configurações do negócio → Informações do negócio → Site e em business.website desta migração; depois peça uma nova verificação.',
    },
    es: {
      what: 'El sitio web {address} no tiene TLS (https).',
      how: 'Mientras siga así, la cuenta puede ser desactivada después del traslado. Vuelva a poner el sitio en línea o corrija la dirección en Configuración del negocio → Información del negocio → Sitio web y en business.website de esta migración; después pida una nueva comprobación.',
    },
  },
} as const satisfies Texts;
