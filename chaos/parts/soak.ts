/** Hundreds of migrations of every kind, while something is always wrong somewhere; then everything is counted. */
import type { Part, Trial } from '../trial';
import { soakUnderMonkey } from './soak/soak';

const PART = 'soak';
const site = { workers: 2 };

const MINUTES = 1.5;

/** Under the monkey for so many minutes; a long one shows whether memory comes to a level. */
export const soakOf = (minutes: number): Trial => ({
  ...{ part: PART, name: 'mixed migrations under a monkey', site },
  ...{ seconds: minutes * 60 + 330, usual: minutes * 60 + 165 },
  run: (where, random) =>
    soakUnderMonkey(where, random, { underMonkeyMs: minutes * 60_000, lanes: 5, atOnce: 5, isWhole: true }),
});

const short: Trial = {
  ...{ part: PART, name: 'a dozen migrations under a kill, a pause, a cut and a fault', seconds: 90 },
  run: (where, random) =>
    soakUnderMonkey(where, random, { underMonkeyMs: 4_000, lanes: 1, atOnce: 12, isWhole: false }),
};

export const soak: Part = {
  name: PART,
  promise:
    'Under kills, pauses, cut lines and faults for as long as they last, no migration gets lost: each is completed, waits for a named party with a reason, or is aborted and its number is where it was; and at the end worker, server and database keep no more memory, files and connections than in the middle, and only the workers that run ask for tasks.',
  how: 'All routes, dry runs, numbers with a problem, aborts and replays on two workers; a monkey led by the seed kills one of them, pauses both, cuts and slows every line, and makes calls fail; then it is taken away, everybody does their part, and every start is accounted for.',
  trials: [soakOf(MINUTES)],
  sample: [short],
};
