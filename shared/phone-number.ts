/**
 * Phone numbers as strings. One subscriber may be written in several ways: Brazil's ninth digit, Mexico's `1`,
 * Argentina's `9` (R31, meta §9). Those forms are one number for claims and for comparison with what Meta returns.
 */

const digitsOf = (phoneNumber: string): string => phoneNumber.replace(/\D/g, '');

/**
 * The key of the equivalence class a number belongs to: digits only, regional extra digit removed.
 * `+55 31 99111-0000` and `55 31 9111 0000` have the same key; so have `+52 1 …` and `+52 …`. Brazil's ninth digit was
 * put before mobiles only: `55 11 3456 7890` is a landline, `55 11 93456 7890` the mobile of somebody else.
 */
export const equivalenceKey = (phoneNumber: string): string => {
  const digits = digitsOf(phoneNumber);
  const brazil = /^55(\d{2})9((?![2-5])\d{8})$/.exec(digits);
  if (brazil) return `55${brazil[1]}${brazil[2]}`;
  const mexico = /^521(\d{10})$/.exec(digits);
  if (mexico) return `52${mexico[1]}`;
  const argentina = /^549(\d{10})$/.exec(digits);
  if (argentina) return `54${argentina[1]}`;
  return digits;
};

export const isSameNumber = (one: string, other: string): boolean =>
  equivalenceKey(one) === equivalenceKey(other);

/** Of several numbers the one that is written just so, else one of the same subscriber (R31). */
export const findNumber = <T extends { displayPhoneNumber: string }>(
  numbers: readonly T[],
  wanted: string,
): T | undefined =>
  numbers.find(({ displayPhoneNumber }) => digitsOf(displayPhoneNumber) === digitsOf(wanted)) ??
  numbers.find(({ displayPhoneNumber }) => isSameNumber(displayPhoneNumber, wanted));

/** Same subscriber, written differently: a person must say which form the profile shows (R31). */
export const isWrittenDifferently = (one: string, other: string): boolean =>
  isSameNumber(one, other) && digitsOf(one) !== digitsOf(other);

/** `+55 ••••••• 0000`: enough to recognise a number one knows, not enough to call it. */
export const maskPhoneNumber = (phoneNumber: string): string => {
  const digits = digitsOf(phoneNumber);
  return `+${digits.slice(0, 2)}${'•'.repeat(Math.max(0, digits.length - 6))}${digits.slice(-4)}`;
};

/** Country calling code and national digits as `POST /{waba}/phone_numbers` wants them, given the calling code. */
export const splitCallingCode = (
  phoneNumber: string,
  callingCode: string,
): { cc: string; national: string } => ({
  cc: callingCode,
  national: digitsOf(phoneNumber).slice(callingCode.length),
});
