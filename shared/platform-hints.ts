/**
 * What Meta's webhooks may make a migration look at (meta §8.2). A webhook is a hint: it wakes a look, it never changes
 * a state by its word alone. The server asks `reactionTo` to spare a running migration what it does not wait for, the
 * workflow asks it again before it looks.
 */
import { z } from 'zod';
import { CLOSED_STATES, type Migration } from './migration';
import type { StepName } from './steps';

export const HINT_KINDS = [
  'security',
  'phone_number_name_update',
  'account_review_update',
  'account_update',
  'account_alerts',
  'business_capability_update',
  'message_template_status_update',
  'message_template_quality_update',
  'template_category_update',
  'phone_number_quality_update',
  'partner_solutions',
  'messages',
] as const;
export const hintKindSchema = z.enum(HINT_KINDS);
export type HintKind = z.infer<typeof hintKindSchema>;

/** Argument of the signal. Ids of receipts only: no number, no content. */
export const platformHintSchema = z.object({
  kind: hintKindSchema,
  /** Meta's word for what happened, where the kind has several. */
  event: z.string().max(64).nullable(),
  /** When Meta says it happened. */
  at: z.string(),
  /** Of the newest receipt that led to this hint; the same receipt has one effect. */
  receiptId: z.string().min(1).max(128),
});
export type PlatformHint = z.infer<typeof platformHintSchema>;

/** Steps that look again, at once, while they wait or look, because of a hint of this kind. */
const WAKES: Readonly<Record<HintKind, readonly StepName[]>> = {
  security: ['two_step_off', 'registration', 'acceptance', 'aftercare'],
  phone_number_name_update: ['eligibility', 'registration', 'acceptance', 'aftercare'],
  account_review_update: ['eligibility', 'destination', 'registration', 'acceptance', 'aftercare'],
  account_update: ['eligibility', 'destination', 'registration', 'acceptance', 'aftercare'],
  account_alerts: ['eligibility', 'acceptance', 'aftercare'],
  business_capability_update: ['eligibility'],
  message_template_status_update: ['acceptance', 'aftercare'],
  message_template_quality_update: ['aftercare'],
  template_category_update: ['acceptance', 'aftercare'],
  phone_number_quality_update: ['acceptance', 'aftercare'],
  partner_solutions: ['destination'],
  messages: ['acceptance', 'aftercare'],
};

/** The last look waits for what it found; a registration that is under way is not to be disturbed. */
const WAKES_ONLY_WAITING: readonly StepName[] = ['registration'];

/** Steps that wait without looking: what has come up is found by a look at the whole, as `recheck` makes one. */
const WAIT_WITHOUT_LOOKING: readonly StepName[] = ['preparation', 'window'];
const CALLS_FOR_LOOK_AT_WHOLE: readonly HintKind[] = [
  'phone_number_name_update',
  'account_review_update',
  'account_update',
];

/** Problems on which a step is parked and whose cure such a hint may announce: the step is tried again, and reads first. */
const MAY_CURE: Readonly<Partial<Record<HintKind, readonly string[]>>> = {
  security: ['TWO_STEP_VERIFICATION_ENABLED'],
  phone_number_name_update: [
    'DISPLAY_NAME_NOT_APPROVED',
    'NAME_REQUIRED_FOR_NUMBER',
    'CERTIFICATE_INCORRECT',
  ],
  account_review_update: [
    'DESTINATION_NOT_APPROVED',
    'DESTINATION_REVIEW_PENDING',
    'SOURCE_ACCOUNT_NOT_READY',
  ],
  account_update: [
    'DESTINATION_NOT_APPROVED',
    'ON_BEHALF_REQUEST_PENDING',
    'ACCOUNT_RESTRICTED',
    'ACCOUNT_LOCKED',
  ],
  business_capability_update: ['NUMBER_CAP_REACHED'],
};

/** Events of these kinds that change nothing a migration looks at; one that nobody knows is looked at. */
const NOTHING_TO_SEE: readonly string[] = [
  'PIN_RESET_REQUEST',
  'AD_ACCOUNT_LINKED',
  'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE',
  'MM_LITE_TERMS_SIGNED',
  'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
  'VOLUME_BASED_PRICING_TIER_UPDATE',
];

export type Reaction =
  /** The present step looks again. */
  | { kind: 'look'; step: StepName }
  /** Eligibility looks at everything again. */
  | { kind: 'look_at_whole'; step: StepName }
  /** The parked step is tried again. */
  | { kind: 'retry'; step: StepName };

/** Our own registration sets a PIN as well, and Meta tells of it about when the number is connected. */
const OWN_PIN_IS_TOLD_WITHIN_MS = 5 * 60_000;

/** Somebody set a PIN after the number was ours: what Carryover knows is not the number's any more (R13, R21). */
export const isOthersPin = (
  { cutover: { connectedAt } }: Pick<Migration, 'cutover'>,
  { event, at }: Pick<PlatformHint, 'event' | 'at'>,
): boolean =>
  event === 'PIN_CHANGED' &&
  connectedAt !== null &&
  Date.parse(at) > Date.parse(connectedAt) + OWN_PIN_IS_TOLD_WITHIN_MS;

/**
 * Somebody set a PIN while the number is still at the source, after two-step verification was seen off: it is on again, and a
 * registration would be refused (R21, P-1).
 */
export const isPinAtSource = (
  { step, cutover: { connectedAt } }: Pick<Migration, 'step' | 'cutover'>,
  { event }: Pick<PlatformHint, 'event'>,
): boolean =>
  event === 'PIN_CHANGED' && connectedAt === null && (step === 'ownership' || step === 'registration');

/** What a hint makes a migration do as it now is; null: nothing. */
export const reactionTo = (
  migration: Pick<Migration, 'state' | 'step' | 'steps' | 'cutover'>,
  hint: Pick<PlatformHint, 'kind' | 'event' | 'at'>,
): Reaction | null => {
  const { state, step } = migration;
  const { kind, event } = hint;
  if (step === null || state === 'aborting' || CLOSED_STATES.includes(state)) return null;
  if (event !== null && NOTHING_TO_SEE.includes(event)) return null;
  const isOfSource = isPinAtSource(migration, hint);
  const isOwn = event === 'PIN_CHANGED' && !isOfSource && !isOthersPin(migration, hint);
  if (isOwn && step !== 'two_step_off') return null;
  const present = migration.steps.find(({ name }) => name === step);
  if (present === undefined) return null;
  if (present.status === 'blocked') {
    const isCure =
      !isOfSource && present.error !== null && (MAY_CURE[kind] ?? []).includes(present.error.code);
    return isCure ? { kind: 'retry', step } : null;
  }
  const isDisturbing = WAKES_ONLY_WAITING.includes(step) && present.status !== 'waiting';
  if (WAKES[kind].includes(step) || isOfSource) return isDisturbing ? null : { kind: 'look', step };
  // Also while the step runs: a workflow task that is lost is done again, and what came meanwhile is heard on its way.
  if (!WAIT_WITHOUT_LOOKING.includes(step)) return null;
  return CALLS_FOR_LOOK_AT_WHOLE.includes(kind) ? { kind: 'look_at_whole', step } : null;
};
