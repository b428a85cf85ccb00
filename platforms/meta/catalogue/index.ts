/**
 * The error catalogue: what Meta's answers mean, as data. An answer is matched by subcode, then code, then words
 * (meta §6.1), the more specific first; among equals the first row wins. Pages under docs/errors are made from it.
 */
import { ACCESS_ROWS } from './access';
import { ACCOUNT_ROWS } from './account';
import { LIMIT_ROWS } from './limits';
import { MIGRATION_ROWS } from './migration';
import { OWN_ROWS } from './own';
import { OWNERSHIP_ROWS } from './ownership';
import { PARTNER_ROWS } from './partners';
import { REGISTRATION_ROWS } from './registration';
import type { CatalogueRow, Match } from './row';

export type { CatalogueRow, Match } from './row';

export const CATALOGUE: readonly CatalogueRow[] = [
  ...REGISTRATION_ROWS,
  ...OWNERSHIP_ROWS,
  ...MIGRATION_ROWS,
  ...PARTNER_ROWS,
  ...ACCOUNT_ROWS,
  ...ACCESS_ROWS,
  ...LIMIT_ROWS,
  ...OWN_ROWS,
];

/** What of an answer is matched; `words` in the form of `plain()`. */
export interface Recognisable {
  code: number;
  subcode: number | undefined;
  words: string;
  call: string;
}

const fits = (match: Match, answer: Recognisable): boolean =>
  (match.subcodes === undefined ||
    (answer.subcode !== undefined && match.subcodes.includes(answer.subcode))) &&
  (match.codes === undefined || match.codes.includes(answer.code)) &&
  (match.calls === undefined || match.calls.includes(answer.call)) &&
  (match.texts === undefined || match.texts.some((text) => text.test(answer.words)));

/** Subcode before code before words; a second condition makes the better match. */
const rankOf = (match: Match): number =>
  (match.subcodes ? 8 : 0) + (match.codes ? 4 : 0) + (match.texts ? 2 : 0) + (match.calls ? 1 : 0);

/** The best match and its row; undefined when nobody has met such an answer yet. */
export const matchFor = (answer: Recognisable): { row: CatalogueRow; match: Match } | undefined => {
  let best: { row: CatalogueRow; match: Match } | undefined;
  for (const row of CATALOGUE) {
    for (const match of row.matches) {
      const better = best === undefined || rankOf(match) > rankOf(best.match);
      if (better && fits(match, answer)) best = { row, match };
    }
  }
  return best;
};

export const rowFor = (answer: Recognisable): CatalogueRow | undefined => matchFor(answer)?.row;

const byCode: ReadonlyMap<string, CatalogueRow> = new Map(CATALOGUE.map((row) => [row.code, row]));

/** The row of a stable code, for problems that Carryover raises itself. */
export const rowOf = (code: string): CatalogueRow => {
  const row = byCode.get(code);
  if (row === undefined) throw new RangeError(`no row ${code} in the error catalogue`);
  return row;
};
