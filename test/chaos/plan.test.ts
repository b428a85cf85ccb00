/** When time is short, a run of `make chaos` leaves whole trials out, by a plan that stands before it. */
import { AROUND_SECONDS, groupsOf, inTurn, leftOut, usualOf } from '../../chaos/plan';
import type { Trial } from '../../chaos/trial';
import { PARTS, TRACKS } from '../../chaos/parts';

const trial = (name: string, usual: number, spare?: number): Trial => ({
  ...{ part: 'one', name, usual, ...(spare === undefined ? {} : { spare }) },
  run: () => Promise.reject(new Error('is not run')),
});
const TRIALS = [trial('never', 60), trial('second', 50, 1), trial('first', 40, 2), trial('nor this', 30)];
const names = (seconds: number, pace: number): string[] =>
  [...leftOut(TRIALS, seconds, { pace })].map(({ name }) => name).sort();

test.each([
  ['nothing while there is time', 180 + AROUND_SECONDS, 1, []],
  [
    'the one that the plan spares first, when there is a second too little',
    179 + AROUND_SECONDS,
    1,
    ['first'],
  ],
  ['the next, when that one is not enough', 139 + AROUND_SECONDS, 1, ['second']],
  ['both, when no one of them is enough', 129 + AROUND_SECONDS, 1, ['first', 'second']],
  ['never what must be tried, however short the time', 10, 1, ['first', 'second']],
  ['one, when everything takes a tenth longer than usual', 180 + AROUND_SECONDS, 1.1, ['first']],
])('%s is left out', (_what, seconds, pace, expected) => {
  expect(names(seconds, pace)).toEqual(expected);
});

test('what must be alone comes after all others, which go on two tracks, the longest first', () => {
  const on = (part: string, usual: number, isAlone = false): Trial => ({
    ...trial(part, usual),
    part,
    isAlone,
  });
  const trials = [on('a', 10), on('b', 50), on('c', 30), on('d', 20, true)];
  expect(inTurn(groupsOf(trials)).map(([first]) => first?.name)).toEqual(['b', 'c', 'd', 'a']);
  expect(usualOf(trials, 2)).toBe(30 + 10 + 20 + 3 * AROUND_SECONDS);
});

test('what could be on a track beside the longest is not left out with what makes it too long', () => {
  const on = (part: string, usual: number, spare?: number): Trial => ({
    ...trial(`${part} ${String(usual)}`, usual, spare),
    part,
  });
  const trials = [on('a', 50), on('a', 60, 1), on('b', 30), on('b', 20, 2)];
  const out = leftOut(trials, 50 + AROUND_SECONDS, { tracks: 2 });
  expect([...out].map(({ name }) => name)).toEqual(['a 60']);
});

test('where everything takes two fifths longer, what must be tried is tried in time', () => {
  const trials = PARTS.flatMap((part) => part.trials);
  const out = leftOut(trials, 14 * 60, { pace: 1.4, tracks: TRACKS });
  expect(
    usualOf(
      trials.filter((one) => !out.has(one)),
      TRACKS,
    ) * 1.4,
  ).toBeLessThanOrEqual(14 * 60);
});

test('where everything takes a tenth less, nothing is left out', () => {
  const trials = PARTS.flatMap((part) => part.trials);
  expect(leftOut(trials, 14 * 60, { pace: 0.9, tracks: TRACKS }).size).toBe(0);
});
