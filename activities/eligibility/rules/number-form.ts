/** The number must be announced exactly as its WhatsApp profile shows it; Brazil's ninth digit is the trap (R31, P-6). */
import { findingText } from '../../../shared/texts';
import type { StartRequest } from '../../../shared/requests';
import { isSameNumber, isWrittenDifferently } from '../../../shared/phone-number';
import { DAYS, type Rule } from '../rule';

const digitsOf = (number: string): string => number.replace(/\D/g, '');

/** Countries in which one subscriber is written in two ways (meta §9): Brazil, Mexico, Argentina. */
const TWO_FORMS = /^\+?(55|52|54)/;

/** In Meta's own window the client types the number; elsewhere it is announced in the form we know. */
const isAnnounced = ({ route }: StartRequest): boolean => route !== 'embedded_signup';

export const NUMBER_FORM: Rule = {
  code: 'NUMBER_WRITTEN_DIFFERENTLY',
  requirement: 'R31',
  scopes: ['preflight'],
  severity: 'blocker',
  party: 'client',
  holds: 'the number is given in the form its WhatsApp profile shows',
  about: 'source',
  freshnessMs: 30 * DAYS,
  attestationMs: 90 * DAYS,
  asks: ({ request }) => ({
    severity: isAnnounced(request) ? 'blocker' : 'warning',
    ...findingText('NUMBER_WRITTEN_DIFFERENTLY.unseen', {}),
    evidence: { formSeen: false },
  }),
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
      return 'unseen';
    }
    const toBeAnnounced = profile ?? given;
    if (!isWrittenDifferently(given, atSource) && !isWrittenDifferently(toBeAnnounced, atSource)) return null;
    const evidence = {
      digitsGiven: digitsOf(given).length,
      digitsAtSource: digitsOf(atSource).length,
      digitsInProfile: profile === undefined ? null : digitsOf(profile).length,
    };
    if (profile === undefined) return { ...findingText('NUMBER_WRITTEN_DIFFERENTLY.digits', {}), evidence };
    // Meta would not know a number of that form, and say that there is nothing to migrate (E3).
    if (isWrittenDifferently(profile, atSource)) {
      const { digitsInProfile: told, digitsAtSource: shown } = evidence;
      return {
        ...findingText('NUMBER_WRITTEN_DIFFERENTLY.contradicted', { told: told ?? 0, shown }),
        evidence,
      };
    }
    return { severity: 'warning', ...findingText('NUMBER_WRITTEN_DIFFERENTLY.taken', {}), evidence };
  },
};
