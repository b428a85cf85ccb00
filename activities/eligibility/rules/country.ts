/** Countries and regions that the platform does not serve, and for whom it asks for more (360dialog §7.3, 130497). */
import { findingText } from '../../../shared/texts';
import { DAYS, type Rule } from '../rule';

interface Barred {
  place: string;
  /** Beginnings of numbers with country code, digits only. */
  prefixes: readonly string[];
  /** ISO 3166 alpha-2 of a business’s country, where the whole country is barred. */
  country?: string;
  /** The range is shared with places that are served: a person must know. */
  doubtful?: true;
}

/** Only Crimea's prefix is published; the ranges of Donetsk and Luhansk are those in use there. */
const BARRED: readonly Barred[] = [
  { place: 'Crimea', prefixes: ['7978'] },
  { place: 'Cuba', prefixes: ['53'], country: 'CU' },
  { place: 'Iran', prefixes: ['98'], country: 'IR' },
  { place: 'North Korea', prefixes: ['850'], country: 'KP' },
  { place: 'Syria', prefixes: ['963'], country: 'SY' },
  { place: 'Donetsk', prefixes: ['7949', '7856'] },
  { place: 'Luhansk', prefixes: ['7959', '7857'] },
  { place: 'Donetsk or Luhansk', prefixes: ['38062', '38064'], doubtful: true },
];

export const COUNTRY_BARRED: Rule = {
  code: 'COUNTRY_NOT_SERVED',
  requirement: '360dialog §7.3',
  scopes: ['preflight'],
  severity: 'blocker',
  party: 'client',
  holds: 'the platform serves the country of the number and of the business',
  about: 'source',
  freshnessMs: 30 * DAYS,
  applies: ({ request, source, destination }) => {
    const digits = request.phoneNumber.slice(1);
    const countries = [source.waba?.country, destination?.waba?.country];
    const byNumber = BARRED.find(({ prefixes }) => prefixes.some((prefix) => digits.startsWith(prefix)));
    const byBusiness = BARRED.find(({ country }) => country !== undefined && countries.includes(country));
    const barred = byNumber ?? byBusiness;
    if (barred === undefined) return null;
    const doubtful = barred.doubtful === true;
    return {
      severity: doubtful ? 'warning' : 'blocker',
      ...findingText(`COUNTRY_NOT_SERVED.${doubtful ? 'doubtful' : byNumber ? 'number' : 'business'}`, {
        place: barred.place,
      }),
      evidence: { place: barred.place, because: byNumber ? 'number' : 'country of the account' },
    };
  },
};

/** As the business profile says it; who has none, or says otherwise, is not asked. */
const GOVERNMENT = 'GOVT';

export const GOVERNMENT_APPROVAL: Rule = {
  code: 'GOVERNMENT_APPROVAL_NOT_STATED',
  requirement: '360dialog §7.3',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'client',
  holds: 'Meta has approved the government body',
  about: 'source',
  freshnessMs: 30 * DAYS,
  attestationMs: 90 * DAYS,
  asks: () => ({ severity: 'warning', ...findingText('GOVERNMENT_APPROVAL_NOT_STATED', {}) }),
  // No API tells of the approval.
  applies: ({ source }) => (source.assets?.profile?.['vertical'] === GOVERNMENT ? 'unseen' : null),
};
