/**
 * The Idempotency-Key of every mutation: the same key and body get the same answer, and nothing is done again. Final
 * answers are kept, refusals included; what may change by waiting (429, 503, a pending verdict) is not.
 */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { fieldErrorSchema } from '../shared/answers';
import { migrationIdSchema } from '../shared/ids';
import { actionSchema } from '../shared/migration';
import type { IdempotentTurn, StoredAnswer } from '../store/contract';
import { recordRefusal } from './audit';
import { callerOf } from './caller';
import type { App, ServerDeps } from './deps';
import { HttpProblem, isRefusalCode, problemCodeSchema } from './problems';

declare module 'fastify' {
  interface FastifyRequest {
    idempotency: { key: string; bodyHash: string } | null;
  }
}

/** What a state forbade. Invalid fields are not kept: a credential that was unknown may be stored by the next try. */
const KEPT_REFUSALS: readonly number[] = [409, 412];

const keptProblemSchema = z.object({
  code: problemCodeSchema,
  extras: z.object({
    detail: z.string().optional(),
    errors: z.array(fieldErrorSchema).optional(),
    allowedActions: z.array(actionSchema).optional(),
    migrationId: migrationIdSchema.optional(),
    retryAt: z.string().optional(),
    plan: z.object({ given: z.string(), present: z.string() }).optional(),
  }),
});

/** The order of an object's fields is the caller's accident, not part of the request. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join(',')}}`;
};

export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? request.url;

/**
 * Reads the key before the body is validated, so that a body that defaults fill up is compared as it was sent. The
 * hash is keyed, because a plain one of a body of six digits would be those six digits.
 */
export const askForIdempotencyKeys = (app: App, deps: ServerDeps): void => {
  app.decorateRequest('idempotency', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const given = request.headers['idempotency-key'];
    const missing =
      request.routeOptions.config.mutation !== undefined &&
      !/^[\x21-\x7e][\x20-\x7e]{0,254}$/.test(String(given ?? ''));
    done(missing ? new HttpProblem('idempotency_key_missing') : undefined);
  });
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.routeOptions.config.mutation !== undefined) {
      request.idempotency = {
        key: String(request.headers['idempotency-key']),
        bodyHash: deps.keys.mac('request-body', canonical(request.body ?? null), deps.keys.hashingKeyId),
      };
    }
    done();
  });
};

export const idempotencyOf = (request: FastifyRequest): { key: string; bodyHash: string } => {
  if (request.idempotency === null) throw new HttpProblem('idempotency_key_missing');
  return request.idempotency;
};

/** One per (tenant, Idempotency-Key, path): id of the update and of the message that asks the workflow for this. */
export const messageIdOf = (request: FastifyRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([callerOf(request).tenant, idempotencyOf(request).key, pathOf(request)]))
    .digest('hex');

export interface Answer<T> {
  status: number;
  body: T;
  headers?: Record<string, string>;
  /** False for an answer that another try may turn into a better one. */
  store?: boolean;
}

/** Refusals stand in the audit trail, because a rejected update leaves no history. */
const isOnRecord = (problem: HttpProblem): boolean =>
  isRefusalCode(problem.code) || problem.status === 429 || KEPT_REFUSALS.includes(problem.status);

const onRecord = async (deps: ServerDeps, request: FastifyRequest, error: unknown): Promise<never> => {
  if (error instanceof HttpProblem && isOnRecord(error)) {
    await recordRefusal(deps, request, {
      action: request.routeOptions.config.mutation ?? '',
      code: error.code,
    });
  }
  throw error;
};

const keepRefusal = (error: unknown): StoredAnswer => {
  if (!(error instanceof HttpProblem) || !KEPT_REFUSALS.includes(error.status)) throw error;
  return { status: error.status, body: { code: error.code, extras: error.extras } };
};

/**
 * Does `act` for the first request with this key and gives its answer to every other; `keep: false` for answers that
 * hold a secret. A refusal is a thrown `HttpProblem`, each time.
 */
export const once = async <S extends z.ZodType>(
  deps: ServerDeps,
  request: FastifyRequest,
  answers: S,
  act: (turn: IdempotentTurn) => Promise<Answer<z.output<S>>>,
  { keep = true } = {},
): Promise<Answer<z.output<S>> & { replayed: boolean }> => {
  const { key, bodyHash } = idempotencyOf(request);
  const scope = `${request.method} ${pathOf(request)}`;
  const given = await deps.store.idempotency.run(
    { tenant: callerOf(request).tenant, key, scope, bodyHash, store: keep },
    (turn) =>
      act(turn)
        .catch((error: unknown) => onRecord(deps, request, error))
        .catch(keepRefusal),
  );
  if (given.status >= 400) {
    const { code, extras } = keptProblemSchema.parse(given.body);
    throw new HttpProblem(code, extras);
  }
  return {
    status: given.status,
    body: answers.parse(given.body),
    ...(given.headers === undefined ? {} : { headers: given.headers }),
    replayed: given.replayed,
  };
};

/** Sends what `once` answered, the first time and every time. */
export const sendKept = (reply: FastifyReply, answer: Answer<unknown> & { replayed: boolean }): void => {
  reply.code(answer.status).headers(answer.headers ?? {});
  if (answer.replayed) reply.header('idempotent-replayed', 'true');
};
