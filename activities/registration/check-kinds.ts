/** The kinds of checks that acceptance is made of. Pure. */
import type { AcceptanceCheck } from '../../shared/migration';

export const UNSEEN = 'not known';

export const spoken = (value: string | boolean | null): string => {
  if (value === null) return UNSEEN;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
};

type Whose = Pick<AcceptanceCheck, 'requirement' | 'party' | 'remedy'>;

export const mustBe = (
  name: string,
  expected: string,
  observed: string | null,
  whose: Whose,
): AcceptanceCheck => ({
  ...{ name, expected, observed: spoken(observed), ok: observed === expected, required: true },
  party: 'operator',
  ...whose,
});

/** What R5 says is kept. Unseen before the move means nothing to compare with: told, and not held against it. */
export const kept = (
  name: string,
  before: string | boolean | null,
  after: string | boolean | null,
): AcceptanceCheck => ({
  name,
  expected: spoken(before),
  observed: spoken(after),
  ok: before === null || before === after,
  required: false,
  requirement: 'R5',
  party: 'operator',
  remedy: `It should have moved with the number (R5): open a ticket with Meta with both account ids, the time of the move, and what ${name} was before.`,
});
