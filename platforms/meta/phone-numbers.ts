/** Numbers of a WABA: reading, announcing, proving ownership, registering (meta §1.3 to §1.5, §3.4). */
import { z } from 'zod';
import { phoneNumberIdSchema, type PhoneNumberId, type WabaId } from '../../shared/ids';
import { optionalFlag, optionalText, successSchema } from './fields';
import type { GraphClient } from './graph-client';
import { optionalHealth } from './health';

/** `register` may take long; a time-out would leave its outcome unknown (meta §11: allow at least 60 s). */
const REGISTER_TIMEOUT_MS = 60_000;

const FIELDS = [
  'id',
  'display_phone_number',
  'verified_name',
  'status',
  'name_status',
  'new_name_status',
  'code_verification_status',
  'quality_rating',
  'platform_type',
  'throughput',
  'account_mode',
  'whatsapp_business_manager_messaging_limit',
  'is_pin_enabled',
  'is_official_business_account',
  'is_on_biz_app',
  'health_status',
  'conversational_automation',
  'webhook_configuration',
].join(',');

/** What of a number's conversational automation is in use; null: not told. */
const conversationalComponents = z
  .looseObject({
    prompts: z.array(z.unknown()).catch([]).default([]),
    commands: z.array(z.unknown()).catch([]).default([]),
    enable_welcome_message: z.boolean().catch(false).default(false),
  })
  .transform(({ prompts, commands, enable_welcome_message: welcome }) => [
    ...(prompts.length > 0 ? [`${String(prompts.length)} ice breakers`] : []),
    ...(commands.length > 0 ? [`${String(commands.length)} commands`] : []),
    ...(welcome ? ['the welcome message'] : []),
  ])
  .nullish()
  .transform((components) => components ?? null)
  .catch(null);

const phoneNumberSchema = z
  .looseObject({
    id: phoneNumberIdSchema,
    display_phone_number: z.string(),
    verified_name: optionalText,
    status: optionalText,
    name_status: optionalText,
    new_name_status: optionalText,
    code_verification_status: optionalText,
    quality_rating: optionalText,
    platform_type: optionalText,
    throughput: z.looseObject({ level: optionalText }).nullish().catch(null),
    account_mode: optionalText,
    whatsapp_business_manager_messaging_limit: optionalText,
    is_pin_enabled: optionalFlag,
    is_official_business_account: optionalFlag,
    is_on_biz_app: optionalFlag,
    health_status: optionalHealth,
    conversational_automation: conversationalComponents,
    webhook_configuration: z
      .looseObject({
        application: optionalText,
        whatsapp_business_account: optionalText,
        phone_number: optionalText,
      })
      .nullish()
      .catch(null),
  })
  .transform((node) => ({
    phoneNumberId: node.id,
    displayPhoneNumber: node.display_phone_number,
    verifiedName: node.verified_name,
    status: node.status,
    nameStatus: node.name_status,
    newNameStatus: node.new_name_status,
    codeVerificationStatus: node.code_verification_status,
    qualityRating: node.quality_rating,
    platformType: node.platform_type,
    throughput: node.throughput?.level ?? null,
    accountMode: node.account_mode,
    messagingLimit: node.whatsapp_business_manager_messaging_limit,
    isPinEnabled: node.is_pin_enabled,
    isOfficialBusinessAccount: node.is_official_business_account,
    isOnBizApp: node.is_on_biz_app,
    health: node.health_status,
    /** Names of what is set: prompts, commands, the welcome message (meta §3.4). */
    conversationalComponents: node.conversational_automation,
    /** Whether the number has a callback address of its own (meta §1.6, "webhook overrides"). */
    webhookOverridden: node.webhook_configuration ? node.webhook_configuration.phone_number !== null : null,
    /** Where the app hears the messages of the number: its own address, and those that take its place (meta §3.2, §8.1). */
    webhookAddresses: node.webhook_configuration
      ? {
          app: node.webhook_configuration.application,
          account: node.webhook_configuration.whatsapp_business_account,
          number: node.webhook_configuration.phone_number,
        }
      : null,
  }));

/** A number as its WABA shows it; null: not told. `displayPhoneNumber` has no fixed form, compare equivalence classes. */
export type PhoneNumber = z.output<typeof phoneNumberSchema>;

/** `GET /{waba}/phone_numbers`. Errors: 100/33, 190, 200, 80008. */
export const listPhoneNumbers = async (client: GraphClient, wabaId: WabaId): Promise<PhoneNumber[]> => {
  const numbers: PhoneNumber[] = [];
  for await (const number of client.paginate(
    `${wabaId}/phone_numbers`,
    { fields: FIELDS, limit: 100 },
    phoneNumberSchema,
    { scope: wabaId },
  )) {
    numbers.push(number);
  }
  if (numbers.some((number) => number.status === 'CONNECTED')) client.noteActive(wabaId);
  return numbers;
};

/** `GET /{phone}` (meta §3.4). Errors: 100/33, 190, 200, 80008. */
export const readPhoneNumber = async (client: GraphClient, id: PhoneNumberId): Promise<PhoneNumber> => {
  const number = await client.get(id, { fields: FIELDS }, phoneNumberSchema);
  if (number.status === 'CONNECTED') client.noteActive();
  return number;
};

/**
 * `POST /{destination}/phone_numbers` with `migrate_phone_number` (meta §1.3). `cc` and `national` are digits. Not safe
 * to repeat blindly: a second call answers ALREADY_AT_DESTINATION. Errors: meta §6.4.
 */
export const announceNumber = async (
  client: GraphClient,
  wabaId: WabaId,
  number: { cc: string; national: string },
): Promise<{ phoneNumberId: PhoneNumberId }> => {
  const answer = await client.post(
    `${wabaId}/phone_numbers`,
    { cc: number.cc, phone_number: number.national, migrate_phone_number: true },
    z.looseObject({ id: phoneNumberIdSchema }),
    { scope: wabaId },
  );
  return { phoneNumberId: answer.id };
};

/**
 * `POST /{phone}/request_code` (meta §1.4). Each success sends a code and uses a hidden quota. `language` as
 * `pt_BR` or `en`. Errors: CODE_ALREADY_VERIFIED, CODE_REQUESTS_LIMITED, CODE_REQUEST_REFUSED, NUMBER_NOT_IN_MIGRATION.
 */
export const requestCode = async (
  client: GraphClient,
  id: PhoneNumberId,
  wish: { method: 'sms' | 'voice'; language: string },
): Promise<void> => {
  const body = { code_method: wish.method.toUpperCase(), language: wish.language };
  await client.post(`${id}/request_code`, body, successSchema);
};

/**
 * `POST /{phone}/verify_code` (meta §1.4). A code is single use, wrong guesses lock. Errors: CODE_WRONG,
 * CODE_EXPIRED, CODE_GUESSES_LOCKED, NUMBER_NOT_IN_MIGRATION.
 */
export const verifyCode = async (client: GraphClient, id: PhoneNumberId, code: string): Promise<void> => {
  await client.post(`${id}/verify_code`, { code }, successSchema);
};

/**
 * `POST /{phone}/register` (meta §1.5): the cut-over. `pin` becomes the two-step PIN; `region` is where the data is to be
 * kept, when this call is to say so. Every call, failed ones too, counts towards 10 in 72 hours. A success does not
 * prove that the number is connected: read it.
 */
export const register = async (
  client: GraphClient,
  id: PhoneNumberId,
  pin: string,
  region?: string,
): Promise<void> => {
  const where = region === undefined ? {} : { data_localization_region: region };
  await client.post(`${id}/register`, { messaging_product: 'whatsapp', pin, ...where }, successSchema, {
    timeoutMs: REGISTER_TIMEOUT_MS,
  });
};
