import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { pendingRecord } from '../behaviour/announcement';
import type { Platform } from '../platform/platform';
import { appOf, businessOf, recordsOf } from '../world/lookups';
import { wabaSchema, type App, type Business, type NumberRecord, type Waba } from '../world/schema';
import { tellPartner } from '../webhooks/queue';
import { act, type Act, type ActResult } from './act';
import { ControlProblem } from './problem';
import { numberTarget, targetSubscriber } from './targets';

/** The popup's code lives 30 seconds (meta §2.1). */
const CODE_LIVES_MS = 30_000;

const signupInput = z.strictObject({
  ...numberTarget,
  businessId: z.string().optional(),
  newBusinessName: z.string().optional(),
  wabaName: z.string().default('Made in Embedded Signup'),
  appId: z.string().optional(),
  funded: z.boolean().default(false),
  reviewStatus: z.enum(['APPROVED', 'PENDING', 'REJECTED']).default('APPROVED'),
  event: z.enum(['FINISH', 'FINISH_ONLY_WABA']).optional(),
});

/** Embedded Signup, as far as its result goes (meta §2.1): the account, maybe the number, the event, the code. */
export const signupActs: Readonly<Record<string, Act>> = {
  'complete-signup': act(
    'the client completes Embedded Signup, with or without a number',
    signupInput,
    completeSignup,
  ),
  'cancel-signup': act(
    'the client leaves Embedded Signup',
    z.strictObject({ step: z.string().default('PHONE_NUMBER_SETUP') }),
    (_platform, input) => ({
      messageEvent: {
        type: 'WA_EMBEDDED_SIGNUP',
        event: 'CANCEL',
        version: 3,
        data: { current_step: input.step },
      },
    }),
  ),
};

function completeSignup(platform: Platform, input: z.output<typeof signupInput>): ActResult {
  const app = appOf(platform.world, input.appId ?? platform.world.partnerAppId ?? '');
  if (!app) throw new ControlProblem(404, 'give the appId of the partner whose popup this is');
  const business = ownerBusiness(platform, input.businessId, input.newBusinessName);
  const waba = makeWaba(platform, app, business, input);
  const withNumber = input.number !== undefined || input.phoneNumber !== undefined;
  const record = withNumber ? bringNumber(platform, waba, targetSubscriber(platform, input).id) : null;
  platform.effect('act', { waba: waba.id, business: business.id }, { act: 'complete-signup' });
  tellPartner(platform, app, business.id, {
    event: 'PARTNER_ADDED',
    waba_info: { waba_id: waba.id, owner_business_id: business.id, partner_app_id: app.id },
  });
  const code = `AQ${randomBytes(48).toString('base64url')}`;
  const expiresAt = platform.now() + CODE_LIVES_MS;
  platform.state.signupCodes.push({
    code,
    expiresAt,
    wabaId: waba.id,
    businessId: business.id,
    appId: app.id,
    used: false,
  });
  const data = {
    waba_id: waba.id,
    business_id: business.id,
    ...(record ? { phone_number_id: record.id } : {}),
  };
  const event = input.event ?? (record ? 'FINISH' : 'FINISH_ONLY_WABA');
  return {
    messageEvent: { type: 'WA_EMBEDDED_SIGNUP', event, version: 3, data },
    code,
    codeExpiresAt: new Date(expiresAt).toISOString(),
    wabaId: waba.id,
    phoneNumberId: record?.id ?? null,
    businessId: business.id,
  };
}

function ownerBusiness(platform: Platform, id: string | undefined, newName: string | undefined): Business {
  if (id !== undefined) {
    const known = businessOf(platform.world, id);
    if (!known) throw new ControlProblem(404, `there is no business ${id}`);
    return known;
  }
  if (newName === undefined) throw new ControlProblem(400, 'give businessId, or newBusinessName');
  const made: Business = {
    id: platform.newId(),
    name: newName,
    verificationStatus: 'not_verified',
    numberCap: 2,
    messagingLimit: 'TIER_250',
    creditLines: [],
  };
  platform.world.businesses.push(made);
  return made;
}

/** The account is shared with the partner: its system users are on it, and tokens for this client see it. */
function makeWaba(
  platform: Platform,
  app: App,
  business: Business,
  input: z.output<typeof signupInput>,
): Waba {
  const tokens = platform.world.tokens.filter((token) => token.appId === app.id);
  const partners = tokens.filter((token) => token.kind === 'system');
  const waba = wabaSchema.parse({
    id: platform.newId(),
    name: input.wabaName,
    businessId: business.id,
    reviewStatus: input.reviewStatus,
    createdAt: platform.now(),
    sharedWith: [...new Set(partners.map((token) => token.businessId))],
    assignedUsers: partners.map((token) => ({
      id: token.userId,
      name: token.name,
      businessId: token.businessId,
      tasks: ['MANAGE', 'DEVELOP'],
    })),
    funding: input.funded ? { kind: 'card', id: platform.newId() } : null,
  });
  platform.world.wabas.push(waba);
  platform.state.owners[waba.id] = business.id;
  for (const token of tokens) {
    if (
      token.kind === 'system' ||
      token.businessId === business.id ||
      token.targetIds.includes(business.id)
    ) {
      token.targetIds.push(waba.id);
    }
  }
  return waba;
}

/** The popup proves ownership itself: the record enters at S4 (meta §2.2, §12.2). */
function bringNumber(platform: Platform, waba: Waba, subscriberId: string): NumberRecord {
  const moving = recordsOf(platform.world, subscriberId).some((record) => !record.vanished);
  const record: NumberRecord = {
    ...pendingRecord(platform.newId(), waba.id, subscriberId, moving ? 'migration' : 'new', platform.now()),
    verification: 'VERIFIED',
    verifiedAt: platform.now(),
  };
  platform.world.records.push(record);
  if (platform.world.knobs.sourceOutage === 'at_announcement') {
    for (const other of recordsOf(platform.world, subscriberId)) if (other !== record) other.live = false;
  }
  platform.effect(
    'announced',
    { subscriber: subscriberId, waba: waba.id, phone: record.id },
    { by: 'embedded signup' },
  );
  return record;
}
