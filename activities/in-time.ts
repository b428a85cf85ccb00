/** Asking the database for what can be done without: a code expires and a number is silent while it hangs. */
import { StoreUnavailableError } from '../store';

const PATIENCE_MS = 500;

/**
 * What `asked` gives within half a second; fails with a StoreUnavailableError otherwise. The work goes on by itself: what
 * is written late is written.
 */
export const inTime = async <T>(asked: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new StoreUnavailableError(new Error(`no answer within ${PATIENCE_MS} ms`)));
    }, PATIENCE_MS);
  });
  // It may still fail when nobody waits any more.
  asked.catch(() => undefined);
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};
