/** The facts a ticket needs (360dialog §7.2, R50), and those with which a stalling source is escalated (R23). */
import { z } from 'zod';
import { migrationIdSchema, taskIdSchema } from './ids';
import { migrationSchema } from './migration';
import { partySchema, stepNameSchema } from './steps';

export const BUNDLE_PURPOSES = ['support', 'escalation'] as const;
export const bundlePurposeSchema = z.enum(BUNDLE_PURPOSES);
export type BundlePurpose = z.infer<typeof bundlePurposeSchema>;

const migration = migrationSchema.shape;
const task = migration.tasks.element.shape;
const finding = migration.findings.element.shape;

/** What was asked of the source's side, when it was reminded, and what it said. */
export const sourceRequestSchema = z.object({
  taskId: taskIdSchema,
  kind: z.string(),
  party: partySchema,
  requirement: z.string().nullable(),
  title: z.string(),
  askedAt: z.string(),
  dueAt: z.string().nullable(),
  remindedAt: z.array(z.string()),
  /** When it was escalated to Meta; null: it was not. */
  escalatedAt: z.string().nullable(),
  status: task.status,
  statements: z.array(
    z.object({ at: z.string(), by: z.string(), statement: z.string(), evidenceUrl: z.string().nullable() }),
  ),
});

export const supportBundleSchema = z.object({
  purpose: bundlePurposeSchema,
  /** Every time in it is UTC. */
  generatedAt: z.string(),
  versions: z.object({ carryover: z.string() }),
  migration: z.object({
    id: migrationIdSchema,
    attempt: migration.attempt,
    route: migration.route,
    mode: migration.mode,
    state: migration.state,
    outcome: migration.outcome,
    step: migration.step,
    createdAt: z.string(),
    updatedAt: z.string(),
    metadata: migration.metadata,
  }),
  phoneNumber: z.string(),
  source: migration.source,
  destination: migration.destination,
  cutover: migration.cutover,
  registerAttemptedAt: migration.registerAttemptedAt,
  waitingFor: migration.waitingFor,
  /** Support is booked only when this is empty (R50): blockers of R19 to R31, and what is to be stated for them. */
  missingForBooking: z.array(z.string()),
  tasks: z.array(
    z.object({
      kind: task.kind,
      party: task.party,
      requirement: task.requirement,
      step: task.step,
      blocking: task.blocking,
      since: task.since,
      dueAt: task.dueAt,
      remindersSent: task.remindersSent,
      title: task.title,
    }),
  ),
  findings: z.array(
    z.object({
      requirement: finding.requirement,
      code: finding.code,
      severity: finding.severity,
      party: finding.party,
      message: finding.message,
      checkedAt: finding.checkedAt,
      expiresAt: finding.expiresAt,
    }),
  ),
  /** What failed, newest first; `platform` holds the answer in its own words, `code`, `subcode` and `traceId` (fbtrace_id). */
  problems: z.array(
    z.object({
      at: z.string(),
      step: stepNameSchema.nullable(),
      code: z.string(),
      title: z.string(),
      party: partySchema,
      platform: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
  templates: migration.templates,
  acceptance: migration.acceptance,
  /** Oldest first. */
  timeline: z.array(
    z.object({
      at: z.string(),
      by: z.string(),
      what: z.string(),
      step: stepNameSchema.nullable(),
      detail: z.string(),
    }),
  ),
  /** Whether the audit trail holds older events than `timeline` tells of. */
  timelineShortened: z.boolean(),
  /** Of an escalation. */
  sourceRequests: z.array(sourceRequestSchema).optional(),
  /** Words to send, of an escalation: to the provider in its language, to Meta or 360dialog in English. */
  letters: z.object({ toProvider: z.string(), toPlatform: z.string() }).optional(),
});
export type SupportBundle = z.infer<typeof supportBundleSchema>;
