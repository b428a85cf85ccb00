import { z } from 'zod';
import { belongingsSchema, complaintSchema, siteSchema } from './belongings-schema';
import { flowSchema } from './flow-schema';
import { knobsSchema, storageRegions } from './knobs';
import { mediaSchema, uploadSchema } from './media-schema';
import { configurationSchema, intentSchema, personSchema, solutionSchema } from './partner-schema';
import { profileSchema } from './profile-schema';
import { templateSchema } from './template-schema';

/** An instant: epoch milliseconds, or RFC 3339 in a hand-written world. */
export const instant = z.union([
  z.number().int(),
  z.iso.datetime({ offset: true }).transform((s) => Date.parse(s)),
]);
const graphId = z.string().regex(/^\d+$/, 'ids are decimal strings');
const nullableInstant = instant.nullable().default(null);
const instants = z.array(instant).default([]);

export const appSchema = z.strictObject({
  id: graphId,
  name: z.string(),
  secret: z.string().min(1),
  callback: z.strictObject({ url: z.url(), verifyToken: z.string() }).nullable().default(null),
  /** The partner's own business; when absent, that of the app's system users. */
  businessId: graphId.nullable().default(null),
  configurations: z.array(configurationSchema).default([]),
});

export const businessSchema = z.strictObject({
  id: graphId,
  name: z.string(),
  verificationStatus: z
    .enum([
      'expired',
      'failed',
      'ineligible',
      'not_verified',
      'pending',
      'pending_need_more_info',
      'pending_submission',
      'rejected',
      'revoked',
      'verified',
    ])
    .default('verified'),
  numberCap: z.number().int().min(1).default(20),
  messagingLimit: z.string().default('TIER_2K'),
  creditLines: z.array(z.strictObject({ id: graphId, legalEntityName: z.string() })).default([]),
  site: siteSchema.optional(),
});

/** `active: false` is a revoked line: it stays glued to the account, which cannot send (meta §5.1). */
export const fundingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('credit_line'),
    id: graphId,
    creditLineId: graphId,
    allocationId: graphId,
    active: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('card'), id: graphId, active: z.boolean().default(true) }),
]);

export const wabaSchema = z.strictObject({
  id: graphId,
  name: z.string(),
  title: z.string().default(''),
  businessId: graphId,
  sharedWith: z.array(graphId).default([]),
  ownershipType: z.enum(['SELF', 'CLIENT_OWNED', 'ON_BEHALF_OF']).default('CLIENT_OWNED'),
  reviewStatus: z.enum(['PENDING', 'APPROVED', 'REJECTED', 'DEFERRED']).default('APPROVED'),
  obo: z
    .strictObject({ businessId: graphId, status: z.enum(['PENDING', 'ACCEPTED', 'REJECTED']) })
    .nullable()
    .default(null),
  country: z.string().default('BR'),
  status: z.string().optional(),
  complaints: z.array(complaintSchema).optional(),
  /** Why the account sends within limits only, in Meta's words. */
  limits: z.array(z.string()).optional(),
  /** The commerce account of the catalogue that is linked. */
  commerceAccountId: graphId.optional(),
  currency: z.string().default('USD'),
  timezoneId: z.string().default('25'),
  namespace: z.string().default('5c1a9f80_3d0e_4d6c_9a51_2f0d6f1a7b11'),
  funding: fundingSchema.nullable().default(null),
  subscribedApps: z
    .array(z.strictObject({ appId: graphId, overrideUri: z.url().nullable().default(null) }))
    .default([]),
  assignedUsers: z
    .array(z.strictObject({ id: graphId, name: z.string(), businessId: graphId, tasks: z.array(z.string()) }))
    .default([]),
  /** The Multi-Partner Solution the account was brought in by. */
  solutionId: graphId.nullable().default(null),
  templateLimit: z.number().int().min(0).nullable().default(null),
  templates: z.array(templateSchema).default([]),
  flows: z.array(flowSchema).default([]),
  lockedTemplateNames: z.array(z.strictObject({ name: z.string(), until: instant })).default([]),
  deletedLanguages: z
    .array(z.strictObject({ name: z.string(), language: z.string(), until: instant }))
    .default([]),
  templateCreations: instants,
  createdAt: nullableInstant,
});

/** The real-world number behind a SIM, whatever record it is listed under (meta §12.1). */
export const subscriberSchema = z.strictObject({
  id: z.string().regex(/^sub_[a-z0-9_]+$/),
  title: z.string().default(''),
  digits: z.string().regex(/^[1-9]\d{6,14}$/, 'digits with country code, as Meta records the number'),
  displayName: z.strictObject({
    name: z.string(),
    status: z
      .enum([
        'APPROVED',
        'AVAILABLE_WITHOUT_REVIEW',
        'DECLINED',
        'EXPIRED',
        'PENDING_REVIEW',
        'NONE',
        'NON_EXISTS',
      ])
      .default('APPROVED'),
    pending: z.strictObject({ name: z.string(), since: nullableInstant }).nullable().default(null),
  }),
  quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN', 'NA']).default('GREEN'),
  officialBusinessAccount: z.boolean().default(false),
  coexistence: z.boolean().default(false),
  testNumber: z.boolean().default(false),
  twoStep: z
    .strictObject({
      on: z.boolean().default(false),
      pin: z
        .string()
        .regex(/^\d{6}$/)
        .nullable()
        .default(null),
      /** The WABA whose holder set the PIN; when absent, the one where the number is live. */
      holderWabaId: graphId.nullable().default(null),
    })
    .prefault({}),
  registerAttempts: instants,
  registerBlockedUntil: nullableInstant,
  deregisterAttempts: instants,
  deregisterBlockedUntil: nullableInstant,
  pinGuesses: z.number().int().min(0).default(0),
  pinLockedUntil: nullableInstant,
  deletedAt: nullableInstant,
  inbox: z
    .array(
      z.strictObject({ id: z.string(), channel: z.enum(['sms', 'voice']), text: z.string(), at: instant }),
    )
    .default([]),
});

/** A number as one WABA lists it. At most one record of a subscriber is `live` (meta §12.7). */
export const recordSchema = z.strictObject({
  id: graphId,
  wabaId: graphId,
  subscriberId: z.string(),
  status: z
    .enum([
      'PENDING',
      'DELETED',
      'MIGRATED',
      'BANNED',
      'RESTRICTED',
      'RATE_LIMITED',
      'FLAGGED',
      'CONNECTED',
      'DISCONNECTED',
      'UNKNOWN',
      'UNVERIFIED',
    ])
    .default('CONNECTED'),
  verification: z.enum(['NOT_VERIFIED', 'VERIFIED', 'EXPIRED']).default('VERIFIED'),
  verifiedAt: nullableInstant,
  platformType: z.enum(['CLOUD_API', 'ON_PREMISE', 'NOT_APPLICABLE']).default('CLOUD_API'),
  throughput: z.enum(['STANDARD', 'HIGH']).optional(),
  live: z.boolean().default(true),
  origin: z.enum(['onboarded', 'migration', 'new']).default('onboarded'),
  migrating: z.boolean().default(false),
  registering: z.boolean().default(false),
  vanished: z.boolean().default(false),
  everRegistered: z.boolean().default(true),
  profile: profileSchema.nullable().default(null),
  onboardedAt: nullableInstant,
  belongings: belongingsSchema.optional(),
  /** Where its data is kept; absent: wherever Meta keeps it. */
  storageRegion: z.enum(storageRegions).optional(),
  code: z.strictObject({ value: z.string(), expiresAt: instant, used: z.boolean() }).nullable().default(null),
  codeRequests: instants,
  codeGuesses: z.number().int().min(0).default(0),
  codeLockedUntil: nullableInstant,
});

export const tokenSchema = z.strictObject({
  name: z.string(),
  value: z.string().min(1),
  kind: z.enum(['system', 'business', 'user']),
  appId: graphId,
  userId: graphId,
  businessId: graphId,
  scopes: z.array(z.string()),
  targetIds: z.array(graphId),
  financialRole: z.boolean().default(false),
  issuedAt: nullableInstant,
  expiresAt: nullableInstant,
  revoked: z.boolean().default(false),
  locale: z.enum(['en_US', 'pt_BR', 'es_LA']).default('en_US'),
});

export const allocationSchema = z.strictObject({
  id: graphId,
  creditLineId: graphId,
  receivingBusinessId: graphId,
  credentialId: graphId,
  status: z.enum(['CREATED', 'DELETED']).default('CREATED'),
});

/** The whole practice platform as data. Everything has a default except what gives an object its identity. */
export const worldSchema = z.strictObject({
  title: z.string().default('a practice world'),
  partnerAppId: graphId.nullable().default(null),
  knobs: knobsSchema.prefault({}),
  apps: z.array(appSchema).default([]),
  businesses: z.array(businessSchema).default([]),
  wabas: z.array(wabaSchema).default([]),
  subscribers: z.array(subscriberSchema).default([]),
  records: z.array(recordSchema).default([]),
  tokens: z.array(tokenSchema).default([]),
  allocations: z.array(allocationSchema).default([]),
  media: z.array(mediaSchema).default([]),
  uploads: z.array(uploadSchema).default([]),
  people: z.array(personSchema).default([]),
  solutions: z.array(solutionSchema).default([]),
  intents: z.array(intentSchema).default([]),
});

export type WorldInput = z.input<typeof worldSchema>;
export type World = z.output<typeof worldSchema>;
export type App = z.output<typeof appSchema>;
export type Business = z.output<typeof businessSchema>;
export type Waba = z.output<typeof wabaSchema>;
export type Subscriber = z.output<typeof subscriberSchema>;
export type NumberRecord = z.output<typeof recordSchema>;
export type Token = z.output<typeof tokenSchema>;
export type Allocation = z.output<typeof allocationSchema>;
