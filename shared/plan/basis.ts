/**
 * What an approval rests on, and what of it has changed since. A finding that went away is no change for the worse: the
 * approval stands. One that came up, another destination, payer, window or prediction makes it void.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { PlanFacts } from './facts';

export const planBasisSchema = z.object({
  /** By a name that a person understands; a value is short and holds no number. */
  facets: z.record(z.string(), z.string()),
  blockers: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type PlanBasis = z.infer<typeof planBasisSchema>;

const codesOf = ({ findings }: PlanFacts, severity: 'blocker' | 'warning'): string[] =>
  [...new Set(findings.filter((one) => one.severity === severity).map(({ code }) => code))].sort();

const payment = ({ request: { funding } }: PlanFacts): string => {
  if (funding === undefined) return 'as attached';
  return funding.payer === 'client_card'
    ? 'card of the client'
    : `credit line ${funding.creditLineId} in ${funding.currency}`;
};

const prediction = ({ templates }: PlanFacts): string =>
  templates === null
    ? 'not known'
    : `${String(templates.predicted)} of ${String(templates.source)}, ${String(templates.collisions)} collisions`;

export const basisOf = (facts: PlanFacts): PlanBasis => {
  const { request } = facts;
  const { source, destination, verification, cutover } = request;
  return {
    facets: {
      route: request.route,
      source: `${source.provider}, account ${source.wabaId} of business ${source.businessId}`,
      destination: `${destination.provider}, account ${facts.destinationWabaId ?? 'to be made'} of business ${destination.businessId}`,
      'form of the number':
        request.numberAsShownInProfile === undefined ? 'as given' : 'as the profile shows it',
      payment: payment(facts),
      'way of the code': `${verification.method}, ${verification.language}`,
      templates: request.templates.copy
        ? `${String(request.templates.required.length)} required`
        : 'not copied',
      'templates that will arrive': prediction(facts),
      window: `${cutover.notBefore ?? 'any time'} to ${cutover.notAfter ?? 'any time'}`,
    },
    blockers: codesOf(facts, 'blocker'),
    warnings: codesOf(facts, 'warning'),
  };
};

export const hashOf = (basis: PlanBasis): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify(basis)))).slice(0, 32);

const added = (what: string, before: readonly string[], now: readonly string[]): string[] =>
  now.filter((code) => !before.includes(code)).map((code) => `new ${what} ${code}`);

/**
 * What was approved with an open end, and is known now: the account that the client was to make, and, where it comes out
 * of the signup (meta §2.2), what the templates meet in it. Another approval would be asked for while the number may be
 * silent.
 */
const isKnownSince = (name: string, old: string, value: string, { facets }: PlanBasis): boolean => {
  if (name === 'destination') return value.replace(/account \d+ of/, 'account to be made of') === old;
  const isLookedAtAfterwards = facets['route'] === 'embedded_signup' && old === 'not known';
  return name === 'templates that will arrive' && isLookedAtAfterwards;
};

/** In words, one for each change that makes an approval of `before` void. */
export const changesBetween = (before: PlanBasis, now: PlanBasis): string[] => [
  ...Object.entries(now.facets).flatMap(([name, value]) => {
    const old = before.facets[name];
    const isSame = old === undefined || old === value || isKnownSince(name, old, value, now);
    return isSame ? [] : [`${name}: ${old} → ${value}`];
  }),
  ...added('blocker', before.blockers, now.blockers),
  ...added('warning', before.warnings, now.warnings),
];
