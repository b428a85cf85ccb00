/** Reasons why a fact could not be seen, as they stand in `whyUnseen`: a code, a colon, words for a person. */
import type { Problem } from '../../shared/problems';

export const NO_CREDENTIAL = 'NO_CREDENTIAL: the request names no credential for this side';
export const NO_WABA = 'NO_WABA: the request names no destination WABA yet';

const BLINDING: readonly string[] = ['CREDENTIAL_MISSING', 'PERMISSION_MISSING', 'OBJECT_NOT_VISIBLE'];

/** Of a reason's code: not the rights are missing but the token itself. */
export const isTokenGone = (code: string): boolean =>
  code === 'CREDENTIAL_MISSING' || code.startsWith('TOKEN_');

/** The reason when a problem means that this token may not look; null when it means anything else. */
export const unseenBecause = (problem: Problem): string | null =>
  BLINDING.includes(problem.code) || problem.code.startsWith('TOKEN_')
    ? `${problem.code}: ${problem.title}`
    : null;

/** Why a fact of this side is missing, as it stands in a question to a party. */
export const whyUnseenIn = (side: { whyUnseen: string | null } | null): string =>
  side?.whyUnseen ?? 'Meta does not tell';

/** The code part of a reason. */
export const reasonCode = (whyUnseen: string): string => whyUnseen.split(':', 1)[0] ?? whyUnseen;
