import { setTimeout as sleep } from 'node:timers/promises';

/** What `look` gives once it gives something; looks every 50 ms. Fails with `what` when it never does. */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | false | null | undefined>,
  withinMs = 60_000,
): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== false && seen !== null && seen !== undefined) return seen;
    if (Date.now() > deadline) throw new Error(`never came: ${what}`);
    await sleep(50);
  }
};
