/** `make demo`: one real migration from the HTTP request to the number live at its destination, then everything is stopped. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showDemonstration } from './demo/display';
import { runProgram } from './launch/main-program';
import { SetUpError } from './servers/set-up-error';

/** Far more than it takes; a demonstration that hangs must say so. */
const TIME_LIMIT_MINUTES = 3;

runProgram(async (interrupted) => {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(new SetUpError(`The demonstration took longer than ${TIME_LIMIT_MINUTES} minutes.`));
  }, TIME_LIMIT_MINUTES * 60_000);
  const signal = AbortSignal.any([interrupted, limit.signal]);
  const folder = await mkdtemp(join(tmpdir(), 'carryover-demo-'));
  try {
    const summary = await showDemonstration(folder, signal);
    process.stdout.write(`${summary}\n`);
  } catch (error) {
    throw limit.signal.aborted ? limit.signal.reason : error;
  } finally {
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  }
  process.stdout.write('\nThe number is live at its destination. Everything is stopped.\n');
});
