/**
 * What people must have ready before the window opens: every open blocking task of the steps so far. Reads nothing and
 * changes nothing; waits for the parties of those tasks.
 */
import { openBlockingTasks } from '../derived';
import type { MigrationRun } from '../migration-run';

export const preparation = async (run: MigrationRun): Promise<void> => {
  await run.wait('preparation', () => openBlockingTasks(run.state).length === 0, {
    why: 'tasks to prepare the cut-over',
    bounded: true,
  });
};
