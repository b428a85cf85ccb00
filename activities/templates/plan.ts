/** What will become of each source template, decided from both lists alone (R6, R7, R9, meta §4.1). Pure. */
import type { TemplatePlan } from '../../store';

export type { TemplatePlan };

/** Written `name/language`, as in the request's `templates.required`; unique within a WABA (meta §12.7). */
export const templateKey = (template: { name: string; language: string }): string =>
  `${template.name}/${template.language}`;

/** What a plan needs to know of a source template. */
export interface SourceTemplate {
  name: string;
  language: string;
  status: string;
  /** GREEN, YELLOW, RED, UNKNOWN; null when the listing has no score, which is unknown too. */
  quality: string | null;
}

export interface Decision {
  plan: TemplatePlan;
  reason: string | null;
}

/** APPROVED and GREEN or UNKNOWN are copied by the call; the automatic copy takes GREEN only (meta §4.1, R6). */
const COPYABLE_QUALITY: ReadonlySet<string> = new Set(['GREEN', 'UNKNOWN']);

/** Null for a template that the copy takes. */
export const whyIneligible = ({ status, quality }: SourceTemplate): string | null => {
  if (status !== 'APPROVED') return `its status at the source is ${status}, only APPROVED ones are copied`;
  if (!COPYABLE_QUALITY.has(quality ?? 'UNKNOWN')) {
    return `its quality at the source is ${quality ?? 'UNKNOWN'}, only GREEN and UNKNOWN ones are copied`;
  }
  return null;
};

/**
 * Decides template by template, in the order of the source's list, and counts the places that the copies will take.
 * `atDestination` holds the keys that exist there, `askedBefore` those that an earlier inventory meant to copy: such
 * a one that is there now is our copy, any other is the destination's own and wins (R9).
 */
export const planner = (
  atDestination: ReadonlySet<string>,
  askedBefore: ReadonlySet<string>,
  capacityLeft: number | null,
): ((template: SourceTemplate) => Decision) => {
  let places = capacityLeft ?? Number.POSITIVE_INFINITY;
  return (template) => {
    const key = templateKey(template);
    if (atDestination.has(key)) {
      return askedBefore.has(key)
        ? { plan: 'at_destination', reason: null }
        : { plan: 'collision', reason: 'the destination has its own template of this name and language' };
    }
    const ineligible = whyIneligible(template);
    if (ineligible !== null) return { plan: 'ineligible', reason: ineligible };
    if (places <= 0) return { plan: 'over_capacity', reason: 'the destination has no place left for it' };
    places -= 1;
    return { plan: 'copy', reason: null };
  };
};
