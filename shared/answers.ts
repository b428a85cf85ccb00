/** What the HTTP API answers beside the migration itself, as zod schemas: the server answers with them, clients read with them. */
import { z } from 'zod';
import { linkIdSchema, migrationIdSchema } from './ids';
import { actionSchema, actorSchema, migrationSchema } from './migration';
import { plannedStepSchema, plannedTaskSchema } from './plan/schema';
import { stepNameSchema } from './steps';
import { TEMPLATE_OUTCOMES, TEMPLATE_PLANS, templateReasonSchema } from './template-report';
import { localeSchema } from './texts/wording';

const nextCursor = z.string().nullable();

export const migrationPageSchema = z.object({ items: z.array(migrationSchema), nextCursor });
export type MigrationPage = z.infer<typeof migrationPageSchema>;

/** One entry of the audit trail; `hash` covers the entry and its predecessor's hash. */
export const auditEntrySchema = z.object({
  position: z.number().int().positive(),
  type: z.string(),
  at: z.string(),
  actor: actorSchema,
  step: stepNameSchema.nullable(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export const auditPageSchema = z.object({ items: z.array(auditEntrySchema), nextCursor });
export type AuditPage = z.infer<typeof auditPageSchema>;

export const templateRowSchema = z.object({
  name: z.string(),
  language: z.string(),
  category: z.string().nullable(),
  sourceId: z.string().nullable(),
  sourceStatus: z.string().nullable(),
  sourceQuality: z.string().nullable(),
  plan: z.enum(TEMPLATE_PLANS),
  outcome: z.enum(TEMPLATE_OUTCOMES),
  /** Why, in words: Meta's own where it gave some. */
  reason: z.string().nullable(),
  /** The same as a stable code, and what to do about it. */
  code: templateReasonSchema.nullable(),
  remedy: z.string().nullable(),
  required: z.boolean(),
  destinationId: z.string().nullable(),
  destinationStatus: z.string().nullable(),
  destinationCategory: z.string().nullable(),
  destinationQuality: z.string().nullable(),
  /** The name under which it was created because its own is taken at the destination. */
  createAs: z.string().nullable(),
  /** Of a collision: whether the contents differ, and both (components as JSON text) if they do. */
  contentDiffers: z.boolean().nullable(),
  sourceContent: z.string().nullable(),
  destinationContent: z.string().nullable(),
  checkedAt: z.string(),
});
export type TemplateReportRow = z.infer<typeof templateRowSchema>;
export const templatePageSchema = z.object({ items: z.array(templateRowSchema), nextCursor });
export type TemplatePage = z.infer<typeof templatePageSchema>;

/** A line of the billing ledger: who pays what, from when to when, how it is known and how exactly. */
export const ledgerRowSchema = z.object({
  kind: z.string(),
  side: z.enum(['source', 'destination']),
  payer: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  quantity: z.number().nullable(),
  /** Decimal, as a string: money is not a floating-point number. */
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  evidence: z.record(z.string(), z.unknown()),
  seenAt: z.string(),
  /** How exactly it is known, e.g. `exact`, `half_hour`, `unknown`. */
  precision: z.string(),
  note: z.string().nullable(),
});
export type LedgerRow = z.infer<typeof ledgerRowSchema>;

/** Meta's verdict on a verification code; `pending`: no verdict yet, the same Idempotency-Key collects it. */
export const codeVerdictSchema = z.object({
  outcome: z.enum(['verified', 'wrong', 'expired', 'locked']),
  guessesLeft: z.number().int().nonnegative(),
  retryAt: z.string().optional(),
});
export const codePendingSchema = z.object({ outcome: z.literal('pending') });
export type CodeAnswer = z.infer<typeof codeVerdictSchema> | z.infer<typeof codePendingSchema>;

export const amendedSchema = migrationSchema.extend({
  /** Steps that were done or under way and will be done again because of the amendment. */
  staleSteps: z.array(stepNameSchema),
});

/** What a replay would do: nothing has been changed. */
export const replayPlanSchema = z.object({
  dryRun: z.literal(true),
  attempt: z.number().int().positive(),
  fromStep: stepNameSchema,
  /** Nothing is done before this instant, so that effects of the closed run have ended for certain. */
  notBefore: z.string(),
  /** What would be done again: the calls, waits and tasks from that step on. */
  steps: z.array(plannedStepSchema),
  tasks: z.array(plannedTaskSchema),
});
export const replayAnswerSchema = z.union([replayPlanSchema, migrationSchema]);
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>;

/** A link for the client; its secret stands in the fragment, which no browser sends to a server. */
export const signupSessionSchema = z.object({ sessionId: linkIdSchema, url: z.url(), expiresAt: z.string() });
export type SignupSession = z.infer<typeof signupSessionSchema>;

/** What the signup's page shows, and what it opens Meta's popup with. */
export const signupViewSchema = z.object({
  migrationId: migrationIdSchema,
  sessionId: linkIdSchema,
  expiresAt: z.string(),
  /** `open`: the client is asked for the signup; `checking`: what it did is looked at; `done`; `closed`. */
  stage: z.enum(['open', 'checking', 'done', 'closed']),
  /** The language the client reads: the one that was asked for, else that of its contact. */
  language: localeSchema,
  /** What the client is asked to do, in its language. */
  title: z.string().nullable(),
  howTo: z.string().nullable(),
  popup: z
    .object({
      appId: z.string(),
      configId: z.string(),
      sdkUrl: z.string(),
      graphVersion: z.string(),
      messageOrigins: z.array(z.string()),
    })
    .nullable(),
});
export type SignupView = z.infer<typeof signupViewSchema>;

export const revealedSchema = z.object({ value: z.string() });

export const credentialListSchema = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      /** `file`: stands in CREDENTIALS_FILE, which this API does not change. */
      origin: z.enum(['api', 'file']),
      /** Null: not stored here. */
      createdAt: z.string().nullable(),
      updatedAt: z.string().nullable(),
      /** Null: Meta has not been asked, or the token does not expire. */
      expiresAt: z.string().nullable(),
    }),
  ),
});
export type CredentialList = z.infer<typeof credentialListSchema>;

export const fieldErrorSchema = z.object({
  /** JSON pointer into the body, or into the query's parameters. */
  pointer: z.string(),
  expected: z.string(),
  /** Never a secret or a code; numbers masked. */
  received: z.string(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** RFC 9457 problem details, the one shape of every error. */
export const apiProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** Stable; what a program decides by. */
  code: z.string(),
  detail: z.string().optional(),
  requestId: z.string(),
  errors: z.array(fieldErrorSchema).optional(),
  allowedActions: z.array(actionSchema).optional(),
  migrationId: migrationIdSchema.optional(),
  retryAt: z.string().optional(),
  /** `plan_changed`: the hash that was given, and that of the plan as it is. */
  plan: z.object({ given: z.string(), present: z.string() }).optional(),
});
export type ApiProblem = z.infer<typeof apiProblemSchema>;
