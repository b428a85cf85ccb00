/**
 * From a migration in the store to its running workflow. The server writes the migration first and starts the workflow
 * second; whatever dies in between, the next request (or `reconcile`) finishes it here.
 */
import { WorkflowExecutionAlreadyStartedError, type WorkflowExecutionDescription } from '@temporalio/client';
import { workflowIdOf, type MigrationId } from '../shared/ids';
import type { MigrationInput } from '../shared/messages';
import { CLOSED_STATES, type Migration } from '../shared/migration';
import { startMigrationWorkflow } from '../shared/start-workflow';
import type { ServerDeps } from './deps';
import { HttpProblem } from './problems';
import { describeExecution, within } from './temporal';

/**
 * A replay does nothing before the closed run's end plus this: an effect begun there has then ended or timed out
 * (a template copy, the longest, is given 200 seconds; architecture, "End and continue-as-new").
 */
export const LONGEST_EFFECT_MS = 3 * 60_000 + 20_000;

export const migrationOf = async (deps: ServerDeps, tenant: string, id: MigrationId): Promise<Migration> => {
  const migration = await deps.store.migrations.get(tenant, id);
  if (migration === null) throw new HttpProblem('not_found');
  return migration;
};

/** Whatever the last projection allowed, without a running workflow only a replay is left. */
const closedProblem = ({ allowedActions, state, updatedAt }: Migration): HttpProblem =>
  new HttpProblem('migration_closed', {
    detail: CLOSED_STATES.includes(state)
      ? `it is ${state} since ${updatedAt}; what its tasks asked for and nobody had reported by then is waived`
      : 'its run is over; the last of its news is still on the way',
    allowedActions: allowedActions.filter((action) => action === 'replay'),
  });

/** Whether a run that is over is one before the attempt that `input` belongs to. */
const endedBefore = (input: MigrationInput, run: WorkflowExecutionDescription): boolean =>
  input.replay !== undefined &&
  run.closeTime !== undefined &&
  run.closeTime.getTime() + LONGEST_EFFECT_MS <= Date.parse(input.replay.notBefore);

/** Starts the workflow of this attempt. Repeating it is harmless. Throws when this attempt has run and closed. */
export const start = async (deps: ServerDeps, input: MigrationInput, overAborted: boolean): Promise<void> => {
  await within(deps, deps.limits.temporalMs, () =>
    startMigrationWorkflow(deps.temporal, input, {
      ...(deps.taskQueue === undefined ? {} : { taskQueue: deps.taskQueue }),
      ...(input.replay === undefined
        ? {}
        : { reusePolicy: overAborted ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY' }),
    }),
  );
  await deps.store.migrations.markStarted(input.migrationId);
};

/**
 * Called when Temporal knows no running workflow of an open migration: starts it when a start or a replay was cut
 * short, otherwise says that the migration is closed (its last projection is still under way).
 */
export const startIfHalfStarted = async (
  deps: ServerDeps,
  tenant: string,
  migration: Migration,
): Promise<void> => {
  if (CLOSED_STATES.includes(migration.state)) throw closedProblem(migration);
  const input = await deps.store.migrations.getInput(tenant, migration.id);
  if (input === null) throw closedProblem(migration);
  const run = await describeExecution(deps, workflowIdOf(migration.id));
  if (run !== null && run.status.name !== 'RUNNING' && !endedBefore(input, run))
    throw closedProblem(migration);
  try {
    await start(deps, input, run?.status.name === 'COMPLETED');
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw closedProblem(migration);
    throw error;
  }
};
