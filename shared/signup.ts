/**
 * What Meta's Embedded Signup returns to the page that opened its popup (meta §2.1), how it is handed in, and what the
 * words of the popup's own refusals mean (E1 to E7).
 */
import { z } from 'zod';
import { businessIdSchema, phoneNumberIdSchema, wabaIdSchema } from './ids';

export const SIGNUP_EVENTS = [
  'FINISH',
  'FINISH_ONLY_WABA',
  'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
  'CANCEL',
] as const;
export type SignupEvent = (typeof SIGNUP_EVENTS)[number];

/** Kinds of the open tasks under which a signup may be opened and its result handed in. */
export const SIGNUP_TASKS: readonly string[] = ['create_destination_waba', 'complete_signup'];

/** Meta's code lives 30 seconds (meta §2.1); what is kept longer than this is of no use to anybody. */
export const POPUP_CODE_KEPT_MS = 120_000;

/**
 * What the popup returned. Without `event` the window's message was lost and only the login's `code` came: the account
 * is then found by what the code's token may see (meta §2.1).
 */
export const signupResultSchema = z.strictObject({
  event: z.enum(SIGNUP_EVENTS).optional(),
  wabaId: wabaIdSchema.optional(),
  businessId: businessIdSchema.optional(),
  phoneNumberId: phoneNumberIdSchema.optional(),
  /** Of the login callback. Lives 30 seconds, is used once, and is kept nowhere after that. */
  code: z
    .string()
    .regex(/^[\x21-\x7e]{8,4096}$/, 'the code of the login callback, 8 to 4096 printable characters')
    .optional(),
  /** Where the client stopped, with CANCEL. */
  currentStep: z.string().max(100).optional(),
  /** What the popup told the client, with CANCEL. */
  errorMessage: z.string().max(1000).optional(),
  /** Meta's id of what it told, for a ticket with Meta; kept in the audit trail and the support bundle. */
  errorId: z.string().max(100).optional(),
  /** The popup's own id of its session, for the same. */
  metaSessionId: z.string().max(100).optional(),
});
export type SignupResult = z.output<typeof signupResultSchema>;

/** The rows E1 to E7 of the popup's refusals; null: words that nobody has met yet. */
export type SignupObstacle = 'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'E6' | 'E7';

/** Tried in this order on the words in lower case without accents; the popup speaks the client's language. */
const OBSTACLES: readonly (readonly [SignupObstacle, readonly RegExp[]])[] = [
  [
    'E1',
    [
      /already connected to an existing/,
      /ja esta conectado a uma (waba|conta)/,
      /ya esta conectado a una (waba|cuenta)/,
    ],
  ],
  ['E4', [/already (been )?moved to your destination/, /ja foi movid/, /ya se (ha movido|movio)/]],
  [
    'E2',
    [
      /two[- ](factor|step) (authentication|verification)/,
      /(autenticacao|verificacao) (de|em) (dois fatores|duas etapas)/,
      /(autenticacion|verificacion) (de|en) dos (factores|pasos)/,
    ],
  ],
  [
    'E3',
    [
      /added directly/,
      /does(n't| not) need to be migrated/,
      /(adicionado|incluido) diretamente/,
      /(agregado|agregarse|anadido|anadirse) directamente/,
    ],
  ],
  [
    'E5',
    [
      /represent the same business/,
      /different business/,
      /(mesma|outra|misma|otra) empresa/,
      /empresa (diferente|distinta)/,
    ],
  ],
  [
    'E7',
    [
      /regist(er|ered) name/,
      /display name/,
      /nome (registrado|de exibicao)/,
      /nombre (registrado|para mostrar|visible)/,
    ],
  ],
  ['E6', [/something went wrong/, /algo deu errado/, /algo salio mal/]],
];

export const obstacleIn = (words: string | undefined): SignupObstacle | null => {
  if (words === undefined) return null;
  const plain = words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return OBSTACLES.find(([, patterns]) => patterns.some((pattern) => pattern.test(plain)))?.[0] ?? null;
};

const DIGITS_OF_A_PERSON = /\+?\d(?:[\s().-]{0,2}\d){5,}/g;

/** The popup's words without the number or code that they may repeat. */
export const withoutNumbers = (words: string): string => words.replace(DIGITS_OF_A_PERSON, '[number]');

const ID = /^[A-Za-z0-9_.:-]+$/;

/** An id of Meta's as it stands, the digits of an error id too; what is none may repeat a number. */
export const idOrWords = (given: string | undefined): string | undefined =>
  given === undefined || ID.test(given) ? given : withoutNumbers(given);
