/**
 * The next version of the procedure, as a release would bring it: something more at the start and at the end of every run,
 * each under its patch, so that runs of the version before go on without it.
 */
import { patched, sleep } from '@temporalio/workflow';
import type { MigrationInput, MigrationResult } from '../../shared/messages';
import { NumberMigration as present } from '../../workflows';

export { Reconcile } from '../../workflows';

export const NEWER = { start: 'newer-at-the-start', end: 'newer-at-the-end' } as const;

export async function NumberMigration(input: MigrationInput): Promise<MigrationResult> {
  // Not awaited before the handlers are there: what is said to the run must not come too early.
  const moment = patched(NEWER.start) ? sleep(1) : undefined;
  const result = await present(input);
  await moment;
  if (patched(NEWER.end)) await sleep(1);
  return result;
}
