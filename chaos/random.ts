/** All chance of a run comes from one seed, so that what broke can be broken again. */
import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** Of the whole run: for what several trials must draw alike. */
  readonly seed: number;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** True so often, from 0 to 1. */
  chance(probability: number): boolean;
  /** @throws Error when there is nothing to choose from. */
  pick<T>(list: readonly T[]): T;
  /** The same in another order. */
  shuffled<T>(list: readonly T[]): T[];
  /** Independent of what has been drawn here so far, so that a part gives the same alone as among others. */
  of(name: string): Random;
}

const FINE = 1_000_000;

export const randomOf = (seed: number, path = ''): Random => {
  const generator = xoroshiro128plus(
    createHash('sha256')
      .update(`${String(seed)}/${path}`)
      .digest()
      .readInt32BE(0),
  );
  const int = (from: number, to: number): number => uniformInt(generator, from, to);
  const pick = <T>(list: readonly T[]): T => {
    const [chosen] = list.slice(int(0, Math.max(0, list.length - 1)));
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  };
  return {
    seed,
    int,
    pick,
    chance: (probability) => int(1, FINE) <= probability * FINE,
    shuffled: (list) =>
      list
        .map((item) => ({ item, at: int(1, FINE) }))
        .sort((one, other) => one.at - other.at)
        .map(({ item }) => item),
    of: (name) => randomOf(seed, `${path}/${name}`),
  };
};
