/** The currency in which a line of credit is attached: a known one, and the account's own once it is frozen (R16, meta §3.1, §5.1). */
import { DAYS, type Rule } from '../rule';

export const CURRENCY_DIFFERS: Rule = {
  code: 'FUNDING_CURRENCY_DIFFERS',
  requirement: 'R16',
  scopes: ['preflight', 'destination'],
  severity: 'warning',
  party: 'operator',
  holds: 'the destination account is billed in the currency of the request',
  about: 'destination',
  freshnessMs: DAYS,
  applies: ({ request, destination }) => {
    const { funding } = request;
    const waba = destination?.waba ?? null;
    // What a card is billed in is between the client and Meta; a line that is not ours has a finding of its own.
    if (funding?.payer !== 'partner_credit' || waba === null || waba.currency === null) return null;
    if (waba.currency === funding.currency) return null;
    const evidence = { asked: funding.currency, account: waba.currency, attached: waba.primaryFundingId };
    if (waba.primaryFundingId === null) {
      return {
        message: `The line of credit is to be attached in ${funding.currency}, but the destination account shows ${waba.currency}.`,
        remedy: `Once the line is attached, the currency is frozen. Set funding.currency to ${waba.currency}, or leave it if the account shall be billed in ${funding.currency}.`,
        evidence,
      };
    }
    if (destination?.fundingIsOurs !== true) return null;
    return {
      severity: 'blocker',
      message: `The line of credit is attached to the destination account in ${waba.currency} already, and that is frozen: it cannot be billed in ${funding.currency}.`,
      remedy: `Set funding.currency to ${waba.currency}, or let the client make a new account in the same business portfolio and set destination.wabaId together with funding.`,
      evidence,
    };
  },
};

export const CURRENCY_UNKNOWN: Rule = {
  code: 'FUNDING_CURRENCY_UNKNOWN',
  requirement: 'R16',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'operator',
  holds: 'Meta is known to bill a line of credit in the currency of the request',
  about: 'destination',
  freshnessMs: DAYS,
  applies: ({ request: { funding }, settings }) => {
    if (funding?.payer !== 'partner_credit') return null;
    const known = settings.creditLineCurrencies;
    if (known.includes(funding.currency)) return null;
    return {
      message: `Meta is not known to bill a line of credit in ${funding.currency}; the attachment may be refused.`,
      remedy: `Known are ${known.join(', ')}. If Meta has added it since, nothing is to be done (the setting eligibility.creditLineCurrencies takes it in); otherwise amend funding.currency.`,
      evidence: { asked: funding.currency, known },
    };
  },
};
