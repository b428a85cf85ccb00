/** How a migration is shown: numbers masked for viewers, an `ETag` per revision, `304` when nothing changed. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Migration } from '../shared/migration';
import { callerOf } from './caller';
import { languageAsked } from './language';
import { maskNumbers } from './masking';
import { HttpProblem } from './problems';

/** `value` as the caller may see it; `own` is the number of the migration it is about. */
export const shownTo = <S extends z.ZodType>(
  request: FastifyRequest,
  schema: S,
  value: z.output<S>,
  own: string,
): z.output<S> => (callerOf(request).role === 'viewer' ? schema.parse(maskNumbers(value, own)) : value);

/** Of what is shown: the same revision in another language is another answer. */
export const etagOf = (request: FastifyRequest, { attempt, revision }: Migration): string => {
  const language = languageAsked(request);
  return `"${String(attempt)}-${String(revision)}${language === undefined ? '' : `-${language}`}"`;
};

/** Sets the validators; the key decides what is masked, so no shared cache may answer for another key. */
export const tagged = (reply: FastifyReply, migration: Migration): void => {
  reply.header('etag', etagOf(reply.request, migration));
  reply.header('cache-control', 'private, no-cache');
  reply.header('vary', 'Authorization, Accept-Language');
};

const listed = (header: string): string[] => header.split(',').map((tag) => tag.trim());

/** `If-None-Match` compares weakly (RFC 9110 §13.1.2). */
export const isKnown = (request: FastifyRequest, migration: Migration): boolean =>
  listed(request.headers['if-none-match'] ?? '').some(
    (tag) => tag === '*' || tag.replace(/^W\//, '') === etagOf(request, migration),
  );

/**
 * The revision that `If-Match` names, for the workflow to compare with, because the store's document may lag; undefined
 * without the header or with `*`. A tag of another attempt, or one that never was ours, cannot match: 412.
 */
export const expectedRevision = (request: FastifyRequest, migration: Migration): number | undefined => {
  const header = request.headers['if-match']?.trim();
  if (header === undefined || header === '*') return undefined;
  const [, attempt, revision] = /^"(\d{1,9})-(\d{1,9})(?:-[A-Za-z-]{2,10})?"$/.exec(header) ?? [];
  if (Number(attempt) !== migration.attempt) {
    throw new HttpProblem('revision_changed', { allowedActions: migration.allowedActions });
  }
  return Number(revision);
};
