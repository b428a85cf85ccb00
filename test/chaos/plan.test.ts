/** What must be tried comes first; what may be left out follows in its order, as far as the time goes. */
import { AROUND_SECONDS, fitsInto, groupsOf, inTurn, isAlone, secondsOf } from '../../chaos/plan';
import { PARTS, TRACKS } from '../../chaos/parts';
import type { SiteOptions, Trial } from '../../chaos/trial';

const trial = (name: string, usual: number, more: Partial<Trial> = {}): Trial => ({
  ...{ part: 'one', name, usual, ...more },
  run: () => Promise.reject(new Error('is not run')),
});
const namesOf = (trials: readonly Trial[], isShared = false): string[][] =>
  inTurn(groupsOf(trials, isShared)).map((group) => group.map(({ name }) => name));

test('what must be tried comes first, the longest of it first, and then the rest in the order of its numbers', () => {
  const trials = [
    trial('second', 90, { part: 'a', spare: 2 }),
    trial('first', 10, { part: 'a', spare: 0 }),
    trial('must', 20, { part: 'a' }),
    trial('long', 50, { part: 'b' }),
    trial('with the second', 10, { part: 'a', spare: 2 }),
  ];
  expect(namesOf(trials)).toEqual([['long'], ['must'], ['first'], ['second', 'with the second']]);
});

test('parts have sites of their own, and different ones where they want different ones, unless they share', () => {
  const two: SiteOptions = { workers: 2 };
  const trials = [
    trial('a', 30, { part: 'a' }),
    trial('b', 20, { part: 'b' }),
    trial('other', 10, { part: 'a', site: two }),
  ];
  expect(namesOf(trials)).toEqual([['a'], ['b'], ['other']]);
  expect(namesOf(trials, true)).toEqual([['a', 'b'], ['other']]);
});

test.each([
  ['fits into the time that it takes with its site', 60 + AROUND_SECONDS, 1, true],
  ['does not fit into a second less', 59 + AROUND_SECONDS, 1, false],
  ['does not fit in where everything takes a tenth longer', 60 + AROUND_SECONDS, 1.1, false],
  ['fits into less where everything goes quicker', 45 + AROUND_SECONDS, 0.8, true],
])('what may be left out %s', (_what, seconds, pace, fits) => {
  expect(fitsInto(seconds, trial('spare', 60, { spare: 1 }), pace)).toBe(fits);
});

/** Alone first, then as tracks become free. */
const secondsFor = (trials: readonly Trial[]): number => {
  const groups = inTurn(groupsOf(trials));
  const busy = Array.from({ length: TRACKS }, () => 0);
  for (const group of groups.filter((each) => !isAlone(each))) {
    busy.sort((one, other) => one - other);
    busy[0] = (busy[0] ?? 0) + secondsOf(group);
  }
  const alone = groups.filter(isAlone).reduce((sum, group) => sum + secondsOf(group), 0);
  return alone + Math.max(...busy);
};

test('where everything takes half as long again, what must be tried is tried in fourteen minutes', () => {
  const must = PARTS.flatMap((part) => part.trials).filter(({ spare }) => spare === undefined);
  expect(secondsFor(must) * 1.5).toBeLessThanOrEqual(14 * 60);
});

test('as a rule the three moments of the kill matrix are tried in fourteen minutes, and all of the messages', () => {
  const first = PARTS.flatMap((part) => part.trials).filter(({ spare = 0 }) => spare <= 3);
  expect(secondsFor(first)).toBeLessThanOrEqual(14 * 60);
});
