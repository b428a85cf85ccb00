/** Bodies of the HTTP contract's mutations, as zod schemas: the server validates with them, OpenAPI is made from them. */
import { isPossiblePhoneNumber } from 'libphonenumber-js';
import { z } from 'zod';
import { shortWindowAfter } from './cutover-window';
import { durationMs } from './duration';
import { ATTESTED_ROW } from './eligibility-settings';
import { businessIdSchema, creditLineIdSchema, metaIdSchema, wabaIdSchema } from './ids';
import { timeZoneSchema } from './local-time';
import { misplacedWithCard } from './misplaced-fields';
import { stepNameSchema } from './steps';

/** What is not an instant is left to the check that says so. */
const inUtc = (given: string): string => {
  const at = Date.parse(given);
  return Number.isNaN(at) ? given : new Date(at).toISOString();
};

/** RFC 3339 with an offset or Z; read as the same instant in UTC, which is how it is kept and shown. */
export const instantSchema = z.iso
  .datetime({ offset: true, error: 'an RFC 3339 instant such as 2026-11-22T22:00:00Z' })
  .overwrite(inUtc);

export const e164Schema = z
  .string()
  .regex(/^\+[1-9][0-9]{6,14}$/, 'an E.164 phone number: "+", country code, subscriber number, digits only')
  .refine((value) => isPossiblePhoneNumber(value), 'a phone number whose length is possible in its country');

export const credentialNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the name of a stored credential: lower-case letters, digits, hyphens');

const text = (max: number) => z.string().trim().min(1).max(max);

export const sourceSchema = z.strictObject({
  provider: text(64),
  businessId: businessIdSchema,
  wabaId: wabaIdSchema,
  credential: credentialNameSchema.optional(),
});

/** `hub_signup` is a route of the provider 360dialog. */
const AVAILABLE_ROUTES = ['programmatic', 'embedded_signup', 'solution_intent'] as const;

/** Countries in which Meta keeps the data of a number, when asked to (meta §1.5). */
export const STORAGE_REGIONS = [
  ...(['AE', 'AU', 'BH', 'BR', 'CA', 'CH', 'DE', 'GB', 'ID', 'IN', 'JP', 'KR', 'SG', 'ZA'] as const),
] as const;
export type StorageRegion = (typeof STORAGE_REGIONS)[number];

export const destinationSchema = z.strictObject({
  provider: z.literal('meta', { error: '"meta" (the provider "360dialog" is not available yet)' }),
  businessId: businessIdSchema,
  wabaId: wabaIdSchema.optional(),
  wabaName: text(200).optional(),
  credential: credentialNameSchema,
  /** Only `solution_intent` (meta §2.3): the Multi-Partner Solution the account moves to. */
  solutionId: metaIdSchema.optional(),
  /** Only `solution_intent`, instead of `solutionId`: the partner app, when the account leaves a solution. */
  appId: metaIdSchema.optional(),
  /** Only `solution_intent`: an intent that is set already; it is adopted. */
  intentId: metaIdSchema.optional(),
  /** Where Meta is to keep the number's data, from its registration on (meta §1.5); absent: wherever it does. */
  dataLocalizationRegion: z.enum(STORAGE_REGIONS).optional(),
  /** 360dialog asks for at most 48 hours (R46); null: no limit. */
  maxWabaAgeHours: z.number().int().positive().max(8760).nullable().default(null),
});

const websiteSchema = z.url({ protocol: /^https?$/ });
const localeSchema = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'a locale such as pt-BR');

export const businessSchema = z.strictObject({
  name: text(200),
  website: websiteSchema.optional(),
  contact: z
    .strictObject({
      name: text(200).optional(),
      phone: e164Schema.optional(),
      email: z.email().optional(),
      locale: localeSchema.optional(),
    })
    .optional(),
});

/** What stands is merged with it by the migration, which says what then is missing. */
const businessPatchSchema = z
  .strictObject({
    name: text(200),
    website: websiteSchema.nullable(),
    contact: z
      .strictObject({
        name: text(200).nullable(),
        phone: e164Schema.nullable(),
        email: z.email().nullable(),
        locale: localeSchema.nullable(),
      })
      .partial()
      .nullable(),
  })
  .partial();

export const verificationMethodSchema = z.enum(['sms', 'voice']);
const languageSchema = z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'a language code such as pt_BR or en');

export const verificationSchema = z.strictObject({
  method: verificationMethodSchema.default('sms'),
  language: languageSchema.default('en_US'),
  send: z.enum(['on_ready', 'on_request']).default('on_ready'),
});

const templateNameSchema = z
  .string()
  .regex(/^[a-z0-9_]{1,512}$/, 'a template name: lower-case letters, digits, underscores');
const templateKeySchema = z
  .string()
  .regex(/^[a-z0-9_]{1,512}\/[a-z]{2,3}(_[A-Z]{2})?$/, 'a template written name/language');

/**
 * What is decided about a template that the destination has already, with another content (R9): its own stays, or the
 * source's is created beside it under another name. Meta never overwrites.
 */
export const collisionDecisionSchema = z.union(
  [z.literal('keep_destination'), z.strictObject({ createAs: templateNameSchema })],
  { error: '"keep_destination" or {"createAs": "another_name"}' },
);

export const templatesSchema = z.strictObject({
  copy: z.boolean().default(true),
  /** Written `name/language`; acceptance waits until each is approved at the destination. */
  required: z.array(templateKeySchema).max(500).default([]),
  /** Create at the destination, from their content, templates that Meta does not copy (R7). */
  recreateIneligible: z.boolean().default(false),
  /** `ask`: the migration waits for a person where the destination has a template of the same name, but other content. */
  onCollision: z.enum(['keep_destination', 'ask']).default('keep_destination'),
  /** By `name/language`. */
  collisions: z.record(templateKeySchema, collisionDecisionSchema).default({}),
});

const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 currency code');

export const fundingSchema = z.discriminatedUnion('payer', [
  z.strictObject({
    payer: z.literal('partner_credit'),
    creditLineId: creditLineIdSchema,
    currency: currencySchema,
    /** The system token that may share the line; the destination's credential when absent (meta §5.1). */
    credential: credentialNameSchema.optional(),
  }),
  z.strictObject({ payer: z.literal('client_card') }),
]);

/** What stands of the same payer is merged with it by the migration, which says what then is missing. */
const fundingPatchSchema = z
  .strictObject({
    payer: z.enum(['partner_credit', 'client_card']),
    creditLineId: creditLineIdSchema.nullable(),
    currency: currencySchema.nullable(),
    credential: credentialNameSchema.nullable(),
  })
  .partial()
  .superRefine((funding, context) => {
    if (funding.payer !== 'client_card') return;
    for (const { field, expected } of misplacedWithCard(funding)) {
      context.addIssue({ code: 'custom', path: [field], message: expected });
    }
  });

const windowShape = {
  notBefore: instantSchema.optional(),
  notAfter: instantSchema.optional(),
};
const windowIsSane = (window: { notBefore?: string | undefined; notAfter?: string | undefined }): boolean =>
  shortWindowAfter(window, {}) === null;
const WINDOW_TOO_SHORT = {
  path: ['notAfter'],
  message: 'an instant at least 15 minutes after notBefore',
};

export const cutoverSchema = z
  .strictObject({
    ...windowShape,
    /** In which the times are shown beside UTC; decides nothing. */
    timeZone: timeZoneSchema.optional(),
    approval: z.enum(['automatic', 'manual']).default('automatic'),
  })
  .refine(windowIsSane, WINDOW_TOO_SHORT);

const DURATION = 'an ISO 8601 duration between PT1M and P365D, such as P14D';
const durationSchema = z.iso
  .duration({ error: DURATION })
  .refine((duration) => durationMs(duration) >= 60_000 && durationMs(duration) <= 365 * 86_400_000, DURATION);

export const deadlinesSchema = z.strictObject({
  eligibility: durationSchema.optional(),
  destination: durationSchema.optional(),
  preparation: durationSchema.optional(),
  two_step_off: durationSchema.optional(),
  ownership: durationSchema.optional(),
  funding: durationSchema.optional(),
});

export const attestationSchema = z.strictObject({
  requirement: z.string().regex(ATTESTED_ROW, 'a requirement row R1 to R50, P-17, or 360dialog §7.3'),
  statement: text(2000),
  /** When it was given; the server fills it in. An attestation expires. */
  attestedAt: instantSchema.optional(),
});

export const metadataSchema = z
  .record(z.string().max(64), z.string().max(500))
  .refine((value) => Object.keys(value).length <= 50, 'at most 50 entries');

const numberAsShownSchema = z
  .string()
  .regex(/^\+?[0-9]{7,15}$/, 'the digits exactly as the WhatsApp profile shows them');

export const startRequestSchema = z
  .strictObject({
    phoneNumber: e164Schema,
    numberAsShownInProfile: numberAsShownSchema.optional(),
    mode: z.enum(['execute', 'dry_run']).default('execute'),
    route: z.enum(AVAILABLE_ROUTES, {
      error:
        '"programmatic", "embedded_signup" or "solution_intent" ("hub_signup" needs the provider 360dialog, which is not available yet)',
    }),
    source: sourceSchema,
    destination: destinationSchema,
    business: businessSchema.optional(),
    verification: verificationSchema.prefault({}),
    templates: templatesSchema.prefault({}),
    funding: fundingSchema.optional(),
    cutover: cutoverSchema.prefault({}),
    aftercare: z.strictObject({ hours: z.number().int().min(0).max(720).default(72) }).prefault({}),
    deadlines: deadlinesSchema.prefault({}),
    attestations: z.array(attestationSchema).max(50).default([]),
    metadata: metadataSchema.default({}),
  })
  .refine((request) => request.source.wabaId !== request.destination.wabaId, {
    path: ['destination', 'wabaId'],
    message: 'a WABA other than the source WABA',
  });
export type StartRequestBody = z.input<typeof startRequestSchema>;
export type StartRequest = z.output<typeof startRequestSchema>;

const reason = text(2000);
export const reasonSchema = z.strictObject({ reason });
export const approveCutoverSchema = z.strictObject({
  reason,
  /** `plan.planHash` of the migration that was looked at: 409 `plan_changed` when it is another one by now. */
  planHash: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'the planHash of a plan, 32 hexadecimal digits')
    .optional(),
});
export const verificationCodeSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[0-9]{3}-?[0-9]{3}$/, 'six digits, with or without the hyphen of the message')
    .transform((code) => code.replace('-', '')),
});
export const requestCodeSchema = z.strictObject({
  method: verificationMethodSchema.optional(),
  language: languageSchema.optional(),
});
export const completeTaskSchema = z.strictObject({
  statement: text(2000),
  evidenceUrl: z.url({ protocol: /^https$/ }).optional(),
});
export const retrySchema = z.strictObject({ step: stepNameSchema.optional(), reason });
export const skipSchema = z.strictObject({ step: stepNameSchema, reason });
export const rescheduleSchema = z
  .strictObject({ notBefore: instantSchema, notAfter: instantSchema, reason })
  .refine(windowIsSane, WINDOW_TOO_SHORT);
export const replaySchema = z.strictObject({
  fromStep: stepNameSchema.optional(),
  reason,
  dryRun: z.boolean().default(false),
});
export const revealSchema = z.strictObject({ secret: z.literal('two_step_pin'), reason });
export const credentialBodySchema = z.strictObject({ accessToken: z.string().min(8).max(4096) });
export const searchSchema = z.strictObject({
  phoneNumber: e164Schema.optional(),
  text: text(200).optional(),
});

/** JSON merge patch (RFC 7396): a given object is merged, null removes an optional value. */
export const amendSchema = z
  .strictObject({
    /** The form the WhatsApp profile shows (R31). */
    numberAsShownInProfile: numberAsShownSchema,
    source: z.strictObject({ wabaId: wabaIdSchema, credential: credentialNameSchema.nullable() }).partial(),
    destination: z
      .strictObject({ wabaId: wabaIdSchema, credential: credentialNameSchema, intentId: metaIdSchema })
      .partial(),
    /** Out of a signup or an intent that leads nowhere: the account is known, the number is announced and proven by code. */
    route: z.literal('programmatic', { error: '"programmatic": a route can only change to that one' }),
    funding: fundingPatchSchema.nullable(),
    verification: z
      .strictObject({
        method: verificationMethodSchema,
        language: languageSchema,
        send: z.enum(['on_ready', 'on_request']),
      })
      .partial(),
    cutover: z
      .strictObject({
        notBefore: instantSchema.nullable(),
        notAfter: instantSchema.nullable(),
        timeZone: timeZoneSchema.nullable(),
        approval: z.enum(['automatic', 'manual']),
      })
      .partial(),
    templates: z
      .strictObject({
        copy: z.boolean(),
        required: templatesSchema.shape.required.unwrap(),
        recreateIneligible: z.boolean(),
        onCollision: z.enum(['keep_destination', 'ask']),
        /** Merged decision by decision; null takes one back. */
        collisions: z.record(templateKeySchema, collisionDecisionSchema.nullable()),
      })
      .partial(),
    business: businessPatchSchema.nullable(),
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'at least one field');
export type AmendPatch = z.output<typeof amendSchema>;
