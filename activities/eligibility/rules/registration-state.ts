/** Whether the number is where the request says, and of a kind that can move (R3, E3, E4). */
import { findingText } from '../../../shared/texts';
import { DAYS, HOURS, MINUTES, type Facts, type Rule } from '../rule';
import { hasMovedAway, isInCoexistence, isLiveAtDestination, isNotOnPlatform, isTestNumber } from '../triage';
import { whyUnseenIn } from '../unseen';

/** The number still works, but Meta holds something against it (meta §3.4, older values). */
const LIVE_WITH_A_MARK: readonly string[] = ['FLAGGED', 'RATE_LIMITED'];

const APPEAL =
  'Ask for a review in Business Support Home (business.facebook.com/business-support-home); the present provider can open a ticket with Meta. Do not delete the number.';

/** What brings a number back, by the status that Meta shows (meta §3.4). */
const REMEDIES: Readonly<Record<string, string>> = {
  BANNED: `A banned number cannot be moved. ${APPEAL}`,
  RESTRICTED: `A restricted number cannot be moved. ${APPEAL}`,
  FLAGGED:
    'Its quality has dropped and its limit may be lowered: stop the campaigns that people report, and move when it is Connected again.',
  RATE_LIMITED:
    'It has reached its messaging limit: pause campaigns until the next day, so that the move does not fall into it.',
  DISCONNECTED:
    'It was deregistered or disconnected, which keeps its name, rating, limit and templates. The present provider registers it again (POST /{phone-number-id}/register, or reconnect it in its console) and leaves two-step verification for the window; do not delete it, and do not add it as a new number. If it does not know of it, the number may have moved to another account: find out where it works.',
  PENDING:
    'The present provider finishes the registration of the number, or removes it if it was never used.',
  UNVERIFIED: 'The present provider verifies and registers the number first.',
};

export const NUMBER_NOT_LIVE: Rule = {
  code: 'NUMBER_NOT_LIVE_AT_SOURCE',
  requirement: 'R3',
  scopes: ['preflight', 'last_look'],
  severity: 'blocker',
  party: 'source_provider',
  holds: 'the number is connected at the source',
  about: 'source',
  freshnessMs: HOURS,
  asks: ({ source }) => ({
    severity: 'blocker',
    message: `It could not be seen whether the number is connected at the source, and none that Meta lends for tests (${whyUnseenIn(source)}).`,
    remedy:
      'The present provider looks at WhatsApp Manager → Account tools → Phone numbers: the number must be listed there as Connected, and be the business’s own. State it for R3, or give a credential that can see it.',
  }),
  applies: (facts) => {
    const { source } = facts;
    if (source.whyUnseen !== null) return 'unseen';
    // One cause, one finding: what is gone is told by the rule that says where to, or that there is nothing to move.
    if (isNotOnPlatform(facts) || hasMovedAway(facts)) return null;
    const status = source.number?.status ?? null;
    if (source.number === null || status === 'CONNECTED') return null;
    if (status === null) return 'unseen';
    return {
      severity: LIVE_WITH_A_MARK.includes(status) ? 'warning' : 'blocker',
      message: `The number is not simply connected at the source: Meta shows it as ${status}.`,
      remedy:
        REMEDIES[status] ?? 'Let the present provider bring the number back to Connected; do not delete it.',
      evidence: { status },
    };
  },
};

export const ALREADY_THERE: Rule = {
  code: 'ALREADY_AT_DESTINATION',
  requirement: 'E4',
  scopes: ['preflight', 'destination'],
  severity: 'info',
  party: 'system',
  holds: 'the number is not at the destination yet',
  about: 'destination',
  freshnessMs: HOURS,
  applies: (facts) =>
    isLiveAtDestination(facts)
      ? {
          message: 'The number is already connected at the destination.',
          remedy: 'Nothing to move; the migration goes on with acceptance.',
          evidence: { phoneNumberId: facts.destination?.number?.phoneNumberId ?? null },
        }
      : null,
};

/** Meta still lists a number for a while after it was deleted (P-5). */
const wasDeleted = ({ source }: Facts): boolean => source.number?.status === 'DELETED';

export const NOT_ON_PLATFORM: Rule = {
  code: 'NO_MIGRATION_NEEDED',
  requirement: 'E3',
  scopes: ['preflight', 'two_step', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds: 'the number is registered on the API at the source',
  about: 'source',
  freshnessMs: HOURS,
  applies: (facts) =>
    isNotOnPlatform(facts) && !isLiveAtDestination(facts)
      ? {
          ...findingText(wasDeleted(facts) ? 'NO_MIGRATION_NEEDED.deleted' : 'NO_MIGRATION_NEEDED', {}),
          evidence: {
            lost: ['display name', 'quality rating', 'messaging limit', 'official badge', 'copied templates'],
            sourceWabaId: facts.request.source.wabaId,
            status: facts.source.number?.status ?? null,
            platformType: facts.source.number?.platformType ?? null,
          },
        }
      : null,
};

export const MOVED_ELSEWHERE: Rule = {
  code: 'NUMBER_MOVED_ELSEWHERE',
  requirement: 'R3',
  scopes: ['preflight', 'two_step', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds: 'the number has not moved to another account meanwhile',
  about: 'source',
  freshnessMs: HOURS,
  applies: (facts) =>
    hasMovedAway(facts) && !isLiveAtDestination(facts)
      ? {
          ...findingText('NUMBER_MOVED_ELSEWHERE', {}),
          evidence: { status: 'MIGRATED' },
        }
      : null,
};

export const IN_COEXISTENCE: Rule = {
  code: 'NUMBER_IN_COEXISTENCE',
  requirement: 'P-17',
  scopes: ['preflight', 'two_step', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds: 'the number is not used in the WhatsApp Business app as well',
  about: 'source',
  freshnessMs: 15 * MINUTES,
  attestationMs: 30 * DAYS,
  asks: ({ scope }) => ({
    // Whoever could be asked was asked when the move was planned; a token that fails later is no news of the app.
    severity: scope === 'preflight' ? 'blocker' : 'info',
    ...findingText('NUMBER_IN_COEXISTENCE.unseen', {}),
  }),
  applies: (facts) => {
    if (facts.source.whyUnseen !== null) return 'unseen';
    return isInCoexistence(facts)
      ? {
          ...findingText('NUMBER_IN_COEXISTENCE', {}),
          evidence: { isOnBizApp: true },
        }
      : null;
  },
};

export const IS_TEST_NUMBER: Rule = {
  code: 'TEST_NUMBER',
  requirement: 'R3',
  scopes: ['preflight'],
  severity: 'blocker',
  party: 'client',
  holds: 'the number is not a test number of Meta',
  about: 'source',
  freshnessMs: 30 * DAYS,
  askedWith: NUMBER_NOT_LIVE.code,
  applies: (facts) => {
    if (facts.source.whyUnseen !== null) return 'unseen';
    return isTestNumber(facts)
      ? {
          ...findingText('TEST_NUMBER', {}),
          evidence: { accountMode: 'SANDBOX' },
        }
      : null;
  },
};
