import { invalidParameter } from './errors';
import { selectFields, type FieldTable } from './fields';
import { nodeTypes, type BusinessNode } from './nodes';
import { page } from './paging';
import { parseLoose, text, type NodeCall } from './request';
import type { Business, Waba } from '../world/schema';
import { wabaFields } from './waba';

const businessFields: FieldTable<Business> = {
  id: (business) => business.id,
  name: (business) => business.name,
  verification_status: (business) => business.verificationStatus,
};

export const readBusiness = (call: NodeCall<BusinessNode>): Record<string, unknown> =>
  selectFields(
    call.node.business,
    businessFields,
    text(call.parameters, 'fields'),
    ['id', 'name'],
    nodeTypes.business,
  );

/** `owned_` and `client_whatsapp_business_accounts` (meta §3.2): filtering by creation time, sort, paging. */
export function listWabas(call: NodeCall<BusinessNode>, which: 'owned' | 'client'): Record<string, unknown> {
  const sorted = sort(
    filter(listedWabas(call, which), call.parameters['filtering']),
    text(call.parameters, 'sort'),
  );
  const { items, paging } = page(call, sorted, (waba) => waba.id);
  const table = wabaFields(call.platform);
  const fields = text(call.parameters, 'fields');
  return {
    data: items.map((waba) =>
      selectFields(
        waba,
        table,
        fields,
        ['id', 'name', 'currency', 'timezone_id', 'message_template_namespace'],
        nodeTypes.waba,
      ),
    ),
    ...(paging ? { paging } : {}),
  };
}

/** Accounts a business owns, or those of clients shared with it; a token sees only its own targets (meta §2.1). */
function listedWabas(call: NodeCall<BusinessNode>, which: 'owned' | 'client'): Waba[] {
  const { id } = call.node.business;
  return call.platform.world.wabas.filter(
    (waba) =>
      call.token.targetIds.includes(waba.id) &&
      (which === 'owned' ? waba.businessId === id : waba.businessId !== id && waba.sharedWith.includes(id)),
  );
}

function filter(wabas: readonly Waba[], filtering: unknown): readonly Waba[] {
  const rules = parseLoose(filtering);
  if (rules === undefined || rules === '') return wabas;
  if (!Array.isArray(rules)) throw invalidParameter('Param filtering must be an array');
  return rules.reduce<readonly Waba[]>((kept, rule: unknown) => kept.filter(creationTest(rule)), wabas);
}

function creationTest(rule: unknown): (waba: Waba) => boolean {
  if (typeof rule !== 'object' || rule === null)
    throw invalidParameter('Param filtering[0] must be an object');
  const field = 'field' in rule ? rule.field : null;
  const operator = 'operator' in rule ? rule.operator : null;
  const value = 'value' in rule ? rule.value : null;
  if (field !== 'creation_time') throw invalidParameter('Filtering field must be creation_time');
  const bounds = (Array.isArray(value) ? value : [value]).map(Number);
  const [first, second] = bounds;
  if (first === undefined || bounds.some(Number.isNaN))
    throw invalidParameter('Filtering value must be a time');
  const created = (waba: Waba): number => Math.floor((waba.createdAt ?? 0) / 1000);
  if (operator === 'LESS_THAN') return (waba) => created(waba) < first;
  if (operator === 'GREATER_THAN') return (waba) => created(waba) > first;
  if (operator === 'IN_RANGE' && second !== undefined) {
    return (waba) => created(waba) >= first && created(waba) <= second;
  }
  throw invalidParameter('Filtering operator must be one of LESS_THAN, GREATER_THAN, IN_RANGE');
}

function sort(wabas: readonly Waba[], order: string | null): readonly Waba[] {
  const byTime = (a: Waba, b: Waba): number =>
    (a.createdAt ?? 0) - (b.createdAt ?? 0) || a.id.localeCompare(b.id);
  if (order === null || order === 'creation_time_descending') return [...wabas].sort((a, b) => byTime(b, a));
  if (order === 'creation_time_ascending') return [...wabas].sort(byTime);
  throw invalidParameter('Param sort must be one of creation_time_ascending, creation_time_descending');
}
