/** A number that already is on the platform of this deployment changes its partner, which loses nothing (R3). */
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
          message: `The number is on ${provider} already, under another partner: it changes its partner, which needs no migration, no code and no pause.`,
          remedy:
            'The client opens the Client Hub → Profile → Partner → Change Partner, enters the new partner’s id, reviews the numbers and accepts the terms; the new partner approves. Then make a new API key and set the webhook.',
          evidence: { provider, numberCount },
        }
      : {
          severity: 'warning',
          message: `The number is on ${provider} already. A change of partner would move all ${String(numberCount)} numbers of its account at once and lose nothing; this migration moves this one number into another account.`,
          remedy:
            'Go on if only this number is to move; otherwise abort and let the client change the partner.',
          evidence: { provider, numberCount },
        };
  },
};
