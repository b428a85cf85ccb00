/** WhatsApp Business Accounts and the apps subscribed to them (meta §3.2, §3.3). */
import { z } from 'zod';
import { businessIdSchema, wabaIdSchema, type WabaId } from '../../shared/ids';
import { optionalInstant, optionalText, successSchema } from './fields';
import type { GraphClient } from './graph-client';
import { optionalHealth } from './health';

const FIELDS = [
  'id',
  'name',
  'owner_business_info',
  'account_review_status',
  'business_verification_status',
  'status',
  'currency',
  'timezone_id',
  'primary_funding_id',
  'on_behalf_of_business_info',
  'creation_time',
  'whatsapp_business_manager_messaging_limit',
  'country',
  'health_status',
  'linked_commerce_account',
].join(',');

const wabaSchema = z
  .looseObject({
    id: wabaIdSchema,
    name: optionalText,
    owner_business_info: z.looseObject({ id: businessIdSchema }).nullish().catch(null),
    account_review_status: optionalText,
    business_verification_status: optionalText,
    status: optionalText,
    currency: optionalText,
    timezone_id: optionalText,
    primary_funding_id: optionalText,
    on_behalf_of_business_info: z.looseObject({ status: optionalText }).nullish().catch(null),
    creation_time: optionalInstant,
    whatsapp_business_manager_messaging_limit: optionalText,
    country: optionalText,
    health_status: optionalHealth,
    linked_commerce_account: z.looseObject({ id: z.coerce.string() }).nullish().catch(null),
  })
  .transform((node) => ({
    id: node.id,
    name: node.name,
    ownerBusinessId: node.owner_business_info?.id ?? null,
    accountReviewStatus: node.account_review_status,
    businessVerificationStatus: node.business_verification_status,
    status: node.status,
    currency: node.currency,
    timezoneId: node.timezone_id,
    primaryFundingId: node.primary_funding_id,
    onBehalfOfStatus: node.on_behalf_of_business_info?.status ?? null,
    creationTime: node.creation_time,
    messagingLimit: node.whatsapp_business_manager_messaging_limit,
    country: node.country,
    health: node.health_status,
    /** The catalogue's commerce account; null: none, or not told (Graph leaves empty fields out). */
    commerceAccountId: node.linked_commerce_account?.id ?? null,
  }));

/** A WABA as its node tells it; null: not told. `primaryFundingId` is how an attached payment method is seen (meta §3.3). */
export type Waba = z.output<typeof wabaSchema>;

/** `GET /{waba}`. Errors: 100/33, 190, 200, 80008, 131031. */
export const readWaba = (client: GraphClient, wabaId: WabaId): Promise<Waba> =>
  client.get(wabaId, { fields: FIELDS }, wabaSchema, { scope: wabaId });

const subscribedAppSchema = z.looseObject({
  whatsapp_business_api_data: z.looseObject({ id: z.coerce.string() }),
  override_callback_uri: optionalText,
});

export interface Subscription {
  appId: string;
  /** Where this app's webhooks of this WABA go instead of the app's own address; null: they do not. */
  overrideUri: string | null;
}

/** The apps that hear this WABA's webhooks: `GET /{waba}/subscribed_apps` (meta §3.2). */
export const listSubscriptions = async (client: GraphClient, wabaId: WabaId): Promise<Subscription[]> => {
  const subscriptions: Subscription[] = [];
  for await (const app of client.paginate(`${wabaId}/subscribed_apps`, {}, subscribedAppSchema, {
    scope: wabaId,
  })) {
    subscriptions.push({
      appId: app.whatsapp_business_api_data.id,
      overrideUri: app.override_callback_uri,
    });
  }
  return subscriptions;
};

/** Their ids alone. */
export const listSubscribedAppIds = async (client: GraphClient, wabaId: WabaId): Promise<string[]> =>
  (await listSubscriptions(client, wabaId)).map(({ appId }) => appId);

/** `POST /{waba}/subscribed_apps`: subscribes the token's app. Safe to repeat (meta §1.8). */
export const subscribeApp = async (client: GraphClient, wabaId: WabaId): Promise<void> => {
  await client.post(`${wabaId}/subscribed_apps`, {}, successSchema, { scope: wabaId });
};
