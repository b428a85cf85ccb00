/** The moments between check and acceptance at which a migration is held, so that somebody else acts just then. */
import type { StartRequestBody } from '../../../client';
import type { FamilyOptions } from '../../../sandbox/world/families';
import { byConsent, bySignup, NO_ACCOUNT, type Patch } from '../ways';

export type Route = Extract<
  StartRequestBody['route'],
  'programmatic' | 'embedded_signup' | 'solution_intent'
>;

/** A call at the platform, held before it is done or before it is answered. */
export interface HeldCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly when: 'before' | 'after';
}

export interface Moment {
  readonly routes: readonly Route[];
  /** One after the other; the last is held when somebody acts. */
  readonly calls?: readonly HeldCall[];
  /** Or whom it waits for: these people do nothing before. */
  readonly task?: string;
}

const post = (path: string, when: HeldCall['when']): HeldCall => ({ method: 'POST', path, when });
const get = (path: string): HeldCall => ({ method: 'GET', path, when: 'before' });
const ALL: readonly Route[] = ['programmatic', 'embedded_signup', 'solution_intent'];
const ANNOUNCING: readonly Route[] = ['programmatic', 'solution_intent'];
const BY_CODE: readonly Route[] = ['programmatic'];
const CREDIT = '/{credit}/whatsapp_credit_sharing_and_attach';
const REGISTERED = post('/{phone}/register', 'after');

export const MOMENTS = {
  'two-step verification is to be switched off': { routes: ALL, task: 'two_step_verification_enabled' },
  'the popup is waited for': { routes: ['embedded_signup'], task: 'complete_signup' },
  'the consent is waited for': { routes: ['solution_intent'], task: 'accept_solution_request' },
  'payment asked for': { routes: ALL, calls: [post(CREDIT, 'before')] },
  'payment attached, not answered': { routes: ALL, calls: [post(CREDIT, 'after')] },
  'announcement asked for': { routes: ANNOUNCING, calls: [post('/{waba}/phone_numbers', 'before')] },
  'announcement done, not answered': { routes: ANNOUNCING, calls: [post('/{waba}/phone_numbers', 'after')] },
  'the code is waited for': { routes: BY_CODE, task: 'submit_verification_code' },
  'verification asked for': { routes: BY_CODE, calls: [post('/{phone}/verify_code', 'before')] },
  'verification done, not answered': { routes: BY_CODE, calls: [post('/{phone}/verify_code', 'after')] },
  'registration asked for': { routes: ALL, calls: [post('/{phone}/register', 'before')] },
  'registration done, not answered': { routes: ALL, calls: [REGISTERED] },
  // Both lists are read before the registration too: they are held from the registration's answer on.
  'connected, its number looked for': { routes: ALL, calls: [REGISTERED, get('/{waba}/phone_numbers')] },
  'connected, its subscription looked for': {
    routes: ALL,
    calls: [REGISTERED, get('/{waba}/subscribed_apps')],
  },
} as const satisfies Readonly<Record<string, Moment>>;

export type MomentName = keyof typeof MOMENTS;

export const momentOf = (name: MomentName): Moment => MOMENTS[name];

export const familyOf = (route: Route, moment: MomentName): FamilyOptions => ({
  ...(route === 'programmatic' ? {} : NO_ACCOUNT),
  twoStepOn: moment === 'two-step verification is to be switched off',
});

const PATCHES: Readonly<Record<Route, Patch>> = {
  programmatic: () => ({}),
  embedded_signup: bySignup,
  solution_intent: byConsent,
};

/** Copies take minutes to rest where one fails: they are tried elsewhere. */
export const patchOf =
  (route: Route): Patch =>
  (of) =>
    route === 'programmatic' ? {} : { ...PATCHES[route](of), templates: { copy: false } };
