import type { Platform } from '../platform/platform';
import type { Webhook } from '../platform/state';
import { appOf, digitsShown, subscriberOf, wabaOfRecord } from '../world/lookups';
import type { App, NumberRecord, Waba } from '../world/schema';

/** The fields Carryover may hear of (meta §8.2). */
export const webhookFields = [
  'security',
  'phone_number_name_update',
  'phone_number_quality_update',
  'account_review_update',
  'account_update',
  'account_alerts',
  'business_capability_update',
  'message_template_status_update',
  'message_template_quality_update',
  'template_category_update',
  'partner_solutions',
  'messages',
] as const;
export type WebhookField = (typeof webhookFields)[number];

/** Held back when the knob `webhookDisorder` is on, so that a later event overtakes this one. */
const DISORDER_HOLD_MS = 1_500;

/** Tells every app subscribed to a WABA, at its own address: overrides are for `messages` (meta §8.1). */
export function tellSubscribers(
  platform: Platform,
  waba: Waba,
  field: Exclude<WebhookField, 'messages'>,
  value: unknown,
): void {
  for (const subscription of waba.subscribedApps) {
    const app = appOf(platform.world, subscription.appId);
    if (app) enqueue(platform, app, app.callback?.url ?? null, waba.id, field, value);
  }
}

/** Messages of a number go to its own address, where it has one, or to that of its account (meta §3.2, §8.1). */
export function tellMessages(platform: Platform, record: NumberRecord, value: unknown): void {
  const waba = wabaOfRecord(platform.world, record);
  for (const { appId, overrideUri } of waba.subscribedApps) {
    const app = appOf(platform.world, appId);
    if (!app) continue;
    const url = record.belongings?.callbackUri ?? overrideUri ?? app.callback?.url ?? null;
    enqueue(platform, app, url, waba.id, 'messages', value);
  }
}

/** Partner events come under the business, to the partner's app, subscribed or not (meta §8.1). */
export function tellPartner(platform: Platform, app: App, businessId: string, value: unknown): void {
  enqueue(platform, app, app.callback?.url ?? null, businessId, 'account_update', value);
}

/** A solution changed: told to each of its apps under the business behind it (meta §8.1, §8.2). */
export function tellSolution(platform: Platform, app: App, businessId: string, value: unknown): void {
  enqueue(platform, app, app.callback?.url ?? null, businessId, 'partner_solutions', value);
}

/** `metadata` of a `messages` webhook. */
export function metadataOf(platform: Platform, record: NumberRecord): Record<string, string> {
  return { display_phone_number: digitsShown(platform.world, record), phone_number_id: record.id };
}

export function tellSecurity(
  platform: Platform,
  record: NumberRecord,
  waba: Waba,
  event: 'PIN_CHANGED' | 'PIN_RESET_REQUEST' | 'PIN_REQUEST_SUCCESS',
): void {
  tellSubscribers(platform, waba, 'security', {
    display_phone_number: subscriberOf(platform.world, record).digits,
    event,
    ...(event === 'PIN_RESET_REQUEST' ? { requester: waba.businessId } : {}),
  });
}

function enqueue(
  platform: Platform,
  app: App,
  url: string | null,
  entryId: string,
  field: WebhookField,
  value: unknown,
): void {
  if (url === null) return;
  const body = escapeUnicode(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: entryId, time: Math.floor(platform.now() / 1000), changes: [{ field, value }] }],
    }),
  );
  const { webhookDelayMs, webhookDisorder, webhookDuplicates } = platform.world.knobs;
  const ordinal = platform.count('webhook');
  const webhook: Webhook = {
    id: `wh_${String(ordinal)}`,
    appId: app.id,
    url,
    field,
    body,
    queuedAt: platform.now(),
    attempts: 0,
    status: 'pending',
    lastStatus: null,
  };
  platform.state.webhooks.push(webhook);
  const hold = webhookDisorder && ordinal % 2 === 1 ? DISORDER_HOLD_MS : 0;
  for (let copy = 0; copy <= webhookDuplicates; copy += 1) {
    platform.schedule(webhookDelayMs + hold, { kind: 'deliver_webhook', webhookId: webhook.id });
  }
}

/** Meta sends ASCII: everything else is escaped, and the signature is made over those bytes (meta §8.1). */
function escapeUnicode(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
