/**
 * How often a number's state is read while something is awaited: after 1, 2, 4, 8 and then every 15 s. Ten minutes
 * cost 43 reads of the 200 calls an hour that a new WABA has (meta §7).
 */
import { sleep } from '@temporalio/activity';
import { PlatformError } from '../../platforms/meta';
import { StoreUnavailableError } from '../../store';

const LONGEST_PAUSE_MS = 15_000;

/** Trouble that time cures: the platform's, or that of our own budget and credentials in the database. */
export const passes = (error: unknown): boolean =>
  error instanceof StoreUnavailableError ||
  (error instanceof PlatformError &&
    (error.problem.class === 'transient' || error.problem.class === 'quota'));

/**
 * Reads at once and then at that pace, until `enough` says so or `until` (epoch milliseconds) has passed; the last
 * reading is returned either way. A reading that fails in passing is made again; the last one fails as it is. Ends
 * with a CancelledFailure when the attempt is cancelled.
 */
export const readUntil = async <T>(
  read: () => Promise<T>,
  enough: (reading: T) => boolean,
  until: number,
  now: () => number,
): Promise<T> => {
  let pauseMs = 1_000;
  for (;;) {
    try {
      const reading = await read();
      if (enough(reading) || now() >= until) return reading;
    } catch (error) {
      if (!passes(error) || now() >= until) throw error;
    }
    await sleep(Math.min(pauseMs, Math.max(0, until - now())));
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
};
