/** The migration as people and programs see it: the resource of `http-api.md`, and the events of its audit trail. */
import { z } from 'zod';
import { messageFiguresSchema } from './failed-messages';
import { migrationIdSchema, taskIdSchema } from './ids';
import { outageSchema } from './outage';
import { planSchema } from './plan/schema';
import { failureClassSchema } from './problems';
import { localeSchema, saidSchema, textRefSchema } from './texts/wording';
import { partySchema, routeSchema, stepNameSchema } from './steps';

export const MIGRATION_STATES = [
  'running',
  'waiting',
  'blocked',
  'aborting',
  'live',
  'completed',
  'aborted',
  'failed',
] as const;
export const migrationStateSchema = z.enum(MIGRATION_STATES);
export type MigrationStateName = z.infer<typeof migrationStateSchema>;

/** States in which the run is over. */
export const CLOSED_STATES: readonly MigrationStateName[] = ['completed', 'aborted', 'failed'];

export const OUTCOMES = [
  'migrated',
  'already_at_destination',
  'dry_run',
  'new_registration_needed',
  'partner_change_needed',
  'coexistence_refused',
  'test_number_refused',
  'moved_elsewhere',
  'aborted',
  'deadline_passed',
  'terminated',
] as const;
export const outcomeSchema = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcomeSchema>;

export const ACTIONS = [
  'abort',
  'verification_code',
  'request_code',
  'complete_task',
  'recheck',
  'retry',
  'skip',
  'approve_cutover',
  'reschedule',
  'amend',
  'signup_result',
  'replay',
] as const;
export const actionSchema = z.enum(ACTIONS);
export type Action = z.infer<typeof actionSchema>;

const instant = z.string();

export const actorSchema = z.object({
  kind: z.enum(['api_key', 'link', 'system', 'operator']),
  name: z.string(),
});
export type Actor = z.infer<typeof actorSchema>;

export const taskSchema = z.object({
  id: taskIdSchema,
  kind: z.string(),
  party: partySchema,
  requirement: z.string().nullable(),
  /** The step that opened it. */
  step: stepNameSchema,
  blocking: z.boolean(),
  status: z.enum(['open', 'done', 'waived']),
  since: instant,
  dueAt: instant.nullable(),
  remindersSent: z.number().int(),
  title: z.string(),
  howTo: z.string(),
  /** What `title` and `howTo` are rendered from in other languages; absent where there is only English. */
  text: textRefSchema.optional(),
  evidence: z
    .object({ statement: z.string(), evidenceUrl: z.string().optional(), by: actorSchema, at: instant })
    .nullable(),
});
export type Task = z.infer<typeof taskSchema>;

export const stepErrorSchema = z.object({
  code: z.string(),
  title: z.string(),
  remedy: z.string(),
  text: textRefSchema.optional(),
  party: partySchema,
  retryable: z.boolean(),
  /** How Carryover classes it, and whether the effect may have happened in spite of it; absent in older documents. */
  class: failureClassSchema.optional(),
  effect: z.enum(['none', 'unknown']).optional(),
  /** What the platform answered, in its own words; secrets, phone numbers and codes removed. */
  evidence: z.record(z.string(), z.unknown()).optional(),
});

export type StepError = z.infer<typeof stepErrorSchema>;

export const stepSchema = z.object({
  name: stepNameSchema,
  status: z.enum(['pending', 'running', 'waiting', 'blocked', 'done', 'skipped']),
  attempts: z.number().int(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  error: stepErrorSchema.nullable(),
});
export type StepView = z.infer<typeof stepSchema>;

export const findingSchema = z.object({
  requirement: z.string(),
  /** Upper snake case; also the name of the rule. */
  code: z.string(),
  severity: z.enum(['blocker', 'warning', 'info']),
  party: partySchema,
  message: z.string(),
  remedy: z.string(),
  text: textRefSchema.optional(),
  /** `expected` and `observed` of the evidence, for other languages. */
  said: saidSchema.optional(),
  checkedAt: instant,
  expiresAt: instant,
  evidence: z.record(z.string(), z.unknown()),
});
export type Finding = z.infer<typeof findingSchema>;

/** Something an abort or an ended migration leaves behind, and who can remove it. */
export const leftoverSchema = z.object({
  kind: z.enum([
    'announced_number',
    'copied_templates',
    'credit_line',
    'subscribed_app',
    'destination_waba',
    'client_token',
    'migration_intent',
  ]),
  detail: z.string(),
  removableBy: z.string(),
  /** Whose it is to remove it, and what both are rendered from; absent in documents of older versions. */
  party: partySchema.optional(),
  text: textRefSchema.optional(),
});
export type Leftover = z.infer<typeof leftoverSchema>;

/** What the number kept before the move and must keep after it (R5); null: could not be seen. */
export const baselineSchema = z.object({
  displayName: z.string().nullable(),
  qualityRating: z.string().nullable(),
  messagingLimit: z.string().nullable(),
  officialBusinessAccount: z.boolean().nullable(),
  throughput: z.string().nullable(),
  /** Its id at the source, which may or may not stay (meta §1.3). */
  phoneNumberId: z.string().nullable().optional(),
  /** Names of the fields of the business profile that were filled in. */
  profileFields: z.array(z.string()).nullable().optional(),
  /** What those fields said; of a picture only that there was one. */
  profile: z.record(z.string(), z.string()).nullable().optional(),
  takenAt: instant,
});
export type Baseline = z.infer<typeof baselineSchema>;

export const acceptanceCheckSchema = z.object({
  name: z.string(),
  expected: z.string(),
  observed: z.string(),
  ok: z.boolean(),
  /** A failed required check keeps the migration from being accepted; the others are told. */
  required: z.boolean(),
  /** Whose row it serves, who must act on it and how; absent in documents of older versions. */
  requirement: z.string().optional(),
  party: partySchema.optional(),
  remedy: z.string().optional(),
  /** What is not as it should be, and the remedy, for every language. */
  text: textRefSchema.optional(),
  /** `expected` and `observed`, where they are words of ours. */
  said: saidSchema.optional(),
});
export type AcceptanceCheck = z.infer<typeof acceptanceCheckSchema>;

/**
 * When traffic was heard of at either side since the migration began, from webhooks (meta §1.7, §8.2); null: not heard
 * of, which proves nothing where the app is not subscribed. No API shows it, so it is evidence and decides nothing alone.
 */
export const observedTrafficSchema = z.object({
  /** The last message somebody wrote to the number that reached the source. */
  lastInboundAtSource: instant.nullable(),
  /** The first message somebody wrote to the number that reached the destination. */
  firstInboundAtDestination: instant.nullable(),
  /** The first message sent by the destination of which a status was told. */
  firstOutboundAtDestination: instant.nullable(),
  /** What became of the messages that the moved number sent lately (P-21); absent until a look has found some. */
  sentAtDestination: messageFiguresSchema.optional(),
});
export type ObservedTraffic = z.infer<typeof observedTrafficSchema>;
export const NO_TRAFFIC: ObservedTraffic = {
  lastInboundAtSource: null,
  firstInboundAtDestination: null,
  firstOutboundAtDestination: null,
};

export const migrationSchema = z.object({
  id: migrationIdSchema,
  attempt: z.number().int().positive(),
  /** Grows with every change; the `ETag`. */
  revision: z.number().int().nonnegative(),
  mode: z.enum(['execute', 'dry_run']),
  route: routeSchema,
  phoneNumber: z.string(),
  /** The language of the client's contact; absent: English. */
  locale: localeSchema.optional(),
  state: migrationStateSchema,
  outcome: outcomeSchema.nullable(),
  step: stepNameSchema.nullable(),
  registerAttemptedAt: instant.nullable(),
  allowedActions: z.array(actionSchema),
  tasks: z.array(taskSchema),
  waitingFor: z
    .object({ party: partySchema, kind: z.string(), since: instant, dueAt: instant.nullable() })
    .nullable(),
  steps: z.array(stepSchema),
  findings: z.array(findingSchema),
  baseline: baselineSchema.nullable(),
  source: z.object({
    provider: z.string(),
    businessId: z.string(),
    wabaId: z.string(),
    phoneNumberId: z.string().nullable(),
  }),
  destination: z.object({
    provider: z.string(),
    businessId: z.string(),
    wabaId: z.string().nullable(),
    phoneNumberId: z.string().nullable(),
    /** Only `solution_intent`: the solution that the account is to be moved to. */
    solutionId: z.string().optional(),
  }),
  leftInPlace: z.array(leftoverSchema),
  cutover: z.object({
    notBefore: instant.nullable(),
    notAfter: instant.nullable(),
    /** Presentation only; every time is an instant. */
    timeZone: z.string().nullable().default(null),
    approval: z.enum(['automatic', 'manual']),
    approvedAt: instant.nullable(),
    announcedAt: instant.nullable(),
    registeredAt: instant.nullable(),
    connectedAt: instant.nullable(),
    /** At most so long; null unless both sides' traffic was observed, and `outage` says how it is known. */
    outageMs: z.number().int().nullable(),
    outage: outageSchema.nullable().default(null),
  }),
  templates: z
    .object({
      copied: z.number().int(),
      kept: z.number().int(),
      failed: z.number().int(),
      recreated: z.number().int().optional(),
      /** Not asked for, because Meta does not copy their kind; the report says why. */
      leftBehind: z.number().int().optional(),
      /** Their category at the destination is another than at the source. */
      recategorised: z.number().int().optional(),
    })
    .nullable(),
  acceptance: z.array(acceptanceCheckSchema),
  /** Absent in documents of an earlier version. */
  observed: observedTrafficSchema.optional(),
  /** Since when the number may be moved again although this migration is live: its watch is over, bills are awaited. */
  numberFreedAt: instant.nullable().optional(),
  plan: planSchema,
  /** Earlier attempts, oldest first. */
  attempts: z.array(
    z.object({
      attempt: z.number().int(),
      state: migrationStateSchema,
      outcome: outcomeSchema.nullable(),
      failedStep: stepNameSchema.nullable(),
      closedAt: instant,
    }),
  ),
  createdAt: instant,
  updatedAt: instant,
  metadata: z.record(z.string(), z.string()),
});
export type Migration = z.infer<typeof migrationSchema>;

/**
 * One entry a workflow appends to the audit trail. `sequence` grows over the whole chain (continue-as-new and replays
 * included); the store adds position and hash.
 */
export const migrationEventSchema = z.object({
  sequence: z.number().int().positive(),
  /** Lower snake case with a subject: `step_started`, `task_opened`, `code_verdict`, … */
  type: z.string(),
  at: instant,
  actor: actorSchema,
  step: stepNameSchema.nullable(),
  /** Never a secret, a code or a phone number. */
  data: z.record(z.string(), z.unknown()),
});
export type MigrationEvent = z.infer<typeof migrationEventSchema>;
