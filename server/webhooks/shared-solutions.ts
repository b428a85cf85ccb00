/**
 * `partner_solutions` names a solution and no client (meta §8.2): of a solution that many clients share, each message would
 * wake every intent that waits, and each of them would read. So a message that comes under a business that some of them
 * have is for those; any other is told to so many of them a minute, and to each at most twice within the interval in which
 * it looks by itself: whoever is told no more looks before that interval is over.
 */
import type { Receipt } from '../../store/webhook-contract';
import type { ServerDeps } from '../deps';

/** The solution that a message is about, when its kind is told of solutions. */
export const solutionOf = ({ kind, keys }: Pick<Receipt, 'kind' | 'keys'>): string | null =>
  kind === 'partner_solutions' ? (keys.find((key) => key.startsWith('solution:')) ?? null) : null;

/** Of a message about a solution: whether those it concerns are known by their business, and who they are. */
export const addresseesOf = <
  T extends { migration: Record<'source' | 'destination', { businessId: string }> },
>(
  { keys }: Pick<Receipt, 'keys'>,
  concerned: readonly T[],
): { areNamed: boolean; addressees: readonly T[] } => {
  const named = concerned.filter(({ migration: { source, destination } }) =>
    keys.some(
      (key) => key === `business:${source.businessId}` || key === `business:${destination.businessId}`,
    ),
  );
  return named.length > 0
    ? { areNamed: true, addressees: named }
    : { areNamed: false, addressees: concerned };
};

/** Looks that the messages of one solution lead to, over all who wait for it. */
export const solutionPace = ({ limits }: Pick<ServerDeps, 'limits'>) => ({
  capacity: limits.solutionLooksPerMinute,
  perMs: 60_000,
});

/** Looks of one intent that such messages lead to. */
export const intentPace = ({ policy }: Pick<ServerDeps, 'policy'>) => ({
  capacity: 2,
  perMs: policy.intentRecheckEvery,
});
