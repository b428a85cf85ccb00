/**
 * What is said about a template: what was meant to become of it, what became of it, and why. Every reason has a code, what
 * to do about it, and whether creating the template anew is worth it (R7, P-8, meta §4).
 */
import { z } from 'zod';

/** What an inventory means to do with a source template. */
export const TEMPLATE_PLANS = [
  'copy',
  'recreate',
  'collision',
  'ineligible',
  'over_capacity',
  'at_destination',
] as const;
export type TemplatePlan = (typeof TEMPLATE_PLANS)[number];

/**
 * `left_behind`: nobody asked for it, the reason says why. `missing`: asked for, not refused, and not there. `kept`: the
 * destination's own one of this name and language stays (R9). `rejected`: arrived, and turned down by a later check.
 */
export const TEMPLATE_OUTCOMES = [
  'pending',
  'copied',
  'recreated',
  'kept',
  'failed',
  'missing',
  'rejected',
  'left_behind',
] as const;
export type TemplateOutcome = (typeof TEMPLATE_OUTCOMES)[number];

/**
 * Whether a template that stays behind for this reason is created anew when `templates.recreateIneligible` is set:
 * always, only when the request requires it, or never.
 */
export type WorthRecreating = 'always' | 'required' | 'never';

interface ReasonRow {
  remedy: string;
  recreate: WorthRecreating;
}

const rows = <C extends string>(table: Record<C, ReasonRow>): Readonly<Record<C, ReasonRow>> => table;

export const TEMPLATE_REASONS = rows({
  SOURCE_PENDING: {
    remedy:
      'Wait for the review at the source, or submit it at the destination; a review takes up to 24 hours.',
    recreate: 'always',
  },
  SOURCE_REJECTED: {
    remedy: 'Correct the content and submit it at the destination: the same content would be rejected again.',
    recreate: 'never',
  },
  SOURCE_IN_APPEAL: {
    remedy: 'Wait for the appeal at the source, or submit a corrected content at the destination.',
    recreate: 'never',
  },
  SOURCE_PAUSED: {
    remedy:
      'Meta paused it because customers blocked or reported it. Submit a better one at the destination.',
    recreate: 'required',
  },
  SOURCE_DISABLED: {
    remedy: 'Meta disabled it for good. Submit another content under another name.',
    recreate: 'never',
  },
  SOURCE_ARCHIVED: {
    remedy: 'It was not used for a year. If it is still needed, submit it at the destination.',
    recreate: 'required',
  },
  SOURCE_LIMIT_EXCEEDED: {
    remedy: 'It was over the limit of the source account. If it is needed, submit it at the destination.',
    recreate: 'required',
  },
  SOURCE_DELETED: { remedy: 'It is being deleted at the source; nothing to do.', recreate: 'never' },
  SOURCE_STATUS: {
    remedy: 'Look at its status at the source; only APPROVED templates are copied.',
    recreate: 'required',
  },
  QUALITY_YELLOW: {
    remedy:
      'Submit it at the destination if it is still used; copies are for templates of good quality only.',
    recreate: 'always',
  },
  QUALITY_RED: {
    remedy:
      'Customers complain about it. Submit a better one at the destination; this one would bring its complaints.',
    recreate: 'required',
  },
  QUALITY_UNKNOWN: {
    remedy: 'Wait until Meta has rated it, or submit it at the destination.',
    recreate: 'always',
  },
  SAME_AT_DESTINATION: { remedy: 'Nothing to do: the destination has the same content.', recreate: 'never' },
  OTHER_AT_DESTINATION: {
    remedy:
      'Compare both contents. To bring the source’s as well, give it another name in templates.collisions.',
    recreate: 'never',
  },
  NO_ROOM: {
    remedy:
      'Delete unused templates at the destination, or verify the business (6,000 instead of 250); then retry or replay.',
    recreate: 'never',
  },
  COPY_REFUSED: {
    remedy:
      'Meta refused the copy for the reason given. Submit it at the destination, corrected where it says so.',
    recreate: 'always',
  },
  COPY_MISSING: {
    remedy: 'It was asked for and did not arrive. Submit it at the destination.',
    recreate: 'always',
  },
  RECHECK_REJECTED: {
    remedy:
      'Meta’s category check after the copy turned it down. Edit it in WhatsApp Manager (category or content) and submit it again, or request a review.',
    recreate: 'never',
  },
  REVIEW_REJECTED: {
    remedy: 'Meta’s review turned it down. Correct it in WhatsApp Manager and submit it again.',
    recreate: 'never',
  },
  CONTENT_REFUSED: {
    remedy: 'Correct the content as Meta’s words say and submit it at the destination.',
    recreate: 'never',
  },
  CONTENT_UNREADABLE: {
    remedy:
      'Give a credential that may read the source account, or submit the template at the destination by hand.',
    recreate: 'never',
  },
  NAME_LOCKED: {
    remedy:
      'The name was deleted at the destination and is locked, up to 30 days. Submit it later, or under another name.',
    recreate: 'never',
  },
  MEDIA_UNAVAILABLE: {
    remedy:
      'The file of its header could not be fetched or uploaded. Submit the template with the file by hand.',
    recreate: 'never',
  },
  FLOW_NOT_MOVED: {
    remedy:
      'The flow that its button opens is not at the destination. Create and publish the flow, then submit it.',
    recreate: 'never',
  },
  CATALOG_NEEDED: {
    remedy: 'Catalogues do not move (R11). Link the catalogue to the destination, then submit the template.',
    recreate: 'never',
  },
  FLOW_REPOINTED: {
    remedy:
      'Nothing to do: its button opens the flow of this account. Meta reviews the edit, for up to 24 hours.',
    recreate: 'never',
  },
  FLOW_OF_OLD_ACCOUNT: {
    remedy:
      'The copy’s button still opens the flow of the old account. Edit the template at the destination and choose the flow there.',
    recreate: 'never',
  },
});
export type TemplateReason = keyof typeof TEMPLATE_REASONS;

export const templateReasonSchema = z.enum(
  Object.keys(TEMPLATE_REASONS) as [TemplateReason, ...TemplateReason[]],
);
export const worthRecreatingSchema = z.enum(['always', 'required', 'never']);

export const remedyOf = (code: TemplateReason | null): string | null =>
  code === null ? null : TEMPLATE_REASONS[code].remedy;

/** Written `name/language`, as in the request's `templates.required`; unique within a WABA (meta §12.7). */
export const templateKey = (template: { name: string; language: string }): string =>
  `${template.name}/${template.language}`;
