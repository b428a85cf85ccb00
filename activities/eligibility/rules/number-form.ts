/** The number must be announced exactly as its WhatsApp profile shows it; Brazil's ninth digit is the trap (R31, P-6). */
import { findingText } from '../../../shared/texts';
import { isSameNumber, isWrittenDifferently } from '../../../shared/phone-number';
import { DAYS, type Rule } from '../rule';

const digitsOf = (number: string): string => number.replace(/\D/g, '');

/** Countries in which one subscriber is written in two ways (meta §9): Brazil, Mexico, Argentina. */
const TWO_FORMS = /^\+?(55|52|54)/;

export const NUMBER_FORM: Rule = {
  code: 'NUMBER_WRITTEN_DIFFERENTLY',
  requirement: 'R31',
  scopes: ['preflight'],
  severity: 'blocker',
  party: 'client',
  holds: 'the number is given in the form its WhatsApp profile shows',
  about: 'source',
  freshnessMs: 30 * DAYS,
  applies: ({ request, source }) => {
    const { phoneNumber: given, numberAsShownInProfile: profile } = request;
    if (profile !== undefined && !isSameNumber(given, profile)) {
      return {
        ...findingText('NUMBER_WRITTEN_DIFFERENTLY.other_number', {}),
        evidence: { sameNumber: false },
      };
    }
    const atSource = source.number?.displayPhoneNumber ?? null;
    if (atSource === null) {
      if (source.whyUnseen === null || profile !== undefined || !TWO_FORMS.test(given)) return null;
      return {
        severity: 'warning',
        ...findingText('NUMBER_WRITTEN_DIFFERENTLY.unseen', {}),
        evidence: { formSeen: false },
      };
    }
    if (!isWrittenDifferently(given, atSource)) return null;
    const evidence = {
      digitsGiven: digitsOf(given).length,
      digitsAtSource: digitsOf(atSource).length,
      digitsInProfile: profile === undefined ? null : digitsOf(profile).length,
    };
    return profile === undefined
      ? {
          ...findingText('NUMBER_WRITTEN_DIFFERENTLY.digits', {}),
          evidence,
        }
      : {
          severity: 'warning',
          ...findingText('NUMBER_WRITTEN_DIFFERENTLY.taken', {}),
          evidence,
        };
  },
};
