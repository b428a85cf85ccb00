/** Somebody is at the phone when the code comes, and the code can come the way that was asked for (R19, R29, P-7). */
import { findingText } from '../../../shared/texts';
import { parsePhoneNumberFromString, type PhoneNumberType } from 'libphonenumber-js/max';
import type { StartRequest } from '../../../shared/requests';
import { DAYS, type Rule } from '../rule';
import { missingIn } from '../../../shared/person-and-time';

/** By our call, or inside Meta's popup; the route of the client's consent proves nothing again (meta §2.3). */
const comesToPhone = ({ route }: StartRequest): boolean => route !== 'solution_intent';

export const PHONE_REACHABLE: Rule = {
  code: 'PHONE_ACCESS_NOT_STATED',
  requirement: 'R19',
  scopes: ['preflight'],
  severity: 'info',
  party: 'client',
  holds: 'a named person can take the code at this phone at a named time',
  about: 'source',
  freshnessMs: 7 * DAYS,
  attestationMs: 14 * DAYS,
  asks: ({ request }) => ({
    severity: 'info',
    ...findingText(`PHONE_ACCESS_NOT_STATED.${request.verification.method}`, {}),
  }),
  lacks: (statement) => {
    const missing = missingIn(statement);
    if (missing === null) return null;
    return { severity: 'warning', ...findingText(`PHONE_ACCESS_NOT_STATED.${missing}`, {}) };
  },
  applies: ({ request }) => (comesToPhone(request) ? 'unseen' : null),
};

type Method = StartRequest['verification']['method'];

/** Kinds of lines that a way does not suit (meta §1.4): SMS is for mobiles, calls fail at shared-cost and personal numbers. */
const UNSUITED: Record<Method, readonly PhoneNumberType[]> = {
  sms: ['FIXED_LINE', 'TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN', 'VOICEMAIL'],
  voice: ['SHARED_COST', 'PERSONAL_NUMBER', 'PREMIUM_RATE', 'PAGER', 'VOICEMAIL'],
};

const inWords = (type: PhoneNumberType): string => type.toLowerCase().replaceAll('_', ' ');

export const CODE_METHOD: Rule = {
  code: 'CODE_METHOD_UNSUITED',
  requirement: 'R19',
  scopes: ['preflight'],
  severity: 'warning',
  party: 'client',
  holds: 'the code can reach this kind of line the way that was asked for',
  about: 'source',
  freshnessMs: 30 * DAYS,
  applies: ({ request }) => {
    if (!comesToPhone(request)) return null;
    const { method } = request.verification;
    const lineType = parsePhoneNumberFromString(request.phoneNumber)?.getType();
    if (lineType === undefined || !UNSUITED[method].includes(lineType)) return null;
    const both = UNSUITED.sms.includes(lineType) && UNSUITED.voice.includes(lineType);
    return {
      ...findingText(`CODE_METHOD_UNSUITED.${both ? 'neither' : method}`, {
        way: method === 'sms' ? 'SMS' : 'a call',
        line: inWords(lineType),
      }),
      evidence: { method, lineType },
    };
  },
};
