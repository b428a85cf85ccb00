/** A closed, failed migration again, as a new attempt of the same migration: what it would do, and doing it. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { withoutLeftNumber } from '../shared/announced-number';
import { workflowIdOf, type MigrationId } from '../shared/ids';
import type { MigrationInput } from '../shared/messages';
import type { Migration, StepView } from '../shared/migration';
import type { replaySchema } from '../shared/requests';
import type { StepName } from '../shared/steps';
import { actorOf, callerOf } from './caller';
import type { ServerDeps } from './deps';
import { afterEarlierRun } from './earlier-run';
import { LONGEST_EFFECT_MS, migrationOf, start, startIfHalfStarted } from './executions';
import { messageIdOf } from './idempotency';
import { HttpProblem, temporarilyUnavailable } from './problems';
import { describeExecution } from './temporal';
import { invalid } from './validation';

type ReplayRequest = z.output<typeof replaySchema>;

export interface ReplayPlan {
  previous: Migration;
  attempt: number;
  fromStep: StepName;
  notBefore: string;
}

const isFinished = (step: StepView): boolean => step.status === 'done' || step.status === 'skipped';

const notReplayable = (migration: Migration): HttpProblem => {
  const { state, registerAttemptedAt, allowedActions } = migration;
  const why =
    registerAttemptedAt === null
      ? `it is ${state}`
      : `the registration was attempted at ${registerAttemptedAt}; from then on the migration only goes forward`;
  return new HttpProblem('not_replayable', { detail: why, allowedActions });
};

/** The first unfinished step, or the earlier one that is asked for. */
const firstStep = (migration: Migration, asked: StepName | undefined): StepName => {
  const names = migration.steps.map(({ name }) => name);
  const unfinished = migration.steps.find((step) => !isFinished(step))?.name;
  if (unfinished === undefined) throw notReplayable(migration);
  if (asked === undefined) return unfinished;
  if (names.indexOf(asked) > names.indexOf(unfinished)) {
    const expected = `${unfinished}, the first unfinished step, or an earlier one`;
    throw invalid('invalid_request', [{ pointer: '/fromStep', expected, received: JSON.stringify(asked) }]);
  }
  return asked;
};

/** Throws 409 unless the migration is failed or aborted, or was ended from outside; 503 while its last run still ends. */
export const planReplay = async (
  deps: ServerDeps,
  tenant: string,
  id: MigrationId,
  asked: StepName | undefined,
): Promise<ReplayPlan> => {
  const previous = await migrationOf(deps, tenant, id);
  if (!previous.allowedActions.includes('replay')) throw notReplayable(previous);
  const run = await describeExecution(deps, workflowIdOf(id));
  if (run?.status.name === 'RUNNING') {
    // Of the moment, not of the migration: not kept as the answer of this key.
    throw temporarilyUnavailable('the last run of the migration is still ending');
  }
  const closedAt = run?.closeTime?.getTime() ?? Date.parse(previous.updatedAt);
  return {
    previous,
    attempt: previous.attempt + 1,
    fromStep: firstStep(previous, asked),
    notBefore: new Date(closedAt + LONGEST_EFFECT_MS).toISOString(),
  };
};

/** The first document of the new attempt: what was found out stays, what was waited for is asked anew. */
const reopened = (plan: ReplayPlan, now: string): Migration => {
  const { previous, fromStep } = plan;
  const first = previous.steps.findIndex(({ name }) => name === fromStep);
  return {
    ...previous,
    attempt: plan.attempt,
    revision: 0,
    state: 'running',
    outcome: null,
    step: fromStep,
    allowedActions: ['abort', 'amend'],
    waitingFor: null,
    steps: previous.steps.map((step, index) =>
      index < first ? step : { ...step, status: 'pending', startedAt: null, finishedAt: null, error: null },
    ),
    leftInPlace: [],
    findings: withoutLeftNumber(previous.findings),
    // Any step but the invoice tail is about the number itself.
    numberFreedAt: fromStep === 'aftercare' ? previous.numberFreedAt : null,
    attempts: [
      ...previous.attempts,
      {
        attempt: previous.attempt,
        state: previous.state,
        outcome: previous.outcome,
        failedStep: previous.step,
        closedAt: previous.updatedAt,
      },
    ],
    updatedAt: now,
  };
};

/** The closed attempt's input and the state it left; the workflow takes the amended request from that state. */
const inputOf = async (
  deps: ServerDeps,
  request: FastifyRequest,
  plan: ReplayPlan,
  asked: ReplayRequest,
): Promise<MigrationInput> => {
  const { tenant } = callerOf(request);
  const [input, left] = await Promise.all([
    deps.store.migrations.getInput(tenant, plan.previous.id),
    deps.store.migrations.getResume(tenant, plan.previous.id),
  ]);
  if (input === null) throw new HttpProblem('not_found');
  return {
    ...input,
    attempt: plan.attempt,
    startedBy: actorOf(request),
    ...(left === null ? {} : { resumeFrom: left.resume }),
    replay: {
      fromStep: asked.fromStep ?? null,
      reason: asked.reason,
      notBefore: plan.notBefore,
      messageId: messageIdOf(request),
    },
  };
};

/** Whether that attempt was opened by this very request: the same key, and the same words. */
const isOpenedBy = (
  request: FastifyRequest,
  asked: ReplayRequest,
  { fromStep, reason, messageId = messageIdOf(request) }: NonNullable<MigrationInput['replay']>,
): boolean =>
  messageId === messageIdOf(request) && reason === asked.reason && fromStep === (asked.fromStep ?? null);

/** The attempt that an earlier try with this very request opened; its workflow is started now where that was not done. */
const openedBefore = async (
  deps: ServerDeps,
  request: FastifyRequest,
  id: MigrationId,
  asked: ReplayRequest,
): Promise<Migration | null> => {
  const { tenant } = callerOf(request);
  const [migration, input] = await Promise.all([
    migrationOf(deps, tenant, id),
    deps.store.migrations.getInput(tenant, id),
  ]);
  if (input?.replay === undefined || migration.attempt !== input.attempt) return null;
  const isUntouched = migration.revision === 0 && migration.state === 'running';
  // Nobody was answered, and the attempt has gone on since: it was this request that opened it all the same.
  if (!isUntouched) return input.replay.messageId === messageIdOf(request) ? migration : null;
  if (!isOpenedBy(request, asked, input.replay)) return null;
  await startIfHalfStarted(deps, tenant, migration);
  return migration;
};

export const replay = async (
  deps: ServerDeps,
  request: FastifyRequest,
  id: MigrationId,
  asked: ReplayRequest,
): Promise<Migration> => {
  const { tenant } = callerOf(request);
  const half = await openedBefore(deps, request, id, asked);
  if (half !== null) return half;
  const plan = await planReplay(deps, tenant, id, asked.fromStep);
  const input = await inputOf(deps, request, plan, asked);
  const migration = reopened(plan, deps.now().toISOString());
  const opened = await afterEarlierRun(deps, (seenOver) =>
    deps.store.migrations.reopen({
      tenant,
      id,
      attempt: plan.attempt,
      migration,
      input,
      actor: actorOf(request),
      reason: asked.reason,
      seenOver,
    }),
  );
  switch (opened.kind) {
    case 'repeated': {
      // By a try of this request that got no answer, or by somebody else's request at the same time.
      const begun = await openedBefore(deps, request, id, asked);
      if (begun === null) throw notReplayable(await migrationOf(deps, tenant, id));
      return begun;
    }
    case 'started':
      await start(deps, input, plan.previous.state === 'aborted');
      return migration;
    case 'number_in_migration':
      throw new HttpProblem('number_in_migration', { migrationId: opened.migrationId });
    case 'number_unavailable':
      throw new HttpProblem('number_unavailable');
    case 'not_found':
      throw new HttpProblem('not_found');
    case 'not_replayable':
      throw notReplayable(plan.previous);
  }
};
