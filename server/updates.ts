/** Saying something to a running migration as a workflow update. */
import {
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type WorkflowUpdateHandle,
} from '@temporalio/client';
import type { FastifyRequest } from 'fastify';
import { workflowIdOf, type MigrationId } from '../shared/ids';
import { UPDATES, type Message, type UpdateAnswers, type UpdateArguments } from '../shared/messages';
import { actorOf, callerOf } from './caller';
import type { ServerDeps } from './deps';
import { migrationOf, startIfHalfStarted } from './executions';
import { messageIdOf } from './idempotency';
import { languageAsked } from './language';
import { temporarilyUnavailable } from './problems';
import { within } from './temporal';
import { isLostWithItsTask, refusalOf } from './update-refusals';

type UpdateName = keyof UpdateArguments;

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
    const told = { shown: migration, now: deps.now(), asked: languageAsked(request), body: request.body };
    throw refusalOf(error, told) ?? error;
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
