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

const previewString = (field: string, value: string): string => {
  if (SECRET_FIELD.test(field) || value.length > LONGEST_REPEATED) return describeString(value);
  if (NUMBER_FIELD.test(field) && /\d{4}/.test(value)) return JSON.stringify(masked(value));
  return JSON.stringify(value.replace(/\+\d[\d\s().-]{5,}\d/g, (number) => masked(number)));
};

/** One phrase about a value that stood in `field`. */
export const receivedText = (field: string, value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return previewString(field, value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    return SECRET_FIELD.test(field) || NUMBER_FIELD.test(field) ? 'a number' : String(value);
  }
  if (Array.isArray(value)) return `a list of ${countOf(value.length, 'entry').replace('entrys', 'entries')}`;
  return 'an object';
};

/** A place in the body; names of unknown fields are the caller's own words and may hold anything. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      String(part)
        .slice(0, 64)
        .replace(LONG_DIGITS, (digits) => maskPhoneNumber(digits)),
    )
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
