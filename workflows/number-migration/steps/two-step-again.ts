/**
 * Two-step verification switched on again at the source while ownership is proven: the registration would be refused (R21, P-1), and
 * whoever answers the phone would prove it in vain. Told by webhook, or seen before a further code; believed when it is read; then its step is to be done
 * again first, and a code that is under way stays the one to hand in. Reads only; safe to repeat.
 */
import { PROBLEM } from '../../../shared/problems';
import type { AddressedFinding } from '../../../shared/texts/addressed';
import { effects } from '../effects';
import { blockersOf, judged } from '../looking';
import type { MigrationRun } from '../migration-run';
import { REOPENINGS_BEFORE_PARKING, StepOvertaken, StepProblem } from '../parking';

export const isTwoStepDoubted = ({ state }: MigrationRun): boolean => state.twoStepDoubted === true;

const seenOn = async (run: MigrationRun): Promise<AddressedFinding | undefined> => {
  run.beginLook();
  const seen = await effects.lookForTwoStep(run.subject, 'two_step');
  const blockers = blockersOf(await judged(run, 'two_step', seen, null));
  return blockers.find(({ code }) => code === PROBLEM.twoStepStillOn);
};

/** `StepOvertaken`; after so many times round, the problem on which the step is parked. */
const wayBack = (run: MigrationRun, on: AddressedFinding): Error => {
  if ((run.state.reopenings.two_step_off ?? 0) < REOPENINGS_BEFORE_PARKING) {
    run.record('steps_reopened', { steps: ['two_step_off'], because: on.code });
    return new StepOvertaken();
  }
  return new StepProblem({
    ...{ code: on.code, class: 'needs_party', title: on.message, remedy: on.remedy, party: on.party },
    ...(on.text === undefined ? {} : { text: on.text }),
    ...{ retryable: true, effect: 'none' },
  });
};

/** Throws when it is on. */
export const lookWhetherOnAgain = async (run: MigrationRun): Promise<void> => {
  const on = await seenOn(run);
  if (on !== undefined) throw wayBack(run, on);
};

/** Nobody stays at the phone until it is off once more: the code that was asked for is not sent later by itself. */
export const refuseCodeWhenOnAgain = async (run: MigrationRun): Promise<void> => {
  const on = await seenOn(run);
  if (on === undefined) return;
  run.record('code_request_refused', { code: on.code, retryAt: null });
  throw wayBack(run, on);
};
