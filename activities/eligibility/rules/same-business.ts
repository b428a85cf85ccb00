/** Source and destination must belong to one business portfolio (R4). */
import { findingText } from '../../../shared/texts';
import { DAYS, type Facts, type Rule } from '../rule';

/** The portfolio of each side: as Meta shows the owner, else as the request names it. Compared as strings. */
const portfolios = ({ request, source, destination }: Facts) => ({
  source: source.waba?.ownerBusinessId ?? request.source.businessId,
  destination: destination?.waba?.ownerBusinessId ?? request.destination.businessId,
});

export const DIFFERENT_BUSINESS: Rule = {
  code: 'DIFFERENT_BUSINESS',
  requirement: 'R4',
  scopes: ['preflight', 'destination'],
  severity: 'blocker',
  party: 'client',
  holds: 'source and destination belong to the same business portfolio',
  about: 'destination',
  freshnessMs: 30 * DAYS,
  applies: (facts) => {
    const { source, destination } = portfolios(facts);
    if (String(source) === String(destination)) return null;
    return {
      ...findingText('DIFFERENT_BUSINESS', { source, destination }),
      evidence: { source, destination },
    };
  },
};

export const OTHER_BUSINESS_THAN_NAMED: Rule = {
  code: 'BUSINESS_ID_WRONG',
  requirement: 'R25',
  scopes: ['preflight', 'destination'],
  severity: 'warning',
  party: 'operator',
  holds: 'the business ids of the request are those that Meta shows',
  about: 'source',
  freshnessMs: 30 * DAYS,
  applies: ({ request, source, destination }) => {
    const differing = [
      { side: 'source', named: request.source.businessId, shown: source.waba?.ownerBusinessId },
      {
        side: 'destination',
        named: request.destination.businessId,
        shown: destination?.waba?.ownerBusinessId,
      },
    ].filter(({ named, shown }) => shown !== undefined && shown !== null && String(shown) !== String(named));
    if (differing.length === 0) return null;
    const words = differing.map(
      ({ side, named, shown }) => `${side}: ${named} named, ${String(shown)} shown`,
    );
    return {
      message: `The request names another business than Meta shows (${words.join('; ')}).`,
      remedy: 'Correct the business id in the caller’s records; Meta’s is the one that counts.',
      evidence: { differing },
    };
  },
};
