/** Claim and projection: what Temporal cannot hold or cannot do (architecture, "Data's way"). */
import { ownProblem } from '../../platforms/meta';
import { EventConflictError, StoreUnavailableError } from '../../store';
import type { ActivityDeps } from '../context';
import type { RecordsActivities } from '../contract';
import { failureOf, platformActivity } from '../failure';

/**
 * A database that hangs holds each of them for as long as a transaction is waited for; what is above is told to come again,
 * so that most of a worker's places stay free for numbers that lie between their sides. With a database that answers no
 * worker comes near it.
 */
export const MOST_PROJECTIONS_AT_ONCE = 40;

const fewAtOnce = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
  let underWay = 0;
  return async (...args: A): Promise<R> => {
    if (underWay >= MOST_PROJECTIONS_AT_ONCE)
      throw new StoreUnavailableError(new Error(`${underWay} projections wait for the database already`));
    underWay += 1;
    try {
      return await work(...args);
    } finally {
      underWay -= 1;
    }
  };
};

/**
 * Does: takes the number for this migration. Safe to repeat: taking what one holds succeeds. Lost reply: repeat.
 * Undone by: the projection that closes the migration.
 */
const claimNumber =
  (deps: ActivityDeps): RecordsActivities['claimNumber'] =>
  async ({ tenant, migrationId, attempt, request }) => {
    const { phoneNumber } = request;
    const taken = await deps.store.claims.take({ tenant, migrationId, attempt }, { phoneNumber });
    if (taken.claimed) return { claimed: true };
    return { claimed: false, heldBySameTenant: taken.heldBySameTenant };
  };

/**
 * Does: appends events, replaces the read model, frees the claim of a migration that is closed or needs its number no more –
 * and takes it again for one that goes on after all – in one transaction. Safe to repeat: events have a key, older
 * documents replace nothing. Lost reply: repeat. Undone by: nobody, a trail is kept.
 */
const project =
  (deps: ActivityDeps): RecordsActivities['project'] =>
  async (input) => {
    try {
      const outcome = await deps.store.migrations.project(input);
      const { migrationId, migration } = input;
      const of = { migrationId, attempt: migration.attempt };
      if (outcome === 'number_regained')
        deps.logger.warn(of, 'an end was told that never came to be: the number it had freed is held again');
      if (outcome === 'number_lost')
        deps.logger.error(
          of,
          'an end was told that never came to be, and the number it had freed is held by another migration: abort one of them',
        );
    } catch (error) {
      if (!(error instanceof EventConflictError)) throw error;
      const { migrationId, runId, sequence, standing } = error;
      deps.logger.error(
        { migrationId, runId, sequence },
        'an event of the audit trail came with other content',
      );
      throw failureOf(ownProblem('EVENT_CONFLICT', { evidence: { runId, sequence, standing } }));
    }
  };

export const createRecordsActivities = (deps: ActivityDeps): RecordsActivities => ({
  claimNumber: platformActivity(claimNumber(deps)),
  project: platformActivity(fewAtOnce(project(deps))),
});
