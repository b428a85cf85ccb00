/** Which trials go together, in which order sites are opened, and what is left out when time is short. */
import type { Trial } from './trial';

/** Opening a site, and looking at what was left behind on it. */
export const AROUND_SECONDS = 22;
const DEFAULT_SECONDS = 120;

/** Trials on one site, one after the other. */
export type Group = readonly Trial[];

/** What it takes as a rule, beside two others. */
export const usualSecondsOf = ({ usual, seconds = DEFAULT_SECONDS }: Trial): number => usual ?? seconds;

/**
 * Those of one part that want the same site, what must be tried and what may be left out apart; with `isShared`, those of all
 * parts.
 */
export const groupsOf = (trials: readonly Trial[], isShared = false): Group[] => {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const site = JSON.stringify([trial.site ?? {}, ...(isShared ? [] : [trial.part, trial.spare ?? null])]);
    groups.set(site, [...(groups.get(site) ?? []), trial]);
  }
  return [...groups.values()];
};

/** It measures times, or memory, or how much can be done at all: nothing else may run beside it. */
export const isAlone = (group: Group): boolean => group.some((trial) => trial.isAlone === true);

export const secondsOf = (group: Group): number =>
  group.reduce((sum, trial) => sum + usualSecondsOf(trial), AROUND_SECONDS);

const MUST = -1;
const spareOf = (group: Group): number => Math.max(...group.map(({ spare = MUST }) => spare));

/** What must be tried first, the longest of it first; then what may be left out, by its number. */
export const inTurn = (groups: readonly Group[]): Group[] =>
  [...groups].sort(
    (one, other) =>
      spareOf(one) - spareOf(other) || (spareOf(one) === MUST ? secondsOf(other) - secondsOf(one) : 0),
  );

/**
 * Whether it comes to its end, and what it leaves behind is looked at, in the time that is left.
 * @param pace how many times as long as usual everything has taken here so far.
 */
export const fitsInto = (seconds: number, trial: Trial, pace: number): boolean =>
  (usualSecondsOf(trial) + AROUND_SECONDS) * pace <= seconds;
