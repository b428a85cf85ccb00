/** The pending number is still at the destination: an admin can remove it by hand at any time (meta §1.3). */
import { FINDING } from '../../../shared/problems';
import { MINUTES, type Rule } from '../rule';

export const ANNOUNCED_NUMBER_GONE: Rule = {
  code: FINDING.announcedNumberGone,
  requirement: 'meta §1.3',
  scopes: ['last_look'],
  severity: 'blocker',
  party: 'operator',
  holds: 'the announced number is still at the destination account',
  about: 'destination',
  freshnessMs: 5 * MINUTES,
  applies: ({ destination }) =>
    destination === null || destination.whyUnseen !== null || destination.number !== null
      ? null
      : {
          message:
            'The announced number is not at the destination account any more: somebody has removed it.',
          remedy: 'Nothing to do unless it was meant: it is announced again. Abort the migration if it was.',
          evidence: { wabaId: destination.waba?.id ?? null },
        },
};
