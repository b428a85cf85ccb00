/**
 * The cut-over window: wait until it opens and, if so agreed, until a person has approved. Everything from `two_step_off`
 * to `registration` happens inside it. A window that is over needs a new one or an approval: nothing irreversible
 * starts after `notAfter` without it. Changes nothing; safe to repeat.
 */
import type { StepName } from '../../../shared/steps';
import type { MigrationRun } from '../migration-run';

export const window = async (run: MigrationRun): Promise<void> => {
  do {
    await awaitOpening(run);
    await awaitApproval(run, 'window');
  } while (isBeforeWindow(run));
};

const awaitOpening = async (run: MigrationRun): Promise<void> => {
  while (isBeforeWindow(run)) {
    const { notBefore } = run.state.migration.cutover;
    const moved = () => run.state.migration.cutover.notBefore !== notBefore;
    await run.wait('window', moved, { why: 'the cut-over window opens', wakeAt: notBefore });
  }
};

/** Asked again before each thing that nobody can undo, because what comes before may take longer than the window. */
export const awaitApproval = async (
  run: MigrationRun,
  step: 'window' | 'funding' | 'announcement' | 'registration',
): Promise<void> => {
  const lacking = whatLacksApproval(run);
  if (lacking === null) return;
  askForApproval(run, step, lacking);
  await run.wait(step, () => whatLacksApproval(run) === null || isBeforeWindow(run), {
    why: 'approval of the cut-over',
    bounded: true,
  });
  run.closeTask(step, 'approve_cutover', 'approved or rescheduled');
};

export const askForApproval = (run: MigrationRun, step: StepName, lacking: string): void => {
  run.openTask({
    kind: 'approve_cutover',
    party: 'operator',
    requirement: null,
    step,
    blocking: true,
    dueAt: run.deadlineOf(step),
    title: lacking,
    howTo: 'Look at the plan and the findings, then approve the cut-over, or reschedule it.',
  });
};

const isBeforeWindow = ({ state, now }: MigrationRun): boolean => {
  const { notBefore } = state.migration.cutover;
  return notBefore !== null && Date.parse(notBefore) > now;
};

/** An approval given after the window's end covers its being over; one given earlier does not. */
export const whatLacksApproval = ({ state, now }: MigrationRun): string | null => {
  const { approval, approvedAt, notAfter } = state.migration.cutover;
  if (notAfter !== null && Date.parse(notAfter) <= now) {
    const covered = approvedAt !== null && Date.parse(approvedAt) > Date.parse(notAfter);
    if (!covered) return 'The cut-over window is over: approve a late cut-over, or set a new window';
  }
  return approval === 'manual' && approvedAt === null ? 'Approve the cut-over' : null;
};
