/** Accounts that are blocked or not set up, and refusals around templates (meta §4.3, §6.2). */
import { HOUR_MS, refusal, rows } from './row';

const TEMPLATE_CALLS = ['POST message_templates', 'POST migrate_message_templates'];

const WEBSITE_REFUSED = [
  /web ?site .*(invalid|not (live|valid|reachable)|offline|does(n't| not) (exist|match))/,
  /site .*(invalido|fora do ar)/,
  /sitio web .*(no valido|invalido|no disponible)/,
];

export const ACCOUNT_ROWS = rows(
  {
    code: 'WEBSITE_REJECTED',
    matches: [...refusal(...WEBSITE_REFUSED), { texts: WEBSITE_REFUSED }],
    class: 'needs_party',
    party: 'client',
    title: 'Meta does not accept the website of the business',
    remedy:
      'Correct the website in Business settings → Business info and make sure it is reachable; then ask Meta for a review.',
    rows: ['E8', 'R28'],
    source: '360dialog E8',
  },
  {
    code: 'ACCOUNT_LOCKED',
    matches: [{ codes: [131031] }],
    class: 'needs_party',
    party: 'client',
    title: 'The account is locked, or the two-step PIN given does not match',
    remedy: 'See the account’s health in WhatsApp Manager and Business Support Home. Do not try another PIN.',
    rows: ['R20'],
    source: 'meta §6.2',
  },
  {
    code: 'POLICY_BLOCK',
    matches: [{ codes: [368, 139000] }],
    class: 'needs_party',
    party: 'client',
    title: 'Meta has restricted the account for a violation of its policy',
    remedy:
      'Ask for a review in Business Support Home; check the website in Business settings → Business info as well.',
    rows: ['E8', 'R20'],
    source: 'meta §6.2; 360dialog E8',
  },
  {
    code: 'COUNTRY_RESTRICTED',
    matches: [{ codes: [130497] }],
    class: 'needs_party',
    party: 'client',
    title: 'Meta bars the business from a country',
    remedy:
      'No review lifts it, and neither the website nor the policy is its cause: the evidence may name the country. Numbers and businesses of Crimea (+7978), Cuba, Iran, North Korea, Syria, Donetsk and Luhansk are not served at all, and some lines of business are barred from single countries. Where it is the country of the number or of the business: abort, and use another number of a country that is served. Where it is one that customers live in: they are written to no more; then retry.',
    source: 'meta §6.2; 360dialog §7.1, §7.3',
  },
  {
    code: 'PAYMENT_TERMS_NOT_ACCEPTED',
    matches: [{ codes: [134011] }],
    class: 'needs_party',
    party: 'client',
    title: 'The payments terms are not accepted',
    remedy: 'Accept the terms in WhatsApp Manager, then retry.',
    source: 'meta §6.2',
  },
  {
    code: 'CREDIT_CURRENCY_REFUSED',
    matches: [
      {
        codes: [100],
        texts: [/currency/, /\bmoeda\b/, /\bmoneda\b/],
        calls: ['POST whatsapp_credit_sharing_and_attach', 'POST whatsapp_credit_attach'],
      },
    ],
    class: 'needs_party',
    party: 'operator',
    title: 'Meta does not attach the line of credit in the currency of the request',
    remedy:
      'Nothing was attached. Amend funding with a currency that Meta takes (the words in the evidence may name them); where the account’s own currency is frozen, that one, or let the client make a new account and amend destination.wabaId together with funding.',
    rows: ['R16'],
    source: 'meta §5.1 (codes), §2.5, §3.1; the words are UNVERIFIED',
  },
  {
    code: 'NUMBER_DELETED',
    matches: [{ codes: [33] }],
    class: 'permanent',
    party: 'operator',
    title: 'The business number has been deleted',
    remedy: 'Find out who deleted it; a deleted number cannot be migrated, only registered as a new one.',
    source: 'meta §6.2',
  },
  {
    code: 'NAME_REQUIRED_FOR_NUMBER',
    matches: [{ codes: [131037] }],
    class: 'needs_party',
    party: 'client',
    title: 'The number needs an approved display name first',
    remedy: 'Get the display name approved, then retry.',
    rows: ['R27'],
    source: 'meta §6.2',
  },
  {
    code: 'TEMPLATE_EXISTS',
    matches: [{ subcodes: [2388024, 2388023] }],
    class: 'permanent',
    party: 'operator',
    title: 'A template with this name and language exists, or its name is still locked',
    remedy: 'The one at the destination is kept. Names of deleted templates stay locked, up to 30 days.',
    rows: ['R9'],
    source: 'meta §4.3',
  },
  {
    code: 'TEMPLATE_LIMIT_REACHED',
    matches: [{ subcodes: [2388019] }, { codes: [2388019] }],
    class: 'needs_party',
    party: 'client',
    title: 'The destination account has no room for more templates',
    remedy:
      'Delete unused templates at the destination, or verify the business (6,000 instead of 250), then retry.',
    rows: ['R6'],
    source: 'meta §4.3',
  },
  {
    code: 'TEMPLATE_REFUSED',
    matches: [
      {
        subcodes: [2388040, 2388043, 2388047, 2388072, 2388073, 2388081, 2388109, 2388293, 2388299],
      },
      { codes: [200002], calls: TEMPLATE_CALLS },
    ],
    class: 'permanent',
    party: 'client',
    title: 'Meta does not accept the content of a template',
    remedy: 'Correct the template as the words in the evidence say.',
    rows: ['R7'],
    source: 'meta §4.3',
  },
  {
    code: 'TEMPLATE_NOT_EDITABLE',
    matches: [{ subcodes: [2388039] }],
    class: 'needs_party',
    party: 'client',
    title: 'Meta takes no edit of this template now',
    remedy:
      'Approved templates take one edit in 24 hours and ten in 30 days; those in review, disabled or being deleted take none. Edit it a day later in WhatsApp Manager → Message templates, after the tenth edit when the first of them is 30 days old; one in review, when that is over.',
    waitMs: 24 * HOUR_MS,
    rows: ['R12'],
    source: 'meta §4.3',
  },
  {
    code: 'TEMPLATES_LIMITED',
    matches: [{ codes: [131063] }],
    class: 'needs_party',
    party: 'client',
    title: 'Meta has limited the account’s templates',
    remedy: 'See the account’s alerts in WhatsApp Manager.',
    source: 'meta §6.2',
  },
  {
    code: 'TEMPLATES_MISCLASSIFIED',
    matches: [{ codes: [131064] }],
    class: 'quota',
    party: 'meta',
    title: 'Meta limits the account for a while, because templates were submitted under a wrong category',
    remedy:
      'Carryover tries again after a day. Meanwhile see WhatsApp Manager → Message templates → the alerts, correct the category of what is named there (mostly marketing under utility), and ask for a review where it is right.',
    waitMs: 24 * HOUR_MS,
    rows: ['R8'],
    source: 'meta §6.2 (the wait is not published)',
  },
  {
    code: 'ACCOUNT_RESTRICTED',
    matches: [{ subcodes: [2388002, 2388107, 3095008] }, { codes: [2388002, 2388107, 3095008] }],
    class: 'needs_party',
    party: 'client',
    title: 'Meta does not let this account take the number, most likely because it is restricted',
    remedy:
      'See the account’s restrictions in Business Support Home and ask for a review; the words in the evidence say more.',
    rows: ['R20'],
    source: 'meta §6.2 (third-party only, UNVERIFIED)',
  },
  {
    code: 'COEXISTENCE_SYNC_OVER',
    matches: [{ codes: [2593107, 2593108] }, { subcodes: [2593107, 2593108] }],
    class: 'permanent',
    party: 'operator',
    title: 'The chat synchronisation of a coexistence number is used up or too late',
    remedy:
      'The number is used with the WhatsApp Business app: it does not take the ordinary path. Decide with the client whether it leaves the app.',
    source: 'meta §6.2',
  },
  {
    code: 'MESSAGE_REFUSED',
    matches: [
      { codes: [131021, 131026, 131047, 131049, 131050, 131051, 131052, 131053] },
      { codes: [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069] },
    ],
    class: 'permanent',
    party: 'operator',
    title: 'Meta did not deliver a message',
    remedy:
      'No call of a migration sends messages: look who used the number. A template that is “not found” (132001) right after the cut-over may not be copied yet.',
    rows: ['R8'],
    source: 'meta §6.2',
  },
);
