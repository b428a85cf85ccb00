import { z } from 'zod';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const milliseconds = z.number().int().min(0);

/** Checks the platform can be told to forget, so that an invariant can be seen to fire (meta §12.7). */
export const guardNames = [
  'two_step',
  'payment',
  'verification',
  'one_live_record',
  'template_names',
  'credit_line',
  'announcement',
  'single_bill',
  'signup_code',
  'one_open_intent',
  'intent_owner',
  'partner_limit',
] as const;

/** Things other people do between the proof of ownership and the registration (meta §12.5, last two rows). */
export const midFlightNames = ['two_step_on', 'name_change', 'review_revoked', 'credit_revoked'] as const;

/** Countries in which the data of a number can be kept (meta §1.5). */
export const storageRegions = [
  ...(['AU', 'ID', 'IN', 'JP', 'SG', 'KR', 'DE', 'CH', 'GB', 'BR', 'BH', 'ZA', 'AE', 'CA'] as const),
] as const;

export type StorageRegion = (typeof storageRegions)[number];

export const siteCertificates = ['valid', 'expired', 'wrong_name', 'self_signed'] as const;
export type SiteCertificate = (typeof siteCertificates)[number];

/**
 * Behaviours that are switchable because the public facts conflict or are unknown (meta §12.5).
 * All durations are milliseconds of the world's clock, except `registerReplyDelayMs` (wall time).
 */
export const knobsSchema = z.strictObject({
  phoneNumberId: z.enum(['new', 'same']).default('new'),
  sourceOutage: z.enum(['at_register', 'at_announcement']).default('at_register'),
  sourceRecordAfter: z.enum(['migrated', 'vanished', 'disconnected']).default('migrated'),
  inboundDuringCutover: z.enum(['once', 'dropped', 'both']).default('once'),
  twoStepCheckedAt: z.enum(['announcement_and_register', 'register']).default('announcement_and_register'),
  registerReplay: z
    .enum(['check_pin', 'keep_pin', 'change_pin', 'pin_mismatch', 'error'])
    .default('check_pin'),
  registerDelayMs: milliseconds.default(300),
  registerReplyDelayMs: milliseconds.default(0),
  registerReplyLost: z.boolean().default(false),
  rateCode: z.union([z.literal(80007), z.literal(80008)]).default(80008),
  callsPerHourSmall: z.number().int().min(1).default(200),
  callsPerHourLarge: z.number().int().min(1).default(5_000),
  outerCode: z.union([z.literal(100), z.literal(200000)]).default(100),
  errorShape: z.enum(['subcode', 'details']).default('subcode'),
  failedTemplates: z.enum(['map', 'list']).default('map'),
  migratedTemplateIds: z.enum(['source', 'destination']).default('source'),
  existingTemplateInCopy: z.enum(['skipped', 'failed', 'listed']).default('skipped'),
  templateCopyBreaksAfter: z.number().int().min(0).nullable().default(null),
  templateCopyNeedsSourceAccess: z.boolean().default(false),
  autoTemplateCopy: z.enum(['off', 'at_announcement', 'at_register']).default('at_register'),
  autoTemplateCopyStartMs: milliseconds.default(2 * SECOND),
  autoTemplateCopyBatch: z.number().int().min(1).default(10),
  autoTemplateCopyIntervalMs: milliseconds.default(SECOND),
  /** Which qualities a copy call takes: the call's page says both, the page of the automatic copy GREEN only. */
  copiedQualities: z.enum(['green_and_unknown', 'green']).default('green_and_unknown'),
  /** Whether the flow button of a copy opens the old account's flow or the moved one of the same name. */
  copiedFlowButtons: z.enum(['kept', 'repointed']).default('kept'),
  /** How often an approved template may be edited (meta §4.3); 0: not at all. */
  templateEditsPerDay: z.number().int().min(0).default(1),
  templateEditsPerMonth: z.number().int().min(0).default(10),
  /** Whether a template shows its new content during the review of an edit is not published. */
  editedContent: z.enum(['shown_at_once', 'shown_after_review']).default('shown_at_once'),
  templateReview: z.enum(['approves', 'rejects']).default('approves'),
  templateReviewMs: milliseconds.default(MINUTE),
  /** Whether a line sets the account's currency, or must come in it: Meta's pages say only that it is frozen afterwards. */
  attachCurrency: z.enum(['sets', 'must_match']).default('sets'),
  profileAfterMove: z.enum(['lost', 'kept']).default('lost'),
  throughputAfterMove: z.enum(['standard', 'kept']).default('standard'),
  profileShape: z.enum(['flat', 'nested']).default('flat'),
  sourceAnalyticsAfter: z.enum(['gone', 'kept']).default('gone'),
  webhookRetryHours: z.union([z.literal(36), z.literal(168)]).default(36),
  webhookDuplicates: z.number().int().min(0).max(5).default(0),
  webhookDisorder: z.boolean().default(false),
  webhookDelayMs: milliseconds.default(0),
  displayNumber: z.enum(['plus', 'digits']).default('plus'),
  regionalForm: z.enum(['as_recorded', 'other']).default('as_recorded'),
  codeDelivery: z.enum(['arrives', 'never', 'wrong_digits']).default('arrives'),
  codeDeliveryMs: milliseconds.default(0),
  codeTtlMs: milliseconds.default(10 * MINUTE),
  codeRequestLimit: z.number().int().min(1).default(5),
  codeRequestWindowMs: milliseconds.default(4 * HOUR),
  codeGuessLimit: z.number().int().min(1).default(5),
  codeGuessLockMs: milliseconds.default(12 * HOUR),
  codeResendQuietMs: milliseconds.default(MINUTE),
  pinGuessLimit: z.number().int().min(1).default(3),
  pinGuessLockMs: milliseconds.default(12 * HOUR),
  deletedNumberHoldMs: milliseconds.default(5 * MINUTE),
  signupVersion2EndsAt: z.iso.datetime().default('2026-10-15T00:00:00.000Z'),
  signupConnectedNumber: z.enum(['moves', 'refused']).default('moves'),
  signupUnknownNumber: z.enum(['added', 'refused']).default('added'),
  signupAbandonedAccount: z.enum(['unshared', 'shared']).default('unshared'),
  signupGlitches: z.number().int().min(0).default(0),
  signupTells: z.enum(['both', 'partner_added', 'app_installed', 'nothing']).default('both'),
  intentCaller: z.enum(['in_both_solutions', 'anyone_with_access']).default('in_both_solutions'),
  intentRepeated: z.enum(['same', 'refused']).default('same'),
  intentErrorAs: z.enum(['subcode', 'code']).default('subcode'),
  intentTells: z.boolean().default(true),
  /** Whether `register` still takes `data_localization_region`, or `settings` alone (meta §1.5, §14 question 7). */
  storageRegionAt: z.enum(['settings', 'register']).default('settings'),
  /** What the practice web sites show whoever opens them over TLS (R28). */
  siteCertificate: z.enum(siteCertificates).default('valid'),
  midFlight: z.array(z.enum(midFlightNames)).default([]),
  unguarded: z.array(z.enum(guardNames)).default([]),
});

export type Knobs = z.output<typeof knobsSchema>;
export type KnobsInput = z.input<typeof knobsSchema>;

/** A partial change of the knobs: only what is named changes; defaults are not filled in. */
export function changeKnobs(current: Knobs, change: unknown): Knobs {
  const named = z.record(z.string(), z.unknown()).parse(change);
  return knobsSchema.parse({ ...current, ...named });
}
