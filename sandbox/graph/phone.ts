import { verificationOf } from '../behaviour/codes';
import { turnTwoStepOn } from '../behaviour/two-step';
import type { Platform } from '../platform/platform';
import { digitsShown, ownerOf, subscriberOf } from '../world/lookups';
import { displayForm } from '../world/number-formats';
import type { NumberRecord, Subscriber, Waba } from '../world/schema';
import { conversationalAutomation } from './belongings';
import { invalidParameter, platformError } from './errors';
import { selectFields, type FieldTable } from './fields';
import { phoneHealth } from './health';
import { nodeTypes, type PhoneNode } from './nodes';
import { text, type NodeCall } from './request';

/** Default fields of a number and of number lists (meta §3.4). */
export const defaultPhoneFields = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'webhook_configuration',
  'last_onboarded_time',
  'id',
];

export interface PhoneView {
  readonly record: NumberRecord;
  readonly waba: Waba;
}

/** Fields of the number node (meta §3.4). */
export function phoneFields(platform: Platform): FieldTable<PhoneView> {
  const { world } = platform;
  const of = (view: PhoneView): Subscriber => subscriberOf(world, view.record);
  const registered = (view: PhoneView): boolean => view.record.platformType === 'CLOUD_API';
  const limit = (view: PhoneView): string => ownerOf(world, view.waba).messagingLimit;
  const nothing = (): undefined => undefined;
  return {
    id: ({ record }) => record.id,
    display_phone_number: ({ record }) => shownNumber(platform, record),
    verified_name: (view) => of(view).displayName.name,
    status: ({ record }) => record.status,
    name_status: (view) => of(view).displayName.status,
    new_name_status: (view) => (of(view).displayName.pending ? 'PENDING_REVIEW' : 'NONE'),
    new_display_name: (view) => of(view).displayName.pending?.name,
    code_verification_status: ({ record }) => verificationOf(platform, record),
    quality_rating: (view) => of(view).quality,
    quality_score: (view) => ({ score: of(view).quality }),
    platform_type: ({ record }) => record.platformType,
    throughput: (view) => ({
      level: registered(view) ? (view.record.throughput ?? 'STANDARD') : 'NOT_APPLICABLE',
    }),
    account_mode: (view) => (of(view).testNumber ? 'SANDBOX' : 'LIVE'),
    messaging_limit_tier: limit,
    whatsapp_business_manager_messaging_limit: limit,
    is_pin_enabled: (view) => of(view).twoStep.on && of(view).twoStep.holderWabaId === view.record.wabaId,
    is_official_business_account: (view) => of(view).officialBusinessAccount,
    official_business_account: (view) => ({
      oba_status: of(view).officialBusinessAccount ? 'APPROVED' : 'NOT_STARTED',
    }),
    is_on_biz_app: (view) => of(view).coexistence,
    is_preverified_number: () => false,
    search_visibility: () => 'VISIBLE',
    eligibility_for_api_business_global_search: () => 'NON_ELIGIBLE_UNDEFINED_COUNTRY',
    health_status: (view) => phoneHealth(platform, view.record, view.waba),
    conversational_automation: ({ record }) => conversationalAutomation(record),
    certificate: nothing,
    new_certificate: nothing,
    webhook_configuration: (view) => webhookConfiguration(platform, view),
    last_onboarded_time: ({ record }) => graphTime(record.onboardedAt ?? 0),
  };
}

/** `2026-08-24T17:20:04+0000`. */
const graphTime = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}+0000`;

function shownNumber(platform: Platform, record: NumberRecord): string {
  const digits = digitsShown(platform.world, record);
  return platform.world.knobs.displayNumber === 'plus' ? displayForm(digits) : digits;
}

function webhookConfiguration(
  platform: Platform,
  { record, waba }: PhoneView,
): Record<string, string> | undefined {
  const own = record.belongings?.callbackUri ?? null;
  const override = waba.subscribedApps.find((subscription) => subscription.overrideUri !== null)?.overrideUri;
  const appId = waba.subscribedApps[0]?.appId;
  const application = platform.world.apps.find((app) => app.id === appId)?.callback?.url;
  if (application === undefined && own === null && (override === undefined || override === null))
    return undefined;
  return {
    ...(application === undefined ? {} : { application }),
    ...(override === undefined || override === null ? {} : { whatsapp_business_account: override }),
    ...(own === null ? {} : { phone_number: own }),
  };
}

export const readPhone = (call: NodeCall<PhoneNode>): Record<string, unknown> =>
  selectFields(
    { record: call.node.record, waba: call.node.waba },
    phoneFields(call.platform),
    text(call.parameters, 'fields'),
    defaultPhoneFields,
    nodeTypes.phone,
  );

/** `POST /{phone} {pin}` sets or changes the two-step PIN of a registered number (meta §1.2); nothing switches it off. */
export function setPin(call: NodeCall<PhoneNode>): Record<string, unknown> {
  const pin = text(call.parameters, 'pin');
  if (pin === null || !/^\d{6}$/.test(pin)) throw invalidParameter('Param pin must be a string of 6 digits');
  const { record } = call.node;
  if (!record.live || record.status !== 'CONNECTED') {
    throw platformError(
      133010,
      'Phone number not registered',
      'Register the phone number before setting a PIN.',
    );
  }
  turnTwoStepOn(call.platform, record, pin);
  return { success: true };
}
