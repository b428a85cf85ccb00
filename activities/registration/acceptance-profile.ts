/**
 * Whether the business profile is what it was (R5): Meta does not say that it moves (meta §1.6). Field by field, by what it
 * says; a picture by its being there, because its address changes. Pure.
 */
import { checkText } from '../../shared/texts';
import { asIs, inWords, shownAs, type Shown } from '../../shared/texts/shown';
import type { Baseline } from '../../shared/migration';
import type { Check } from '../contract';
import { UNSEEN } from './check-kinds';

export type Profile = Readonly<Record<string, string>>;

/** Longer ones are told by their beginning. */
const SHOWN = 80;
const shown = (value: string | undefined): string => {
  if (value === undefined) return '–';
  return `"${value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}"`;
};

/** Meta may write an address with a slash at its end, and addresses in another order. */
const comparable = (field: string, value: string | undefined): string => {
  const said = (value ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  if (field !== 'websites') return said;
  return said
    .split(' ')
    .map((address) => address.toLowerCase().replace(/\/+$/, ''))
    .sort()
    .join(' ');
};

const changedFields = (before: Profile, after: Profile): string[] =>
  Object.keys(before).filter((field) => comparable(field, before[field]) !== comparable(field, after[field]));

const differences = (fields: readonly string[], before: Profile, after: Profile): string =>
  fields.map((field) => `${field} ${shown(before[field])} → ${shown(after[field])}`).join('; ');

const expectedFields = (names: readonly string[] | null): Shown => {
  if (names === null) return inWords(UNSEEN, {});
  return names.length === 0 ? inWords('empty', {}) : asIs(names.join(', '));
};

const observedFields = (after: Profile | null, fields: string): Shown => {
  if (after === null) return inWords(UNSEEN, {});
  return fields === '' ? inWords('all there', {}) : inWords('not as it was: {fields}', { fields });
};

export const profileCheck = (
  { profile: after }: { profile: Profile | null },
  baseline: Baseline | null,
): Check => {
  // A baseline of an earlier version knows which fields were filled in, and not with what.
  const names = baseline?.profileFields ?? null;
  const before = baseline?.profile ?? null;
  const known =
    before ?? (names && after && Object.fromEntries(names.map((name) => [name, after[name] ?? '?'])));
  const changed = known === null || after === null ? [] : changedFields(known, after);
  const fields = changed.join(', ');
  return {
    name: 'business profile',
    ...shownAs(expectedFields(names), observedFields(after, fields)),
    ok: changed.length === 0,
    ...{ required: false, requirement: 'R5', party: 'client' },
    ...checkText('check.profile', {
      fields,
      differences: known === null || after === null ? fields : differences(changed, known, after),
    }),
  };
};
