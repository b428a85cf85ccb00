import { listWabas, readBusiness } from './business';
import { readProfile, writeProfile } from './business-profile';
import {
  attachCredit,
  deleteAllocation,
  listAllocations,
  listCreditLines,
  readAllocation,
  shareAndAttach,
  shareCredit,
} from './credit';
import { listQrCodes } from './belongings';
import { listFlows, migrateFlows, readFlow } from './flows';
import { sendMessage } from './messages';
import type {
  AllocationNode,
  AppNode,
  BusinessNode,
  CreditNode,
  FlowNode,
  GraphNode,
  IntentNode,
  PhoneNode,
  SolutionNode,
  TemplateNode,
  WabaNode,
} from './nodes';
import { readPhone, setPin } from './phone';
import { addPhoneNumber, listPhoneNumbers } from './phone-numbers';
import { pricingAnalytics } from './pricing-analytics';
import { text, type GraphCall, type NodeCall } from './request';
import {
  listAssignedUsers,
  listSubscribedApps,
  provenOverride,
  subscribeApp,
  unsubscribeApp,
} from './subscribed-apps';
import { readIntent, readSolution, setSolutionIntent, solutionToken } from './solutions';
import { createTemplate } from './template-create';
import { deleteTemplates } from './template-delete';
import { editTemplate } from './template-edit';
import { listTemplates, readTemplate } from './template-list';
import { migrateTemplates } from './template-migration';
import { beginUpload } from './uploads';
import { readWaba } from './waba';
import { readSettings, writeSettings } from './settings';
import { deregisterEdge, registerEdge, requestCodeEdge, verifyCodeEdge } from './verification';

type Answer = Record<string, unknown>;

/** What an edge needs and does. An edge that must wait for the outside answers with the change still to be made. */
export interface Edge<N extends GraphNode> {
  readonly scopes: readonly string[];
  /** Which rolling hour a call counts in (meta §7). */
  readonly counts: 'waba' | 'credit' | 'none';
  readonly run: (call: NodeCall<N>) => Answer | Promise<() => Answer>;
}

/** An edge together with the node it is asked of. */
export interface BoundEdge {
  readonly scopes: readonly string[];
  readonly counts: Edge<GraphNode>['counts'];
  readonly run: (call: GraphCall) => Answer | Promise<() => Answer>;
}

type Edges<N extends GraphNode> = Readonly<Record<string, Edge<N>>>;

const management = ['whatsapp_business_management'];
const messaging = ['whatsapp_business_messaging'];
const business = ['business_management'];

const counted = <N extends GraphNode>(run: Edge<N>['run']): Edge<N> => ({
  scopes: management,
  counts: 'waba',
  run,
});

const uncounted = <N extends GraphNode>(scopes: readonly string[], run: Edge<N>['run']): Edge<N> => ({
  scopes,
  counts: 'none',
  run,
});

const credit = <N extends GraphNode>(scopes: readonly string[], run: Edge<N>['run']): Edge<N> => ({
  scopes,
  counts: 'credit',
  run,
});

const subscribe = async (call: NodeCall<WabaNode>): Promise<() => Answer> => {
  const overrideUri = await provenOverride(call);
  return () => subscribeApp(call, overrideUri);
};

const analyticsEdge = (call: NodeCall<WabaNode>): Answer => {
  const given = Object.keys(call.parameters).map(
    (name) => [name, text(call.parameters, name) ?? ''] as const,
  );
  return { data: pricingAnalytics(call.platform, call.node.waba, Object.fromEntries(given)) };
};

const wabas: Edges<WabaNode> = {
  'GET /': counted(readWaba),
  'GET /phone_numbers': counted(listPhoneNumbers),
  'POST /phone_numbers': uncounted(management, addPhoneNumber),
  'GET /subscribed_apps': counted(listSubscribedApps),
  'POST /subscribed_apps': counted(subscribe),
  'DELETE /subscribed_apps': counted(unsubscribeApp),
  'GET /assigned_users': counted(listAssignedUsers),
  'GET /message_templates': counted(listTemplates),
  'POST /message_templates': counted(createTemplate),
  'DELETE /message_templates': counted(deleteTemplates),
  'POST /migrate_message_templates': uncounted(management, migrateTemplates),
  'GET /flows': counted(listFlows),
  'POST /migrate_flows': uncounted(management, migrateFlows),
  'GET /pricing_analytics': counted(analyticsEdge),
  'POST /set_solution_migration_intent': uncounted(management, setSolutionIntent),
};

const phones: Edges<PhoneNode> = {
  'GET /': counted(readPhone),
  'POST /': uncounted(management, setPin),
  'POST /request_code': uncounted(management, requestCodeEdge),
  'POST /verify_code': uncounted(management, verifyCodeEdge),
  'POST /register': uncounted([...management, ...messaging], registerEdge),
  'POST /deregister': uncounted([...management, ...messaging], deregisterEdge),
  'POST /messages': uncounted(messaging, sendMessage),
  'GET /message_qrdls': counted(listQrCodes),
  'GET /whatsapp_business_profile': counted(readProfile),
  'GET /settings': counted(readSettings),
  'POST /settings': uncounted(management, writeSettings),
  'POST /whatsapp_business_profile': uncounted(management, writeProfile),
};

const businesses: Edges<BusinessNode> = {
  'GET /': uncounted(business, readBusiness),
  'GET /owned_whatsapp_business_accounts': uncounted(management, (call) => listWabas(call, 'owned')),
  'GET /client_whatsapp_business_accounts': uncounted(management, (call) => listWabas(call, 'client')),
  'GET /extendedcredits': credit(business, listCreditLines),
};

const credits: Edges<CreditNode> = {
  'POST /whatsapp_credit_sharing_and_attach': credit(business, shareAndAttach),
  'POST /whatsapp_credit_sharing': credit(business, shareCredit),
  'POST /whatsapp_credit_attach': credit(management, attachCredit),
  'GET /owning_credit_allocation_configs': credit(business, listAllocations),
};

const allocations: Edges<AllocationNode> = {
  'GET /': credit(business, readAllocation),
  'DELETE /': credit(business, deleteAllocation),
};

const templates: Edges<TemplateNode> = {
  'GET /': counted(readTemplate),
  'POST /': counted(editTemplate),
};

const flows: Edges<FlowNode> = { 'GET /': counted(readFlow) };

const apps: Edges<AppNode> = { 'POST /uploads': uncounted([], beginUpload) };
const solutions: Edges<SolutionNode> = {
  'GET /': uncounted(management, readSolution),
  'GET /access_token': uncounted(management, solutionToken),
};

const intents: Edges<IntentNode> = { 'GET /': uncounted(management, readIntent) };

/** The edge a request means (`GET /phone_numbers`), or null when this kind of node has no such edge. */
export function edgeOf(node: GraphNode, key: string): BoundEdge | null {
  switch (node.kind) {
    case 'waba':
      return bound(wabas, key, node);
    case 'phone':
      return bound(phones, key, node);
    case 'business':
      return bound(businesses, key, node);
    case 'credit':
      return bound(credits, key, node);
    case 'allocation':
      return bound(allocations, key, node);
    case 'template':
      return bound(templates, key, node);
    case 'flow':
      return bound(flows, key, node);
    case 'solution':
      return bound(solutions, key, node);
    case 'intent':
      return bound(intents, key, node);
    case 'app':
      return bound(apps, key, node);
  }
}

function bound<N extends GraphNode>(edges: Edges<N>, key: string, node: N): BoundEdge | null {
  const edge = Object.hasOwn(edges, key) ? edges[key] : undefined;
  if (!edge) return null;
  return { scopes: edge.scopes, counts: edge.counts, run: (call) => edge.run({ ...call, node }) };
}
