/** Which trials go together, what a run takes, and what is left out of it when time is short: all known before it begins. */
import type { Trial } from './trial';

/** Opening a site, and looking at what was left behind on it. */
export const AROUND_SECONDS = 22;
const DEFAULT_SECONDS = 120;

/** Trials on one site, one after the other. */
export type Group = readonly Trial[];

/** What it takes as a rule, beside two others. */
export const usualSecondsOf = ({ usual, seconds = DEFAULT_SECONDS }: Trial): number => usual ?? seconds;

/** Those of one part that want the same site; with `isShared`, those of all parts. */
export const groupsOf = (trials: readonly Trial[], isShared = false): Group[] => {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const site = JSON.stringify([isShared ? '' : trial.part, trial.site ?? {}]);
    groups.set(site, [...(groups.get(site) ?? []), trial]);
  }
  return [...groups.values()];
};

/** It measures times, or memory, or how much can be done at all: nothing else may run beside it. */
export const isAlone = (group: Group): boolean => group.some((trial) => trial.isAlone === true);

const secondsOf = (group: Group): number =>
  group.reduce((sum, trial) => sum + usualSecondsOf(trial), AROUND_SECONDS);

/** The longest first, so that tracks end together. */
export const inTurn = (groups: readonly Group[]): Group[] =>
  [...groups].sort((one, other) => secondsOf(other) - secondsOf(one));

/** What a run of these takes as a rule, in seconds. */
export const usualOf = (trials: readonly Trial[], tracks = 1): number => {
  const groups = groupsOf(trials);
  const busy = Array.from({ length: tracks }, () => 0);
  for (const group of inTurn(groups.filter((each) => !isAlone(each)))) {
    busy.sort((one, other) => one - other);
    busy[0] = (busy[0] ?? 0) + secondsOf(group);
  }
  return Math.max(...busy) + groups.filter(isAlone).reduce((sum, group) => sum + secondsOf(group), 0);
};

export interface Haste {
  /** How much longer than usual everything has taken here so far, as a ratio; default 1. */
  readonly pace?: number;
  readonly tracks?: number | undefined;
}

/**
 * Those of the trials still to come that are left out, so that the others end in time; first those with the highest `spare`.
 * @param seconds that are left.
 */
export const leftOut = (
  trials: readonly Trial[],
  seconds: number,
  { pace = 1, tracks = 1 }: Haste = {},
): Set<Trial> => {
  const out = new Set<Trial>();
  const isInTime = (): boolean =>
    usualOf(
      trials.filter((each) => !out.has(each)),
      tracks,
    ) *
      pace <=
    seconds;
  const dispensable = trials
    .filter(({ spare }) => spare !== undefined)
    .sort((one, other) => (other.spare ?? 0) - (one.spare ?? 0));
  for (const trial of dispensable) {
    if (isInTime()) break;
    out.add(trial);
  }
  if (!isInTime()) return out;
  // What stands on a track that has time for it was given up for nothing.
  for (const trial of [...out].reverse()) {
    out.delete(trial);
    if (!isInTime()) out.add(trial);
  }
  return out;
};
