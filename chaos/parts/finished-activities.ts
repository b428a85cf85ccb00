/** Which activities have come to their end in a worker, whether or not Temporal has heard of it. */
import { setTimeout as sleep } from 'node:timers/promises';

/** An activity whose held call ends may have further calls to make. */
const FURTHER_CALLS_MS = 15_000;
const LOOK_EVERY_MS = 100;

/** How many, by type. */
export type Finished = ReadonlyMap<string, number>;

/** @param metrics base address of the worker's `/metrics`. */
export const finishedByType = async (metrics: string): Promise<Finished> => {
  const text = await (await fetch(`${metrics}/metrics`)).text();
  const counted = new Map<string, number>();
  for (const [, type = '', count] of text.matchAll(
    /^carryover_activity_attempts_total\{activity="([^"]+)",[^}]*\} (\d+)/gm,
  ))
    counted.set(type, (counted.get(type) ?? 0) + Number(count));
  return counted;
};

/** @returns the types of which fewer have ended since `before` than `types` names. */
export const untilFinished = async (
  metrics: string,
  before: Finished,
  types: readonly string[],
): Promise<string[]> => {
  const deadline = Date.now() + FURTHER_CALLS_MS;
  for (;;) {
    const now = await finishedByType(metrics);
    const lacking = [...new Set(types)].filter((type) => {
      const ended = (now.get(type) ?? 0) - (before.get(type) ?? 0);
      return ended < types.filter((one) => one === type).length;
    });
    if (lacking.length === 0 || Date.now() > deadline) return lacking;
    await sleep(LOOK_EVERY_MS);
  }
};
