/** How the number stands with Meta: quality, complaints, badge, volume (R5, R13, R14, R20). */
import { FINDING } from '../../../shared/problems';
import { findingText } from '../../../shared/texts';
import { complaintsOf, inWords, isAboutPayment, reasonsOfLimit } from '../health';
import { DAYS, HOURS, type Facts, type Fault, type Rule } from '../rule';
import { whyUnseenIn } from '../unseen';
import { SOURCE_NOT_APPROVED } from './accounts';

export const QUALITY_LOW: Rule = {
  code: 'QUALITY_RATING_LOW',
  requirement: 'R5',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'client',
  holds: 'the quality rating of the number is high',
  about: 'source',
  freshnessMs: DAYS,
  asks: () => ({ severity: 'info', ...findingText('QUALITY_RATING_LOW.unseen', {}) }),
  applies: ({ source }) => {
    if (source.whyUnseen !== null) return 'unseen';
    const rating = source.number?.qualityRating ?? null;
    if (rating !== 'RED' && rating !== 'YELLOW') return null;
    return {
      severity: rating === 'RED' ? 'warning' : 'info',
      ...findingText('QUALITY_RATING_LOW', { rating }),
      evidence: { qualityRating: rating },
    };
  },
};

/** What is wrong with the app that looks says nothing of the number. */
const OF_THE_NUMBER: readonly string[] = ['PHONE_NUMBER', 'WABA', 'BUSINESS'];

/** Those of the review and of an unconnected number have rules of their own. */
const complaintsAtSource = ({ source }: Facts) =>
  source.waba?.accountReviewStatus === 'APPROVED' && source.number?.status === 'CONNECTED'
    ? complaintsOf(source.number.health ?? source.waba.health, OF_THE_NUMBER)
    : [];

export const SOURCE_RESTRICTED: Rule = {
  code: 'SOURCE_CANNOT_SEND',
  requirement: 'R20',
  scopes: ['preflight', 'last_look'],
  severity: 'blocker',
  party: 'source_provider',
  holds: 'nothing keeps the number from sending at the source',
  about: 'source',
  freshnessMs: 6 * HOURS,
  askedWith: SOURCE_NOT_APPROVED.code,
  applies: (facts) => {
    if (facts.source.whyUnseen !== null) return 'unseen';
    const complaints = complaintsAtSource(facts).filter((complaint) => !isAboutPayment(complaint));
    if (complaints.length === 0) return null;
    return {
      message: `Meta keeps the number or its account from sending at the source (${inWords(complaints)}).`,
      remedy:
        'An account that is not live for any reason cannot be moved: open Business Support Home (business.facebook.com/business-support-home), choose the account, and ask for a review.',
      evidence: { complaints },
    };
  },
};

/** LIMITED moves like any other; Meta's reasons stand beside the entity, and are no errors (meta §3.5). */
export const SOURCE_LIMITED: Rule = {
  code: 'SOURCE_SENDS_WITHIN_LIMITS',
  requirement: 'R5',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'client',
  holds: 'the number sends without limits of its own at the source',
  about: 'source',
  freshnessMs: DAYS,
  askedWith: QUALITY_LOW.code,
  applies: ({ source }) => {
    if (source.whyUnseen !== null) return 'unseen';
    // A business that is not verified is R26's.
    const reasons = reasonsOfLimit(source.number?.health ?? source.waba?.health, ['PHONE_NUMBER', 'WABA']);
    return reasons.length === 0
      ? null
      : { ...findingText('SOURCE_SENDS_WITHIN_LIMITS', { said: reasons.join(' ') }), evidence: { reasons } };
  },
};

/** Embedded Signup refuses a source that cannot pay (meta §1.1); elsewhere it foretells unpaid invoices (P-15). */
const WANTS_SOURCE_PAYMENT: readonly string[] = ['embedded_signup'];

/** Told and not asked: the window says so at once, before anything has changed; the statement has no row of its own. */
const paymentUnseen = (why: string): Fault<'source_provider'> => ({
  severity: 'warning',
  message: `It could not be seen whether the source account has a payment method (${why}); the signup window refuses to move a number from an account that has none.`,
  remedy:
    'The present provider or the client looks at Business settings → WhatsApp accounts → Payment settings before the window opens.',
  evidence: { unseen: true, why },
});

export const SOURCE_PAYMENT: Rule = {
  code: 'SOURCE_PAYMENT_PROBLEM',
  requirement: 'meta §1.1',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'source_provider',
  holds: 'the source account has a payment method that works',
  about: 'source',
  freshnessMs: DAYS,
  applies: (facts) => {
    const { request, source } = facts;
    const wanted = WANTS_SOURCE_PAYMENT.includes(request.route);
    if (source.waba === null)
      return wanted && source.whyUnseen !== null ? paymentUnseen(source.whyUnseen) : null;
    const complaints = complaintsAtSource(facts).filter(isAboutPayment);
    const missing = wanted && source.waba.primaryFundingId === null;
    if (!missing && complaints.length === 0) return null;
    return {
      severity: wanted ? 'blocker' : 'warning',
      message: missing
        ? 'The source account has no payment method; the signup window refuses to move a number from such an account.'
        : `The payment of the source account does not work (${inWords(complaints)}).`,
      remedy: wanted
        ? 'The present provider or the client puts a valid payment method on the source account (Business settings → WhatsApp accounts → Payment settings).'
        : 'Ask the present provider whether invoices are open and settle them: a provider that is owed money is slow to help.',
      evidence: { primaryFundingId: source.waba.primaryFundingId, complaints },
    };
  },
};

export const OFFICIAL_ACCOUNT: Rule = {
  code: 'OFFICIAL_BUSINESS_ACCOUNT',
  requirement: 'R13',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'client',
  holds: 'it is known whether the number has an official badge',
  about: 'source',
  freshnessMs: 30 * DAYS,
  attestationMs: 90 * DAYS,
  asks: () => ({ severity: 'info', ...findingText('OFFICIAL_BUSINESS_ACCOUNT.unseen', {}) }),
  applies: ({ source }) => {
    if (source.whyUnseen !== null) return 'unseen';
    return source.number?.isOfficialBusinessAccount === true
      ? {
          ...findingText('OFFICIAL_BUSINESS_ACCOUNT', {}),
          evidence: { isOfficialBusinessAccount: true },
        }
      : null;
  },
};

const volumeOf = ({ source, settings }: Facts) => {
  const { messagingLimits, numbers } = settings.highVolume;
  const limit = source.number?.messagingLimit ?? null;
  const throughput = source.number?.throughput ?? null;
  const count = source.waba?.numberCount ?? null;
  const reasons = [
    ...(limit !== null && messagingLimits.includes(limit) ? [`messaging limit ${limit}`] : []),
    ...(throughput === 'HIGH' ? ['throughput HIGH'] : []),
    ...(count !== null && count >= numbers ? [`${String(count)} numbers in the account`] : []),
  ];
  return { reasons };
};

/** What is not seen is whether support is booked; that the volume is high was observed. */
export const HIGH_VOLUME: Rule = {
  code: 'MIGRATION_SUPPORT_TO_BOOK',
  requirement: 'R14',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'operator',
  holds: 'migration support is booked for a number of high volume',
  about: 'source',
  freshnessMs: 7 * DAYS,
  attestationMs: 30 * DAYS,
  asks: (facts) => ({
    severity: 'warning',
    message: `This is a large move (${volumeOf(facts).reasons.join(', ')}), and nobody has stated that support is booked for it.`,
    remedy:
      'When nothing else is open, book the migration support of the destination’s provider with the support bundle of this migration, choose a window of low traffic, and state the booking for R14.',
    evidence: volumeOf(facts),
  }),
  applies: (facts) => (volumeOf(facts).reasons.length > 0 ? 'unseen' : null),
};

/** The same row, where nobody could see how much is sent: only who knows can say whether support is to be booked. */
export const VOLUME_NOT_SEEN: Rule = {
  code: FINDING.volumeNotSeen,
  requirement: HIGH_VOLUME.requirement,
  scopes: ['preflight'],
  severity: 'info',
  party: 'operator',
  holds: 'it is known whether this is a large move',
  about: 'source',
  freshnessMs: 7 * DAYS,
  attestationMs: 30 * DAYS,
  asks: ({ source, settings: { highVolume } }) => ({
    severity: 'info',
    message: `It could not be seen how much is sent through the number (${whyUnseenIn(source)}).`,
    remedy: `Ask the client: with a messaging limit of ${highVolume.messagingLimits.join(' or ')}, or ${String(highVolume.numbers)} numbers or more in the account, book the migration support of the destination’s provider. State for R14 what applies.`,
  }),
  applies: ({ source }) => (source.whyUnseen === null ? null : 'unseen'),
};
