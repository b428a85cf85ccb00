/** Hundreds of migrations of every kind, while something is always wrong somewhere; then everything is counted. */
import type { Part, Trial } from '../trial';
import { soakUnderMonkey } from './soak/soak';

const PART = 'soak';
const site = { workers: 2 };

const long: Trial = {
  ...{ part: PART, name: 'mixed migrations under a monkey', seconds: 300, site },
  run: (where, random) => soakUnderMonkey(where, random, { underMonkeyMs: 120_000, atOnce: 14 }),
};

export const soak: Part = {
  name: PART,
  promise:
    'Under kills, pauses, cut lines and faults for as long as they last, no migration gets lost: each is completed, waits for a named party with a reason, or is aborted and its number is where it was; and worker and server hold no more memory, files and connections at the end than in the middle.',
  how: 'All routes, dry runs, numbers with a problem, aborts and replays on two workers; a monkey led by the seed kills one of them, pauses both, cuts and slows every line, and makes calls fail; then it is taken away, everybody does their part, and every start is accounted for.',
  trials: [long],
  // Nothing of it is small: two workers and a monkey say nothing in fifteen seconds that the other samples do not.
  sample: [],
};
