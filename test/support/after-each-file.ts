/** Runs in every test file (Jest's `setupFilesAfterEnv`): ends what the file opened, also when its tests failed. */
const pending: (() => Promise<unknown>)[] = [];

/** Registers something to end after the last test of this file; the last opened is ended first. */
export function atEndOfFile(end: () => Promise<unknown>): void {
  pending.push(end);
}

/** A worker that is stopped in the middle of a failed test lets its calls finish for up to 75 s. */
const ENOUGH_TO_END_MS = 150_000;

afterAll(async () => {
  for (let end = pending.pop(); end !== undefined; end = pending.pop()) await end();
}, ENOUGH_TO_END_MS);
