/**
 * What people must have ready before the window opens: every open blocking task of the steps so far, and of the preparation
 * what is configured to hold the cut-over up. Changes nothing; safe to repeat. Waits for the parties of those tasks.
 */
import { openBlockingTasks } from '../derived';
import type { MigrationRun } from '../migration-run';
import { keepPreparation } from '../tending';

const isReady = ({ state }: MigrationRun): boolean => openBlockingTasks(state).length === 0;

export const preparation = async (run: MigrationRun): Promise<void> => {
  do {
    keepPreparation(run);
    await run.wait('preparation', () => isReady(run), {
      for: 'preparation',
      bounded: true,
    });
    // The last task done may have made the next one due: support is booked when all else is green (R50).
    keepPreparation(run);
  } while (!isReady(run));
};
