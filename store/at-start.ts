import type { Store } from './contract';
import { StoreUnavailableError } from './errors';

/**
 * At the start of a process. A database that is away keeps nobody from starting: a number may lie between its sides, and
 * what needs the database waits, or is refused, until it answers. @throws whatever else is wrong with it.
 */
export const ensureIndexesAtStart = async (
  store: Pick<Store, 'ensureIndexes'>,
  logger: { warn: (message: string) => void },
): Promise<void> => {
  try {
    await store.ensureIndexes();
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    logger.warn('the database is away (MONGODB_URI): what needs it waits until it answers');
  }
};
