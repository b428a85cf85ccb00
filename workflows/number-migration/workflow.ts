/**
 * The migration of one number. `routes.ts` is the checklist a person would follow, one for each route; this is how it is
 * followed. A step is an effect done once, or a wait for a named party; a step that cannot go on parks; after the first
 * `register` the way leads only forward.
 */
import { ApplicationFailure, CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { MigrationInput, MigrationResult } from '../../shared/messages';
import type { Outcome } from '../../shared/migration';
import type { StepName } from '../../shared/steps';
import { leftInPlace } from './abort';
import { dryStepOf } from './dry-run';
import { nextStep } from './derived';
import { lapsedBefore } from './lapsed';
import { listen } from './messages';
import { MigrationRun, SYSTEM } from './migration-run';
import { AbortRequested, MigrationEnded } from './parking';
import { performStep, type Step } from './perform-step';
import { refusalOf } from './refusals';
import { stepOf } from './routes';
import { isClosed } from './closed';

export async function NumberMigration(input: MigrationInput): Promise<MigrationResult> {
  const run = new MigrationRun(input);
  listen(run);
  takeCancelAsAbort(run);
  return CancellationScope.nonCancellable(async () => {
    await letPredecessorSettle(input, run);
    await followProcedure(run);
    run.dismissCodes();
    await run.projection.drain();
    return resultOf(run);
  });
}

const followProcedure = async (run: MigrationRun): Promise<void> => {
  try {
    for (let step = whatIsNext(run); step !== null; step = whatIsNext(run)) {
      await performStep(run, step, meaningOf(run, step));
    }
    run.record('closed', { state: 'completed', outcome: outcomeOf(run), leftInPlace: [] });
  } catch (error) {
    if (error instanceof AbortRequested) {
      const actor = run.state.abort?.actor ?? SYSTEM;
      run.record(
        'closed',
        { state: 'aborted', outcome: 'aborted', leftInPlace: leftInPlace(run.state) },
        actor,
      );
    } else if (!(error instanceof MigrationEnded)) {
      throw error;
    }
  }
};

const meaningOf = ({ state: { migration } }: MigrationRun, step: StepName): Step =>
  migration.mode === 'dry_run' ? dryStepOf(step) : stepOf(migration.route, step);

const outcomeOf = ({ state: { migration } }: MigrationRun): Outcome => {
  if (migration.mode === 'dry_run') return 'dry_run';
  return migration.cutover.registeredAt === null ? 'already_at_destination' : 'migrated';
};

/**
 * The first step that is not done, asked anew after every step: findings perish while a window is waited for (360dialog
 * §9.3), proof of ownership lapses after 14 days (meta §1.4).
 */
const whatIsNext = (run: MigrationRun): StepName | null => {
  const next = nextStep(run.state);
  const lapsed = next === null ? null : lapsedBefore(next, run.state, run.now);
  if (lapsed === null) return next;
  run.record('steps_reopened', lapsed);
  return nextStep(run.state);
};

/** Temporal's Cancel is an abort request under the same rules: past the point of no return it is noted, no more. */
const takeCancelAsAbort = (run: MigrationRun): void => {
  CancellationScope.current().cancelRequested.catch((error: unknown) => {
    if (!isCancellation(error) || isClosed(run.state)) return;
    if (refusalOf.abort(run.state) === null)
      run.record('abort_requested', { reason: 'cancelled in Temporal' });
    else run.record('cancel_ignored', {});
  });
};

/** A replay does nothing while an effect of the run before it may still be on its way. */
const letPredecessorSettle = async (
  { replay, resumeFrom }: MigrationInput,
  run: MigrationRun,
): Promise<void> => {
  if (replay === undefined || resumeFrom === undefined) return;
  const wait = Date.parse(replay.notBefore) - run.now;
  if (wait > 0)
    await condition(() => run.state.abort !== null, wait, { summary: 'the run before this one settles' });
};

const resultOf = ({ state }: MigrationRun): MigrationResult => {
  const { state: name, outcome } = state.migration;
  if (name === 'completed' || name === 'aborted') return { state: name, outcome: outcome ?? name };
  throw ApplicationFailure.nonRetryable(`the migration failed: ${outcome ?? 'unknown'}`, outcome ?? 'failed');
};
