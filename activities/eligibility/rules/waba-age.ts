/** Where the destination's provider takes only young accounts (360dialog: 48 hours, R46, P-16), the clock runs. */
import { ACCOUNT_AGE_MARKS } from '../../../shared/account-age';
import { findingText } from '../../../shared/texts';
import { HOURS, type Rule } from '../rule';

export const WABA_AGE: Rule = {
  code: 'DESTINATION_WABA_TOO_OLD',
  requirement: 'R46',
  scopes: ['preflight', 'destination'],
  severity: 'blocker',
  party: 'client',
  holds: 'the destination account is young enough for its provider',
  about: 'destination',
  freshnessMs: HOURS,
  applies: ({ request, destination }) => {
    const limitHours = request.destination.maxWabaAgeHours;
    const creationTime = destination?.waba?.creationTime ?? null;
    if (limitHours === null || destination === null || creationTime === null) return null;
    const ageHours = (Date.parse(destination.seenAt) - Date.parse(creationTime)) / HOURS;
    if (!(ageHours >= limitHours * ACCOUNT_AGE_MARKS.warning)) return null;
    const evidence = { creationTime, ageHours: Math.floor(ageHours), limitHours };
    if (ageHours > limitHours) {
      return {
        ...findingText('DESTINATION_WABA_TOO_OLD', { age: evidence.ageHours, limit: limitHours }),
        evidence,
      };
    }
    const left = Math.max(0, Math.floor(limitHours - ageHours));
    return {
      severity: 'warning',
      ...findingText(
        ageHours >= limitHours * ACCOUNT_AGE_MARKS.urgent
          ? 'DESTINATION_WABA_TOO_OLD.urgent'
          : 'DESTINATION_WABA_TOO_OLD.soon',
        { left },
      ),
      evidence,
    };
  },
};
