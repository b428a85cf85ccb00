/**
 * `business` and `funding` after a merge patch (RFC 7396): what is given takes the place of what stands, null takes it
 * away. Beside the value stands what it then lacks; a patch that leaves something out is refused before it is merged.
 */
import type { InvalidField } from '../../shared/messages';
import { misplacedWithCard } from '../../shared/misplaced-fields';
import type { AmendPatch, StartRequest } from '../../shared/requests';

type Business = NonNullable<StartRequest['business']>;
type Contact = NonNullable<Business['contact']>;
type Funding = NonNullable<StartRequest['funding']>;
type CreditFunding = Extract<Funding, { payer: 'partner_credit' }>;
type Given<T> = Exclude<T, null | undefined>;
type BusinessPatch = Given<AmendPatch['business']>;
type FundingPatch = Given<AmendPatch['funding']>;

interface Merged<T> {
  /** As it stands while something is invalid. */
  value: T | undefined;
  invalid: InvalidField[];
}

const over = <T>(standing: T | undefined, given: T | null | undefined): T | undefined =>
  given === undefined ? standing : (given ?? undefined);

const contactAfter = (standing: Contact | undefined, patch: BusinessPatch['contact']): Contact | undefined =>
  patch
    ? {
        name: over(standing?.name, patch.name),
        phone: over(standing?.phone, patch.phone),
        email: over(standing?.email, patch.email),
        locale: over(standing?.locale, patch.locale),
      }
    : over(standing, patch);

export const businessAfter = (
  standing: Business | undefined,
  patch: AmendPatch['business'],
): Merged<Business> => {
  if (!patch) return { value: over(standing, patch), invalid: [] };
  const name = over(standing?.name, patch.name);
  if (name === undefined) {
    return {
      value: standing,
      invalid: [
        { path: ['business', 'name'], expected: 'a name, because no business stands in the request' },
      ],
    };
  }
  return {
    value: {
      name,
      website: over(standing?.website, patch.website),
      contact: contactAfter(standing?.contact, patch.contact),
    },
    invalid: [],
  };
};

const inFunding = (field: string, expected: string): InvalidField => ({ path: ['funding', field], expected });

const creditAfter = (standing: Funding | undefined, patch: FundingPatch): Merged<Funding> => {
  // Of another payer nothing is left.
  const credit: Partial<CreditFunding> = standing?.payer === 'partner_credit' ? standing : {};
  const creditLineId = over(credit.creditLineId, patch.creditLineId);
  const currency = over(credit.currency, patch.currency);
  if (creditLineId === undefined || currency === undefined) {
    return {
      value: standing,
      invalid: [
        ...(creditLineId === undefined ? [inFunding('creditLineId', 'the id of a credit line')] : []),
        ...(currency === undefined ? [inFunding('currency', 'an ISO 4217 currency code')] : []),
      ],
    };
  }
  const credential = over(credit.credential, patch.credential);
  return { value: { payer: 'partner_credit', creditLineId, currency, credential }, invalid: [] };
};

const cardAfter = (standing: Funding | undefined, patch: FundingPatch): Merged<Funding> => {
  const invalid = misplacedWithCard(patch).map(({ field, expected }) => inFunding(field, expected));
  return { value: invalid.length === 0 ? { payer: 'client_card' } : standing, invalid };
};

export const fundingAfter = (
  standing: Funding | undefined,
  patch: AmendPatch['funding'],
): Merged<Funding> => {
  if (!patch) return { value: over(standing, patch), invalid: [] };
  switch (patch.payer ?? standing?.payer) {
    case 'partner_credit':
      return creditAfter(standing, patch);
    case 'client_card':
      return cardAfter(standing, patch);
    case undefined:
      return {
        value: standing,
        invalid: [
          inFunding('payer', '"partner_credit" or "client_card", because no funding stands in the request'),
        ],
      };
  }
};
