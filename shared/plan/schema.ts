/**
 * The plan of a migration: what will be called, in which order, how long it takes, who must do what, and what nobody
 * can take back. It holds no phone number, code or secret: a path has ids, and `{…}` where an id is not known yet.
 */
import { z } from 'zod';
import { partySchema, routeSchema, stepNameSchema } from '../steps';
import { textRefSchema } from '../texts/wording';

/** From and to, in milliseconds, and where the figures come from. */
export const expectedSchema = z.object({
  fromMs: z.number().int().nonnegative(),
  toMs: z.number().int().nonnegative(),
  source: z.string(),
});
export type Expected = z.infer<typeof expectedSchema>;

export const plannedCallSchema = z.object({
  method: z.enum(['GET', 'POST', 'DELETE']),
  path: z.string(),
  purpose: z.string(),
  /** What it changes at the platform; null: it reads. */
  effect: z.string().nullable(),
  /** Who can take the effect back, and how; null for a read. */
  undo: z.string().nullable(),
  reversible: z.boolean(),
  /** When it is made at all; null: always. */
  condition: z.string().nullable(),
  atMost: z.string(),
});
export type PlannedCall = z.infer<typeof plannedCallSchema>;

export const plannedStepSchema = z.object({
  step: stepNameSchema,
  what: z.string(),
  /** Between the opening of the window and the cut-over; everything else may take days without harm. */
  insideWindow: z.boolean(),
  calls: z.array(plannedCallSchema),
  /** Without the time that people take. */
  expected: expectedSchema,
  /** Who is waited for, when, and for how long at most before the operator is told; null: as long as it takes. */
  waitsFor: z.array(z.object({ party: partySchema, what: z.string(), atMostMs: z.number().nullable() })),
  /** Why nothing will be done here; null: it will. */
  leftOut: z.string().nullable(),
});
export type PlannedStep = z.infer<typeof plannedStepSchema>;

export const plannedTaskSchema = z.object({
  party: partySchema,
  kind: z.string(),
  requirement: z.string().nullable(),
  step: stepNameSchema,
  /** Whether the migration waits for it. */
  blocking: z.boolean(),
  title: z.string(),
  howTo: z.string(),
  text: textRefSchema.optional(),
});
export type PlannedTask = z.infer<typeof plannedTaskSchema>;

export const templatePredictionSchema = z.object({
  source: z.number().int(),
  eligible: z.number().int(),
  ineligible: z.number().int(),
  collisions: z.number().int(),
  predicted: z.number().int(),
  /** Null: the destination does not say, or is not known yet. */
  capacityLeft: z.number().int().nullable(),
  requiredNotCopyable: z.array(z.string()),
  /** Flows that buttons of templates to be copied open; absent where nobody looked. */
  flows: z.number().int().optional(),
});

export const planSchema = z.object({
  /** Changes when anything that an approval rests on changes: request, destination, blockers, warnings, templates. */
  planHash: z.string(),
  /** `preliminary` until facts have been gathered once. */
  stage: z.enum(['preliminary', 'checked']),
  route: routeSchema,
  /** What would come of it as things are: whether it can go on, and how it ends. */
  verdict: z.object({
    ready: z.boolean(),
    endsAs: z.string(),
    because: z.string(),
    blockers: z.array(z.string()),
    warnings: z.array(z.string()),
  }),
  when: z.object({
    notBefore: z.string().nullable(),
    notAfter: z.string().nullable(),
    timeZone: z.string().nullable(),
    /** The same instants on the clocks of `timeZone`, with their offsets from UTC. */
    local: z
      .object({
        notBefore: z.string().nullable(),
        notAfter: z.string().nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
    approval: z.enum(['automatic', 'manual']),
    /** The latest instants at which things can still go as planned. */
    latest: z.array(z.object({ what: z.string(), at: z.string(), local: z.string().nullable() })),
  }),
  steps: z.array(plannedStepSchema),
  expected: z.object({ whole: expectedSchema, insideWindow: expectedSchema }),
  pointOfNoReturn: z.object({ step: stepNameSchema, call: z.string(), meaning: z.string() }).nullable(),
  cannotBeUndone: z.array(z.object({ step: stepNameSchema, what: z.string(), undo: z.string() })),
  tasks: z.array(plannedTaskSchema),
  /** Null with a reason in `templatesUnseen`, or when none are to be copied or nobody has looked yet. */
  templates: templatePredictionSchema.nullable(),
  templatesUnseen: z.string().nullable(),
});
export type Plan = z.infer<typeof planSchema>;
