/** Reading `health_status`: which complaints are about money, and what is said of an entity (meta §3.5). */
import type { HealthFacts } from '../facts';

type Complaint = HealthFacts['entities'][number]['errors'][number];

/** 141006 as the health of accounts gives it, 131042 as a refused message does (meta §6.2). */
const PAYMENT_CODES: readonly number[] = [141006, 131042];
const PAYMENT_WORDS = /payment|credit line|line of credit|billing/i;
/** What a number says of itself for as long as it is not registered there; the account has nothing to do with it. */
const NOT_REGISTERED = 141000;

export const isAboutPayment = ({ code, description }: Complaint): boolean =>
  PAYMENT_CODES.includes(code) || PAYMENT_WORDS.test(description);

/** Complaints about entities of these types, each once. */
export const complaintsOf = (
  health: HealthFacts | null | undefined,
  types: readonly string[] = ['PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP'],
): Complaint[] => {
  const all = (health?.entities ?? [])
    .filter(({ type }) => types.includes(type))
    .flatMap(({ errors }) => errors);
  return all.filter(
    (one, index) =>
      one.code !== NOT_REGISTERED &&
      all.findIndex(({ code, description }) => code === one.code && description === one.description) ===
        index,
  );
};

/** Why entities of these types send within limits only, in Meta's words, each once. */
export const reasonsOfLimit = (
  health: HealthFacts | null | undefined,
  types: readonly string[],
): string[] => {
  const limited = (health?.entities ?? []).filter(
    ({ type, canSend }) => types.includes(type) && canSend === 'LIMITED',
  );
  return [...new Set(limited.flatMap(({ info }) => info))];
};

/** As Meta words it, for a person. */
export const inWords = (complaints: readonly Complaint[]): string =>
  complaints.map(({ code, description }) => `${String(code)}: ${description.replace(/\.$/, '')}`).join('; ');
