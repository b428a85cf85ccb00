/** Business portfolios and the accounts they own or are given (meta §3.2). */
import { z } from 'zod';
import { wabaIdSchema, type BusinessId, type WabaId } from '../../shared/ids';
import { optionalInstant, optionalText } from './fields';
import type { GraphClient } from './graph-client';

const EDGES = {
  client: 'client_whatsapp_business_accounts',
  owned: 'owned_whatsapp_business_accounts',
} as const;

const listedWabaSchema = z
  .looseObject({ id: wabaIdSchema, name: optionalText, creation_time: optionalInstant })
  .transform((node) => ({ id: node.id, name: node.name, createdAt: node.creation_time }));

/** `GET /{business}/client_…` (shared with it) or `/owned_whatsapp_business_accounts`. Errors: 100, 104, 190, 200, 80008. */
export const listWabasOfBusiness = async (
  client: GraphClient,
  businessId: BusinessId,
  edge: keyof typeof EDGES,
): Promise<{ id: WabaId; name: string | null; createdAt: string | null }[]> => {
  const wabas = [];
  const query = { fields: 'id,name,creation_time', limit: 100 };
  for await (const waba of client.paginate(`${businessId}/${EDGES[edge]}`, query, listedWabaSchema, {
    scope: 'app',
  }))
    wabas.push(waba);
  return wabas;
};
