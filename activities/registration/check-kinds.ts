/** The kinds of checks that acceptance is made of. Pure. */
import type { AcceptanceCheck } from '../../shared/migration';
import { checkText } from '../../shared/texts';
import { asIs, inWords, shownAs, type Shown } from '../../shared/texts/shown';
import type { Check } from '../contract';

export const UNSEEN = 'not known' as const;

export const spoken = (value: string | boolean | null): string => {
  if (value === null) return UNSEEN;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
};

/** The same, as a check keeps it. */
export const shown = (value: string | boolean | null): Shown => {
  if (value === null) return inWords(UNSEEN, {});
  return typeof value === 'boolean' ? inWords(value ? 'yes' : 'no', {}) : asIs(value);
};

type Whose = Pick<AcceptanceCheck, 'requirement' | 'party'> & Pick<Check, 'remedy' | 'text'>;

export const mustBe = (name: string, expected: Shown, observed: Shown, whose: Whose): Check => ({
  ...{ name, ...shownAs(expected, observed), ok: observed.value === expected.value, required: true },
  party: 'operator',
  ...whose,
});

type Kept =
  'check.display_name' | 'check.messaging_limit' | 'check.throughput' | 'check.quality' | 'check.badge';

/** What R5 says is kept. Unseen before the move means nothing to compare with: told, and not held against it. */
export const kept = (
  name: string,
  before: string | boolean | null,
  after: string | boolean | null,
  text: Kept,
): Check => ({
  name,
  ...shownAs(shown(before), shown(after)),
  ok: before === null || before === after,
  required: false,
  requirement: 'R5',
  party: 'operator',
  ...checkText(text, { expected: spoken(before), observed: spoken(after) }),
});
