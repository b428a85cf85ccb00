/** The step runner: starts a step, parks it when its effect fails, and takes what a party decides about it. */
import { PROBLEM, type Problem } from '../../shared/problems';
import { SKIPPABLE_STEPS, type StepName } from '../../shared/steps';
import { problemText } from '../../shared/texts';
import { provesOwnership, statusOf } from './derived';
import type { MigrationRun } from './migration-run';
import {
  AbortRequested,
  LEADS_BACK_TO,
  MigrationEnded,
  problemOf,
  REOPENINGS_BEFORE_PARKING,
  StepOvertaken,
  StepSkipped,
} from './parking';
import { patientWith } from './patience';
import { errorOf, RESOLVE_PROBLEM } from './state-edits';
import { onItsRoute } from './way-out';
import { ContinueAsNew } from '@temporalio/workflow';

/**
 * A step is an effect done once or a wait for a named party. It may be called again after a failure, an amendment, a
 * continue-as-new or in a replay, and finds its way by what the state says is done already.
 */
export type Step = (run: MigrationRun) => Promise<void>;

/** Transient trouble that outlived ten minutes of retries is tried again by itself this often. */
const WAKE_AFTER_TRANSIENT_MS = 15 * 60_000;

/**
 * Steps that call nothing outside before they wait, or just one thing of a moment: their start is told with the next
 * flush, which spares an event each.
 */
const TOLD_LATER: readonly StepName[] = [
  'claim',
  'preparation',
  'window',
  'two_step_off',
  'ownership',
  'registration',
  'aftercare',
];

export const performStep = async (run: MigrationRun, name: StepName, step: Step): Promise<void> => {
  run.throwIfAborting();
  if (statusOf(run.state, name) === 'blocked') {
    await waitForDecision(run, name);
    return;
  }
  if (statusOf(run.state, name) !== 'waiting') run.record('step_started', { step: name });
  if (!TOLD_LATER.includes(name)) await run.projection.flush();
  try {
    await step(run);
  } catch (error) {
    if (error instanceof AbortRequested || error instanceof MigrationEnded || error instanceof ContinueAsNew)
      throw error;
    if (error instanceof StepOvertaken) {
      if (isUnderWay(run, name)) run.record('step_overtaken', { step: name });
      return;
    }
    if (error instanceof StepSkipped) {
      run.record('step_skipped', { step: name, reason: 'decided' });
      return;
    }
    const problem = problemOf(error);
    if (leadsBack(run, name, problem)) return;
    // It is not its turn any more: parked, it would wait for a decision that nothing asks for before its turn comes.
    if (!run.wasOvertaken(name)) park(run, name, problem);
    else if (isUnderWay(run, name)) run.record('step_overtaken', { step: name, error: errorOf(problem) });
    return;
  }
  if (isUnderWay(run, name)) run.record('step_done', { step: name });
};

/**
 * Neither skipped by itself nor reopened meanwhile. Waiting counts: what a continued run waited for may have come on
 * the way, so that it never waits.
 */
const isUnderWay = (run: MigrationRun, name: StepName): boolean => {
  const status = statusOf(run.state, name);
  return status === 'running' || status === 'waiting';
};

const leadsBack = (run: MigrationRun, name: StepName, problem: Problem): boolean => {
  const earlier = cureOf(run, name, problem);
  if (earlier === null || problem.effect === 'unknown' || !isBefore(run, earlier, name)) return false;
  if ((run.state.reopenings[earlier] ?? 0) >= REOPENINGS_BEFORE_PARKING) return false;
  // Led back to already; the new window would be taken for over because the one before it was.
  if (run.wasOvertaken(name) && statusOf(run.state, earlier) === 'pending') return false;
  run.record('steps_reopened', { steps: [earlier, name], because: problem.code });
  return true;
};

const cureOf = (run: MigrationRun, name: StepName, { code }: Problem): StepName | null => {
  if (code === PROBLEM.ownershipNotVerified) return provesOwnership(run.state);
  // The announced number was removed, or moved, before it was proven: announcing it again tells which (meta §1.3).
  if (code === PROBLEM.objectNotVisible && name === 'ownership') return 'announcement';
  return LEADS_BACK_TO[code] ?? null;
};

/** In the order of this migration's route; a step that the route does not have comes before none. */
const isBefore = ({ state }: MigrationRun, earlier: StepName, later: StepName): boolean => {
  const positionOf = (name: StepName) => state.migration.steps.findIndex((step) => step.name === name);
  return positionOf(earlier) !== -1 && positionOf(earlier) < positionOf(later);
};

const park = (run: MigrationRun, name: StepName, met: Problem): void => {
  const problem = patientWith(run.state, name, onItsRoute(run.state, met));
  const said = { party: problem.party, ...problemText(problem) };
  const wakeMs = problem.waitMs ?? (problem.class === 'transient' ? WAKE_AFTER_TRANSIENT_MS : undefined);
  const wakesAt = wakeMs === undefined ? null : run.after(wakeMs);
  run.record('step_parked', { step: name, problem, wakesAt });
  const dueAt = wakesAt ?? run.deadlineOf(name);
  const known = run.taskOf(name, RESOLVE_PROBLEM);
  if (known !== undefined) {
    run.record('task_renewed', { taskId: known.id, dueAt, ...said });
    return;
  }
  run.openTask({
    ...{ kind: RESOLVE_PROBLEM, requirement: null, step: name, blocking: true },
    ...{ dueAt, ...said },
  });
};

/** Parked: until somebody retries or skips, an earlier step is to be done again, or the platform's own wait is over. */
const waitForDecision = async (run: MigrationRun, name: StepName): Promise<void> => {
  const decided = () => run.state.decision?.step === name;
  try {
    await run.wait(name, decided, {
      for: 'parked',
      wakeAt: run.state.parkedUntil,
      bounded: true,
    });
  } catch (error) {
    if (!(error instanceof StepOvertaken)) throw error;
    run.record('step_unparked', { step: name, decided: true });
    return;
  }
  const { decision } = run.state;
  if (decision?.step === name && decision.verb === 'skip' && SKIPPABLE_STEPS.includes(name)) {
    run.record('step_skipped', { step: name, reason: 'decided' });
  } else {
    run.record('step_unparked', { step: name, decided: decided() });
  }
};
