/**
 * The cut-over window: wait until it opens and, if so agreed, until a person has approved. Everything from `two_step_off`
 * to `registration` happens inside it. A window that is over needs a new one or an approval: nothing irreversible
 * starts after `notAfter` without it. An approval is asked for ahead of the window, and holds for the plan as it then
 * was. Changes nothing; safe to repeat.
 */
import { withLocalTime } from '../../../shared/local-time';
import type { StepName } from '../../../shared/steps';
import { approvalAskedFrom, isBeforeWindow, whatLacksApproval } from '../approval';
import type { MigrationRun } from '../migration-run';
import { planOfState } from '../plan';

const APPROVE = 'approve_cutover';

export const window = async (run: MigrationRun): Promise<void> => {
  do {
    await awaitOpening(run);
    await awaitApproval(run, 'window');
  } while (isBeforeWindow(run));
};

const awaitOpening = async (run: MigrationRun): Promise<void> => {
  while (isBeforeWindow(run)) {
    const { notBefore } = run.state.migration.cutover;
    const lacking = whatLacksApproval(run);
    const askedFrom = approvalAskedFrom(run);
    const isAsked = lacking !== null && askedFrom <= run.now;
    if (isAsked) ask(run, 'window', lacking, notBefore);
    else run.closeTask('window', APPROVE, lacking === null ? 'approved' : 'not needed yet');
    const hasChanged = () =>
      run.state.migration.cutover.notBefore !== notBefore || whatLacksApproval(run) !== lacking;
    const isAskedLater = lacking !== null && !isAsked;
    await run.wait('window', hasChanged, {
      for: isAskedLater ? 'windowApproval' : 'windowOpening',
      wakeAt: isAskedLater ? new Date(askedFrom).toISOString() : notBefore,
    });
  }
};

/**
 * Asked again before each thing that nobody can undo, because what comes before may take longer than the window.
 * `unless`: what makes it unnecessary while it is waited for.
 */
export const awaitApproval = async (
  run: MigrationRun,
  step: Extract<
    StepName,
    'window' | 'funding' | 'templates' | 'announcement' | 'ownership' | 'registration' | 'destination'
  >,
  unless: () => boolean = () => false,
): Promise<void> => {
  for (let lacking = whatLacksApproval(run); lacking !== null; lacking = whatLacksApproval(run)) {
    askForApproval(run, step, lacking);
    const told = lacking;
    await run.wait(step, () => whatLacksApproval(run) !== told || isBeforeWindow(run) || unless(), {
      for: 'approval',
      bounded: true,
    });
    if (isBeforeWindow(run) || unless()) break;
  }
  run.closeTask(step, APPROVE, 'approved or rescheduled');
};

/** Asks, and leaves it to the caller how to wait. */
export const askForApproval = (run: MigrationRun, step: StepName, lacking: string): void =>
  ask(run, step, lacking, run.deadlineOf(step));

/** One task at a time: what has changed since it was opened is told in it. */
const ask = (run: MigrationRun, step: StepName, title: string, dueAt: string | null): void => {
  const { notBefore, notAfter, timeZone } = run.state.migration.cutover;
  const from = notBefore === null ? 'at once' : `from ${withLocalTime(notBefore, timeZone)}`;
  const to = notAfter === null ? '' : ` to ${withLocalTime(notAfter, timeZone)}`;
  const howTo =
    `Look at the plan (${planOfState(run.state).planHash}) and the findings, then approve the cut-over, or reschedule it. ` +
    `It begins ${from}${to}.`;
  const known = run.taskOf(step, APPROVE);
  if (known === undefined) {
    const common = { kind: APPROVE, party: 'operator', requirement: null, blocking: true } as const;
    run.openTask({ ...common, step, dueAt, title, howTo });
  } else if (known.title !== title) {
    run.record('task_renewed', { taskId: known.id, party: 'operator', dueAt, title, howTo });
  }
};
