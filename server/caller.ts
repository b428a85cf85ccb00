/** Who is calling, as the access guard found out. */
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../shared/migration';
import type { ApiKey, Role } from './api-keys';
import { HttpProblem } from './problems';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Roles that may call the route; `public` needs no key. */
    roles?: readonly Role[] | 'public';
    /** What the audit trail calls this mutation. Every mutation asks for an Idempotency-Key. */
    mutation?: string;
  }
  interface FastifyRequest {
    apiKey: ApiKey | null;
  }
}

export const EVERYBODY: readonly Role[] = ['backend', 'support', 'viewer'];
export const DECIDERS: readonly Role[] = ['backend', 'support'];

export const callerOf = (request: FastifyRequest): ApiKey => {
  if (request.apiKey === null) throw new HttpProblem('unauthorized');
  return request.apiKey;
};

export const actorOf = (request: FastifyRequest): Actor => ({
  kind: 'api_key',
  name: callerOf(request).name,
});
