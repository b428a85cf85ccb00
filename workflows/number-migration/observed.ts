/** What webhooks told of both sides' traffic, as a look found it in the store: evidence, beside every look at the number. */
import { NO_TRAFFIC, type ObservedTraffic } from '../../shared/migration';
import { outageOf } from '../../shared/outage';
import type { MigrationRun } from './migration-run';
import type { MigrationState } from './state';
import { withCutover, withMigration } from './state-edits';

/** Of an earlier version neither side has it. */
const counted = ({ sentAtDestination }: ObservedTraffic): string =>
  JSON.stringify(sentAtDestination?.watch ?? null);

const isNews = (known: ObservedTraffic, seen: ObservedTraffic): boolean =>
  known.lastInboundAtSource !== seen.lastInboundAtSource ||
  known.firstInboundAtDestination !== seen.firstInboundAtDestination ||
  known.firstOutboundAtDestination !== seen.firstOutboundAtDestination ||
  known.sentAtDestination?.failed !== seen.sentAtDestination?.failed ||
  counted(known) !== counted(seen);

/** Records it when there is something new; undefined: the store could not say. */
export const noteTraffic = (run: MigrationRun, seen: ObservedTraffic | undefined): void => {
  if (seen !== undefined && isNews(run.state.migration.observed ?? NO_TRAFFIC, seen)) {
    run.record('traffic_observed', { observed: seen });
  }
};

/** What was heard of at both sides bounds the outage; told with its evidence, and null while one side is not heard of. */
export const withTraffic = (state: MigrationState, observed: ObservedTraffic): MigrationState =>
  withCutover(withMigration(state, { observed }), outageOf({ ...state.migration.cutover, ...observed }));
