/**
 * How many different things there were, without keeping them: HyperLogLog (Flajolet et al., 2007). Each thing moves at most one
 * of 1,024 registers up, so that what is told twice, by several servers and in any order counts once, and a register is kept
 * by `$max` alone. Mostly off by less than 4 in 100; of a few dozen, by one. Pure.
 */
import { createHash } from 'node:crypto';

const REGISTERS = 1_024;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

/** Register → the longest run of zeros that was met there. */
export type Registers = Readonly<Record<string, number>>;

const markOf = (thing: string): { register: number; run: number } => {
  const hash = createHash('sha256').update(thing).digest();
  return { register: hash.readUInt16BE(0) % REGISTERS, run: Math.clz32(hash.readUInt32BE(2)) + 1 };
};

/** Of two registers the higher one. */
export const mergedRegisters = (many: readonly Registers[]): Registers => {
  const merged: Record<string, number> = {};
  for (const registers of many)
    for (const [register, run] of Object.entries(registers))
      merged[register] = Math.max(merged[register] ?? 0, run);
  return merged;
};

export const registersOf = (things: readonly string[]): Registers =>
  mergedRegisters(
    things.map((thing) => {
      const { register, run } = markOf(thing);
      return { [register]: run };
    }),
  );

export const distinctIn = (registers: Registers): number => {
  const runs = Object.values(registers);
  const empty = REGISTERS - runs.length;
  const sum = runs.reduce((total, run) => total + 2 ** -run, empty);
  const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
  const isFew = raw <= 2.5 * REGISTERS && empty > 0;
  return Math.round(isFew ? REGISTERS * Math.log(REGISTERS / empty) : raw);
};
