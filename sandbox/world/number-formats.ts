import { parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * The other form a number of Brazil, Mexico or Argentina is known by, or null (meta §9, R31):
 * Brazil's ninth digit, Mexico's `1`, Argentina's `9`. All arguments and answers are digits with country code.
 */
export function otherRegionalForm(digits: string): string | null {
  const brazilLong = /^55(\d{2})9([6-9]\d{7}|\d{8})$/.exec(digits);
  if (brazilLong && digits.length === 13) return `55${digits.slice(2, 4)}${digits.slice(5)}`;
  if (/^55\d{10}$/.test(digits)) return `55${digits.slice(2, 4)}9${digits.slice(4)}`;
  if (/^521\d{10}$/.test(digits)) return `52${digits.slice(3)}`;
  if (/^52\d{10}$/.test(digits)) return `521${digits.slice(2)}`;
  if (/^549\d{10}$/.test(digits)) return `54${digits.slice(3)}`;
  if (/^54\d{10}$/.test(digits)) return `549${digits.slice(2)}`;
  return null;
}

/** Two digit strings that name one subscriber, whichever regional form each is written in. */
export function sameNumber(a: string, b: string): boolean {
  return a === b || otherRegionalForm(a) === b;
}

/** `+55 11 98765 0001`, the way number lists show it. */
export function displayForm(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}

/** ISO country of a number, as analytics report it; `ZZ` when unknown. */
export function countryOf(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.country ?? 'ZZ';
}
