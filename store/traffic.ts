/** When messages of a number were heard of at either side: two instants that only move apart, and one that stands. */
import type { TrafficStore } from './contract';
import type { Room } from './room';

const dateOf = (at: string | null | undefined): Date | undefined =>
  at === null || at === undefined ? undefined : new Date(at);
const instantOf = (at: Date | undefined): string | null => at?.toISOString() ?? null;

/** `$min` and `$max`, so that duplicates and disorder change nothing (meta §8.1). */
export const createTrafficStore = ({ database, rows }: Room): TrafficStore => ({
  observe: (migrationId, seen) =>
    database.untilNotDuplicate(async () => {
      const lastInboundAtSource = dateOf(seen.lastInboundAtSource);
      const firstInboundAtDestination = dateOf(seen.firstInboundAtDestination);
      const firstOutboundAtDestination = dateOf(seen.firstOutboundAtDestination);
      const earliest = {
        ...(firstInboundAtDestination === undefined ? {} : { firstInboundAtDestination }),
        ...(firstOutboundAtDestination === undefined ? {} : { firstOutboundAtDestination }),
      };
      const latest = lastInboundAtSource === undefined ? {} : { lastInboundAtSource };
      if (Object.keys({ ...earliest, ...latest }).length === 0) return;
      await rows.traffic.updateOne(
        { _id: migrationId },
        {
          ...(Object.keys(earliest).length === 0 ? {} : { $min: earliest }),
          ...(Object.keys(latest).length === 0 ? {} : { $max: latest }),
        },
        { upsert: true },
      );
    }),

  read: (migrationId) =>
    database.guard(async () => {
      const row = await rows.traffic.findOne({ _id: migrationId });
      return {
        lastInboundAtSource: instantOf(row?.lastInboundAtSource),
        firstInboundAtDestination: instantOf(row?.firstInboundAtDestination),
        firstOutboundAtDestination: instantOf(row?.firstOutboundAtDestination),
      };
    }),
});
