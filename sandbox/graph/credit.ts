import { forgets } from '../behaviour/announcement';
import { activeShare, attach, revokeAllocation, share } from '../behaviour/credit';
import type { Platform } from '../platform/platform';
import { businessOf, ownerOfLine, wabaOf } from '../world/lookups';
import type { Allocation, Token, Waba } from '../world/schema';
import { invalidParameter, noSuchObject, notEligible } from './errors';
import { selectFields, type FieldTable } from './fields';
import { nodeTypes, type AllocationNode, type BusinessNode, type CreditNode } from './nodes';
import { page } from './paging';
import { requiredText, text, type NodeCall } from './request';

/** Currencies a line may be attached in (meta §5.1). */
const currencies = new Set('AED ARS AUD BRL CLP COP EUR GBP IDR INR MXN MYR PEN SAR SGD USD'.split(' '));

/** Lines are the business of an admin's or financial editor's system user (meta §5.1). */
function needFinancialUser(token: Token): void {
  if (token.kind !== 'system' || !token.financialRole) {
    throw notEligible('an Admin or Financial Editor system user is required');
  }
}

/** `GET /{business}/extendedcredits`. */
export function listCreditLines(call: NodeCall<BusinessNode>): Record<string, unknown> {
  needFinancialUser(call.token);
  const table: FieldTable<{ id: string; legalEntityName: string }> = {
    id: (line) => line.id,
    legal_entity_name: (line) => line.legalEntityName,
  };
  const { items, paging } = page(call, call.node.business.creditLines, (line) => line.id);
  const fields = text(call.parameters, 'fields');
  return {
    data: items.map((line) =>
      selectFields(line, table, fields, ['id', 'legal_entity_name'], nodeTypes.credit),
    ),
    ...(paging ? { paging } : {}),
  };
}

/** `POST /{credit}/whatsapp_credit_sharing_and_attach`: shares the line with the WABA's owner and attaches it. */
export function shareAndAttach(call: NodeCall<CreditNode>): Record<string, unknown> {
  needFinancialUser(call.token);
  const waba = targetWaba(call);
  const currency = currencyOf(call, waba);
  refuseChange(call.platform, waba);
  needAssignedUser(call, waba);
  const allocation = share(call.platform, call.node.id, waba.businessId);
  attach(call.platform, waba, allocation, currency);
  return { allocation_config_id: allocation.id, waba_id: waba.id };
}

/** `POST /{credit}/whatsapp_credit_sharing`, the first of the newer two steps. */
export function shareCredit(call: NodeCall<CreditNode>): Record<string, unknown> {
  needFinancialUser(call.token);
  const businessId = requiredText(call.parameters, 'receiving_business_id');
  if (!businessOf(call.platform.world, businessId)) throw noSuchObject(call.method, businessId);
  return { success: true, allocation_config_id: share(call.platform, call.node.id, businessId).id };
}

/** `POST /{credit}/whatsapp_credit_attach`, the second step, with the client's business token. */
export function attachCredit(call: NodeCall<CreditNode>): Record<string, unknown> {
  const waba = targetWaba(call);
  const currency = currencyOf(call, waba);
  refuseChange(call.platform, waba);
  const allocation = activeShare(call.platform, call.node.id, waba.businessId);
  if (!allocation)
    throw invalidParameter('The credit line has not been shared with the owner of this account');
  attach(call.platform, waba, allocation, currency);
  return { success: true, waba_id: waba.id, allocation_config_id: allocation.id };
}

function targetWaba(call: NodeCall<CreditNode>): Waba {
  const id = requiredText(call.parameters, 'waba_id');
  const waba = wabaOf(call.platform.world, id);
  if (!waba || !call.token.targetIds.includes(id)) throw noSuchObject(call.method, id);
  return waba;
}

function currencyOf(call: NodeCall<CreditNode>, waba: Waba): string {
  const currency = requiredText(call.parameters, 'waba_currency');
  if (!currencies.has(currency))
    throw invalidParameter(`Param waba_currency must be one of ${[...currencies].join(', ')}`);
  if (call.platform.world.knobs.attachCurrency === 'must_match' && currency !== waba.currency)
    throw invalidParameter(`The currency of this account is ${waba.currency}`);
  return currency;
}

/** A line, once attached, is for ever; the same line again is refused too (meta §5.1, §12.7). */
function refuseChange(platform: Platform, waba: Waba): void {
  if (waba.funding?.kind !== 'credit_line' || forgets(platform, 'credit_line')) return;
  throw invalidParameter('A credit line is already attached to this account and cannot be changed');
}

function needAssignedUser(call: NodeCall<CreditNode>, waba: Waba): void {
  if (waba.assignedUsers.some((user) => user.id === call.token.userId)) return;
  throw notEligible('the system user must be added to the WhatsApp Business account');
}

function allocationFields(platform: Platform): FieldTable<Allocation> {
  return {
    id: (allocation) => allocation.id,
    receiving_credential: (allocation) => ({ id: allocation.credentialId }),
    receiving_business: (allocation) => ({
      name: businessOf(platform.world, allocation.receivingBusinessId)?.name ?? '',
      id: allocation.receivingBusinessId,
    }),
    owning_credential: (allocation) => ({ id: allocation.creditLineId }),
    owning_business: (allocation) => {
      const owner = ownerOfLine(platform.world, allocation.creditLineId);
      return owner ? { name: owner.name, id: owner.id } : undefined;
    },
    request_status: (allocation) => (allocation.status === 'DELETED' ? 'DELETED' : 'APPROVED'),
    liability_type: () => 'Normal',
    partition_type: () => 'FIXED_WITHOUT_PARTITION',
    send_bill_to: () => 'Agency',
    currency_amount: () => undefined,
  };
}

/** `GET /{allocation}` (meta §5.1). */
export const readAllocation = (call: NodeCall<AllocationNode>): Record<string, unknown> =>
  selectFields(
    call.node.allocation,
    allocationFields(call.platform),
    text(call.parameters, 'fields'),
    ['id'],
    nodeTypes.allocation,
  );

/** `DELETE /{allocation}`: stops every account of that client (meta §5.1). */
export function deleteAllocation(call: NodeCall<AllocationNode>): Record<string, unknown> {
  needFinancialUser(call.token);
  revokeAllocation(call.platform, call.node.allocation);
  return { success: true };
}

/** `GET /{credit}/owning_credit_allocation_configs?receiving_business_id=`. */
export function listAllocations(call: NodeCall<CreditNode>): Record<string, unknown> {
  needFinancialUser(call.token);
  const receiving = text(call.parameters, 'receiving_business_id');
  const found = call.platform.world.allocations.filter(
    (allocation) =>
      allocation.creditLineId === call.node.id &&
      (receiving === null || allocation.receivingBusinessId === receiving),
  );
  const { items, paging } = page(call, found, (allocation) => allocation.id);
  const table = allocationFields(call.platform);
  const fields = text(call.parameters, 'fields');
  return {
    data: items.map((item) =>
      selectFields(item, table, fields, ['id', 'receiving_business'], nodeTypes.allocation),
    ),
    ...(paging ? { paging } : {}),
  };
}
