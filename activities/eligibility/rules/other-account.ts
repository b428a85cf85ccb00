/** The number is at the source, but in another account than the request names (R25). */
import { HOURS, type Rule } from '../rule';
import { isInOtherAccount, isLiveAtDestination } from '../triage';

export const IN_OTHER_ACCOUNT: Rule = {
  code: 'NUMBER_IN_OTHER_ACCOUNT',
  requirement: 'R25',
  scopes: ['preflight'],
  severity: 'blocker',
  party: 'operator',
  holds: 'the number is in the account that the request names as its source',
  about: 'source',
  freshnessMs: HOURS,
  applies: (facts) => {
    if (!isInOtherAccount(facts) || isLiveAtDestination(facts)) return null;
    const { wabaId: named } = facts.request.source;
    const found = String(facts.source.foundIn);
    return {
      message: `The account ${named} does not show the number; the account ${found} of the same business holds it.`,
      remedy: `Correct the request: PATCH source.wabaId to ${found}. Everything is then looked at again; nothing has been changed anywhere.`,
      evidence: { named, found },
    };
  },
};
