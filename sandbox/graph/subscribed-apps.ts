import { appOf } from '../world/lookups';
import { passesChallenge } from '../webhooks/delivery';
import { invalidParameter } from './errors';
import { page } from './paging';
import type { WabaNode } from './nodes';
import { text, type NodeCall } from './request';

const LONGEST_OVERRIDE = 200;

/** `GET /{waba}/subscribed_apps` (meta §3.2). */
export function listSubscribedApps(call: NodeCall<WabaNode>): Record<string, unknown> {
  return {
    data: call.node.waba.subscribedApps.map((subscription) => {
      const app = appOf(call.platform.world, subscription.appId);
      return {
        whatsapp_business_api_data: {
          id: subscription.appId,
          link: `https://www.facebook.com/games/?app_id=${subscription.appId}`,
          name: app?.name ?? '',
        },
        ...(subscription.overrideUri === null ? {} : { override_callback_uri: subscription.overrideUri }),
      };
    }),
  };
}

/** Proves an override address before the subscription is stored; null when none was given. */
export async function provenOverride(call: NodeCall<WabaNode>): Promise<string | null> {
  const uri = text(call.parameters, 'override_callback_uri');
  if (uri === null) return null;
  if (uri.length > LONGEST_OVERRIDE || !URL.canParse(uri)) {
    throw invalidParameter('Param override_callback_uri must be a URL of at most 200 characters');
  }
  const verifyToken = text(call.parameters, 'verify_token');
  if (verifyToken === null || !(await passesChallenge(uri, verifyToken))) {
    throw invalidParameter('The override callback URL could not be validated');
  }
  return uri;
}

/** `POST /{waba}/subscribed_apps`: subscribes the token's own app; repeating it changes nothing but the override. */
export function subscribeApp(call: NodeCall<WabaNode>, overrideUri: string | null): Record<string, unknown> {
  const { waba } = call.node;
  const { appId } = call.token;
  const existing = waba.subscribedApps.find((subscription) => subscription.appId === appId);
  if (existing) {
    existing.overrideUri = overrideUri;
  } else {
    waba.subscribedApps.push({ appId, overrideUri });
    call.platform.effect('app_subscribed', { waba: waba.id, app: appId });
  }
  return { success: true };
}

export function unsubscribeApp(call: NodeCall<WabaNode>): Record<string, unknown> {
  const { waba } = call.node;
  const { appId } = call.token;
  if (waba.subscribedApps.some((subscription) => subscription.appId === appId)) {
    waba.subscribedApps = waba.subscribedApps.filter((subscription) => subscription.appId !== appId);
    call.platform.effect('app_unsubscribed', { waba: waba.id, app: appId });
  }
  return { success: true };
}

/** `GET /{waba}/assigned_users?business=` (meta §3.2). */
export function listAssignedUsers(call: NodeCall<WabaNode>): Record<string, unknown> {
  const business = text(call.parameters, 'business');
  if (business === null) throw invalidParameter('The parameter business is required.');
  const users = call.node.waba.assignedUsers.filter((user) => user.businessId === business);
  const { items, paging } = page(call, users, ({ id }) => id);
  return {
    data: items.map(({ id, name, tasks }) => ({ id, name, tasks })),
    ...(paging === undefined ? {} : { paging }),
  };
}
