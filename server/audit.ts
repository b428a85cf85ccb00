/**
 * The server's own entries in a migration's audit trail: what a workflow cannot record because it never heard of it
 * (a rejected update leaves no history) or must not know (who was shown a secret). Decisions that a workflow took are
 * recorded by the workflow.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { migrationIdSchema } from '../shared/ids';
import { UnknownMigrationError } from '../store/errors';
import { actorOf, callerOf } from './caller';
import type { ServerDeps } from './deps';

const paramsSchema = z.object({ id: migrationIdSchema });

/** Throws `StoreUnavailableError`: what cannot be recorded must not be done. */
export const record = async (
  deps: ServerDeps,
  request: FastifyRequest,
  type: string,
  data: Record<string, unknown>,
): Promise<void> => {
  const { id } = paramsSchema.parse(request.params);
  await deps.store.events.append(callerOf(request).tenant, id, {
    type,
    actor: actorOf(request),
    step: null,
    data,
    at: deps.now().toISOString(),
  });
};

/** A refusal stands whether or not it can be recorded; ids of other tenants and unknown ids have no trail. */
export const recordRefusal = async (
  deps: ServerDeps,
  request: FastifyRequest,
  data: { action: string; code: string },
): Promise<void> => {
  if (!paramsSchema.safeParse(request.params).success) return;
  try {
    await record(deps, request, 'request_refused', data);
  } catch (error) {
    if (!(error instanceof UnknownMigrationError))
      request.log.error({ err: error }, 'a refusal could not be recorded');
  }
};
