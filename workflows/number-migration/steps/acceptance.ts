/**
 * Accepted when the number at the destination is what it was at the source (R5): connected, same name and badge,
 * two-step verification on with our PIN, every required template approved. Reads only; safe to repeat. Waits for
 * whoever must repair what is not so; billing never delays it.
 */
import { effects } from '../effects';
import { isDueForALook } from '../looking';
import type { MigrationRun } from '../migration-run';
import { noteTraffic } from '../observed';

export const acceptance = async (run: MigrationRun): Promise<void> => {
  for (;;) {
    if (isDueForALook(run)) {
      run.beginLook();
      const { checks, observed } = await effects.checkAcceptance({
        subject: run.subject,
        wabaId: run.wabaId,
        phoneNumberId: run.phoneNumberId,
        baseline: run.state.migration.baseline,
      });
      noteTraffic(run, observed);
      run.record('acceptance_checked', { checks });
      const failed = checks.filter((check) => check.required && !check.ok);
      if (failed.length === 0) return;
      run.openTask({
        kind: 'repair_acceptance',
        party: 'operator',
        requirement: null,
        step: 'acceptance',
        blocking: true,
        dueAt: run.after(run.state.policy.deadlines.acceptance),
        title: `Not accepted yet: ${failed.map(({ name, observed }) => `${name} is ${observed}`).join('; ')}`,
        howTo: 'Repair it at the destination, or skip the step with the reason why it may stay so.',
      });
      run.record('recheck_planned', { at: run.after(run.state.policy.acceptanceRecheckEvery) });
    }
    await run.wait('acceptance', () => isDueForALook(run), {
      why: 'next look at the number',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};
