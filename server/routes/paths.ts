/** Parts that several routes share: ids in paths, paging, problem answers. */
import { z } from 'zod';
import { apiProblemSchema } from '../../shared/answers';
import { migrationIdSchema } from '../../shared/ids';

export const migrationParams = z.object({ id: migrationIdSchema });

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional(),
});

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: apiProblemSchema } },
});

const NOT_FOUND = { 404: problem('Unknown id, or an id of another tenant') };
const CONFLICT = { 409: problem('The state of things does not allow this; see `code` and `allowedActions`') };

/** What every route with a key may answer instead. */
export const LIST_PROBLEMS = {
  400: problem('The request cannot be read, or a header or parameter is missing or invalid'),
  401: problem('No key, an unknown key or an expired key'),
  403: problem('The role of the key does not allow this'),
  429: problem('Too many requests, or a budget of the number is spent; see `Retry-After`'),
  503: problem('A part of the service is away; see `Retry-After`'),
};

export const BODY_PROBLEMS = {
  413: problem('The body is larger than 256 KiB'),
  415: problem('The body is of another media type'),
  422: problem('Fields are invalid; all of them are named in `errors`'),
};

export const READ_PROBLEMS = { ...LIST_PROBLEMS, ...NOT_FOUND };

export const CREATE_PROBLEMS = { ...LIST_PROBLEMS, ...BODY_PROBLEMS, ...CONFLICT };

export const MUTATION_PROBLEMS = { ...CREATE_PROBLEMS, ...NOT_FOUND };

export const AMEND_PROBLEMS = {
  ...MUTATION_PROBLEMS,
  412: problem('The migration has changed since it was read'),
};

/** A delivery has no key of ours: its signature says who sends it. */
export const WEBHOOK_PROBLEMS = {
  400: LIST_PROBLEMS[400],
  401: problem('The signature, or the verify token, does not fit'),
  413: problem('The body is larger than 4 MiB'),
  503: LIST_PROBLEMS[503],
};
