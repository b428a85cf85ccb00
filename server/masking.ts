/** A viewer sees no whole phone number, wherever in an answer it stands and however it is written. */
import { equivalenceKey, maskPhoneNumber } from '../shared/phone-number';

const NUMBER_LIKE = /\+?\d[\d\s().-]{5,}\d/g;

/** Written with `+`, or this migration's own number in any form, the national one included; ids and times stay. */
const isPhoneNumber = (text: string, ownDigits: string): boolean => {
  if (text.startsWith('+')) return true;
  const digits = text.replace(/\D/g, '');
  return (
    digits.length >= 7 &&
    (ownDigits.endsWith(digits) || equivalenceKey(ownDigits).endsWith(equivalenceKey(digits)))
  );
};

const maskText = (text: string, ownDigits: string): string =>
  text.replace(NUMBER_LIKE, (found) => (isPhoneNumber(found, ownDigits) ? maskPhoneNumber(found) : found));

/** The same value with numbers masked in every string of it; `own` is the migration's number. */
export const maskNumbers = (value: unknown, own: string): unknown => {
  const ownDigits = own.replace(/\D/g, '');
  const mask = (part: unknown): unknown => {
    if (typeof part === 'string') return maskText(part, ownDigits);
    if (Array.isArray(part)) return part.map(mask);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, inner]) => [maskText(name, ownDigits), mask(inner)]),
    );
  };
  return mask(value);
};
