/** What people prepare before a number moves and do after it has moved; which of it holds the cut-over up is a setting. */
import { z } from 'zod';

/** Before the cut-over, in the order in which they are best begun. */
export const PREPARATION_KINDS = [
  'settle_open_invoices',
  'keep_source_subscription',
  'arrange_two_step_removal',
  'check_portfolio_mail',
  'appoint_code_receiver',
  'export_history',
  'note_what_stays',
  'prepare_consumers',
  'book_support',
  'freeze_campaigns',
  'drain_inbox',
  'open_phone_line',
] as const;
export type PreparationKind = (typeof PREPARATION_KINDS)[number];

/** What hung on the number at the source and is made again at the destination, where it was seen (meta §1.6). */
export const WHAT_STAYS = [
  'remake_qr_codes',
  'set_up_automations',
  'rebuild_flows',
  'set_number_webhook',
] as const;
export type WhatStays = (typeof WHAT_STAYS)[number];

/** After it. */
export const FOLLOW_UP_KINDS = [
  'relink_catalogue',
  'reupload_media',
  ...WHAT_STAYS,
  'retire_old_integration',
  'ramp_up',
] as const;
export type FollowUpKind = (typeof FOLLOW_UP_KINDS)[number];

/** The check of acceptance and aftercare that ends the freeze of campaigns (P-8). */
export const CAMPAIGN_TEMPLATES = 'templates for campaigns';

export const preparationSettings = z.object({
  /** Kinds without which the cut-over does not begin; the others are asked for and reminded of, and hold nothing up. */
  blocking: z.array(z.enum(PREPARATION_KINDS)).default([]),
  /** Kinds that this deployment does not ask for. */
  omit: z.array(z.enum([...PREPARATION_KINDS, ...FOLLOW_UP_KINDS])).default([]),
  /** Which templates must be approved at the destination before campaigns start again after the move (P-8). */
  campaignsNeed: z.enum(['all', 'required']).default('all'),
  /** When a supported move is offered (R14, R50): only to whom moves much, to everybody, or to nobody. */
  bookSupport: z.enum(['high_volume', 'always', 'never']).default('high_volume'),
});
export type PreparationSettings = z.infer<typeof preparationSettings>;
