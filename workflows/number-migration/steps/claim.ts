/**
 * The number is ours to move: no other live migration, of any tenant, has it.
 * Safe to repeat: the claim is a unique row that this migration already holds. Undone by the projection that opens the
 * invoice tail, or closes the migration.
 */
import { PROBLEM } from '../../../shared/problems';
import { effects, quickly } from '../effects';
import type { MigrationRun } from '../migration-run';
import { StepProblem } from '../parking';

export const claim = async (run: MigrationRun): Promise<void> => {
  // A replay of the invoice tail reads its ledger; somebody else may be moving the number by now.
  if ((run.state.migration.numberFreedAt ?? null) !== null) return;
  const claimed = await quickly.claimNumber(run.subject).catch(() => effects.claimNumber(run.subject));
  if (claimed.claimed) return;
  throw new StepProblem({
    code: PROBLEM.numberInMigration,
    class: 'needs_party',
    title: 'Another migration holds this number',
    remedy: claimed.heldBySameTenant
      ? 'Finish or abort the other migration of this number, then retry.'
      : 'The number is being moved for somebody else. Clear up with the client who may move it, then retry.',
    party: 'operator',
    retryable: true,
    effect: 'none',
  });
};
