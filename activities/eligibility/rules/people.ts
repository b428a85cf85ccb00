/** Somebody with the right role at the owning portfolio takes part (R24, P-2). */
import { DAYS, type Rule } from '../rule';

export const ADMIN_ACCESS: Rule = {
  code: 'ADMIN_ACCESS_NOT_STATED',
  requirement: 'R24',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'client',
  holds: 'an admin of the owning portfolio takes part',
  about: 'source',
  freshnessMs: 7 * DAYS,
  attestationMs: 30 * DAYS,
  asks: () => ({
    severity: 'info',
    message: 'Nobody has stated that an admin of the business portfolio that owns the number takes part.',
    remedy:
      'Business settings → Users → People: the person shows "Full control". State for R24 who it is. An agency’s employee is not enough, and the mail that confirms two-step verification goes to the portfolio’s address: check that somebody reads it, also its spam folder, and name a second admin.',
  }),
  applies: ({ source }) => {
    const people = source.people ?? null;
    if (people === null || people.assigned === 0) return 'unseen';
    if (people.managers > 0) return null;
    return {
      message: `${String(people.assigned)} people of the business are at the source account, and none of them may manage it.`,
      remedy:
        'An admin of the portfolio gives somebody full control: Business settings → Accounts → WhatsApp accounts → the account → Add people → Full control. Without it the button that switches two-step verification off is missing.',
      evidence: { ...people },
    };
  },
};
