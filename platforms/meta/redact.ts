/**
 * What a platform says may repeat a token, a verification code or a phone number. Its words become evidence only
 * after these are taken out.
 */

const TOKEN =
  /\bEA[A-Za-z0-9]{16,}\b|\b(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{40,}\b/g;
const URL_QUERY = /(https?:\/\/[^\s?"']+)\?[^\s"']*/g;
/** Seven to fifteen digits with the usual separators; `(#2388103)` and `#200000` are error codes and stay. */
const PHONE_NUMBER = /(?<![#\d])\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?!\d)/g;
const CODE = /(?<![#\d])\d{3}[-\s]?\d{3}(?!\d)/g;

/** One string with tokens, phone numbers and six-digit codes replaced; `secrets` are removed wherever they stand. */
export const redact = (text: string, secrets: readonly string[] = []): string => {
  const withoutSecrets = secrets
    .filter((secret) => secret.length >= 4)
    .reduce((rest, secret) => rest.split(secret).join('[secret]'), text);
  return withoutSecrets
    .replace(URL_QUERY, '$1?[query]')
    .replace(TOKEN, '[secret]')
    .replace(PHONE_NUMBER, '[number]')
    .replace(CODE, '[code]');
};
