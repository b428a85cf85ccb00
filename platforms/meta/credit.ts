/**
 * Lines of credit and their allocation to accounts (meta §5.1). A line cannot be replaced once attached. All calls want
 * a token with `business_management` whose user is Admin or Financial Editor.
 */
import { z } from 'zod';
import type { BusinessId, CreditLineId, WabaId } from '../../shared/ids';
import { optionalText } from './fields';
import type { GraphClient } from './graph-client';

const id = z.coerce.string().regex(/^\d+$/);

/** Credit calls have their own 5,000 an hour per app, not the account's 200 (meta §7). */
const SCOPE = { scope: 'app' };

const sharedSchema = z.looseObject({ allocation_config_id: id });

/** `POST /{credit}/whatsapp_credit_sharing_and_attach`, with a system token. Answers the allocation's id. */
export const shareAndAttachCredit = async (
  client: GraphClient,
  line: CreditLineId,
  target: { wabaId: WabaId; currency: string },
): Promise<{ allocationId: string }> => {
  const body = { waba_id: target.wabaId, waba_currency: target.currency };
  const answer = await client.post(`${line}/whatsapp_credit_sharing_and_attach`, body, sharedSchema, SCOPE);
  return { allocationId: answer.allocation_config_id };
};

/** `POST /{credit}/whatsapp_credit_sharing`, the first of the newer two calls, with a system token. */
export const shareCredit = async (
  client: GraphClient,
  line: CreditLineId,
  receivingBusinessId: BusinessId,
): Promise<{ allocationId: string }> => {
  const body = { receiving_business_id: receivingBusinessId };
  const answer = await client.post(`${line}/whatsapp_credit_sharing`, body, sharedSchema, SCOPE);
  return { allocationId: answer.allocation_config_id };
};

/** `POST /{credit}/whatsapp_credit_attach`, the second, with the client's business token. */
export const attachCredit = async (
  client: GraphClient,
  line: CreditLineId,
  target: { wabaId: WabaId; currency: string },
): Promise<{ allocationId: string }> => {
  const body = { waba_id: target.wabaId, waba_currency: target.currency };
  const answer = await client.post(`${line}/whatsapp_credit_attach`, body, sharedSchema, SCOPE);
  return { allocationId: answer.allocation_config_id };
};

const allocationSchema = z
  .looseObject({
    id,
    receiving_business: z.looseObject({ id }).nullish().catch(null),
    receiving_credential: z.looseObject({ id }).nullish().catch(null),
    request_status: optionalText,
  })
  .transform((node) => ({
    id: node.id,
    receivingBusinessId: node.receiving_business?.id ?? null,
    receivingCredentialId: node.receiving_credential?.id ?? null,
    requestStatus: node.request_status,
  }));

/** `receivingCredentialId` equals the `primary_funding_id` of the account the line is attached to. */
export type Allocation = z.output<typeof allocationSchema>;

const FIELDS = 'id,receiving_business,receiving_credential,request_status';

/** `GET /{allocation}`. */
export const readAllocation = (client: GraphClient, allocationId: string): Promise<Allocation> =>
  client.get(allocationId, { fields: FIELDS }, allocationSchema, SCOPE);

/**
 * `GET /{credit}/owning_credit_allocation_configs` of one receiving business. Also proves that the token sees the line:
 * a foreign line answers OBJECT_NOT_VISIBLE.
 */
export const listAllocations = async (
  client: GraphClient,
  line: CreditLineId,
  receivingBusinessId: BusinessId,
): Promise<Allocation[]> => {
  const allocations: Allocation[] = [];
  const path = `${line}/owning_credit_allocation_configs`;
  const query = { receiving_business_id: receivingBusinessId, fields: FIELDS };
  for await (const allocation of client.paginate(path, query, allocationSchema, SCOPE))
    allocations.push(allocation);
  return allocations;
};
