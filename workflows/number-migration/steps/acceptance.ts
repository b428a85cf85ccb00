/**
 * Accepted when the number at the destination is what it was at the source (R5): connected, healthy, in the right
 * account and business, same name, rating, limit and badge, two-step verification on with our PIN, webhooks heard, every
 * required template approved. Reads only, but for the app's subscription, which is repaired when somebody took it away
 * (safe to repeat), and, where the rest of the templates comes afterwards, for the required ones. Waits for whoever must repair what is required; the rest becomes a task. Billing never delays it.
 */
import { blockingTasks, obstaclesIn } from '../acceptance-tasks';
import { renewalOf, type TaskSpec } from '../changes';
import { effects } from '../effects';
import { isDueForALook } from '../looking';
import type { MigrationRun } from '../migration-run';
import { lookAtMovedNumber } from '../moved-number';
import { areRequiredStillToBring } from './remaining-templates';
import { bringRequiredTemplates } from './templates';

export const acceptance = async (run: MigrationRun): Promise<void> => {
  let isResubscribed = false;
  let areRequiredBrought = false;
  for (;;) {
    if (isDueForALook(run)) {
      const checks = await lookAtMovedNumber(run, effects.checkAcceptance);
      run.record('acceptance_checked', { checks });
      const obstacles = obstaclesIn(checks, run.state.migration.tasks);
      if (!areRequiredBrought && areRequiredStillToBring(run, obstacles)) {
        areRequiredBrought = true;
        await bringRequiredTemplates(run);
        continue;
      }
      if (obstacles.length === 0) return;
      if (!isResubscribed && obstacles.some(({ name }) => name === 'webhooks reach our app')) {
        isResubscribed = true;
        await resubscribe(run);
        continue;
      }
      ask(run, blockingTasks(obstacles, run.deadlineOf('acceptance')));
      run.record('recheck_planned', { at: run.after(run.state.policy.acceptanceRecheckEvery) });
    }
    await run.wait('acceptance', () => isDueForALook(run), {
      for: 'acceptance',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};

const resubscribe = async (run: MigrationRun): Promise<void> => {
  const subscribed = await effects.subscribeApp({ subject: run.subject, wabaId: run.wabaId });
  run.record('app_subscribed', subscribed);
};

/** Tasks say what now is in the way: new ones are opened, known ones brought up to date, those no longer needed closed. */
const ask = (run: MigrationRun, wanted: TaskSpec[]): void => {
  for (const task of run.state.migration.tasks) {
    const isOver = !wanted.some(({ kind }) => kind === task.kind);
    if (task.step === 'acceptance' && task.blocking && isOver)
      run.closeTask('acceptance', task.kind, 'no longer observed');
  }
  for (const spec of wanted) {
    const known = run.taskOf('acceptance', spec.kind);
    if (known === undefined) run.record('task_opened', spec);
    else if (known.title !== spec.title) run.record('task_renewed', renewalOf(spec, known.id));
  }
};
