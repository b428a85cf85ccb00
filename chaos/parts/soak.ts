/** Hundreds of migrations of every kind, while something is always wrong somewhere; then everything is counted. */
import type { Part, Trial } from '../trial';
import { soakUnderMonkey } from './soak/soak';

const PART = 'soak';
const site = { workers: 2 };

const long: Trial = {
  ...{ part: PART, name: 'mixed migrations under a monkey', seconds: 300, site },
  run: (where, random) => soakUnderMonkey(where, random, { underMonkeyMs: 120_000, atOnce: 14 }),
};

const short: Trial = {
  ...{ part: PART, name: 'a few mixed migrations under a monkey', seconds: 120, site },
  run: (where, random) => soakUnderMonkey(where, random, { underMonkeyMs: 3_000, atOnce: 3 }),
};

export const soak: Part = {
  name: PART,
  promise:
    'Under kills, pauses, cut lines and faults for as long as they last, no migration gets lost: each is completed, waits for a named party with a reason, or is aborted and its number is where it was; and worker and server hold no more memory, files and connections at the end than in the middle.',
  how: 'All routes, dry runs, numbers with a problem, aborts and replays on two workers; a monkey led by the seed kills one of them, pauses both, cuts and slows every line, and makes calls fail; then it is taken away, everybody does their part, and every start is accounted for.',
  trials: [long],
  sample: [short],
};
