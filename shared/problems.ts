/**
 * What can go wrong with an effect, in the form in which it travels from an adapter through an activity to the
 * workflow, the read model and a person. An activity failure carries `code` as its failure type (only the outermost
 * type counts for retries) and the whole problem as its only detail.
 */
import { z } from 'zod';
import { partySchema } from './steps';
import { textRefSchema } from './texts/wording';

export const FAILURE_CLASSES = ['transient', 'quota', 'needs_party', 'permanent', 'unknown_outcome'] as const;
export const failureClassSchema = z.enum(FAILURE_CLASSES);
export type FailureClass = z.infer<typeof failureClassSchema>;

export const problemSchema = z.object({
  /** Stable, upper snake case; the name of its page under `docs/errors/`. */
  code: z.string(),
  class: failureClassSchema,
  /** What happened, one line. */
  title: z.string(),
  /** What to do about it, in words a support person can pass on. */
  remedy: z.string(),
  /** What both are rendered from in other languages, where it is not the code alone that says it. */
  text: textRefSchema.optional(),
  /** Who must act. */
  party: partySchema,
  /** Whether trying the step again without a change elsewhere can help. */
  retryable: z.boolean(),
  /** Whether the answer proves that the effect did not happen; `unknown` after a lost reply. */
  effect: z.enum(['none', 'unknown']),
  /** How long the platform asks to wait, in milliseconds. */
  waitMs: z.number().int().nonnegative().optional(),
  /** The platform's own words, secrets, numbers and codes removed. */
  evidence: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Waits up to this long are taken inside the activity's retry; longer ones park the step (architecture, "Parking"). */
export const LONGEST_RETRY_DELAY_MS = 60_000;

/**
 * The problem codes the workflow itself knows, because they lead back to an earlier step or are its own. Every other
 * code only names a page of `docs/errors/`. The platform catalogues must use these names.
 */
export const PROBLEM = {
  /** `register` or the announcement says two-step verification is still on at the source (2388001, E2). */
  twoStepStillOn: 'TWO_STEP_VERIFICATION_ENABLED',
  /** 133006, or 2388001 "confirm ownership": the verification lapsed or never was. */
  ownershipNotVerified: 'OWNERSHIP_NOT_VERIFIED',
  /** 2388103 without payment account, also at `register`. */
  paymentMethodMissing: 'PAYMENT_METHOD_MISSING',
  /** 2388103: the destination's webhooks are not set up. */
  appNotSubscribed: 'APP_NOT_SUBSCRIBED',
  /** 2388103: can be added directly, no migration needed (E3). */
  noMigrationNeeded: 'NO_MIGRATION_NEEDED',
  /** Nothing irreversible starts after the window without an approval. */
  windowOver: 'WINDOW_OVER',
  unclassified: 'UNCLASSIFIED',
  /** Our own time-out or a worker's death while an effect was under way. */
  outcomeUnknown: 'OUTCOME_UNKNOWN',
  /** `register` was accepted, but the number does not come to life. */
  registeredNotConnected: 'REGISTERED_BUT_NOT_CONNECTED',
  /** Another live migration, of whichever tenant, holds the number. */
  numberInMigration: 'NUMBER_IN_MIGRATION',
  /** 100/33: the object is not there, or not shown to this token. */
  objectNotVisible: 'OBJECT_NOT_VISIBLE',
  /** No worker took a call up. */
  noWorker: 'NO_WORKER',
  /** An activity failed in a way that is no answer of anybody. */
  defect: 'DEFECT',
} as const;

/** The findings that the workflow itself knows: they lead back to an earlier step, or become a task beside another. */
export const FINDING = {
  /** Seen by the last look: the pending number is not at the destination any more. */
  announcedNumberGone: 'ANNOUNCED_NUMBER_GONE',
  /** The credential of the source does not read its account, for another reason than that there is none. */
  sourceUnreadable: 'SOURCE_UNREADABLE',
  /** Whether much is sent through the number; no reason to book support by itself. */
  volumeNotSeen: 'VOLUME_NOT_SEEN',
} as const;
