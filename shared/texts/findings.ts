/** What eligibility finds and the client must mend or know; the key is the finding's code, with a variant after a point. */
import type { Texts } from './wording';

export const FINDING_TEXTS = {
  DISPLAY_NAME_NOT_APPROVED: {
    en: {
      what: 'The display name is not approved: Meta shows it as {status}.',
      how: 'Get the name approved at the present provider; the destination cannot do it.',
    },
    'pt-BR': {
      what: 'O nome de exibição não está aprovado: a Meta o mostra como {status}.',
      how: 'Consiga a aprovação do nome junto ao provedor atual; no destino isso não é possível.',
    },
    es: {
      what: 'El nombre para mostrar no está aprobado: Meta lo muestra como {status}.',
      how: 'Consiga que el proveedor actual obtenga la aprobación del nombre; en el destino no es posible.',
    },
  },
} as const satisfies Texts;
