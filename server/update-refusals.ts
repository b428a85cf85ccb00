/** What it means over HTTP that a migration did not take a message, or refused it. */
import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { z } from 'zod';
import type { FieldError } from '../shared/answers';
import { INVALID_FIELDS, type FrozenField } from '../shared/messages';
import { actionSchema, CLOSED_STATES, type Migration } from '../shared/migration';
import { MISSING_IN_STATEMENT, type MissingInStatement } from '../shared/person-and-time';
import { stepNameSchema } from '../shared/steps';
import { wordingOf } from '../shared/texts';
import type { Locale } from '../shared/texts/wording';
import { HttpProblem, isRefusalCode, temporarilyUnavailable } from './problems';
import { errorAt, invalid } from './validation';

const refusalDetailSchema = z.object({
  allowedActions: z.array(actionSchema),
  revision: z.number().int().nonnegative().optional(),
  retryAt: z.string().optional(),
  plan: z.object({ given: z.string(), present: z.string() }).optional(),
  missing: z.enum(MISSING_IN_STATEMENT).optional(),
  frozen: z
    .array(
      z.object({
        field: z.string(),
        step: stepNameSchema,
        why: z.enum(['done', 'under_way', 'registration_attempted']),
      }),
    )
    .optional(),
  invalid: z.array(z.object({ path: z.array(z.string()), expected: z.string() })).optional(),
});

const WHY_FROZEN: Readonly<Record<FrozenField['why'], (step: string) => string>> = {
  done: (step) => `it is fixed since the step ${step} is done`,
  under_way: (step) => `the step ${step} is under way, and its effect cannot be taken back`,
  registration_attempted: () => 'the registration has been attempted',
};

/** Which fields, and why: the problem names them like any other mistake of a body. */
const frozenErrors = (frozen: readonly FrozenField[]): FieldError[] =>
  frozen.map(({ field, step, why }) => ({
    pointer: `/${field}`,
    expected: `no change any more: ${WHY_FROZEN[why](step)}`,
    received: 'a change',
  }));

/** In the client's language, whose task it is: what is missing, and what a whole statement looks like (R19, P-7). */
const statementErrors = (missing: MissingInStatement, locale: Locale): FieldError[] => {
  const { what, how } = wordingOf(locale, `statement_incomplete.${missing}`, {});
  return [{ pointer: '/statement', expected: how, received: what }];
};

/** The worker answered the workflow task that brought the message without it: nothing was done. */
const NEVER_PROCESSED = 'UnprocessedUpdate';

/** The workflow ended after it had taken the message and before it answered. */
const CLOSED_ON_THE_WAY = 'AcceptedUpdateCompletedWorkflow';

/** gRPC's status when the workflow task that carried the message failed, as one does that ends a run while news arrive. */
const FAILED_PRECONDITION = 9;

/** The message was not taken: nothing of a failed workflow task counts. */
export const isLostWithItsTask = (error: unknown): boolean => {
  if (!(error instanceof ServiceError) || !isGrpcServiceError(error.cause)) return false;
  const code: number = error.cause.code;
  return code === FAILED_PRECONDITION;
};

/** Longer than a lost workflow task takes to be done again; what is older than this is not on the way any more. */
const CATCHES_UP_WITHIN_MS = 5 * 60_000;

/**
 * What a workflow task tells the read model is shown before the task is durable. One that is lost is done again, and a
 * message that arrives meanwhile is judged by what the migration was before it: no refusal of what the caller has seen.
 */
const isOvertakenByDocument = (judgedBy: number | undefined, shown: Migration, now: Date): boolean =>
  judgedBy !== undefined &&
  judgedBy < shown.revision &&
  !CLOSED_STATES.includes(shown.state) &&
  now.getTime() - Date.parse(shown.updatedAt) < CATCHES_UP_WITHIN_MS;

interface Told {
  /** The document as it was before the message was sent. */
  shown: Migration;
  now: Date;
  /** The language that the caller wants; otherwise it is the client's. */
  asked: Locale | undefined;
  /** What the message was made from. */
  body: unknown;
}

/** Undefined: the error is no refusal. */
export const refusalOf = (error: unknown, { shown, now, asked, body }: Told): HttpProblem | undefined => {
  if (isLostWithItsTask(error)) {
    return temporarilyUnavailable('the message was lost on the way; the same Idempotency-Key delivers it');
  }
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined;
  const { type, details } = error.cause;
  if (type === NEVER_PROCESSED) {
    return temporarilyUnavailable('the message met a change of runs; the same Idempotency-Key delivers it');
  }
  if (type === CLOSED_ON_THE_WAY) return new HttpProblem('migration_closed', { allowedActions: [] });
  if (typeof type !== 'string' || !(isRefusalCode(type) || type === INVALID_FIELDS)) return undefined;
  const detail = refusalDetailSchema.safeParse(details?.[0]);
  if (!detail.success) return new HttpProblem(type, { allowedActions: [] });
  const { frozen, missing, revision, invalid: misfits = [], ...extras } = detail.data;
  if (isOvertakenByDocument(revision, shown, now)) {
    return temporarilyUnavailable(
      'the migration is catching up with what it has shown; the same Idempotency-Key delivers the message',
    );
  }
  if (type === INVALID_FIELDS) {
    return invalid(
      type,
      misfits.map(({ path, expected }) => errorAt(body, path, expected)),
    );
  }
  return new HttpProblem(type, {
    ...extras,
    ...(frozen === undefined ? {} : { errors: frozenErrors(frozen) }),
    ...(missing === undefined ? {} : { errors: statementErrors(missing, asked ?? shown.locale ?? 'en') }),
  });
};
