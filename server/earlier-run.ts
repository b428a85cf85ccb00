/** Before a number is taken: the run that freed it is over at Temporal too, see docs/reliability.md, "Events that are told again". */
import { WorkflowContinuedAsNewError, WorkflowFailedError } from '@temporalio/client';
import { workflowIdOf, type MigrationId } from '../shared/ids';
import type { EndUnconfirmed } from '../store';
import type { ServerDeps } from './deps';
import { temporarilyUnavailable } from './problems';
import { describeExecution, isTemporalAway, within } from './temporal';

/** An end is told some milliseconds before Temporal has it; nobody is sent away for these. */
const ENDS_WITHIN_MS = 2_000;

const isOver = async (deps: ServerDeps, id: MigrationId): Promise<boolean> => {
  const workflowId = workflowIdOf(id);
  const run = await describeExecution(deps, workflowId);
  if (run?.status.name !== 'RUNNING') return true;
  const ending = deps.temporal.workflow.getHandle(workflowId, run.runId, { followRuns: false });
  try {
    await within(deps, ENDS_WITHIN_MS, () => ending.result());
    return true;
  } catch (error) {
    if (error instanceof WorkflowFailedError) return true;
    if (error instanceof WorkflowContinuedAsNewError || isTemporalAway(error)) return false;
    throw error;
  }
};

const isUnconfirmed = (outcome: { kind: string }): outcome is EndUnconfirmed =>
  outcome.kind === 'end_unconfirmed';

/**
 * Passes on what `begin` gives once the number's earlier run is over. Throws 503 while it is not: of the moment, so it is
 * not kept as the answer of a key; and it names no migration, which may be another tenant's.
 */
export const afterEarlierRun = async <T extends { kind: string }>(
  deps: ServerDeps,
  begin: (seenOver?: MigrationId) => Promise<T | EndUnconfirmed>,
): Promise<T> => {
  let outcome = await begin();
  if (isUnconfirmed(outcome) && (await isOver(deps, outcome.migrationId)))
    outcome = await begin(outcome.migrationId);
  if (isUnconfirmed(outcome))
    throw temporarilyUnavailable('the last run of a migration of this number is still ending');
  return outcome;
};
