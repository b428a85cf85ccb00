/** What will become of each source template, decided from both lists alone (R6, R7, R9, meta §4.1). Pure. */
import type { TemplatePlan } from '../../store';
import { templateKey, type TemplateReason } from '../../shared/template-report';

export { templateKey };
export type { TemplatePlan };

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
  code: TemplateReason | null;
  createAs: string | null;
}

interface Why {
  code: TemplateReason;
  reason: string;
}

/** The copy call takes GREEN and UNKNOWN (meta §4.1), the automatic one GREEN only (meta §1.6): the policy decides. */
export const COPIED_QUALITIES: readonly string[] = ['GREEN', 'UNKNOWN'];

const CODE_OF_STATUS: Readonly<Record<string, TemplateReason>> = {
  PENDING: 'SOURCE_PENDING',
  REJECTED: 'SOURCE_REJECTED',
  IN_APPEAL: 'SOURCE_IN_APPEAL',
  PAUSED: 'SOURCE_PAUSED',
  DISABLED: 'SOURCE_DISABLED',
  ARCHIVED: 'SOURCE_ARCHIVED',
  LIMIT_EXCEEDED: 'SOURCE_LIMIT_EXCEEDED',
  DELETED: 'SOURCE_DELETED',
  PENDING_DELETION: 'SOURCE_DELETED',
};
const CODE_OF_QUALITY: Readonly<Record<string, TemplateReason>> = {
  YELLOW: 'QUALITY_YELLOW',
  RED: 'QUALITY_RED',
  UNKNOWN: 'QUALITY_UNKNOWN',
};

/** Null for a template that the copy takes. */
export const whyIneligible = (
  { status, quality }: SourceTemplate,
  qualities: readonly string[] = COPIED_QUALITIES,
): Why | null => {
  if (status !== 'APPROVED') {
    return {
      code: CODE_OF_STATUS[status] ?? 'SOURCE_STATUS',
      reason: `its status at the source is ${status}, only APPROVED ones are copied`,
    };
  }
  const score = quality ?? 'UNKNOWN';
  if (qualities.includes(score)) return null;
  return {
    code: CODE_OF_QUALITY[score] ?? 'QUALITY_UNKNOWN',
    reason: `its quality at the source is ${score}, only ${qualities.join(' and ')} ones are copied`,
  };
};

export interface Circumstances {
  /** Keys that exist at the destination. */
  atDestination: ReadonlySet<string>;
  /** Keys that an earlier inventory found missing there: such a one that is there now has arrived, it does not collide. */
  missingBefore: ReadonlySet<string>;
  /** Free places; null: not known. */
  capacityLeft: number | null;
  required?: ReadonlySet<string>;
  qualities?: readonly string[];
  /** Names under which collisions are created beside the destination's own. */
  createAs?: ReadonlyMap<string, string>;
}

export interface Planner {
  /** `contentDiffers`: null where one of the contents cannot be seen. `isCopy`: what is there was copied, by whomever. */
  decide: (template: SourceTemplate, contentDiffers?: boolean | null, isCopy?: boolean) => Decision;
  /** Places that were kept for required templates which then did not need them. */
  placesLeft: () => number;
}

/**
 * Decides template by template, in the order of the source's list, and counts the places that the copies will take. Places
 * are kept for required templates, wherever in the list they come.
 */
export const planner = (given: Circumstances): Planner => {
  const { atDestination, missingBefore, qualities } = given;
  const required = given.required ?? new Set<string>();
  let places = given.capacityLeft ?? Number.POSITIVE_INFINITY;
  let keptForRequired = [...required].filter((key) => !atDestination.has(key)).length;

  const collision = (key: string, contentDiffers: boolean | null): Decision => {
    const createAs = given.createAs?.get(key);
    if (createAs !== undefined) {
      const reason = `the destination has its own; it is created beside it as ${createAs}`;
      return { plan: 'recreate', reason, code: 'OTHER_AT_DESTINATION', createAs };
    }
    const reason =
      contentDiffers === false
        ? 'the destination has its own template of this name and language, with the same content'
        : 'the destination has its own template of this name and language';
    const code = contentDiffers === false ? 'SAME_AT_DESTINATION' : 'OTHER_AT_DESTINATION';
    return { plan: 'collision', reason, code, createAs: null };
  };

  const takesPlace = (key: string): boolean => {
    const isRequired = required.has(key);
    if (isRequired) keptForRequired = Math.max(0, keptForRequired - 1);
    if (places - (isRequired ? 0 : keptForRequired) <= 0) return false;
    places -= 1;
    return true;
  };

  return {
    decide: (template, contentDiffers = null, isCopy = false) => {
      const key = templateKey(template);
      if (atDestination.has(key)) {
        return missingBefore.has(key) || isCopy
          ? { plan: 'at_destination', reason: null, code: null, createAs: null }
          : collision(key, contentDiffers);
      }
      const why = whyIneligible(template, qualities);
      if (why !== null) return { plan: 'ineligible', createAs: null, ...why };
      if (takesPlace(key)) return { plan: 'copy', reason: null, code: null, createAs: null };
      const reason = 'the destination has no place left for it';
      return { plan: 'over_capacity', reason, code: 'NO_ROOM', createAs: null };
    },
    placesLeft: () => (given.capacityLeft === null ? 0 : Math.max(0, places)),
  };
};
