/** Who moves by which route, and with what: families and requests that several parts try. */
import type { StartRequestBody } from '../../client';
import type { Family, FamilyOptions } from '../../sandbox/world/families';
import { straightIds } from '../../sandbox/world/straight-world';

export type Patch = (of: Family) => Partial<StartRequestBody>;

export interface Way {
  readonly route: StartRequestBody['route'];
  readonly family: FamilyOptions;
  readonly patch: Patch;
}

export const bySignup: Patch = ({ businessId, tokens }) => ({
  route: 'embedded_signup',
  destination: { provider: 'meta', businessId, credential: tokens.system.name },
});

export const byConsent: Patch = ({ businessId, tokens }) => ({
  route: 'solution_intent',
  // A solution gives its tokens to system users only.
  destination: {
    ...{ provider: 'meta', businessId, credential: tokens.system.name },
    solutionId: straightIds.solutionId,
  },
});

const BODY = {
  type: 'BODY',
  text: 'Olá {{1}}, o seu pedido já está pronto.',
  example: { body_text: [['Ana']] },
};

/** Templates that are created from their content, one with a file in its header, one that opens a flow; and a copy that is edited. */
const withUnusualTemplates: NonNullable<FamilyOptions['change']> = (
  objects,
  { sourceWabaId, businessId },
) => {
  const flow = `${businessId}1`;
  const file = `${businessId}2`;
  const header = { type: 'HEADER', format: 'IMAGE', example: { header_handle: [`media:${file}`] } };
  const buttons = {
    type: 'BUTTONS',
    buttons: [{ type: 'FLOW', text: 'Agendar', flow_id: flow, flow_action: 'navigate' }],
  };
  const templates = [
    { id: `${businessId}3`, name: 'with_file', quality: 'YELLOW' as const, components: [header, BODY] },
    { id: `${businessId}4`, name: 'with_flow', quality: 'YELLOW' as const, components: [BODY, buttons] },
    { id: `${businessId}5`, name: 'copied_with_flow', components: [header, BODY, buttons] },
  ];
  return {
    ...objects,
    media: [{ id: file, contentType: 'image/png', size: 3_000 }],
    wabas: (objects.wabas ?? []).map((waba) =>
      waba.id === sourceWabaId
        ? {
            ...waba,
            templates: [...(waba.templates ?? []), ...templates],
            flows: [{ id: flow, name: 'agenda' }],
          }
        : waba,
    ),
  };
};

export const UNUSUAL_TEMPLATES: FamilyOptions = { change: withUnusualTemplates };
/** Whose account comes out of the route. */
export const NO_ACCOUNT: FamilyOptions = { destination: 'none' };

/** By the same route, with templates that are created anew, too. */
export const recreating =
  (patch: Patch = () => ({})): Patch =>
  (of) => ({ ...patch(of), templates: { recreateIneligible: true } });

/** Nothing of it takes long by itself. */
export const STRAIGHT: Way = {
  route: 'programmatic',
  family: { twoStepOn: true, templates: 2 },
  patch: () => ({}),
};

/** Each route, with as many kinds of calls as it has. */
export const WAYS: readonly Way[] = [
  {
    ...{ route: 'programmatic', family: { ...UNUSUAL_TEMPLATES, twoStepOn: true, templates: 2 } },
    patch: recreating(),
  },
  {
    ...{ route: 'embedded_signup', family: { ...UNUSUAL_TEMPLATES, ...NO_ACCOUNT } },
    patch: recreating(bySignup),
  },
  {
    ...{ route: 'solution_intent', family: { ...UNUSUAL_TEMPLATES, ...NO_ACCOUNT } },
    patch: recreating(byConsent),
  },
];

const withoutCopies =
  (patch: Patch): Patch =>
  (of) => ({ ...patch(of), templates: { copy: false } });

/** With each call that does something once at least; what is done about templates, on the first route only. */
export const WAYS_OF_FAULTS: readonly Way[] = WAYS.map((way) =>
  way.route === 'programmatic'
    ? way
    : {
        ...way,
        family: NO_ACCOUNT,
        patch: withoutCopies(way.route === 'embedded_signup' ? bySignup : byConsent),
      },
);
