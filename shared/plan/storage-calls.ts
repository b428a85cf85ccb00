/** The calls about where Meta keeps the data of a number (meta §1.5); none where the request names no country. */
import type { PlanFacts } from './facts';
import { read, write } from './planned-call';
import type { PlannedCall } from './schema';

/** Whenever it is looked whether it is kept there. */
export const storageReads = ({ request }: PlanFacts, number: string): PlannedCall[] =>
  request.destination.dataLocalizationRegion === undefined
    ? []
    : [read(`/${number}/settings`, 'where the data of the number is kept')];

/** It is told before the registration, unless it goes with that call (meta §1.5). */
export const storageWrites = (facts: PlanFacts, number: string): PlannedCall[] => {
  const { request, policy } = facts;
  const { dataLocalizationRegion: region } = request.destination;
  if (region === undefined || policy.storageRegionAt === 'register') return [];
  return [
    ...storageReads(facts, number),
    write(`/${number}/settings`, {
      purpose: `have the data of the number kept in ${region}`,
      effect: 'it holds from the registration on',
      undo: 'a deregistration',
      reversible: true,
      atMost: 'once; repeated only after reading that it is not so',
    }),
  ];
};
