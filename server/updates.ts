/** Saying something to a running migration as a workflow update, and what its refusal means over HTTP. */
import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type WorkflowUpdateHandle,
} from '@temporalio/client';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { workflowIdOf, type MigrationId } from '../shared/ids';
import type { FieldError } from '../shared/answers';
import {
  INVALID_FIELDS,
  UPDATES,
  type FrozenField,
  type Message,
  type UpdateAnswers,
  type UpdateArguments,
} from '../shared/messages';
import { stepNameSchema } from '../shared/steps';
import { actionSchema, CLOSED_STATES, type Migration } from '../shared/migration';
import { MISSING_IN_STATEMENT, type MissingInStatement } from '../shared/person-and-time';
import { wordingOf } from '../shared/texts';
import type { Locale } from '../shared/texts/wording';
import { actorOf, callerOf } from './caller';
import type { ServerDeps } from './deps';
import { migrationOf, startIfHalfStarted } from './executions';
import { messageIdOf } from './idempotency';
import { languageAsked } from './language';
import { HttpProblem, isRefusalCode, temporarilyUnavailable } from './problems';
import { within } from './temporal';
import { errorAt, invalid } from './validation';

type UpdateName = keyof UpdateArguments;

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
const isLostWithItsTask = (error: unknown): boolean => {
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

/** `shown`: the document as it was before the message was sent; `body`: what the message was made from. */
const refusalOf = (
  error: unknown,
  shown: Migration,
  now: Date,
  asked: Locale | undefined,
  body: unknown,
): HttpProblem | undefined => {
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

const deliver = async <K extends UpdateName>(
  deps: ServerDeps,
  id: MigrationId,
  name: K,
  argument: UpdateArguments[K],
): Promise<WorkflowUpdateHandle<UpdateAnswers[K]>> => {
  const handle = deps.temporal.workflow.getHandle(workflowIdOf(id));
  try {
    return await within(deps, deps.limits.acceptMs, () =>
      handle.startUpdate<UpdateAnswers[K], [UpdateArguments[K]]>(UPDATES[name], {
        args: [argument],
        updateId: argument.messageId,
        waitForStage: 'ACCEPTED',
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) throw error;
    throw temporarilyUnavailable(
      'no worker has taken the message yet; the same Idempotency-Key collects the answer',
    );
  }
};

export type Reply<K extends UpdateName> = { kind: 'answer'; answer: UpdateAnswers[K] } | { kind: 'pending' };

/** Who says it, when and why; taken once per Idempotency-Key, because its id is made from it. */
const messageOf = (deps: ServerDeps, request: FastifyRequest, reason: string | undefined): Message => ({
  messageId: messageIdOf(request),
  actor: actorOf(request),
  at: deps.now().toISOString(),
  ...(reason === undefined ? {} : { reason }),
});

const collect = async <K extends UpdateName>(
  deps: ServerDeps,
  update: WorkflowUpdateHandle<UpdateAnswers[K]>,
): Promise<Reply<K>> => {
  try {
    return { kind: 'answer', answer: await within(deps, deps.limits.verdictMs, () => update.result()) };
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { kind: 'pending' };
    throw error;
  }
};

/**
 * Sends one message to the migration of the request's path and waits up to `verdictMs` for the answer. Repeating it
 * with the same Idempotency-Key collects the first one's answer. A refusal is a thrown `HttpProblem`.
 */
export const say = async <K extends UpdateName>(
  deps: ServerDeps,
  request: FastifyRequest,
  id: MigrationId,
  name: K,
  build: (message: Message) => UpdateArguments[K],
  reason?: string,
): Promise<Reply<K>> => {
  const { tenant } = callerOf(request);
  const migration = await migrationOf(deps, tenant, id);
  const argument = build(messageOf(deps, request, reason));
  try {
    const update = await deliver(deps, id, name, argument).catch(async (error: unknown) => {
      if (error instanceof WorkflowNotFoundError) await startIfHalfStarted(deps, tenant, migration);
      else if (!isLostWithItsTask(error)) throw error;
      return deliver(deps, id, name, argument);
    });
    return await collect(deps, update);
  } catch (error) {
    throw refusalOf(error, migration, deps.now(), languageAsked(request), request.body) ?? error;
  }
};

/** The answer of a decision; a decision that a worker has taken but not finished is 503 and collected by its key. */
export const decide = async <K extends UpdateName>(
  ...told: Parameters<typeof say<K>>
): Promise<UpdateAnswers[K]> => {
  const reply = await say<K>(...told);
  if (reply.kind === 'answer') return reply.answer;
  throw temporarilyUnavailable(
    'the migration is still carrying this out; the same Idempotency-Key collects the answer',
  );
};
