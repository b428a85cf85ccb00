/**
 * Who opened a link has no key and reads no manual: what stands in its way is told in its language, under the same code.
 * Everybody else reads the title that the code has for programs and support.
 */
import type { FastifyRequest } from 'fastify';
import { wordingOf } from '../shared/texts';
import type { Wording } from '../shared/texts/wording';
import { languageAsked } from './language';
import type { HttpProblem, ProblemCode } from './problems';

/** A browser with a link, or one whose link is over; whoever shows a key is no such client. */
const isFromLink = (request: FastifyRequest): boolean => {
  const { linkPurpose, exchangesLink } = request.routeOptions.config;
  return request.headers.authorization === undefined && (linkPurpose !== undefined || exchangesLink === true);
};

const KEYS = {
  unauthorized: 'link.over',
  invalid_request: 'link.over',
  not_found: 'link.not_found',
  unknown_task: 'link.nothing_to_do',
  migration_closed: 'link.nothing_to_do',
  not_waiting_for_signup: 'link.nothing_to_do',
  too_many_requests: 'link.later',
  temporarily_unavailable: 'link.later',
  idempotency_key_in_use: 'link.later',
} as const satisfies Partial<Record<ProblemCode, string>>;
const isTold = (code: ProblemCode): code is keyof typeof KEYS => Object.hasOwn(KEYS, code);

/** Null: it is not a client that asks. */
export const wordsForClient = (request: FastifyRequest, { code }: HttpProblem): Wording | null => {
  if (!isFromLink(request)) return null;
  const locale = languageAsked(request) ?? 'en';
  if (code === 'invalid_request' && request.routeOptions.config.exchangesLink !== true)
    return wordingOf(locale, 'link.failed', { code });
  return isTold(code) ? wordingOf(locale, KEYS[code], {}) : wordingOf(locale, 'link.failed', { code });
};
