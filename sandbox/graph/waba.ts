import type { Platform } from '../platform/platform';
import { businessOf, ownerOf } from '../world/lookups';
import type { Waba, World } from '../world/schema';
import { wabaHealth } from './health';
import { nodeTypes, type WabaNode } from './nodes';
import { pricingAnalytics } from './pricing-analytics';
import { selectFields, type FieldTable } from './fields';
import { text, type NodeCall } from './request';

const defaultFields = ['id', 'name', 'currency', 'timezone_id', 'message_template_namespace'];

/** Fields of the account node (meta §3.3). */
export function wabaFields(platform: Platform): FieldTable<Waba> {
  const { world } = platform;
  const nothing = (): undefined => undefined;
  return {
    id: (waba) => waba.id,
    name: (waba) => waba.name,
    currency: (waba) => waba.currency,
    timezone_id: (waba) => waba.timezoneId,
    message_template_namespace: (waba) => waba.namespace,
    account_review_status: (waba) => waba.reviewStatus,
    business_verification_status: (waba) => ownerOf(world, waba).verificationStatus,
    country: (waba) => waba.country,
    creation_time: (waba) => Math.floor((waba.createdAt ?? 0) / 1000),
    ownership_type: (waba) => waba.ownershipType,
    owner_business: (waba) => owner(world, waba),
    owner_business_info: (waba) => owner(world, waba),
    on_behalf_of_business_info: (waba) => onBehalfOf(world, waba),
    primary_funding_id: (waba) => waba.funding?.id,
    health_status: (waba) => wabaHealth(platform, waba),
    is_enabled_for_insights: () => true,
    is_shared_with_partners: (waba) => waba.sharedWith.length > 0,
    status: (waba) => waba.status ?? 'ACTIVE',
    whatsapp_business_manager_messaging_limit: (waba) => ownerOf(world, waba).messagingLimit,
    template_auto_archival_enabled: () => true,
    pricing_analytics: (waba, request) => ({ data: pricingAnalytics(platform, waba, request.modifiers) }),
    purchase_order_number: nothing,
    linked_commerce_account: ({ commerceAccountId }) =>
      commerceAccountId === undefined ? undefined : { id: commerceAccountId },
    marketing_messages_lite_api_status: nothing,
    marketing_messages_onboarding_status: nothing,
    primary_business_location: nothing,
    auth_international_rate_eligibility: nothing,
    disable_marketing_messages_on_cloud_api: nothing,
  };
}

const owner = (world: World, waba: Waba): Record<string, string> => {
  const { name, id } = ownerOf(world, waba);
  return { name, id };
};

function onBehalfOf(world: World, waba: Waba): Record<string, string> | undefined {
  if (!waba.obo) return undefined;
  const business = businessOf(world, waba.obo.businessId);
  return { name: business?.name ?? '', id: waba.obo.businessId, status: waba.obo.status };
}

export const readWaba = (call: NodeCall<WabaNode>): Record<string, unknown> =>
  selectFields(
    call.node.waba,
    wabaFields(call.platform),
    text(call.parameters, 'fields'),
    defaultFields,
    nodeTypes.waba,
  );
