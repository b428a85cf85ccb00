/** Secrets of a tenant: written and named, never read – but for the two-step PIN, which is revealed on the record. */
import { z } from 'zod';
import { credentialListSchema, revealedSchema, type FieldError } from '../../shared/answers';
import { credentialBodySchema, credentialNameSchema, revealSchema } from '../../shared/requests';
import { record } from '../audit';
import { callerOf } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { once, sendKept } from '../idempotency';
import { HttpProblem } from '../problems';
import { check, readBody } from '../validation';
import { migrationParams, LIST_PROBLEMS, MUTATION_PROBLEMS } from './paths';

const credentialParams = z.object({ name: credentialNameSchema });
const nothing = z.null();

/** A token pasted where the name belongs is not repeated. */
const nameErrors = (params: unknown): FieldError[] =>
  check(credentialParams, params).errors.map((error) => ({ ...error, received: 'another text' }));

const FROM_FILE = { origin: 'file' as const, createdAt: null, updatedAt: null, expiresAt: null };

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
    // Here the name is chosen, so that a wrong one is a mistake of the request; elsewhere it is one that nobody has.
    validatorCompiler: () => (value: unknown) => ({ value }),
    handler: async (request, reply) => {
      const credential = readBody(credentialBodySchema, request.body, nameErrors(request.params));
      const answer = await once(deps, request, nothing, async () => {
        await deps.store.secrets.put(callerOf(request).tenant, request.params.name, credential);
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
      summary: 'Names of the credentials, stored here or in CREDENTIALS_FILE, never their values',
      response: { 200: credentialListSchema, ...LIST_PROBLEMS },
    },
    handler: async (request) => {
      const { tenant } = callerOf(request);
      const stored = await deps.store.secrets.list(tenant);
      const named = new Set(stored.map(({ name }) => name));
      const inFile = deps.credentials.fixed(tenant).filter((name) => !named.has(name));
      const items = [
        ...stored.map((credential) => ({ ...credential, origin: 'api' as const })),
        ...inFile.map((name) => ({ name, kind: 'access_token' as const, ...FROM_FILE })),
      ];
      return { items: items.sort((one, other) => (one.name < other.name ? -1 : 1)) };
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
      const answer = await once(deps, request, nothing, async ({ isAgain }) => {
        const { tenant } = callerOf(request);
        const { name } = request.params;
        const existed = await deps.store.secrets.delete(tenant, name);
        if (!existed && deps.credentials.fixed(tenant).includes(name)) {
          const detail = 'this one stands in CREDENTIALS_FILE: the operator takes it out there and restarts';
          throw new HttpProblem('credential_read_only', { detail });
        }
        // The server that began this may have died after it had deleted the credential.
        if (!existed && !isAgain) throw new HttpProblem('not_found');
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
