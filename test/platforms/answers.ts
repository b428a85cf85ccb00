/** Answers of Meta by the code they mean: captured ones, those of Meta's error page, and translations. */
export interface SampleAnswer {
  means: string;
  code: number;
  subcode?: number;
  text?: string;
  call?: string;
}

const PHONES = 'POST phone_numbers';
const REGISTER = 'POST register';

/** 2388103 and its words in several languages; the same words also come without a subcode (meta §6.1). */
const NINE_MEANINGS: readonly [string, readonly string[]][] = [
  [
    'APP_NOT_SUBSCRIBED',
    [
      'Cannot migrate phone number. | Webhooks have not been set up for the destination WhatsApp Business account.',
      'A conta de destino não configurou webhooks: assine um aplicativo primeiro.',
      'La cuenta de destino no configuró webhooks.',
    ],
  ],
  [
    'NO_MIGRATION_NEEDED',
    [
      'Please add this phone number in your WhatsApp account | This phone number is eligible to be added directly, and does not need to use phone migration APIs.',
      'Este número pode ser adicionado diretamente e não precisa ser migrado.',
      'Este número se puede agregar directamente y no necesita migrarse.',
    ],
  ],
  [
    'DISPLAY_NAME_NOT_APPROVED',
    [
      'Registered name should be present and approved. | The business phone number must have an approved display name (`name_status` is `APPROVED`).',
      'O nome registrado do número deve existir e estar aprovado.',
      'El nombre registrado del número debe existir y estar aprobado.',
    ],
  ],
  [
    'SOURCE_ACCOUNT_NOT_READY',
    [
      'The WhatsApp account that this phone number is registered with is not set up correctly. | The source WhatsApp Business Account must be approved, and its "messaging on behalf of" must be approved.',
      'A conta do WhatsApp Business de origem não está configurada corretamente.',
      'La cuenta de WhatsApp Business de origen no está configurada correctamente.',
    ],
  ],
  [
    'PAYMENT_METHOD_MISSING',
    [
      'Your WhatsApp account does not have a payment account. | Your WhatsApp account must have an active credit line in order to send messages after migration.',
      "Cannot Migrate Phone Number: Your WhatsApp Business Account doesn't have a payment method set up.",
      'A conta de destino não tem forma de pagamento nem linha de crédito vinculada.',
      'La cuenta de destino no tiene un método de pago.',
    ],
  ],
  [
    'MIGRATION_FAILED_FOR_NOW',
    [
      'There was an error migrating this phone number. | Something went wrong when trying to migrate your phone number.',
      'Algo deu errado ao tentar migrar este número.',
      'Se produjo un error al intentar migrar este número.',
    ],
  ],
  [
    'DIFFERENT_BUSINESS',
    [
      'This phone number belongs to a different Business Manager account. | The source and destination WABAs must represent the same business.',
      'As contas de origem e destino precisam representar a mesma empresa.',
      'Las cuentas de origen y destino deben representar a la misma empresa.',
    ],
  ],
  [
    'DESTINATION_NOT_APPROVED',
    [
      'Your WhatsApp account must be approved | The destination WhatsApp Business Account must be approved before you can migrate phone numbers.',
      'A conta de destino deve ser aprovada antes de receber um número.',
      'La cuenta de destino debe estar aprobada antes de recibir un número.',
    ],
  ],
  [
    'ON_BEHALF_REQUEST_PENDING',
    [
      'Your WhatsApp account’s "Messaging For" request must be approved | The destination WhatsApp Business Account "Messaging For" request must be approved by the client.',
      'A solicitação "Mensagens para" da conta de destino deve ser aprovada.',
      'La solicitud "Mensajes para" de la cuenta de destino debe aprobarse.',
    ],
  ],
  [
    'NUMBER_IN_COEXISTENCE',
    [
      'Phone numbers in use with the WhatsApp Business app cannot be migrated.',
      'Números em uso com o app WhatsApp Business não podem ser migrados.',
    ],
  ],
  ['TEST_NUMBER', ['Test phone numbers cannot be migrated.', 'Los números de prueba no se pueden migrar.']],
];

const LOCKED = 'You have guessed too many times. Please try again in 12 hours.';

/** What the page all began with quotes (E1–E8), under the codes that refusals of a move come with, and under any other. */
const SAID_OF_A_MOVE: readonly [string, string][] = [
  [
    'ALREADY_AT_DESTINATION',
    'The phone number you are trying to port has already been moved to your destination WhatsApp Account.',
  ],
  ['NUMBER_CONNECTED_TO_A_WABA', 'This number is already connected to an existing WABA'],
  ['NO_MIGRATION_NEEDED', 'eligible to be added directly, and does not need to be ported'],
  ['DISPLAY_NAME_NOT_APPROVED', 'Register Name should be present and approved'],
  [
    'DIFFERENT_BUSINESS',
    'The source and destination WhatsApp Business Accounts need to represent the same business.',
  ],
  ['MIGRATION_FAILED_FOR_NOW', 'Something went wrong when trying to migrate your phone number.'],
  ['TWO_STEP_VERIFICATION_ENABLED', 'Two-factor authentication not yet disabled'],
  ['WEBSITE_REJECTED', 'The website of the business is invalid'],
];

export const ANSWERS: readonly SampleAnswer[] = [
  ...NINE_MEANINGS.flatMap(([means, texts]) =>
    texts.flatMap((text) => [
      { means, code: 100, subcode: 2388103, text, call: PHONES },
      { means, code: 100, text, call: REGISTER },
      { means, code: 200000, text, call: PHONES },
    ]),
  ),
  { means: 'MIGRATION_REFUSED', code: 100, subcode: 2388103, text: 'Etwas ganz anderes' },
  { means: 'MIGRATION_REFUSED', code: 100, text: 'Cannot Migrate Phone Number', call: REGISTER },
  { means: 'MIGRATION_REFUSED', code: 100, text: 'Não é possível migrar o número de telefone', call: PHONES },
  { means: 'NUMBER_NOT_ADDED', code: 200000, text: 'Cannot add phone number to WABA' },
  {
    means: 'OWNERSHIP_NOT_VERIFIED',
    code: 100,
    subcode: 2388103,
    text: 'Please confirm ownership of the phone number first.',
    call: REGISTER,
  },
  {
    means: 'NUMBER_CAP_REACHED',
    code: 100,
    subcode: 2388103,
    text: 'The maximum number of phone numbers of this business has been reached.',
    call: PHONES,
  },
  {
    means: 'NUMBER_CAP_REACHED',
    code: 200000,
    text: 'The phone number limit of this business has been reached.',
    call: PHONES,
  },
  {
    means: 'ALREADY_AT_DESTINATION',
    code: 100,
    subcode: 2388012,
    text: 'Este número já está na sua lista de números.',
  },
  {
    means: 'ALREADY_AT_DESTINATION',
    code: 100,
    text: 'This phone number already exists in your list of phone numbers.',
  },
  ...SAID_OF_A_MOVE.flatMap(([means, text]) => [
    { means, code: 100, subcode: 2388103, text },
    { means, code: 100, text, call: REGISTER },
    { means, code: 200000, text, call: PHONES },
    { means, code: 777, text, call: 'POST subscribed_apps' },
  ]),
  { means: 'PAYMENT_METHOD_MISSING', code: 131042, text: 'Business eligibility payment issue' },
  { means: 'SOLUTION_INTENT_EXISTS', code: 100, subcode: 2593079 },
  { means: 'SOLUTION_INTENT_EXISTS', code: 2593079 },
  { means: 'SOLUTION_INTENT_NOT_ELIGIBLE', code: 100, subcode: 2593085 },
  { means: 'SOLUTION_INTENT_NOT_ELIGIBLE', code: 2593085 },
  {
    means: 'SIGNUP_CODE_REFUSED',
    code: 100,
    subcode: 36007,
    text: 'This authorization code has expired.',
    call: 'GET access_token',
  },
  {
    means: 'SIGNUP_CODE_REFUSED',
    code: 1,
    subcode: 36009,
    text: 'This authorization code has been used.',
    call: 'GET access_token',
  },
  { means: 'SIGNUP_CODE_REFUSED', code: 100, text: 'Invalid code', call: 'GET access_token' },
  { means: 'APP_SECRET_WRONG', code: 1, text: 'Error validating client secret.', call: 'GET access_token' },
  {
    means: 'APP_SECRET_WRONG',
    code: 101,
    text: 'Error validating application. Invalid application ID.',
    call: 'GET access_token',
  },
  {
    means: 'TWO_STEP_VERIFICATION_ENABLED',
    code: 100,
    subcode: 2388001,
    text: 'Cannot Create Certificate | Please ensure two-factor authentication is disabled.',
    call: REGISTER,
  },
  {
    means: 'TWO_STEP_VERIFICATION_ENABLED',
    code: 100,
    subcode: 2388001,
    text: 'This phone number is registered to an existing WhatsApp account.',
    call: REGISTER,
  },
  {
    means: 'TWO_STEP_VERIFICATION_ENABLED',
    code: 100,
    text: 'A confirmação em duas etapas deve ser desativada',
    call: REGISTER,
  },
  {
    means: 'TWO_STEP_VERIFICATION_ENABLED',
    code: 100,
    text: 'La verificación en dos pasos debe estar desactivada',
    call: REGISTER,
  },
  {
    means: 'OWNERSHIP_NOT_VERIFIED',
    code: 100,
    subcode: 2388001,
    text: 'Certificate can be downloaded only after confirming ownership of a phone number that is being migrated.',
  },
  {
    means: 'OWNERSHIP_NOT_VERIFIED',
    code: 100,
    subcode: 2388001,
    text: 'Antes de registrar este número, confirme que ele pertence a você.',
  },
  {
    means: 'OWNERSHIP_NOT_VERIFIED',
    code: 100,
    text: 'you must confirm your ownership of it',
    call: REGISTER,
  },
  { means: 'CODE_ALREADY_VERIFIED', code: 136024, text: 'This phone number has already been verified.' },
  { means: 'CODE_ALREADY_VERIFIED', code: 136024, text: 'Este número já foi verificado.' },
  {
    means: 'CODE_REQUESTS_LIMITED',
    code: 136024,
    text: 'You have requested too many codes. Please try again in 90 minutes.',
  },
  { means: 'CODE_REQUEST_REFUSED', code: 136024, text: 'Request code error' },
  { means: 'CODE_WRONG', code: 136025, text: 'The code you entered is wrong or has expired.' },
  { means: 'CODE_WRONG', code: 100, subcode: 136013, text: 'Incorrect code' },
  { means: 'CODE_WRONG', code: 136012 },
  { means: 'CODE_WRONG', code: 100, subcode: 136025 },
  { means: 'CODE_EXPIRED', code: 136025, text: 'O código expirou.' },
  { means: 'CODE_EXPIRED', code: 100, subcode: 136025, text: 'The code has expired.' },
  { means: 'CODE_GUESSES_LOCKED', code: 136025, text: LOCKED },
  { means: 'CODE_GUESSES_LOCKED', code: 100, subcode: 136025, text: LOCKED },
  ...[2388091, 2388093].map((subcode) => ({ means: 'NUMBER_NOT_IN_MIGRATION', code: 100, subcode })),
  {
    means: 'NUMBER_NOT_IN_MIGRATION',
    code: 100,
    text: 'This phone number is not being migrated, so it cannot receive a code here.',
    call: 'POST request_code',
  },
  ...(
    [
      ['OWNERSHIP_NOT_VERIFIED', 133006],
      ['TWO_STEP_PIN_MISMATCH', 133005],
      ['TWO_STEP_PIN_LOCKED', 133008],
      ['TWO_STEP_PIN_TOO_FAST', 133009],
      ['REGISTRATION_ATTEMPTS_USED_UP', 133016],
      ['NUMBER_NOT_REGISTERED', 133010],
      ['NUMBER_JUST_DELETED', 133015],
      ['REGISTRATION_SERVER_UNAVAILABLE', 133004],
      ['DEREGISTRATION_UNFINISHED', 133000],
      ['CERTIFICATE_INCORRECT', 131045],
      ['MAINTENANCE', 2494100],
      ['THROUGHPUT_UPGRADE', 131057],
      ['CURSOR_STALE', 131059],
      ['TEMPLATE_LIMIT_REACHED', 2388019],
      ['ACCOUNT_RESTRICTED', 2388002],
    ] as const
  ).flatMap(([means, number]) => [
    { means, code: number },
    { means, code: 100, subcode: number },
  ]),
  { means: 'TOKEN_APP_NOT_INSTALLED', code: 190, subcode: 458 },
  ...[459, 464].map((subcode) => ({ means: 'TOKEN_CHECKPOINT', code: 190, subcode })),
  { means: 'TOKEN_EXPIRED', code: 190, subcode: 463 },
  ...[460, 467].map((subcode) => ({ means: 'TOKEN_INVALID', code: 190, subcode })),
  ...[190, 0, 102, 104].map((code) => ({ means: 'TOKEN_INVALID', code })),
  ...[3, 10, 131005, 200, 274, 299].map((code) => ({ means: 'PERMISSION_MISSING', code })),
  { means: 'OBJECT_NOT_VISIBLE', code: 100, subcode: 33, text: 'Unsupported get request.' },
  { means: 'INVALID_PARAMETER', code: 100, text: '(#100) Invalid parameter' },
  ...[192, 506, 131008, 131009, 135000].map((code) => ({ means: 'INVALID_PARAMETER', code })),
  ...['POST whatsapp_credit_sharing_and_attach', 'POST whatsapp_credit_attach'].map((call) => ({
    ...{ means: 'CREDIT_CURRENCY_REFUSED', code: 100, call },
    text: '(#100) Param waba_currency must be one of AUD, EUR, GBP, IDR, INR, USD',
  })),
  ...[80007, 80008].map((code) => ({ means: 'WABA_RATE_LIMITED', code })),
  { means: 'APP_RATE_LIMITED', code: 4 },
  ...[17, 32, 341, 613, 130429, 131048, 131056].map((code) => ({ means: 'RATE_LIMITED', code })),
  ...[1, 2, 131000, 131016].map((code) => ({ means: 'SERVICE_UNAVAILABLE', code })),
  { means: 'EDIT_FAILED', code: 300 },
  { means: 'ACCOUNT_LOCKED', code: 131031 },
  ...[368, 139000].map((code) => ({ means: 'POLICY_BLOCK', code })),
  { means: 'COUNTRY_RESTRICTED', code: 130497 },
  { means: 'PAYMENT_TERMS_NOT_ACCEPTED', code: 134011 },
  { means: 'NUMBER_DELETED', code: 33 },
  { means: 'NAME_REQUIRED_FOR_NUMBER', code: 131037 },
  { means: 'TEMPLATE_EXISTS', code: 100, subcode: 2388024 },
  { means: 'TEMPLATE_REFUSED', code: 100, subcode: 2388073 },
  { means: 'TEMPLATE_REFUSED', code: 200002, call: 'POST message_templates' },
  { means: 'TEMPLATE_NOT_EDITABLE', code: 100, subcode: 2388039 },
  { means: 'TEMPLATES_LIMITED', code: 131063 },
  { means: 'TEMPLATES_MISCLASSIFIED', code: 131064 },
  { means: 'ACCOUNT_RESTRICTED', code: 100, subcode: 2388107 },
  { means: 'ACCOUNT_RESTRICTED', code: 3095008 },
  { means: 'COEXISTENCE_SYNC_OVER', code: 2593107 },
  { means: 'COEXISTENCE_SYNC_OVER', code: 100, subcode: 2593108 },
  { means: 'MESSAGE_REFUSED', code: 131026 },
  // Outcomes of a sending, which come to no call of a move (meta §6.2).
  ...[
    ...[131021, 131047, 131049, 131050, 131051, 131052, 131053],
    ...[132000, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069],
  ].map((code) => ({ means: 'MESSAGE_REFUSED', code, call: 'POST messages' })),
  { means: 'MESSAGE_REFUSED', code: 132001, text: 'Template name does not exist in the translation' },
];

/** Each number that may answer any call, once: that other words, and it as a code or a subcode, mean the same is the catalogue's own test. */
export const ANSWERS_TO_ANY_CALL: readonly SampleAnswer[] = [
  ...new Map(
    ANSWERS.filter(({ call }) => call === undefined).map((answer) => [
      [answer.means, answer.subcode ?? answer.code].join(),
      answer,
    ]),
  ).values(),
];
