/** Refusals of a number migration (meta §6.4). Order matters: the first row whose words fit wins. */
import { PROBLEM } from '../../../shared/problems';
import { HOUR_MS, MINUTE_MS, refusal, rows } from './row';

/** What people or Meta decide in days is looked at again by itself, in case nobody tells (E7). */
const DAILY_MS = 24 * HOUR_MS;

const CONNECTED_TO_A_WABA = [
  /already connected to an existing (waba|whatsapp business account)/,
  /ja esta conectado a uma (waba|conta)/,
  /ya esta conectado a una (waba|cuenta)/,
];

const CAP_REACHED = [
  /(maximum|limit|too many) .*(phone )?numbers/,
  /number limit/,
  /(limite|maximo) .*numeros/,
  /numeros .*(limite|maximo)/,
];

export const MIGRATION_ROWS = rows(
  {
    code: 'ALREADY_AT_DESTINATION',
    matches: [
      { subcodes: [2388012] },
      ...refusal(
        /already (exists |present )?in your (list|whatsapp)/,
        /already been moved to your destination/,
      ),
      { texts: [/already been moved to your destination/] },
    ],
    class: 'permanent',
    party: 'system',
    title: 'The number already is in the destination account',
    remedy: 'Nothing to move: the record that is there is adopted.',
    rows: ['E4'],
    source: 'meta §6.4; 360dialog E4',
  },
  {
    code: 'NUMBER_CONNECTED_TO_A_WABA',
    matches: [...refusal(...CONNECTED_TO_A_WABA), { texts: CONNECTED_TO_A_WABA }],
    class: 'needs_party',
    party: 'client',
    title: 'The signup window says that the number is already connected to an account',
    remedy:
      'The new account is usually made all the same; hand in its id. If the window is stuck, finish it without a number, or with a spare one.',
    rows: ['E1'],
    source: '360dialog E1',
  },
  {
    code: PROBLEM.appNotSubscribed,
    matches: refusal(/webhook/),
    class: 'needs_party',
    party: 'operator',
    title: 'No app is subscribed to the webhooks of the destination account',
    remedy: 'Subscribe the partner app to the destination account (POST subscribed_apps), then retry.',
    rows: ['R20'],
    source: 'meta §6.4',
  },
  {
    code: PROBLEM.noMigrationNeeded,
    matches: [
      ...refusal(
        /added directly/,
        /does(n't| not) need to (be migrated|be ported|use phone migration)/,
        /please add this phone number in your whatsapp/,
        /(adicionado|adicione|incluido) diretamente/,
        /(agregado|agregar(se)?|agrega|anadir(se)?|anadido) directamente/,
        /nao precisa (ser migrado|de migracao)/,
        /no (necesita|es necesario) (ser migrado|migrar)/,
      ),
      { texts: [/eligible to be added directly/] },
    ],
    class: 'permanent',
    party: 'client',
    title: 'The number is not registered on the API, so there is nothing to migrate',
    remedy:
      'Add the number as a new one instead. Name, quality rating, messaging limit, badge and templates of an earlier registration may be lost.',
    rows: ['E3', 'R3'],
    source: 'meta §6.4; 360dialog E3',
  },
  {
    code: 'DISPLAY_NAME_NOT_APPROVED',
    matches: [
      ...refusal(
        /regist(er|ered) name/,
        /approved display name/,
        /nome (registrado|de exibicao|verificado)/,
        /nombre (registrado|para mostrar|visible|verificado)/,
      ),
      { texts: [/regist(er|ered) name .*present and approved/] },
    ],
    class: 'needs_party',
    party: 'client',
    title: 'The display name is not approved, or a change of it is pending',
    remedy:
      'Get the name approved at the present provider; the destination cannot do it. It is checked again daily.',
    waitMs: DAILY_MS,
    rows: ['E7', 'R27'],
    source: 'meta §6.4; 360dialog E7',
  },
  {
    code: 'DIFFERENT_BUSINESS',
    matches: [
      ...refusal(
        /different business/,
        /represent the same business/,
        /(mesma|outra|misma|otra) (empresa|cartera)/,
        /(empresa|portfolio|cartera) (diferente|distinta)/,
        /(outro gerenciador|otro administrador)/,
      ),
      { texts: [/source and destination .*represent the same business/] },
    ],
    class: 'permanent',
    party: 'client',
    title: 'Source and destination account belong to different business portfolios',
    remedy:
      'Find out which Meta business id manages the number now, and make a new destination account in that portfolio.',
    rows: ['E5', 'R4'],
    source: 'meta §6.4; 360dialog E5',
  },
  {
    code: 'SOURCE_ACCOUNT_NOT_READY',
    matches: refusal(
      /registered with is not set ?up correctly/,
      /source (account|waba|whatsapp business account) (must be|is not|isn't|was not)/,
      /de origem (nao esta|deve|precisa)/,
      /de origen (no esta|debe)/,
    ),
    class: 'needs_party',
    party: 'source_provider',
    title: 'The account the number leaves is not approved or not set up correctly',
    remedy:
      'The present provider must finish review and pending requests of its account; otherwise Meta support.',
    rows: ['R20'],
    source: 'meta §6.4',
  },
  {
    code: PROBLEM.paymentMethodMissing,
    matches: [
      ...refusal(
        /payment (account|method)/,
        /credit line|line of credit/,
        /(metodo|conta|forma) de pagamento/,
        /linha de credito/,
        /(metodo|cuenta|forma) de pago/,
        /linea de credito/,
      ),
      { codes: [131042] },
    ],
    class: 'needs_party',
    party: 'client',
    title: 'The destination account has no valid payment method',
    remedy:
      'Attach the credit line, or let the client add a card to the destination account in the billing settings; then retry. Code 131042 also stands for a missing currency or time zone and for a suspended account.',
    rows: ['R16'],
    source: 'meta §6.4, §6.1, §6.2 (131042)',
  },
  {
    code: 'ON_BEHALF_REQUEST_PENDING',
    matches: refusal(/messaging for/, /on[- ]behalf/, /mensagens para/, /mensajes para/),
    class: 'needs_party',
    party: 'client',
    title: 'The "Messaging for" request of the destination account is not accepted',
    remedy:
      'The client accepts the request in Business settings → Requests → Received, then retry. It is tried again daily.',
    waitMs: DAILY_MS,
    rows: ['R20'],
    source: 'meta §6.4',
  },
  {
    code: 'DESTINATION_NOT_APPROVED',
    matches: refusal(
      /destination .*must be approved/,
      /whatsapp (business )?account must be approved/,
      /conta .*precisa(r)? (ser|estar) aprovada/,
      /conta .*deve (ser|estar) aprovada/,
      /cuenta .*debe (ser|estar) aprobada/,
    ),
    class: 'needs_party',
    party: 'client',
    title: 'The destination account is not approved yet',
    remedy:
      'Finish business verification and account review of the destination; then retry. It is tried again daily, and when Meta’s webhook tells of a decision.',
    waitMs: DAILY_MS,
    rows: ['R20', 'R26'],
    source: 'meta §6.4',
  },
  {
    code: 'NUMBER_CAP_REACHED',
    matches: refusal(...CAP_REACHED).map((match) => ({ ...match, calls: ['POST phone_numbers'] })),
    class: 'needs_party',
    party: 'client',
    title: 'The destination portfolio may not have another number',
    remedy:
      'Remove an unused number, or raise the cap (business verification, or a messaging limit of 2,000).',
    source: 'meta §1.1, §12.3 (UNVERIFIED)',
  },
  {
    code: 'NUMBER_IN_COEXISTENCE',
    matches: refusal(/coexistencia|coexistence/, /whatsapp business app\b/, /\bapp (de )?whatsapp business/),
    class: 'permanent',
    party: 'client',
    title: 'The number is also used in the WhatsApp Business app',
    remedy: 'Numbers in coexistence cannot be migrated; the client must disconnect it in the app first.',
    rows: ['R3'],
    source: 'meta §0, §12.3',
  },
  {
    code: 'TEST_NUMBER',
    matches: refusal(/test (phone )?number/, /numeros? de (teste|prueba)/),
    class: 'permanent',
    party: 'client',
    title: 'The number is a test number of Meta',
    remedy: 'Test numbers cannot be migrated; name the real number.',
    source: 'meta §0, §1.1',
  },
  {
    code: 'MIGRATION_FAILED_FOR_NOW',
    matches: [
      ...refusal(
        /error migrating this phone number/,
        /something went wrong/,
        /algo deu errado|erro ao migrar/,
        /algo salio mal|error al (intentar )?migrar/,
      ),
      { texts: [/something went wrong when trying to migrate/] },
    ],
    class: 'quota',
    party: 'meta',
    title: 'Meta could not migrate the number just now',
    remedy:
      'Carryover tries again after ten minutes, an hour and three hours, and from then on once a day. After the fourth refusal the operator opens a ticket with Meta (the support bundle holds the trace ids) and retries when it is answered.',
    waitMs: 10 * MINUTE_MS,
    rows: ['E6'],
    source: 'meta §6.4; 360dialog E6',
  },
  {
    code: 'MIGRATION_REFUSED',
    matches: [
      { subcodes: [2388103] },
      {
        codes: [100, 200000],
        texts: [
          /cannot migrate phone number/,
          /nao e possivel migrar o numero/,
          /no se puede migrar el numero/,
        ],
      },
    ],
    class: 'permanent',
    party: 'operator',
    title: 'Meta refuses the migration with words that are not in the catalogue',
    remedy:
      'Read the words in the evidence, act on them, retry the step, and report the words so that they are added. Where they say no more than that the number cannot be migrated, look at the payment method of the destination first: that cause was met without a word about it.',
    source: 'meta §6.4, §2.2 and §6.1 (field report)',
  },
  {
    code: 'NUMBER_NOT_ADDED',
    matches: [{ codes: [200000] }],
    class: 'permanent',
    party: 'operator',
    title: 'The number could not be added to the destination account',
    remedy: 'Read the words in the evidence; usually a cap or a restriction of the destination account.',
    source: 'meta §1.3, §6.2',
  },
);
