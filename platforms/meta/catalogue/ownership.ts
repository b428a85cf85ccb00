/** Proof of ownership: asking for a verification code and handing it in (meta §1.4). */
import { HOUR_MS, rows } from './row';

const CODE_CALLS = ['POST request_code', 'POST verify_code'];

/** How the verification edge says that guessing is over for a while. */
const LOCKED = [
  /too (many|often)/,
  /try again (in|after) \d/,
  /guessed too/,
  /muitas (tentativas|vezes)/,
  /demasiad(os|as) (intentos|veces)/,
  /bloquead|locked/,
];

const CODE_ERRORS = [136025, 136012, 136013];
/** "Wrong or expired" leaves open which; then it counts as wrong, because a person can look at the code again. */
const WRONG = [/wrong|incorrect|invalid|incorret/];
const EXPIRED = [/expired|expirou|expirado|expiro\b|vencid|caducad/];

export const OWNERSHIP_ROWS = rows(
  {
    code: 'CODE_ALREADY_VERIFIED',
    matches: [
      {
        codes: [136024],
        texts: [
          /already (been )?verified/,
          /ja (foi |esta )?verificad/,
          /ya (fue |ha sido |esta )?verificad/,
        ],
      },
    ],
    class: 'permanent',
    party: 'system',
    title: 'Ownership of the number is already verified',
    remedy: 'No code is needed; the migration goes on to registration.',
    source: 'meta §1.4',
  },
  {
    code: 'CODE_REQUESTS_LIMITED',
    matches: [
      {
        codes: [136024],
        texts: [...LOCKED, /wait|espere|aguarde/],
      },
    ],
    class: 'quota',
    party: 'meta',
    title: 'Too many codes were asked for',
    remedy:
      'Wait for the time shown before asking for another code; codes already under way may still be used.',
    waitMs: HOUR_MS,
    waitInText: true,
    rows: ['R47'],
    source: 'meta §1.4',
  },
  {
    code: 'CODE_REQUEST_REFUSED',
    matches: [{ codes: [136024] }],
    class: 'needs_party',
    party: 'client',
    title: 'Meta did not send a code',
    remedy:
      'Check that the number can take the SMS or call (no IVR, international calls allowed), then ask again by the other method.',
    rows: ['R19', 'R47'],
    source: 'meta §1.4',
  },
  {
    code: 'CODE_GUESSES_LOCKED',
    matches: [
      { codes: CODE_ERRORS, texts: LOCKED },
      { subcodes: CODE_ERRORS, texts: LOCKED },
    ],
    class: 'quota',
    party: 'meta',
    title: 'Too many wrong codes were handed in',
    remedy: 'Wait for the time shown (about 12 hours when none is), then ask for a new code.',
    waitMs: 12 * HOUR_MS,
    waitInText: true,
    rows: ['R47'],
    source: 'meta §1.4, §11',
  },
  {
    code: 'CODE_WRONG',
    matches: [
      { codes: CODE_ERRORS, texts: WRONG },
      { subcodes: CODE_ERRORS, texts: WRONG },
      { codes: CODE_ERRORS },
      { subcodes: CODE_ERRORS },
    ],
    class: 'needs_party',
    party: 'client',
    title: 'The code is wrong',
    remedy: 'Compare it with the newest message and hand it in again; guesses are limited.',
    rows: ['R47'],
    source: 'meta §1.4, §6.2 (136025; 136012 and 136013 as met by others)',
  },
  {
    code: 'CODE_EXPIRED',
    matches: [
      { codes: CODE_ERRORS, texts: EXPIRED },
      { subcodes: CODE_ERRORS, texts: EXPIRED },
    ],
    class: 'needs_party',
    party: 'client',
    title: 'The code has expired',
    remedy: 'Ask for a new code and hand it in within ten minutes.',
    rows: ['R47'],
    source: 'meta §1.4, §6.2',
  },
  {
    code: 'NUMBER_NOT_IN_MIGRATION',
    matches: [
      { subcodes: [2388091, 2388093] },
      {
        codes: [100, 200000],
        texts: [
          /not being migrated/,
          /isn't eligible to (receive|verify)/,
          /nao esta sendo migrado/,
          /no se esta migrando/,
        ],
        calls: CODE_CALLS,
      },
    ],
    class: 'permanent',
    party: 'operator',
    title: 'The number is not being migrated, so no code can be asked for or verified',
    remedy:
      'The record at the destination is not one of a migration. Unless it is Connected there, an admin of the portfolio removes it in WhatsApp Manager (never at the source), then retry: the number is found gone and announced again by itself.',
    source: 'meta §6.4',
  },
);
