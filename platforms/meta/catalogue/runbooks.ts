/** Which runbook (`docs/runbooks/<page>.md`) helps with a problem: by what people do about it, not by where it arises. */
interface Runbook {
  page: string;
  codes: readonly string[];
}

export const RUNBOOKS: readonly Runbook[] = [
  {
    page: 'two-step-verification',
    codes: ['TWO_STEP_VERIFICATION_ENABLED'],
  },
  {
    page: 'two-step-pin',
    codes: ['TWO_STEP_PIN_MISMATCH', 'TWO_STEP_PIN_LOCKED', 'TWO_STEP_PIN_TOO_FAST', 'ACCOUNT_LOCKED'],
  },
  {
    page: 'verification-code',
    codes: [
      'CODE_WRONG',
      'CODE_EXPIRED',
      'CODE_GUESSES_LOCKED',
      'CODE_REQUESTS_LIMITED',
      'CODE_REQUEST_REFUSED',
      'CODE_ALREADY_VERIFIED',
      'OWNERSHIP_NOT_VERIFIED',
      'NUMBER_NOT_IN_MIGRATION',
    ],
  },
  {
    page: 'display-name',
    codes: ['DISPLAY_NAME_NOT_APPROVED', 'NAME_REQUIRED_FOR_NUMBER'],
  },
  {
    page: 'payment',
    codes: [
      'PAYMENT_METHOD_MISSING',
      'DESTINATION_PAYMENT_REVOKED',
      'PAYMENT_TERMS_NOT_ACCEPTED',
      'CREDIT_LINE_NOT_ATTACHED',
      'FUNDING_ATTACHED_BY_OTHER',
      'CREDIT_CURRENCY_REFUSED',
    ],
  },
  {
    page: 'other-business',
    codes: ['DIFFERENT_BUSINESS'],
  },
  {
    page: 'accounts',
    codes: [
      'SOURCE_ACCOUNT_NOT_READY',
      'DESTINATION_NOT_APPROVED',
      'DESTINATION_REVIEW_PENDING',
      'ON_BEHALF_REQUEST_PENDING',
      'POLICY_BLOCK',
      'WEBSITE_REJECTED',
      'ACCOUNT_RESTRICTED',
      'NUMBER_CAP_REACHED',
      'NUMBER_NOT_ADDED',
      'MIGRATION_REFUSED',
    ],
  },
  {
    page: 'destination-account',
    codes: ['NUMBER_CONNECTED_TO_A_WABA', 'DESTINATION_IS_SOURCE'],
  },
  {
    page: 'client-routes',
    codes: [
      'SOLUTION_INTENT_EXISTS',
      'SOLUTION_INTENT_NOT_ELIGIBLE',
      'SOLUTION_INTENT_REJECTED',
      'SOLUTION_TOKEN_MISSING',
      'SIGNUP_CODE_REFUSED',
      'APP_SECRET_WRONG',
      'APP_NOT_CONFIGURED',
    ],
  },
  {
    page: 'not-a-migration',
    codes: [
      'NO_MIGRATION_NEEDED',
      'NUMBER_DELETED',
      'NUMBER_JUST_DELETED',
      'NUMBER_NOT_REGISTERED',
      'NUMBER_IN_COEXISTENCE',
      'COEXISTENCE_SYNC_OVER',
      'TEST_NUMBER',
      'COUNTRY_RESTRICTED',
      'ALREADY_AT_DESTINATION',
    ],
  },
  {
    page: 'registration',
    codes: [
      'REGISTRATION_ATTEMPTS_USED_UP',
      'REGISTER_BUDGET_SPENT',
      'CERTIFICATE_INCORRECT',
      'DEREGISTRATION_UNFINISHED',
      'REGISTRATION_SERVER_UNAVAILABLE',
      'MAINTENANCE',
      'THROUGHPUT_UPGRADE',
      'REGISTERED_BUT_NOT_CONNECTED',
    ],
  },
  {
    page: 'tokens-and-permissions',
    codes: [
      'TOKEN_APP_NOT_INSTALLED',
      'TOKEN_CHECKPOINT',
      'TOKEN_EXPIRED',
      'TOKEN_INVALID',
      'PERMISSION_MISSING',
      'OBJECT_NOT_VISIBLE',
      'CREDENTIAL_MISSING',
    ],
  },
  {
    page: 'templates',
    codes: [
      'TEMPLATE_EXISTS',
      'TEMPLATE_LIMIT_REACHED',
      'TEMPLATE_REFUSED',
      'TEMPLATE_NOT_EDITABLE',
      'TEMPLATES_LIMITED',
      'TEMPLATES_MISCLASSIFIED',
    ],
  },
  {
    page: 'unknown-outcome',
    codes: ['OUTCOME_UNKNOWN', 'ANSWER_LOST', 'ANSWER_TIMED_OUT', 'ANSWER_UNREADABLE', 'NO_WORKER', 'DEFECT'],
  },
  {
    page: 'platform-trouble',
    codes: [
      'SERVICE_UNAVAILABLE',
      'PLATFORM_TROUBLE',
      'PLATFORM_UNREACHABLE',
      'EDIT_FAILED',
      'CURSOR_STALE',
      'MIGRATION_FAILED_FOR_NOW',
    ],
  },
  {
    page: 'rate-limits',
    codes: ['WABA_RATE_LIMITED', 'APP_RATE_LIMITED', 'RATE_LIMITED', 'CALL_BUDGET_SPENT'],
  },
  {
    page: 'unclassified',
    codes: ['UNCLASSIFIED', 'INVALID_PARAMETER', 'MESSAGE_REFUSED'],
  },
  {
    page: 'our-database',
    codes: ['STORE_UNAVAILABLE', 'EVENT_CONFLICT', 'NUMBER_IN_MIGRATION'],
  },
  {
    page: 'window',
    codes: ['WINDOW_OVER'],
  },
  {
    page: 'app-subscription',
    codes: ['APP_NOT_SUBSCRIBED'],
  },
];

/** Undefined where nobody needs to act. */
export const runbookOf = (code: string): string | undefined =>
  RUNBOOKS.find(({ codes }) => codes.includes(code))?.page;
