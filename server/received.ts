/** What an error may repeat of what was sent: enough to find the mistake, never a secret, a code or a whole number. */
import { maskPhoneNumber } from '../shared/phone-number';

/** A token pasted into the wrong field is as secret as one in the right field, so names of credentials are not repeated. */
const SECRET_FIELD = /code|token|credential|secret|password|pin$/i;
const NUMBER_FIELD = /phone|number/i;
const LONG_DIGITS = /\+?\d[\d\s().-]{5,}\d/g;
const LONGEST_REPEATED = 60;

const countOf = (count: number, unit: string): string => `${String(count)} ${unit}${count === 1 ? '' : 's'}`;

const describeString = (value: string): string => `a string of ${countOf(value.length, 'character')}`;

/** A missing plus may be the one mistake, so the mask does not add it. */
const masked = (value: string): string =>
  value.startsWith('+') ? maskPhoneNumber(value) : maskPhoneNumber(value).slice(1);

const FEWEST_MASKED = 8;

const previewString = (field: string, value: string): string => {
  const digits = value.replace(/\D/g, '').length;
  // Six digits alone are the form of a code and of a two-step PIN, whatever field they were pasted into.
  if (/^\s*\d{6}\s*$/.test(value)) return describeString(value);
  if (SECRET_FIELD.test(field) || value.length > LONGEST_REPEATED) return describeString(value);
  // A mask shows six digits, which of a shorter number is nearly all.
  if (NUMBER_FIELD.test(field) && digits >= 4)
    return digits < FEWEST_MASKED ? describeString(value) : JSON.stringify(masked(value));
  return JSON.stringify(value.replace(/\+\d[\d\s().-]{5,}\d/g, (number) => masked(number)));
};

/** One phrase about a value of which nothing may be repeated, because nobody knows what it was meant to be. */
export const kindText = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return describeString(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return 'a number';
  if (Array.isArray(value)) return `a list of ${countOf(value.length, 'entry').replace('entrys', 'entries')}`;
  return 'an object';
};

/** One phrase about a value that stood in `field`, which the request has. */
export const receivedText = (field: string, value: unknown): string => {
  if (typeof value === 'string') return previewString(field, value);
  const isRepeated = typeof value === 'number' && !SECRET_FIELD.test(field) && !NUMBER_FIELD.test(field);
  return isRepeated ? String(value) : kindText(value);
};

/** A code, too, may stand where a name was expected; a list's places are numbers and stay. */
const namePart = (part: PropertyKey): string => {
  if (typeof part === 'number') return String(part);
  const name = String(part).slice(0, 64);
  return /^\D{0,2}\d{4,7}\D{0,2}$/.test(name)
    ? name.replace(/\d/g, '•')
    : name.replace(LONG_DIGITS, (digits) => maskPhoneNumber(digits));
};

/** A place in the body; names of unknown fields are the caller's own words and may hold anything. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path
    .map(namePart)
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
