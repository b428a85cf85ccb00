/** The destination must be able to pay before the number arrives (R16): attached, or attachable by the request. */
import { findingText } from '../../../shared/texts';
import { complaintsOf, inWords, isAboutPayment } from '../health';
import { DAYS, HOURS, type Rule } from '../rule';

export const PAYMENT_MISSING: Rule = {
  code: 'DESTINATION_PAYMENT_MISSING',
  requirement: 'R16',
  scopes: ['preflight', 'destination', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds:
    'the destination account has a payment method, or the request names a line of credit that can be attached',
  about: 'destination',
  freshnessMs: 6 * HOURS,
  applies: ({ request, destination, scope }) => {
    if (!destination?.waba || destination.waba.primaryFundingId !== null) return null;
    // Before the step `funding` a line is still to be attached; at the last look it must be.
    if (request.funding?.payer === 'partner_credit' && scope !== 'last_look') return null;
    return {
      ...findingText('DESTINATION_PAYMENT_MISSING', {}),
      evidence: { primaryFundingId: null, payer: request.funding?.payer ?? null },
    };
  },
};

/**
 * Attached, and yet it cannot pay: a line that was withdrawn stays glued to the account (meta §5.1), a card has expired.
 * The account's health tells (meta §3.5); without it only the announcement would.
 */
export const PAYMENT_REVOKED: Rule = {
  code: 'DESTINATION_PAYMENT_REVOKED',
  requirement: 'R16',
  scopes: ['preflight', 'destination', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds: 'the payment attached to the destination account works',
  about: 'destination',
  freshnessMs: 6 * HOURS,
  applies: ({ destination }) => {
    const attached = destination?.waba?.primaryFundingId ?? null;
    const complaints = complaintsOf(destination?.waba?.health).filter(isAboutPayment);
    if (attached === null || complaints.length === 0) return null;
    return {
      ...findingText('DESTINATION_PAYMENT_REVOKED', { complaints: inWords(complaints) }),
      evidence: { primaryFundingId: attached, complaints },
    };
  },
};

export const CREDIT_LINE_NOT_USABLE: Rule = {
  code: 'CREDIT_LINE_NOT_USABLE',
  requirement: 'R16',
  scopes: ['preflight', 'destination'],
  severity: 'blocker',
  party: 'operator',
  holds: 'the line of credit of the request can be used with its credential',
  about: 'destination',
  freshnessMs: DAYS,
  applies: ({ request, destination }) => {
    if (request.funding?.payer !== 'partner_credit' || destination?.creditLineUsable !== false) return null;
    return {
      message: 'The line of credit is not visible with the credential that should share it.',
      remedy:
        'Check funding.creditLineId and funding.credential: a system token with business_management, whose user is Admin or Financial Editor.',
      evidence: { creditLineId: request.funding.creditLineId },
    };
  },
};

export const FUNDING_ALREADY_ATTACHED: Rule = {
  code: 'FUNDING_ALREADY_ATTACHED',
  requirement: 'R16',
  scopes: ['preflight', 'destination'],
  severity: 'warning',
  party: 'operator',
  holds: 'no other payment is attached to the destination than the one of the request',
  about: 'destination',
  freshnessMs: DAYS,
  applies: ({ request, destination }) => {
    const attached = destination?.waba?.primaryFundingId ?? null;
    const ours = destination?.fundingIsOurs ?? null;
    if (attached === null || request.funding?.payer !== 'partner_credit' || ours === true) return null;
    return {
      severity: ours === false ? 'blocker' : 'warning',
      message:
        ours === false
          ? 'Another payment than the line of the request, or a withdrawn share of it, is attached to the destination account, and it cannot be replaced.'
          : 'A payment is attached to the destination account already; whether it is the line of the request could not be seen.',
      remedy:
        'Keep what is attached (leave the line out of the request), or let the client make a new account in the same business portfolio and set destination.wabaId together with funding.',
      evidence: { primaryFundingId: attached, ours },
    };
  },
};
