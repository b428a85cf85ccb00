/**
 * Two-step verification switched on again at the source while ownership is proven: the registration would be refused (R21, P-1), and
 * whoever answers the phone would prove it in vain. Told by webhook, believed when it is read; then its step is to be done
 * again first, and a code that is under way stays the one to hand in. Reads only; safe to repeat.
 */
import { PROBLEM } from '../../../shared/problems';
import { effects } from '../effects';
import { blockersOf, judged } from '../looking';
import type { MigrationRun } from '../migration-run';
import { REOPENINGS_BEFORE_PARKING, StepOvertaken, StepProblem } from '../parking';

export const isTwoStepDoubted = ({ state }: MigrationRun): boolean => state.twoStepDoubted === true;

/** Throws `StepOvertaken` when it is on; after so many times round, the problem on which the step is parked. */
export const lookWhetherOnAgain = async (run: MigrationRun): Promise<void> => {
  run.beginLook();
  const seen = await effects.lookForTwoStep(run.subject, 'two_step');
  const blockers = blockersOf(await judged(run, 'two_step', seen, null));
  const on = blockers.find(({ code }) => code === PROBLEM.twoStepStillOn);
  if (on === undefined) return;
  if ((run.state.reopenings.two_step_off ?? 0) < REOPENINGS_BEFORE_PARKING) {
    run.record('steps_reopened', { steps: ['two_step_off'], because: on.code });
    throw new StepOvertaken();
  }
  throw new StepProblem({
    ...{ code: on.code, class: 'needs_party', title: on.message, remedy: on.remedy, party: on.party },
    ...(on.text === undefined ? {} : { text: on.text }),
    ...{ retryable: true, effect: 'none' },
  });
};
