import { setIntent, solutionOfIntent, intentRefused } from '../behaviour/intents';
import { appsOfSolution, businessesBehind } from '../behaviour/partner-access';
import type { Platform } from '../platform/platform';
import { appOf, businessOf, solutionOf, wabaOf } from '../world/lookups';
import type { Intent, Solution } from '../world/partner-schema';
import type { App, Waba } from '../world/schema';
import { invalidParameter, noSuchObject, notEligible } from './errors';
import { selectFields, type FieldTable } from './fields';
import { nodeTypes, takesPart, type IntentNode, type SolutionNode, type WabaNode } from './nodes';
import { requiredText, text, type NodeCall } from './request';
import { issueBusinessToken } from './tokens';

const tokenScopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];
const TOKEN_DAYS = 60;

const solutionFields: FieldTable<Solution> = {
  id: (solution) => solution.id,
  name: (solution) => solution.name,
  status: (solution) => solution.status,
  status_for_pending_request: () => 'NONE',
};
const defaultSolutionFields = ['name', 'status', 'status_for_pending_request', 'id'];

export const readSolution = (call: NodeCall<SolutionNode>): Record<string, unknown> =>
  selectFields(
    call.node.solution,
    solutionFields,
    text(call.parameters, 'fields'),
    defaultSolutionFields,
    nodeTypes.solution,
  );

/** `POST /{source}/set_solution_migration_intent` (meta §2.3): to another solution, or off one to an app. */
export function setSolutionIntent(call: NodeCall<WabaNode>): Record<string, unknown> {
  const target = targetOf(call);
  needMember(call, target);
  return { id: setIntent(call.platform, call.node.waba, target, call.token.appId).id };
}

function targetOf(call: NodeCall<WabaNode>): Intent['target'] {
  const solutionId = text(call.parameters, 'solution_id');
  const appId = text(call.parameters, 'app_id');
  if ((solutionId === null) === (appId === null)) {
    throw invalidParameter('Exactly one of the parameters solution_id and app_id is required.');
  }
  if (solutionId !== null) return { kind: 'solution', solutionId };
  return { kind: 'app', appId: appId ?? '' };
}

/**
 * Who may ask: a partner with access to the source whose business takes part in the source solution and in the active
 * destination solution; off a solution, to an app that takes part in it. The knob `intentCaller` drops the first half.
 */
function needMember(call: NodeCall<WabaNode>, target: Intent['target']): void {
  const { platform, token, node } = call;
  const { world } = platform;
  const caller = appOf(world, token.appId);
  if (!caller) throw invalidParameter('The app of the access token does not exist');
  const current = node.waba.solutionId === null ? null : solutionOf(world, node.waba.solutionId);
  const strict = world.knobs.intentCaller === 'in_both_solutions';
  if (strict && (!current || !hasPartner(platform, current, caller))) {
    throw intentRefused(platform, 'not_mobile');
  }
  if (target.kind === 'app') {
    if (!appOf(world, target.appId)) throw invalidParameter('Param app_id must be a valid App id');
    if (!current || !takesPart(current, target.appId)) throw intentRefused(platform, 'not_mobile');
    return;
  }
  const destination = solutionOf(world, target.solutionId);
  if (!destination) throw noSuchObject(call.method, target.solutionId);
  if (destination.status !== 'ACTIVE' || destination.id === current?.id) {
    throw intentRefused(platform, 'not_mobile');
  }
  if (strict && !hasPartner(platform, destination, caller)) {
    throw notEligible('the app must take part in the destination solution');
  }
}

/** Apps of one business count as one partner (meta §2.3). */
function hasPartner(platform: Platform, solution: Solution, app: App): boolean {
  const mine = businessesBehind(platform.world, app);
  return appsOfSolution(platform.world, solution).some(
    (other) => other.id === app.id || businessesBehind(platform.world, other).some((id) => mine.includes(id)),
  );
}

/** `GET /{intent}` (meta §2.3): the destination account is there once the client has accepted. */
export function readIntent(call: NodeCall<IntentNode>): Record<string, unknown> {
  const { platform } = call;
  const fields: FieldTable<Intent> = {
    solution: (intent) => {
      const solution = solutionOfIntent(platform, intent);
      if (!solution) return undefined;
      return selectFields(solution, solutionFields, null, defaultSolutionFields, nodeTypes.solution);
    },
    status: (intent) => intent.status,
    destination_waba: (intent) => {
      const waba =
        intent.destinationWabaId === null ? null : wabaOf(platform.world, intent.destinationWabaId);
      return waba ? destinationOf(waba) : undefined;
    },
    id: (intent) => intent.id,
  };
  return selectFields(
    call.node.intent,
    fields,
    text(call.parameters, 'fields'),
    ['solution', 'status', 'destination_waba', 'id'],
    nodeTypes.intent,
  );
}

const destinationOf = (waba: Waba): Record<string, string> => ({
  id: waba.id,
  name: waba.name,
  currency: waba.currency,
  timezone_id: waba.timezoneId,
  business_type: 'ent',
  message_template_namespace: waba.namespace,
});

/** `GET /{solution}/access_token?business_id=` with a system token: a business token of a client brought in by it. */
export function solutionToken(call: NodeCall<SolutionNode>): Record<string, unknown> {
  const { platform, node, token } = call;
  if (token.kind !== 'system') throw notEligible('a system user access token is required');
  const businessId = requiredText(call.parameters, 'business_id');
  if (!businessOf(platform.world, businessId)) throw noSuchObject(call.method, businessId);
  const app = appOf(platform.world, token.appId);
  const onboarded = platform.world.wabas.some(
    (waba) => waba.businessId === businessId && waba.solutionId === node.id,
  );
  if (!app || !onboarded) return { data: [] };
  return { data: [{ access_token: standingToken(call, app, businessId) }] };
}

/** The token issued before, while it is good; else a new one. An account shared later reaches it too. */
function standingToken(call: NodeCall<SolutionNode>, app: App, businessId: string): string {
  const { platform, node } = call;
  const name = `client ${businessId} of solution ${node.id} for app ${app.id}`;
  const former = platform.world.tokens.filter((token) => token.name === name).at(-1);
  const good =
    former !== undefined &&
    !former.revoked &&
    (former.expiresAt === null || former.expiresAt > platform.now());
  if (good) return former.value;
  const issued = issueBusinessToken(platform, app, businessId, {
    name,
    scopes: tokenScopes,
    days: TOKEN_DAYS,
  });
  platform.effect('token_issued', { app: app.id, business: businessId, solution: node.id });
  return issued.value;
}
