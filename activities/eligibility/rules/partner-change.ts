/** A number that already is on the platform of this deployment changes its partner, which loses nothing (R3). */
import { findingText } from '../../../shared/texts';
import { DAYS, type Rule } from '../rule';
import { isOnOwnPlatform, isPartnerChange } from '../triage';

export const PARTNER_CHANGE: Rule = {
  code: 'PARTNER_CHANGE_NEEDED',
  requirement: 'R3',
  scopes: ['preflight'],
  severity: 'blocker',
  party: 'client',
  holds: 'the number is not on the same platform under another partner',
  about: 'source',
  freshnessMs: DAYS,
  applies: (facts) => {
    if (!isOnOwnPlatform(facts)) return null;
    const { provider } = facts.request.source;
    const numberCount = facts.source.waba?.numberCount ?? null;
    return isPartnerChange(facts)
      ? {
          ...findingText('PARTNER_CHANGE_NEEDED', { provider }),
          evidence: { provider, numberCount },
        }
      : {
          severity: 'warning',
          ...findingText('PARTNER_CHANGE_NEEDED.one_number', { provider, numbers: String(numberCount) }),
          evidence: { provider, numberCount },
        };
  },
};
