/** Every call of every route at which a worker is killed, as data. */
import type { StartRequestBody } from '../../client';
import type { FamilyOptions, Family } from '../../sandbox/world/families';
import { straightIds } from '../../sandbox/world/straight-world';
import { requestOf } from '../player';

/** What a person does, until which a migration of this kind waits; the call comes soon after it. */
export type PersonBefore =
  | 'approve_cutover'
  | 'submit_verification_code'
  | 'create_destination_waba'
  | 'complete_signup'
  | 'accept_solution_request';

export interface Stand {
  readonly name: string;
  readonly family?: FamilyOptions;
  readonly patch?: (family: Family) => Partial<StartRequestBody>;
  /** Null: it comes soon after the start. */
  readonly after: PersonBefore | null;
  /** The call, as a fault rule names it. */
  readonly call: (family: Family) => {
    method: 'GET' | 'POST' | 'DELETE';
    path: string;
    token?: string;
    id?: string;
  };
}

type Call = ReturnType<Stand['call']>;

/** Calls whose path or parameters name something of the family's. */
const about =
  (method: Call['method'], path: string): Stand['call'] =>
  ({ businessId }) => ({ method, path, id: businessId });
/** Calls that name nothing of the family's: it is told by its token. */
const byToken =
  (method: Call['method'], path: string): Stand['call'] =>
  ({ tokens }) => ({ method, path, token: tokens.destination.name });

const approved = (): Partial<StartRequestBody> => ({ cutover: { approval: 'manual' } });
const bySignup = ({ businessId, tokens }: Family): Partial<StartRequestBody> => ({
  route: 'embedded_signup',
  destination: { provider: 'meta', businessId, credential: tokens.destination.name },
});
const byConsent = ({ businessId, tokens }: Family): Partial<StartRequestBody> => ({
  route: 'solution_intent',
  // A solution gives its tokens to system users only.
  destination: {
    ...{ provider: 'meta', businessId, credential: tokens.system.name },
    solutionId: straightIds.solutionId,
  },
});
const NONE: FamilyOptions = { destination: 'none' };

const BODY = {
  type: 'BODY',
  text: 'Olá {{1}}, o seu pedido já está pronto.',
  example: { body_text: [['Ana']] },
};

/** Templates that are created from their content, one with a file in its header, one that opens a flow; and a copy that is edited. */
const UNUSUAL_TEMPLATES: FamilyOptions = {
  change: (objects, { sourceWabaId, businessId }) => {
    const flow = `${businessId}1`;
    const file = `${businessId}2`;
    const templates = [
      {
        ...{ id: `${businessId}3`, name: 'with_file', quality: 'YELLOW' as const },
        components: [
          { type: 'HEADER', format: 'IMAGE', example: { header_handle: [`media:${file}`] } },
          BODY,
        ],
      },
      {
        ...{ id: `${businessId}4`, name: 'with_flow', quality: 'YELLOW' as const },
        components: [
          BODY,
          {
            type: 'BUTTONS',
            buttons: [{ type: 'FLOW', text: 'Agendar', flow_id: flow, flow_action: 'navigate' }],
          },
        ],
      },
    ];
    const copied = {
      ...{ id: `${businessId}5`, name: 'copied_with_flow' },
      components: [
        { type: 'HEADER', format: 'IMAGE', example: { header_handle: [`media:${file}`] } },
        BODY,
        {
          type: 'BUTTONS',
          buttons: [{ type: 'FLOW', text: 'Agendar', flow_id: flow, flow_action: 'navigate' }],
        },
      ],
    };
    return {
      ...objects,
      media: [{ id: file, contentType: 'image/png', size: 3_000 }],
      wabas: (objects.wabas ?? []).map((waba) =>
        waba.id === sourceWabaId
          ? {
              ...waba,
              templates: [...(waba.templates ?? []), ...templates, copied],
              flows: [{ id: flow, name: 'agenda' }],
            }
          : waba,
      ),
    };
  },
};
const recreating = (): Partial<StartRequestBody> => ({ templates: { recreateIneligible: true } });
const unusual = { family: UNUSUAL_TEMPLATES, patch: recreating, after: null };
const withoutAccount = (of: Family): Partial<StartRequestBody> => ({
  destination: { ...requestOf(of).destination, wabaName: `Client ${of.name} here` },
});

export const STANDS: readonly Stand[] = [
  { name: 'read the source', after: null, call: about('GET', '/{waba}') },
  { name: 'subscribe the app', after: null, call: about('POST', '/{waba}/subscribed_apps') },
  { name: 'compare templates', after: null, call: about('GET', '/{waba}/message_templates') },
  { name: 'copy templates', after: null, call: about('POST', '/{waba}/migrate_message_templates') },
  { name: 'move flows', ...unusual, call: about('POST', '/{waba}/migrate_flows') },
  { name: 'begin an upload', ...unusual, call: byToken('POST', '/{app}/uploads') },
  { name: 'send a file', ...unusual, call: byToken('POST', '/{upload}') },
  { name: 'create a template', ...unusual, call: about('POST', '/{waba}/message_templates') },
  { name: 'edit a copied template', ...unusual, call: about('POST', '/{template}') },
  {
    ...{ name: 'find the account', family: NONE, patch: withoutAccount, after: 'create_destination_waba' },
    call: about('GET', '/{business}/client_whatsapp_business_accounts'),
  },
  {
    ...{ name: 'attach the line of credit', patch: approved, after: 'approve_cutover' },
    call: about('POST', '/{credit}/whatsapp_credit_sharing_and_attach'),
  },
  {
    ...{ name: 'announce the number', patch: approved, after: 'approve_cutover' },
    call: about('POST', '/{waba}/phone_numbers'),
  },
  {
    ...{ name: 'request the code', patch: approved, after: 'approve_cutover' },
    call: about('POST', '/{phone}/request_code'),
  },
  {
    ...{ name: 'hand the code in', after: 'submit_verification_code' },
    call: about('POST', '/{phone}/verify_code'),
  },
  { name: 'register', after: 'submit_verification_code', call: about('POST', '/{phone}/register') },
  {
    ...{ name: 'read usage', after: 'submit_verification_code' },
    call: about('GET', '/{waba}'),
  },
  {
    ...{ name: 'exchange the popup’s code', family: NONE, patch: bySignup, after: 'complete_signup' },
    call: about('GET', '/oauth/access_token'),
  },
  {
    ...{ name: 'subscribe, after the popup', family: NONE, patch: bySignup, after: 'complete_signup' },
    call: about('POST', '/{waba}/subscribed_apps'),
  },
  {
    ...{ name: 'attach credit, after the popup', family: NONE, patch: bySignup, after: 'complete_signup' },
    call: about('POST', '/{credit}/whatsapp_credit_sharing_and_attach'),
  },
  {
    ...{ name: 'copy templates, after the popup', family: NONE, patch: bySignup, after: 'complete_signup' },
    call: about('POST', '/{waba}/migrate_message_templates'),
  },
  {
    ...{ name: 'register, after the popup', family: NONE, patch: bySignup, after: 'complete_signup' },
    call: about('POST', '/{phone}/register'),
  },
  {
    ...{ name: 'ask for the account’s move', family: NONE, patch: byConsent, after: null },
    call: about('POST', '/{waba}/set_solution_migration_intent'),
  },
  {
    ...{
      name: 'obtain the solution’s token',
      family: NONE,
      patch: byConsent,
      after: 'accept_solution_request',
    },
    call: about('GET', '/{solution}/access_token'),
  },
  {
    ...{
      name: 'announce, after the consent',
      family: NONE,
      patch: byConsent,
      after: 'accept_solution_request',
    },
    call: about('POST', '/{waba}/phone_numbers'),
  },
  {
    ...{
      name: 'register, after the consent',
      family: NONE,
      patch: byConsent,
      after: 'accept_solution_request',
    },
    call: about('POST', '/{phone}/register'),
  },
];

/** Of the newer two calls of credit (meta §5.1), where the deployment's policy says so. */
export const TWO_CALLS_OF_CREDIT: readonly Stand[] = [
  {
    ...{ name: 'share the line of credit', patch: approved, after: 'approve_cutover' },
    call: about('POST', '/{credit}/whatsapp_credit_sharing'),
  },
  {
    ...{ name: 'attach the shared line', patch: approved, after: 'approve_cutover' },
    call: about('POST', '/{credit}/whatsapp_credit_attach'),
  },
];
