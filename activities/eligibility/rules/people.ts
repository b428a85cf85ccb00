/** Somebody with the right role at the owning portfolio takes part (R24, P-2). */
import { findingText } from '../../../shared/texts';
import { DAYS, type Rule } from '../rule';

export const ADMIN_ACCESS: Rule = {
  code: 'ADMIN_ACCESS_NOT_STATED',
  requirement: 'R24',
  scopes: ['preflight'],
  // Seen to be false it stops the migration: who is only an agency's employee is refused (R24).
  severity: 'blocker',
  party: 'client',
  holds: 'an admin of the owning portfolio takes part',
  about: 'source',
  freshnessMs: 7 * DAYS,
  attestationMs: 30 * DAYS,
  asks: () => ({
    severity: 'info',
    ...findingText('ADMIN_ACCESS_NOT_STATED', {}),
  }),
  applies: ({ source }) => {
    const people = source.people ?? null;
    if (people === null || people.assigned === 0) return 'unseen';
    if (people.managers > 0) return null;
    return {
      ...findingText('ADMIN_ACCESS_NOT_STATED.none', { assigned: people.assigned }),
      evidence: { ...people },
    };
  },
};
