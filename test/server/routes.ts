/** The routes of the HTTP contract and who may call them, written down a second time, by hand. */
import type { Role } from '../../server/api-keys';
import type { Call } from './world';

export interface Route {
  method: Call['method'];
  path: string;
  /** `link`: a browser that has shown a link's secret, for its one migration. */
  roles: readonly (Role | 'link')[];
  /** Asks for an Idempotency-Key. */
  mutates?: true;
}

const ALL: readonly Role[] = ['backend', 'support', 'viewer'];
const DECIDERS: readonly Role[] = ['backend', 'support'];
const BACKEND: readonly Role[] = ['backend'];
const SIGNUP = ['backend', 'link'] as const;

export const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/migrations', roles: BACKEND, mutates: true },
  { method: 'GET', path: '/v1/migrations', roles: ALL },
  { method: 'POST', path: '/v1/migrations/search', roles: ALL },
  { method: 'GET', path: '/v1/migrations/{id}', roles: ALL },
  { method: 'PATCH', path: '/v1/migrations/{id}', roles: DECIDERS, mutates: true },
  { method: 'GET', path: '/v1/migrations/{id}/events', roles: ALL },
  { method: 'GET', path: '/v1/migrations/{id}/templates', roles: ALL },
  { method: 'GET', path: '/v1/migrations/{id}/billing', roles: ALL },
  { method: 'GET', path: '/v1/migrations/{id}/support-bundle', roles: ALL },
  { method: 'POST', path: '/v1/migrations/{id}/verification-code', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/verification-code/request', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/tasks/{taskId}/complete', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/recheck', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/retry', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/skip', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/approve-cutover', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/reschedule', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/abort', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/replay', roles: ['support'], mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/settle-number', roles: DECIDERS, mutates: true },
  {
    method: 'POST',
    path: '/v1/migrations/{id}/embedded-signup/sessions/{sessionId}/result',
    roles: SIGNUP,
    mutates: true,
  },
  { method: 'POST', path: '/v1/migrations/{id}/embedded-signup/sessions', roles: SIGNUP, mutates: true },
  { method: 'GET', path: '/v1/migrations/{id}/embedded-signup/sessions/{sessionId}', roles: SIGNUP },
  { method: 'POST', path: '/v1/migrations/{id}/links', roles: DECIDERS, mutates: true },
  { method: 'DELETE', path: '/v1/migrations/{id}/links/{linkId}', roles: DECIDERS, mutates: true },
  { method: 'POST', path: '/v1/migrations/{id}/reveal', roles: BACKEND, mutates: true },
  { method: 'PUT', path: '/v1/credentials/{name}', roles: BACKEND, mutates: true },
  { method: 'GET', path: '/v1/credentials', roles: BACKEND },
  { method: 'DELETE', path: '/v1/credentials/{name}', roles: BACKEND, mutates: true },
];

export const PUBLIC_PATHS = ['/healthz', '/readyz', '/webhooks/meta', '/webhooks/360dialog'];

export const urlOf = (path: string, id = 'mig_doesnotexist'): string =>
  path
    .replace('{id}', id)
    .replace('{taskId}', 'tsk_doesnotexist')
    .replace('{sessionId}', 'tsk_doesnotexist')
    .replace('{linkId}', 'lnk_doesnotexist')
    .replace('{name}', 'nobody-has-this');

/** A well-formed body for each route that takes one. */
export const bodyOf = ({ method, path }: Route): unknown => {
  const last = path.split('/').at(-1) ?? '';
  const reason = 'because';
  const bodies: Record<string, unknown> = {
    search: { text: 'padaria' },
    'verification-code': { code: '123456' },
    request: {},
    complete: { statement: 'done' },
    retry: { reason },
    skip: { step: 'templates', reason },
    'approve-cutover': { reason },
    reschedule: { notBefore: '2126-11-22T22:00:00Z', notAfter: '2126-11-23T22:00:00Z', reason },
    abort: { reason },
    replay: { reason },
    'settle-number': { reason },
    result: { event: 'CANCEL' },
    links: { purpose: 'signup' },
    reveal: { secret: 'two_step_pin', reason },
  };
  if (method === 'PATCH') return { verification: { method: 'voice' } };
  if (method === 'PUT') return { accessToken: 'EAAnobodyMustSeeThis' };
  return method === 'POST' ? bodies[last] : undefined;
};
