/** Two-step verification off, as late as possible, without deleting the number (R21, R22, R30). */
import { findingText } from '../../../shared/texts';
import { HOURS, MINUTES, type Rule } from '../rule';

export const TWO_STEP: Rule = {
  code: 'TWO_STEP_VERIFICATION_ENABLED',
  requirement: 'R21',
  scopes: ['two_step', 'last_look'],
  severity: 'blocker',
  party: 'source_provider',
  holds: 'two-step verification of the number is off at the source',
  about: 'source',
  freshnessMs: 10 * MINUTES,
  attestationMs: 12 * HOURS,
  applies: ({ source }) => {
    const enabled = source.number?.isPinEnabled ?? null;
    if (enabled === false) return null;
    if (enabled === null) return 'unseen';
    return {
      ...findingText('TWO_STEP_VERIFICATION_ENABLED', {}),
      evidence: { isPinEnabled: true },
    };
  },
};
