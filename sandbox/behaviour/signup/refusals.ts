import { GraphError } from '../../graph/errors';
import type { Person } from '../../world/partner-schema';

/**
 * Why the popup does not go on, in the words a client reads there. E1 to E7 are the eight messages of 360dialog's page,
 * as far as the popup shows them; the others are ours, the public pages give none.
 */
const words = {
  // E1
  connected: [
    '524101',
    'This phone number is already connected to an existing WABA. Use another phone number to finish, or contact support.',
  ],
  // E2
  two_step_on: [
    '524102',
    'Two-factor authentication not yet disabled. Turn off two-step verification for this phone number and try again.',
  ],
  // E3
  add_directly: [
    '524103',
    'This phone number is eligible to be added directly, and does not need to be migrated.',
  ],
  // E4
  already_moved: ['524104', 'This phone number has already been moved to your destination account.'],
  // E5
  different_business: [
    '524105',
    'The source and destination WhatsApp Business Accounts need to represent the same business.',
  ],
  // E6
  generic: [
    '524106',
    'Something went wrong when trying to migrate this phone number. Please try again later.',
  ],
  // E7
  name_not_approved: ['524107', 'Register Name should be present and approved.'],
  portfolio_not_verified: ['524110', 'Business verification of this business portfolio is not completed.'],
  source_not_approved: ['524111', 'The WhatsApp Business Account of this phone number is not approved.'],
  source_unpaid: [
    '524112',
    'The WhatsApp Business Account of this phone number has no valid payment method.',
  ],
  coexistence: [
    '524113',
    'This phone number is in use with the WhatsApp Business app and cannot be migrated.',
  ],
  test_number: ['524114', 'Test phone numbers cannot be migrated.'],
  number_cap: ['524115', 'The phone number limit of this business portfolio has been reached.'],
  just_deleted: [
    '524116',
    'This phone number was removed from another account a moment ago. Wait 5 minutes.',
  ],
  bad_number: ['524117', 'Enter a valid phone number with its country code.'],
  name_missing: ['524118', 'Enter the display name customers will see.'],
  not_admin: ['524120', 'You need to be an admin of this business portfolio.'],
  not_yours: ['524121', 'You do not have access to this business portfolio or account.'],
  account_limit: [
    '524122',
    'This business portfolio has reached its limit of WhatsApp Business Accounts (20).',
  ],
  partner_limit: ['524123', 'This WhatsApp Business Account is already shared with 2 partners.'],
  number_needed: ['524124', 'Add a phone number to finish.'],
  not_in_app: [
    '524125',
    'Open the WhatsApp Business app with this phone number: it is not in use with the app.',
  ],
  code: ['524130', 'The code could not be sent or verified.'],
} as const;

export type RefusalName = keyof typeof words;

/** What a person who reads Portuguese or Spanish sees; the other messages are shown in English (meta §6.1: localised). */
const translations: Readonly<
  Partial<Record<RefusalName, { readonly pt_BR: string; readonly es_LA: string }>>
> = {
  connected: {
    pt_BR: 'Este número de telefone já está conectado a uma conta do WhatsApp Business existente.',
    es_LA: 'Este número de teléfono ya está conectado a una cuenta de WhatsApp Business existente.',
  },
  two_step_on: {
    pt_BR: 'A autenticação de dois fatores ainda não foi desativada para este número de telefone.',
    es_LA: 'La autenticación en dos pasos aún no se desactivó para este número de teléfono.',
  },
  add_directly: {
    pt_BR: 'Este número de telefone pode ser adicionado diretamente e não precisa ser migrado.',
    es_LA: 'Este número de teléfono se puede agregar directamente y no necesita migrarse.',
  },
  already_moved: {
    pt_BR: 'Este número de telefone já foi transferido para a sua conta de destino.',
    es_LA: 'Este número de teléfono ya se transfirió a tu cuenta de destino.',
  },
  different_business: {
    pt_BR: 'As contas do WhatsApp Business de origem e destino precisam representar a mesma empresa.',
    es_LA: 'Las cuentas de WhatsApp Business de origen y destino deben representar a la misma empresa.',
  },
  generic: {
    pt_BR: 'Algo deu errado ao tentar migrar este número de telefone. Tente novamente mais tarde.',
    es_LA: 'Se produjo un error al intentar migrar este número de teléfono. Vuelve a intentarlo más tarde.',
  },
  name_not_approved: {
    pt_BR: 'O nome registrado deve existir e estar aprovado.',
    es_LA: 'El nombre registrado debe existir y estar aprobado.',
  },
};

/** The popup stays where it is, and says why. */
export class SignupRefusal extends Error {
  readonly errorId: string;

  constructor(
    readonly reason: RefusalName,
    text?: string,
  ) {
    const [errorId, standard] = words[reason];
    super(text ?? standard);
    this.name = 'SignupRefusal';
    this.errorId = errorId;
  }

  /** In the language of who sits before the popup. */
  shownTo(person: Person | null): { name: string; text: string; errorId: string } {
    const locale = person?.locale ?? 'en_US';
    const translated = locale === 'en_US' ? undefined : translations[this.reason]?.[locale];
    return { name: this.reason, text: translated ?? this.message, errorId: this.errorId };
  }
}

/** The popup cannot even open: what the page that launched it did wrong. */
export class LaunchProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LaunchProblem';
  }
}

/** Does what the edges do too; what they answer as an error (136024, 136025), the popup shows as a text. */
export function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    throw new SignupRefusal('code', error.parts.details ?? error.parts.message);
  }
}
