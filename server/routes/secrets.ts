/** Secrets of a tenant: written and named, never read – but for the two-step PIN, which is revealed on the record. */
import { z } from 'zod';
import { credentialListSchema, revealedSchema } from '../../shared/answers';
import { credentialBodySchema, credentialNameSchema, revealSchema } from '../../shared/requests';
import { record } from '../audit';
import { callerOf } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { once, sendKept } from '../idempotency';
import { HttpProblem } from '../problems';
import { migrationParams, LIST_PROBLEMS, MUTATION_PROBLEMS } from './paths';

const credentialParams = z.object({ name: credentialNameSchema });
const nothing = z.null();

export const secretRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'PUT',
    url: '/v1/credentials/:name',
    config: { roles: ['backend'], mutation: 'putCredential' },
    schema: {
      operationId: 'putCredential',
      summary: 'Store a token under a name; it is never read back',
      params: credentialParams,
      body: credentialBodySchema,
      response: { 204: z.undefined(), ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const answer = await once(deps, request, nothing, async () => {
        await deps.store.secrets.put(callerOf(request).tenant, request.params.name, request.body);
        return { status: 204, body: null };
      });
      request.log.info({ credential: request.params.name }, 'a credential was stored');
      sendKept(reply, answer);
      return reply.send(undefined);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/credentials',
    config: { roles: ['backend'] },
    schema: {
      operationId: 'listCredentials',
      summary: 'Names of the stored credentials, never their values',
      response: { 200: credentialListSchema, ...LIST_PROBLEMS },
    },
    handler: async (request) => {
      const stored = await deps.store.secrets.list(callerOf(request).tenant);
      return { items: stored.map((credential) => ({ ...credential, expiresAt: null })) };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/credentials/:name',
    config: { roles: ['backend'], mutation: 'deleteCredential' },
    schema: {
      operationId: 'deleteCredential',
      summary: 'Forget a credential',
      params: credentialParams,
      response: { 204: z.undefined(), ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const answer = await once(deps, request, nothing, async () => {
        const existed = await deps.store.secrets.delete(callerOf(request).tenant, request.params.name);
        if (!existed) throw new HttpProblem('not_found');
        return { status: 204, body: null };
      });
      request.log.info({ credential: request.params.name }, 'a credential was deleted');
      sendKept(reply, answer);
      return reply.send(undefined);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/reveal',
    config: { roles: ['backend'], mutation: 'reveal' },
    schema: {
      operationId: 'reveal',
      summary: 'Show the two-step PIN of the registration; who asked and why stands in the audit trail',
      params: migrationParams,
      body: revealSchema,
      response: { 200: revealedSchema, ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { secret, reason } = request.body;
      const { id } = await migrationOf(deps, callerOf(request).tenant, request.params.id);
      const answer = await once(
        deps,
        request,
        revealedSchema,
        async () => {
          const stored = await deps.store.secrets.getTwoStepPin(callerOf(request).tenant, id);
          if (stored === null) throw new HttpProblem('pin_not_set');
          if (stored.state === 'unknown') throw new HttpProblem('pin_unknown');
          // Recorded first: a secret that nobody knows was shown must not be shown.
          await record(deps, request, 'secret_revealed', { secret, reason });
          return { status: 200, body: { value: stored.pin } };
        },
        { keep: false },
      );
      return reply.header('cache-control', 'no-store').send(answer.body);
    },
  });
};
