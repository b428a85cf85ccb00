/** What webhooks told of both sides' traffic, as a look found it in the store: evidence, beside every look at the number. */
import { NO_TRAFFIC, type ObservedTraffic } from '../../shared/migration';
import type { MigrationRun } from './migration-run';

const isNews = (known: ObservedTraffic, seen: ObservedTraffic): boolean =>
  known.lastInboundAtSource !== seen.lastInboundAtSource ||
  known.firstInboundAtDestination !== seen.firstInboundAtDestination ||
  known.firstOutboundAtDestination !== seen.firstOutboundAtDestination;

/** Records it when there is something new; undefined: the store could not say. */
export const noteTraffic = (run: MigrationRun, seen: ObservedTraffic | undefined): void => {
  if (seen !== undefined && isNews(run.state.migration.observed ?? NO_TRAFFIC, seen)) {
    run.record('traffic_observed', { observed: seen });
  }
};
