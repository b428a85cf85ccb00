/** Every call of every route at which a worker is killed, as data. */
import type { StartRequestBody } from '../../client';
import type { FamilyOptions, Family } from '../../sandbox/world/families';
import { requestOf } from '../player';
import { isActing } from './calls';
import { bySignup, byConsent, NO_ACCOUNT, recreating, UNUSUAL_TEMPLATES, type Patch } from './ways';

/** What a person does, until which a migration of this kind waits; the call comes soon after it. */
export type PersonBefore =
  | 'approve_cutover'
  | 'submit_verification_code'
  | 'create_destination_waba'
  | 'complete_signup'
  | 'accept_solution_request';

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As a fault rule names it. */
  readonly path: string;
}

export interface Stand {
  readonly name: string;
  /** Default `programmatic`. */
  readonly route?: StartRequestBody['route'];
  readonly family?: FamilyOptions;
  readonly patch?: Patch;
  /** Null: it comes soon after the start. */
  readonly after: PersonBefore | null;
  readonly call: Call;
}

const get = (path: string): Call => ({ method: 'GET', path });
const post = (path: string): Call => ({ method: 'POST', path });

const approved: Patch = () => ({ cutover: { approval: 'manual' } });
const unusual = { family: UNUSUAL_TEMPLATES, patch: recreating(), after: null };
const withoutAccount: Patch = (of: Family) => ({
  destination: { ...requestOf(of).destination, wabaName: `Client ${of.name} here` },
});

/** What a route does that gets its account from somebody; each of these is tried after that. */
const GETTING_READY: readonly [name: string, path: string][] = [
  ['subscribe the app', '/{waba}/subscribed_apps'],
  ['attach the line of credit', '/{credit}/whatsapp_credit_sharing_and_attach'],
  ['copy templates', '/{waba}/migrate_message_templates'],
];
const WITH_UNUSUAL_TEMPLATES: readonly [name: string, path: string][] = [
  ['move flows', '/{waba}/migrate_flows'],
  ['begin an upload', '/{app}/uploads'],
  ['send a file', '/{upload}'],
  ['create a template', '/{waba}/message_templates'],
  ['edit a copied template', '/{template}'],
];

const standsOf = (route: NonNullable<Stand['route']>, when: string, patch: Patch, after: PersonBefore) => {
  const stand = (name: string, call: Call): Stand => ({
    ...{ name: `${name}, ${when}`, route, family: NO_ACCOUNT, patch, after, call },
  });
  return {
    stand,
    common: [
      ...GETTING_READY.map(([name, path]) => stand(name, post(path))),
      ...WITH_UNUSUAL_TEMPLATES.map(([name, path]) => ({
        ...stand(name, post(path)),
        family: { ...UNUSUAL_TEMPLATES, ...NO_ACCOUNT },
        patch: recreating(patch),
      })),
      stand('register', post('/{phone}/register')),
    ],
  };
};
const afterPopup = standsOf('embedded_signup', 'after the popup', bySignup, 'complete_signup');
const afterConsent = standsOf('solution_intent', 'after the consent', byConsent, 'accept_solution_request');

export const STANDS: readonly Stand[] = [
  { name: 'read the source', after: null, call: get('/{waba}') },
  { name: 'subscribe the app', after: null, call: post('/{waba}/subscribed_apps') },
  { name: 'compare templates', after: null, call: get('/{waba}/message_templates') },
  { name: 'copy templates', after: null, call: post('/{waba}/migrate_message_templates') },
  ...WITH_UNUSUAL_TEMPLATES.map(([name, path]) => ({ name, ...unusual, call: post(path) })),
  {
    ...{ name: 'find the account', family: NO_ACCOUNT, patch: withoutAccount },
    ...{ after: 'create_destination_waba', call: get('/{business}/client_whatsapp_business_accounts') },
  },
  {
    ...{ name: 'attach the line of credit', patch: approved, after: 'approve_cutover' },
    call: post('/{credit}/whatsapp_credit_sharing_and_attach'),
  },
  {
    ...{ name: 'announce the number', patch: approved, after: 'approve_cutover' },
    call: post('/{waba}/phone_numbers'),
  },
  {
    ...{ name: 'request the code', patch: approved, after: 'approve_cutover' },
    call: post('/{phone}/request_code'),
  },
  { name: 'hand the code in', after: 'submit_verification_code', call: post('/{phone}/verify_code') },
  { name: 'register', after: 'submit_verification_code', call: post('/{phone}/register') },
  { name: 'read usage', after: 'submit_verification_code', call: get('/{waba}') },
  afterPopup.stand('exchange the popup’s code', get('/oauth/access_token')),
  ...afterPopup.common,
  {
    ...{ name: 'ask for the account’s move', route: 'solution_intent', after: null },
    ...{ family: NO_ACCOUNT, patch: byConsent },
    call: post('/{waba}/set_solution_migration_intent'),
  },
  afterConsent.stand('obtain the solution’s token', get('/{solution}/access_token')),
  ...afterConsent.common,
  afterConsent.stand('announce the number', post('/{waba}/phone_numbers')),
];

/** Of the newer two calls of credit (meta §5.1), where the deployment's policy says so. */
export const TWO_CALLS_OF_CREDIT: readonly Stand[] = [
  { name: 'share the line of credit', path: '/{credit}/whatsapp_credit_sharing' },
  { name: 'attach the shared line', path: '/{credit}/whatsapp_credit_attach' },
].flatMap(({ name, path }): Stand[] => [
  { name, patch: approved, after: 'approve_cutover', call: post(path) },
  afterPopup.stand(name, post(path)),
  afterConsent.stand(name, post(path)),
]);

/** Of an undisturbed route's calls those that do something, and at which nobody of that route stands. */
export const withoutStand = (
  route: NonNullable<Stand['route']>,
  calls: readonly { readonly method: string; readonly path: string }[],
  stands: readonly Stand[],
): string[] => {
  const known = stands
    .filter((stand) => (stand.route ?? 'programmatic') === route)
    .map(({ call }) => `${call.method} ${call.path}`);
  return calls
    .filter(isActing)
    .map(({ method, path }) => `${method} ${path}`)
    .filter((call) => !known.includes(call));
};
