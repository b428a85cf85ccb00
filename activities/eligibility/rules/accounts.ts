/** Both accounts reviewed and approved, the business verified (R20, R26). */
import { findingText } from '../../../shared/texts';
import type { WabaFacts } from '../../contract';
import { complaintsOf, inWords, isAboutPayment } from '../health';
import { DAYS, HOURS, type Rule } from '../rule';
import { whyUnseenIn } from '../unseen';

/** `status` of a WABA has no published list (meta §3.3); these words in it mean that it is not live. */
const NOT_LIVE = /disable|restrict|suspend|banned|delete/i;

const SUPPORT_HOME = 'Business Support Home (business.facebook.com/business-support-home) → the account';

/** Null: approved and live, as far as it is told. */
const trouble = ({ accountReviewStatus, status }: WabaFacts): 'not_approved' | 'not_live' | null => {
  if (status !== null && NOT_LIVE.test(status)) return 'not_live';
  return accountReviewStatus === 'APPROVED' ? null : 'not_approved';
};

export const SOURCE_NOT_APPROVED: Rule = {
  code: 'SOURCE_ACCOUNT_NOT_APPROVED',
  requirement: 'R20',
  scopes: ['preflight', 'last_look'],
  severity: 'blocker',
  party: 'source_provider',
  holds: 'the source account is reviewed, approved and live',
  about: 'source',
  freshnessMs: DAYS,
  asks: ({ source }) => ({
    severity: 'blocker',
    message: `It could not be seen whether the source account is reviewed, approved and live, and nothing keeps the number from sending (${whyUnseenIn(source)}).`,
    remedy: `The present provider looks at WhatsApp Manager → Account tools → Phone numbers (no restriction stands beside the number) and at ${SUPPORT_HOME} (nothing is open). State it for R20, or give a credential that can see it.`,
  }),
  applies: ({ source: { waba, whyUnseen } }) => {
    if (waba === null) return whyUnseen === null ? null : 'unseen';
    const found = trouble(waba);
    if (found === null) return null;
    const { accountReviewStatus, status } = waba;
    if (found === 'not_approved' && accountReviewStatus === null) return 'unseen';
    const words =
      found === 'not_live'
        ? {
            message: `The source account is not live: Meta shows it as ${String(status)}.`,
            remedy: `The present provider, or an admin of the portfolio, opens ${SUPPORT_HOME} and asks for a review. An account that is not live cannot be left.`,
          }
        : {
            message: `The source account is not approved: its review stands at ${String(accountReviewStatus)}.`,
            remedy: `Pending: it ends by itself, mostly within a day, and is looked at again daily. Rejected: the present provider opens ${SUPPORT_HOME}, does what Meta asks for there, and asks for a review.`,
          };
    return { ...words, evidence: { accountReviewStatus, status } };
  },
};

export const DESTINATION_NOT_APPROVED: Rule = {
  code: 'DESTINATION_ACCOUNT_NOT_APPROVED',
  requirement: 'R20',
  scopes: ['preflight', 'destination', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds: 'the destination account is reviewed, approved and live',
  about: 'destination',
  freshnessMs: DAYS,
  applies: ({ destination }) => {
    const waba = destination?.waba ?? null;
    const found = waba === null ? null : trouble(waba);
    if (waba === null || found === null) return null;
    const { accountReviewStatus, status } = waba;
    const words =
      found === 'not_live'
        ? findingText('DESTINATION_ACCOUNT_NOT_APPROVED.not_live', { status: status ?? 'unknown' })
        : findingText('DESTINATION_ACCOUNT_NOT_APPROVED', { status: accountReviewStatus ?? 'unknown' });
    return { ...words, evidence: { accountReviewStatus, status } };
  },
};

/** What Meta says of the destination beside its review and its payment, which have rules of their own (meta §3.5). */
export const DESTINATION_RESTRICTED: Rule = {
  code: 'DESTINATION_CANNOT_SEND',
  requirement: 'R20',
  scopes: ['preflight', 'destination', 'last_look'],
  severity: 'warning',
  party: 'client',
  holds: 'nothing keeps the destination account from sending',
  about: 'destination',
  freshnessMs: 6 * HOURS,
  applies: ({ destination }) => {
    const waba = destination?.waba ?? null;
    if (waba === null || waba.accountReviewStatus !== 'APPROVED') return null;
    const complaints = complaintsOf(waba.health).filter((complaint) => !isAboutPayment(complaint));
    if (complaints.length === 0) return null;
    return {
      ...findingText('DESTINATION_CANNOT_SEND', { complaints: inWords(complaints) }),
      evidence: { complaints },
    };
  },
};

export const BUSINESS_NOT_VERIFIED: Rule = {
  code: 'BUSINESS_NOT_VERIFIED',
  requirement: 'R26',
  scopes: ['preflight', 'destination'],
  severity: 'blocker',
  party: 'client',
  holds: 'the business is verified by Meta',
  about: 'source',
  freshnessMs: DAYS,
  applies: ({ source, destination }) => {
    const seen = {
      source: source.waba?.businessVerificationStatus ?? null,
      destination: destination?.waba?.businessVerificationStatus ?? null,
    };
    const known = Object.values(seen).filter((status) => status !== null);
    if (known.length === 0) return 'unseen';
    if (known.every((status) => status.toLowerCase() === 'verified')) return null;
    return {
      ...findingText('BUSINESS_NOT_VERIFIED', { shown: known.join(', ') }),
      evidence: seen,
    };
  },
};

/** Values that say that the client has accepted; how Meta writes them is not published (meta §3.3). */
const ACCEPTED = /^(approved|accepted|active)$/i;

export const ON_BEHALF_PENDING: Rule = {
  code: 'ON_BEHALF_REQUEST_PENDING',
  requirement: 'R20',
  scopes: ['preflight', 'destination'],
  severity: 'blocker',
  party: 'client',
  holds: 'no "Messaging for" request of the destination is open',
  about: 'destination',
  freshnessMs: DAYS,
  applies: ({ destination }) => {
    const status = destination?.waba?.onBehalfOfStatus ?? null;
    if (status === null || ACCEPTED.test(status)) return null;
    return {
      ...findingText('ON_BEHALF_REQUEST_PENDING', { status }),
      evidence: { onBehalfOfStatus: status },
    };
  },
};
