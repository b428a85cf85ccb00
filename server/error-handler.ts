/** The one place where errors become answers. What was not foreseen is a 500 that says nothing and is logged whole. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiProblem } from '../shared/answers';
import {
  IdempotencyKeyBusyError,
  IdempotencyKeyReusedError,
  InvalidCursorError,
  StoreFullError,
  StoreUnavailableError,
} from '../store/errors';
import type { App, ServerDeps } from './deps';
import { OVERLOADED } from './overload';
import { wordsForClient } from './problem-for-client';
import { HttpProblem, temporarilyUnavailable } from './problems';
import { isTemporalAway } from './temporal';

const FASTIFY_PROBLEMS: Readonly<Record<string, HttpProblem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new HttpProblem('body_too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new HttpProblem('unsupported_media_type'),
  FST_ERR_CTP_EMPTY_TYPE: new HttpProblem('unsupported_media_type'),
};

const hasCode = (error: unknown): error is { code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && hasCode(error) && error.code.startsWith('FST_');

/** A parser's message quotes what it read, so that no answer repeats it. */
const ofFastify = (error: FastifyError): HttpProblem => {
  const known = FASTIFY_PROBLEMS[error.code];
  if (known !== undefined) return known;
  const isCallers = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
  return new HttpProblem(isCallers ? 'malformed_request' : 'internal_error');
};

const problemOf = (error: unknown): HttpProblem => {
  if (error instanceof HttpProblem) return error;
  if (error instanceof StoreFullError)
    return temporarilyUnavailable('the database takes no writes: the operator must make room on its disk');
  if (error instanceof StoreUnavailableError) return temporarilyUnavailable('the database is away');
  if (isTemporalAway(error)) return temporarilyUnavailable('the workflow engine is away');
  if (error instanceof IdempotencyKeyReusedError) return new HttpProblem('idempotency_key_reused');
  if (error instanceof IdempotencyKeyBusyError) {
    return new HttpProblem('idempotency_key_in_use', {
      retryAfterSeconds: Math.ceil(error.retryAfterMs / 1000),
    });
  }
  if (error instanceof InvalidCursorError) {
    const expected = 'the nextCursor of an earlier answer to the same question';
    return new HttpProblem('invalid_parameter', {
      errors: [{ pointer: '/cursor', expected, received: 'another text' }],
    });
  }
  if (isFastifyError(error)) return ofFastify(error);
  return new HttpProblem('internal_error');
};

const retryAfter = ({ extras }: HttpProblem, now: Date): number | undefined => {
  if (extras.retryAfterSeconds !== undefined) return extras.retryAfterSeconds;
  if (extras.retryAt === undefined) return undefined;
  return Math.max(1, Math.ceil((Date.parse(extras.retryAt) - now.getTime()) / 1000));
};

const bodyOf = (problem: HttpProblem, request: FastifyRequest): ApiProblem => {
  const { detail, errors, allowedActions, migrationId, retryAt, plan } = problem.extras;
  const forClient = wordsForClient(request, problem);
  return {
    type: `urn:carryover:problem:${problem.code}`,
    title: forClient?.what ?? problem.title,
    status: problem.status,
    code: problem.code,
    detail: forClient?.how ?? detail,
    requestId: request.id,
    errors,
    allowedActions,
    migrationId,
    retryAt,
    plan,
  };
};

declare module 'fastify' {
  interface FastifyReply {
    problemCode: string | null;
  }
}

export const sendProblem = (
  reply: FastifyReply,
  request: FastifyRequest,
  problem: HttpProblem,
  now: Date,
): FastifyReply => {
  reply.problemCode = problem.code;
  const seconds = retryAfter(problem, now);
  if (seconds !== undefined) reply.header('retry-after', seconds);
  if (problem.code === 'unauthorized') reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(bodyOf(problem, request)));
};

/** For what Fastify refuses before there is a route, such as a path that cannot be decoded. */
export const sendFrameworkProblem = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Date,
): void => {
  reply.header('request-id', request.id);
  void sendProblem(reply, request, problemOf(error), now);
};

export const answerErrors = (app: App, deps: ServerDeps): void => {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status === 503 && problem !== OVERLOADED) request.log.warn({ err: error }, problem.title);
    if (problem.status === 500) request.log.error({ err: error }, problem.title);
    return sendProblem(reply, request, problem, deps.now());
  });
};
