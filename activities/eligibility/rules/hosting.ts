/** Where the number is hosted today, and whether it may be hosted where it goes: always Cloud API (R1, R2). */
import { DAYS, type Rule } from '../rule';
import { whyUnseenIn } from '../unseen';

export const ON_PREMISE: Rule = {
  code: 'SOURCE_HOSTED_ON_PREMISE',
  requirement: 'R1',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'operator',
  holds: 'the number is hosted on Cloud API at the source',
  about: 'source',
  freshnessMs: 30 * DAYS,
  attestationMs: 90 * DAYS,
  // Recorded, never a reason to stop (R1).
  asks: ({ source }) => ({
    severity: 'info',
    message: `It could not be seen where the number is hosted (${whyUnseenIn(source)}). The destination is always Cloud API.`,
    remedy:
      'Ask the present provider, and state for R1 what it says. A number that is still On-Premises has been silent since 23 October 2025: it is registered on Cloud API there first.',
  }),
  applies: ({ source }) => {
    if (source.whyUnseen !== null) return 'unseen';
    return source.number?.platformType === 'ON_PREMISE'
      ? {
          message:
            'Meta shows the number as hosted On-Premises. That API ended on 23 October 2025: nothing sent to or from such a number is delivered.',
          remedy:
            'Look at the case before a date is set: ask the present provider whether the number still works, and register it on Cloud API there first if it does. The destination is always Cloud API; media and message ids of On-Premises are lost.',
          evidence: { platformType: 'ON_PREMISE' },
        }
      : null;
  },
};

export const CLOUD_HOSTING: Rule = {
  code: 'CLOUD_HOSTING_NOT_ENABLED',
  requirement: 'R2',
  scopes: ['preflight'],
  severity: 'blocker',
  party: 'operator',
  holds: 'Cloud API hosting is enabled for the partner at the destination',
  about: 'destination',
  freshnessMs: 30 * DAYS,
  applies: ({ settings }) =>
    settings.cloudHostingEnabled
      ? null
      : {
          message:
            'The settings of this deployment say that Cloud API hosting is not enabled for the partner.',
          remedy:
            'Enable Cloud API in the Partner Hub (once, for all numbers), then set eligibility.cloudHostingEnabled of CARRYOVER_POLICY.',
          evidence: { cloudHostingEnabled: false },
        },
};
