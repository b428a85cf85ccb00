/**
 * Every obstacle at once. First the triage: is this a number to migrate at all? Then all findings, and a task for each
 * blocker, until none is left. Reads only; safe to repeat. Waits for the parties named by the findings (R3–R31).
 */
import type { Judgement } from '../../../activities/contract';
import { leftInPlace } from '../abort';
import { blockersOf, isDueForALook, keepTasksInStep, lookAtBothSides } from '../looking';
import type { MigrationRun } from '../migration-run';
import { MigrationEnded } from '../parking';
import { keepPreparation } from '../tending';
import { ENDS_AS } from '../triage-outcomes';

export const eligibility = async (run: MigrationRun): Promise<void> => {
  for (;;) {
    if (isDueForALook(run)) {
      run.beginLook();
      const judgement = await lookAtBothSides(run, 'preflight');
      run.throwUnlessNext('eligibility');
      if (settledByTriage(run, judgement)) return;
      const blockers = blockersOf(judgement);
      keepTasksInStep(run, 'eligibility', blockers, run.deadlineOf('eligibility'));
      keepPreparation(run);
      if (blockers.length === 0) return;
      run.record('recheck_planned', { at: run.after(run.state.policy.recheckEvery) });
    }
    await run.wait('eligibility', () => isDueForALook(run), {
      for: 'openFindings',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};

/**
 * Once announced, what the source shows of the number proves nothing: Meta does not say what becomes of the old record
 * (meta §1.7). The findings tell it, and people decide.
 */
const isOnItsWay = ({ state }: MigrationRun): boolean => state.migration.cutover.announcedAt !== null;

const settledByTriage = (run: MigrationRun, { triage, destinationPhoneNumberId }: Judgement): boolean => {
  const { wabaId } = run.state.request.destination;
  if (triage === 'already_at_destination' && destinationPhoneNumberId !== null && wabaId !== undefined) {
    // E4 is a success: the route goes on with acceptance.
    run.record('found_at_destination', { phoneNumberId: destinationPhoneNumberId, wabaId });
    return true;
  }
  const outcome = ENDS_AS[triage];
  if (outcome === undefined || isOnItsWay(run)) return false;
  run.record('closed', { state: 'completed', outcome, leftInPlace: leftInPlace(run.state) });
  throw new MigrationEnded();
};
