import {
  allocationOf,
  appOf,
  businessOf,
  flowOf,
  intentOf,
  ownerOfLine,
  solutionOf,
  templateOf,
  wabaOf,
  wabaOfRecord,
} from '../world/lookups';
import type { Intent, Solution } from '../world/partner-schema';
import type { Allocation, App, Business, NumberRecord, Token, Waba, World } from '../world/schema';
import type { Flow } from '../world/flow-schema';
import type { Template } from '../world/template-schema';

export type WabaNode = { readonly kind: 'waba'; readonly id: string; readonly waba: Waba };
export type PhoneNode = {
  readonly kind: 'phone';
  readonly id: string;
  readonly record: NumberRecord;
  readonly waba: Waba;
};
export type BusinessNode = { readonly kind: 'business'; readonly id: string; readonly business: Business };
export type TemplateNode = {
  readonly kind: 'template';
  readonly id: string;
  readonly template: Template;
  readonly waba: Waba;
};
export type FlowNode = {
  readonly kind: 'flow';
  readonly id: string;
  readonly flow: Flow;
  readonly waba: Waba;
};
export type CreditNode = { readonly kind: 'credit'; readonly id: string; readonly owner: Business };
export type AllocationNode = {
  readonly kind: 'allocation';
  readonly id: string;
  readonly allocation: Allocation;
};
export type AppNode = { readonly kind: 'app'; readonly id: string; readonly app: App };
export type SolutionNode = { readonly kind: 'solution'; readonly id: string; readonly solution: Solution };
export type IntentNode = { readonly kind: 'intent'; readonly id: string; readonly intent: Intent };
export type GraphNode =
  | WabaNode
  | PhoneNode
  | BusinessNode
  | TemplateNode
  | FlowNode
  | CreditNode
  | AllocationNode
  | AppNode
  | SolutionNode
  | IntentNode;

/** Name of a node's type as error texts give it. */
export const nodeTypes: Readonly<Record<GraphNode['kind'], string>> = {
  waba: 'WhatsAppBusinessAccount',
  phone: 'WhatsAppBusinessPhoneNumber',
  business: 'Business',
  template: 'WhatsAppMessageTemplate',
  flow: 'WhatsAppFlow',
  credit: 'ExtendedCredit',
  allocation: 'ExtendedCreditAllocationConfig',
  app: 'Application',
  solution: 'WhatsAppBusinessSolution',
  intent: 'WhatsAppBusinessAccountMigrationIntent',
};

/** What an id names, without asking whether the caller may see it. */
export function findNode(world: World, id: string, token: Token | null): GraphNode | null {
  const waba = wabaOf(world, id);
  if (waba) return { kind: 'waba', id, waba };
  const record = findRecord(world, id, token);
  if (record) return { kind: 'phone', id, record, waba: wabaOfRecord(world, record) };
  const business = businessOf(world, id);
  if (business) return { kind: 'business', id, business };
  const app = appOf(world, id);
  if (app) return { kind: 'app', id, app };
  const owner = ownerOfLine(world, id);
  if (owner) return { kind: 'credit', id, owner };
  const allocation = allocationOf(world, id);
  if (allocation) return { kind: 'allocation', id, allocation };
  const solution = solutionOf(world, id);
  if (solution) return { kind: 'solution', id, solution };
  const intent = intentOf(world, id);
  if (intent) return { kind: 'intent', id, intent };
  const held = templateOf(world, id);
  if (held) return { kind: 'template', id, ...held };
  const flow = flowOf(world, id);
  return flow ? { kind: 'flow', id, ...flow } : null;
}

/** Two records may share an id (knob `phoneNumberId: same`): the caller means the one it can see, the moving one first. */
function findRecord(world: World, id: string, token: Token | null): NumberRecord | null {
  const records = world.records.filter((record) => record.id === id && !record.vanished);
  const visible = records.filter((record) => token?.targetIds.includes(record.wabaId) === true);
  const candidates = visible.length > 0 ? visible : records;
  return (
    candidates.find((record) => record.migrating || record.registering) ??
    candidates.find((record) => record.live) ??
    candidates[0] ??
    null
  );
}

/** A foreign object looks like none at all (meta §6.1: 100/33). */
export function mayTouch(world: World, token: Token, node: GraphNode): boolean {
  const has = (id: string): boolean => token.targetIds.includes(id);
  switch (node.kind) {
    case 'waba':
    case 'phone':
    case 'template':
    case 'flow':
      return has(node.waba.id);
    case 'business':
      return has(node.id) || token.businessId === node.id;
    case 'credit':
      // To whom a line is shared, it may be attached with the token of that business (meta §5.1, the newer two calls).
      return token.businessId === node.owner.id || isSharedWith(world, node.id, token.businessId);
    case 'allocation': {
      const owner = ownerOfLine(world, node.allocation.creditLineId);
      return owner !== null && token.businessId === owner.id;
    }
    case 'app':
      return token.appId === node.id;
    case 'solution':
      return takesPart(node.solution, token.appId);
    case 'intent':
      return mayFollow(world, token, node.intent);
  }
}

const isSharedWith = (world: World, creditLineId: string, businessId: string | null): boolean =>
  world.allocations.some(
    (allocation) =>
      allocation.creditLineId === creditLineId &&
      allocation.receivingBusinessId === businessId &&
      allocation.status === 'CREATED',
  );

export const takesPart = (solution: Solution, appId: string): boolean =>
  solution.ownerAppId === appId || solution.partnerAppIds.includes(appId);

/** An intent is read by who set it, and by the destination side it was set for (meta §2.3). */
function mayFollow(world: World, token: Token, intent: Intent): boolean {
  if (token.appId === intent.byAppId) return true;
  if (intent.target.kind === 'app') return token.appId === intent.target.appId;
  const solution = solutionOf(world, intent.target.solutionId);
  return solution !== null && takesPart(solution, token.appId);
}
