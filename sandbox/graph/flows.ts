import type { Platform } from '../platform/platform';
import type { Flow } from '../world/flow-schema';
import { wabaOf } from '../world/lookups';
import type { Waba } from '../world/schema';
import { invalidParameter, noSuchObject } from './errors';
import { selectFields, type FieldTable } from './fields';
import { nodeTypes, type FlowNode, type WabaNode } from './nodes';
import { page } from './paging';
import { list, requiredText, text, type NodeCall } from './request';

const MOST_FLOWS = 100;
const NAME_EXISTS = 4233041;

const defaultFields = ['id', 'name', 'status', 'categories', 'validation_errors'];

const flowFields: FieldTable<Flow> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  status: ({ status }) => status,
  categories: ({ categories }) => categories,
  validation_errors: () => [],
};

export const readFlow = (call: NodeCall<FlowNode>): Record<string, unknown> =>
  selectFields(call.node.flow, flowFields, text(call.parameters, 'fields'), defaultFields, nodeTypes.flow);

/** `GET /{waba}/flows`. */
export function listFlows(call: NodeCall<WabaNode>): Record<string, unknown> {
  const { items, paging } = page(call, call.node.waba.flows, ({ id }) => id);
  const fields = text(call.parameters, 'fields');
  return {
    data: items.map((flow) => selectFields(flow, flowFields, fields, defaultFields, nodeTypes.flow)),
    ...(paging ? { paging } : {}),
  };
}

/**
 * `POST /{destination}/migrate_flows` (meta §1.6): copies the flows named, or all, under new ids; one whose name the
 * destination has is refused by itself (4233041).
 */
export function migrateFlows(call: NodeCall<WabaNode>): Record<string, unknown> {
  const { platform, node } = call;
  const source = sourceOf(call);
  const names = list(call.parameters, 'source_flow_names') ?? source.flows.map(({ name }) => name);
  if (names.length > MOST_FLOWS) throw invalidParameter('Param source_flow_names holds at most 100 names');
  const migrated: Record<string, unknown>[] = [];
  const failed: Record<string, unknown>[] = [];
  for (const name of names) {
    const flow = source.flows.find((candidate) => candidate.name === name);
    const problem = flow ? whyNot(flow, node.waba) : { code: 100, message: 'Flow not found' };
    if (!flow || problem) {
      failed.push({ source_name: name, error_code: problem?.code, error_message: problem?.message });
    } else {
      migrated.push({
        source_name: name,
        source_id: flow.id,
        migrated_id: copyFlow(platform, flow, node.waba),
      });
    }
  }
  return { migrated_flows: migrated, failed_flows: failed };
}

const whyNot = (flow: Flow, destination: Waba): { code: number; message: string } | null =>
  destination.flows.some(({ name }) => name === flow.name)
    ? { code: NAME_EXISTS, message: 'Flow with the same name already exists in the destination WABA' }
    : flow.migrationFailure;

/** Published stays published, anything else becomes a draft. */
function copyFlow(platform: Platform, flow: Flow, destination: Waba): string {
  const id = platform.newId();
  const status = flow.status === 'PUBLISHED' ? 'PUBLISHED' : 'DRAFT';
  destination.flows.push({ ...structuredClone(flow), id, status, migrationFailure: null });
  platform.effect(
    'flow_migrated',
    { waba: destination.id, flow: id, sourceFlow: flow.id },
    { name: flow.name },
  );
  return id;
}

function sourceOf(call: NodeCall<WabaNode>): Waba {
  const id = requiredText(call.parameters, 'source_waba_id');
  const source = wabaOf(call.platform.world, id);
  if (!source) throw noSuchObject(call.method, id);
  if (source.businessId !== call.node.waba.businessId) {
    throw invalidParameter('The source and destination accounts must be owned by the same business');
  }
  return source;
}
