/** Who is calling, as the access guard found out. */
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../shared/migration';
import type { LinkPurpose } from '../shared/links';
import type { Link } from '../store/link-contract';
import type { Role } from './api-keys';
import { HttpProblem } from './problems';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Roles that may call the route; `public` needs no key. */
    roles?: readonly (Role | 'link')[] | 'public';
    /** With the role `link`: what a link must be for. */
    linkPurpose?: LinkPurpose;
    /** Where a client's browser, which has nothing yet, shows a link's secret. */
    exchangesLink?: boolean;
    /** What the audit trail calls this mutation. Every mutation asks for an Idempotency-Key. */
    mutation?: string;
    /** Whether `If-Match` is honoured: 412 when the migration has changed since it was read. */
    ifMatch?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** A program or person with an API key, or a client whose browser has shown a link's secret. */
export interface Caller {
  /** Stands in the audit trail. */
  name: string;
  tenant: string;
  role: Role | 'link';
  /** Only with the role `link`: the one migration and purpose it is for. */
  link?: Link;
}

export const EVERYBODY: readonly Role[] = ['backend', 'support', 'viewer'];
export const DECIDERS: readonly Role[] = ['backend', 'support'];

export const callerOf = (request: FastifyRequest): Caller => {
  if (request.caller === null) throw new HttpProblem('unauthorized');
  return request.caller;
};

export const actorOf = (request: FastifyRequest): Actor => {
  const { name, role } = callerOf(request);
  return { kind: role === 'link' ? 'link' : 'api_key', name };
};
