/** The screens of the popup; all but the first and the last are what `current_step` may say (meta §2.1). */
export type SignupStep =
  | 'LOGIN'
  | 'BUSINESS_ACCOUNT_SELECTION'
  | 'WABA_PHONE_PROFILE_PICKER'
  | 'WHATSAPP_BUSINESS_PROFILE_SETUP'
  | 'PHONE_NUMBER_SETUP'
  | 'PHONE_NUMBER_VERIFICATION'
  | 'PERMISSIONS'
  | 'CLOSED';

export type SignupEvent =
  'FINISH' | 'FINISH_ONLY_WABA' | 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' | 'CANCEL';

/** What the browser gets when the popup closes: the window message, and the code of the login callback. */
export interface SignupResult {
  /** Null when this launch tells nothing by window message (flow version 2 without `sessionInfoVersion`). */
  readonly message: {
    readonly type: 'WA_EMBEDDED_SIGNUP';
    readonly event: SignupEvent;
    readonly version: 3;
    readonly data: Readonly<Record<string, unknown>>;
  } | null;
  /** Null when the client went away without granting anything. */
  readonly code: string | null;
  readonly codeExpiresAt: number | null;
}

/** One opened popup. */
export interface SignupSession {
  readonly id: string;
  readonly appId: string;
  readonly configurationId: string | null;
  readonly version: 2 | 3 | 4;
  readonly featureType: string | null;
  readonly solutionId: string | null;
  readonly tellsMessage: boolean;
  /** Whom the window message is for, and by which channel the SDK hears of the code. */
  readonly openerOrigin: string;
  readonly channel: string;
  readonly prefill: { readonly businessId: string | null; readonly displayName: string | null };
  step: SignupStep;
  personId: string | null;
  businessId: string | null;
  wabaId: string | null;
  /** Name of the account that is still to be made. */
  newWabaName: string | null;
  recordId: string | null;
  /** The number leaves another account: the client is warned and has to agree (meta §2.2). */
  warning: { readonly phoneNumber: string; readonly displayName: string | null } | null;
  refusal: { readonly name: string; readonly text: string; readonly errorId: string } | null;
  result: SignupResult | null;
}
