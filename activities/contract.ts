/**
 * What a migration does to the world, as the workflow sees it. Workflows import these types only. Every activity is
 * safe to repeat in the way its row of architecture.md "Effects" says; failures are ApplicationFailures whose type is
 * the problem's code and whose only detail is a `Problem` (shared/problems.ts).
 */
import type { AcceptanceLook } from './acceptance-contract';
import type { SignupActivities } from './signup-contract';
import type {
  AcceptanceCheck,
  Baseline,
  Migration,
  MigrationEvent,
  ObservedTraffic,
} from '../shared/migration';
import type { MigrationId, PhoneNumberId, WabaId, BusinessId } from '../shared/ids';
import type { EligibilitySettings } from '../shared/eligibility-settings';
import type { Policy } from '../shared/policy';
import type { StartRequest } from '../shared/requests';
import type { KnownText } from '../shared/texts';
import type { Said } from '../shared/texts/wording';
import type { AddressedFinding } from '../shared/texts/addressed';
import type { AssetFacts, HealthFacts, PeopleFacts, WebsiteFacts } from './facts';
import type { TemplateActivities } from './template-contract';

export type { AcceptanceLook } from './acceptance-contract';
export type { TemplateActivities, TemplateInventory, TemplateReconciliation } from './template-contract';

/** What acceptance looks at, as it is made; a client reads it by its text. */
export type Check = AcceptanceCheck & { remedy: string; text: KnownText; said: Said };

/** Who asks: enough to resolve credentials and to key every effect. Never a run id. */
export interface MigrationRef {
  tenant: string;
  migrationId: MigrationId;
  attempt: number;
}

/** The request as it now stands (amended), which is all that most activities need beside ids found on the way. */
export interface Subject extends MigrationRef {
  request: StartRequest;
  callingCode: string;
}

/** Of an effect that nobody can undo: after this instant its first call is not made (WINDOW_OVER); null: no end. */
export type StartBy = string | null;

// ---------------------------------------------------------------------------------------------- eligibility

/** A fact that could not be seen is null; `whyUnseen` says why (no credential, no permission). Times are RFC 3339. */
export interface NumberFacts {
  phoneNumberId: PhoneNumberId;
  displayPhoneNumber: string;
  status: string | null;
  codeVerificationStatus: string | null;
  platformType: string | null;
  nameStatus: string | null;
  newNameStatus: string | null;
  verifiedName: string | null;
  isPinEnabled: boolean | null;
  isOnBizApp: boolean | null;
  accountMode: string | null;
  qualityRating: string | null;
  messagingLimit: string | null;
  isOfficialBusinessAccount: boolean | null;
  throughput: string | null;
  health?: HealthFacts | null;
  /** Ice breakers, commands, welcome message; by name, as far as set. */
  conversationalComponents?: string[] | null;
  webhookOverridden?: boolean | null;
}

export interface WabaFacts {
  id: WabaId;
  name: string | null;
  ownerBusinessId: BusinessId | null;
  accountReviewStatus: string | null;
  businessVerificationStatus: string | null;
  status: string | null;
  currency: string | null;
  timezoneId: string | null;
  primaryFundingId: string | null;
  onBehalfOfStatus: string | null;
  creationTime: string | null;
  /** Whether our own app is among the subscribed ones; null when unseen. */
  appSubscribed: boolean | null;
  numberCount: number | null;
  templateCount: number | null;
  templateLimit: number | null;
  /** ISO 3166 alpha-2. */
  country?: string | null;
  health?: HealthFacts | null;
  /** Of the catalogue; null: none, or not told. */
  commerceAccountId?: string | null;
}

export interface SideFacts {
  seenAt: string;
  /** Null with a reason when nothing could be read at all. */
  waba: WabaFacts | null;
  /** The number in this WABA, matched by equivalence class (R31); null when it is not in the list. */
  number: NumberFacts | null;
  whyUnseen: string | null;
  /** With the source's look: what hangs on it, who is there, and the web site of the business. */
  assets?: AssetFacts | null;
  people?: PeopleFacts | null;
  /** The account of the same business that holds the number, when the one that the request names does not (R25). */
  foundIn?: WabaId | null;
  website?: WebsiteFacts | null;
}

export interface DestinationFacts extends SideFacts {
  /** Registered numbers of the destination's portfolio other than this one, and its cap; null: unseen (meta §1.1). */
  portfolioNumberCount: number | null;
  portfolioNumberCap: number | null;
  /** Whether the credit line named in the request exists for its credential; null when not asked or unseen. */
  creditLineUsable: boolean | null;
  /** Whether the payment attached to the WABA is that line; null or absent: nothing attached, not asked or unseen. */
  fundingIsOurs?: boolean | null;
}

/** Which findings are asked for: the whole, what the destination adds, or what perishes within minutes (last look). */
export type Scope = 'preflight' | 'destination' | 'two_step' | 'last_look';

export type Triage =
  | 'migrate'
  | 'already_at_destination'
  | 'not_on_platform'
  | 'coexistence'
  | 'test_number'
  | 'partner_change'
  | 'moved_elsewhere'
  | 'unknown';

export interface Judgement {
  triage: Triage;
  findings: AddressedFinding[];
  /** Codes of every rule that was judged: a finding of one of them that is not among `findings` is over. */
  judged: string[];
  /** What must be the same after the move (R5); null while the source cannot be seen. */
  baseline: Baseline | null;
  sourcePhoneNumberId: PhoneNumberId | null;
  /** Set when the number already is at the destination. */
  destinationPhoneNumberId: PhoneNumberId | null;
  /** Two-step verification at the source: what was seen, null when nobody could see it. */
  twoStepEnabled: boolean | null;
  /** Since when the destination account is there, where its age is limited (R46); absent: unseen, or of no account. */
  destinationAge?: { madeAt: string; judgedAt: string } | null;
  /** With the whole look: when the first of its answers perishes that the first look of the cut-over does not repeat. */
  freshUntil?: string;
  /** The same instant, told since it is asked for after two-step verification as well: looks of before replay as they went. */
  announceBy?: string;
}

export interface EligibilityActivities {
  /**
   * `scope` says what the look is for; without it everything is gathered. The last look reads what perishes at the
   * destination as well.
   */
  observeSource(subject: Subject, scope?: Scope): Promise<SideFacts & { destination?: DestinationFacts }>;
  observeDestination(subject: Subject): Promise<DestinationFacts>;
  /** Pure; run as a local activity, so that the rules may change without breaking the replay of a history. */
  judge(input: {
    subject: Subject;
    scope: Scope;
    source: SideFacts;
    destination: DestinationFacts | null;
    now: string;
    /** The deployment's settings; absent in looks of older runs. */
    settings?: EligibilitySettings;
  }): Promise<Judgement>;
}

// ---------------------------------------------------------------------------------------------- WABA creation

export type Establishment =
  | {
      kind: 'established';
      wabaId: WabaId;
      ownerBusinessId: BusinessId;
      createdAt: string | null;
      currency: string | null;
    }
  /** No WABA is named and none is new yet: the client must make one. `known` are the ids that existed before. */
  | { kind: 'awaiting'; known: WabaId[]; proposedName: string }
  /** Several new WABAs: a person must say which. */
  | { kind: 'ambiguous'; candidates: WabaId[] };

export interface WabaActivities {
  /**
   * Adopt the WABA named in the request or in the popup's result, or find the new one as the difference of lists.
   * `known` is what an earlier answer returned. Refuses one of another business (R4), not reviewed, too old (R46).
   */
  establishDestination(input: {
    subject: Subject;
    known: WabaId[] | null;
    signupWabaId: WabaId | null;
  }): Promise<Establishment>;
  /** List, then subscribe our app if it is missing; then prove access by reading the WABA's numbers. */
  subscribeApp(input: { subject: Subject; wabaId: WabaId }): Promise<{ alreadySubscribed: boolean }>;
}

// ---------------------------------------------------------------------------------------------- verification

export interface VerificationActivities {
  /** The announcement: looks for the number at the destination first and adopts it. */
  announceNumber(input: {
    subject: Subject;
    wabaId: WabaId;
    startBy?: StartBy;
    /** It was announced earlier, in this attempt or one before: the account's whole hour is there for it. */
    isAnnounced?: boolean;
  }): Promise<{ phoneNumberId: PhoneNumberId; adopted: boolean }>;
  /** Tried once; reads `code_verification_status` first. A lost reply is a failure with effect `unknown`. */
  requestCode(input: {
    subject: Subject;
    phoneNumberId: PhoneNumberId;
    method: 'sms' | 'voice';
    language: string;
    /** A further code, some time after two-step verification was seen off: none is sent while the source shows it on. */
    lookForTwoStep?: boolean;
  }): Promise<{ outcome: 'sent' | 'already_verified' | 'two_step_on' }>;
  /** Tried once. Throws only when no verdict is known; then the next call reads the status first. */
  verifyCode(input: {
    subject: Subject;
    phoneNumberId: PhoneNumberId;
    code: string;
  }): Promise<{ outcome: 'verified' | 'wrong' | 'expired' } | { outcome: 'locked'; retryAt: string }>;
  readVerification(input: { subject: Subject; phoneNumberId: PhoneNumberId }): Promise<{
    verified: boolean;
    expired: boolean;
  }>;
}

// ---------------------------------------------------------------------------------------------- registration

/** The cut-over whose usage is read on both sides. */
export interface UsageSince {
  registerAttemptedAt: string;
  /** When the number was seen live, or else registered; absent in what an earlier version asked for. */
  liveAt?: string | null;
}

export interface RegistrationActivities {
  /**
   * The cut-over. Connected already → adopted, PIN unknown. Otherwise: two-step PIN made and stored, attempt counted
   * (per number, over all migrations; stops at 8 in 72 h), then the call. After a lost reply it reads until it knows.
   */
  registerNumber(input: {
    subject: Subject;
    wabaId: WabaId;
    phoneNumberId: PhoneNumberId;
    startBy?: StartBy;
    /** Absent in what an earlier version asked for. */
    storageRegionAt?: Policy['storageRegionAt'];
    /** Since when the source's usage is kept again before each further call; absent in what an earlier version asked for. */
    usageFrom?: string;
  }): Promise<{
    outcome: 'registered' | 'adopted';
    registeredAt: string;
  }>;
  /** Reads until CONNECTED and CLOUD_API; `deadlineMs` later answers `connectedAt: null`. */
  awaitConnected(input: {
    subject: Subject;
    phoneNumberId: PhoneNumberId;
    deadlineMs: number;
  }): Promise<{ connectedAt: string | null; status: string }>;
  /** Compares the number at the destination with the baseline and the request (R5, R8). */
  checkAcceptance(input: AcceptanceLook): Promise<{
    checks: Check[];
    /** What webhooks told of both sides' traffic; absent while the store cannot say. */
    observed?: ObservedTraffic;
  }>;
  /**
   * The same in aftercare; with `usageSince` it also writes what both sides counted since then into the ledger. With
   * `ledgerOnly` nothing else is done and no check is made: the number may have been moved on.
   */
  watchNumber(
    input: AcceptanceLook & { usageSince: UsageSince | null; ledgerOnly?: boolean },
  ): ReturnType<RegistrationActivities['checkAcceptance']>;
}

// ---------------------------------------------------------------------------------------------- billing cut-over

export interface BillingActivities {
  /** Last before the announcement. Reads `primary_funding_id`; refuses when another's line is attached (unchangeable). */
  attachFunding(input: {
    subject: Subject;
    wabaId: WabaId;
    startBy?: StartBy;
    /** As the deployment decided; one call when absent (runs from before the setting). */
    sharing?: Policy['creditSharing'];
  }): Promise<{
    payer: 'partner_credit' | 'client_card';
    fundingId: string;
    alreadyAttached: boolean;
  }>;
  /** Source usage in half-hour buckets right before `register`; afterwards the source no longer counts the number. */
  snapshotUsage(input: { subject: Subject; from: string; to: string }): Promise<{
    buckets: number;
    seenAt: string;
    whyUnseen: string | null;
  }>;
  /** Ledger rows with evidence, time seen and precision; replaces its own earlier rows. */
  openLedger(input: {
    subject: Subject;
    wabaId: WabaId;
    phoneNumberId: PhoneNumberId;
    registerAttemptedAt: string;
    registeredAt: string;
    connectedAt: string | null;
  }): Promise<{ rows: number }>;
}

// ---------------------------------------------------------------------------------------------- records

export interface RecordsActivities {
  /** Takes the number for this migration, or says who has it. Never for a dry run. */
  claimNumber(subject: Subject): Promise<{ claimed: true } | { claimed: false; heldBySameTenant: boolean }>;
  /** Appends events and replaces the read model; frees the claim when the migration is closed. Repeating is harmless. */
  project(input: {
    tenant: string;
    migrationId: MigrationId;
    runId: string;
    events: MigrationEvent[];
    migration: Migration;
    /** What a replay or an operator needs to go on: the workflow's own state, opaque here. */
    resume: unknown;
  }): Promise<void>;
}

export interface ReconcileActivities {
  /** Projects executions that ended from outside, frees their claims, finishes half-done starts, reports stuck ones. */
  reconcileExecutions(): Promise<{ closed: number; started: number; stuck: string[] }>;
}

export type { CodeExchange, SignedUpNumber, SignupActivities, SignupSighting } from './signup-contract';

export type Activities = EligibilityActivities &
  WabaActivities &
  SignupActivities &
  TemplateActivities &
  VerificationActivities &
  RegistrationActivities &
  BillingActivities &
  RecordsActivities;
