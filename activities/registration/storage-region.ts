/**
 * Where Meta is to keep the number's data (meta §1.5), told right before the registration: it can be told only while the
 * number is not registered. Part of `registerNumber`.
 *
 * Safe to repeat: what stands there is read first. Lost reply: read again; when it does not stand there, nothing of the
 * registration has happened. Undone by: a deregistration.
 */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { readStorageRegion, setStorageRegion } from '../../platforms/meta/storage-region';
import type { PhoneNumberId } from '../../shared/ids';
import type { StorageRegion } from '../../shared/requests';

export const settleStorageRegion = async (
  graph: GraphClient,
  id: PhoneNumberId,
  region: StorageRegion,
): Promise<void> => {
  try {
    if ((await readStorageRegion(graph, id)) === region) return;
    await setStorageRegion(graph, id, region).catch(async (error: unknown) => {
      const isUnanswered = error instanceof PlatformError && error.problem.effect === 'unknown';
      if (!isUnanswered || (await readStorageRegion(graph, id)) !== region) throw error;
    });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    // The number is as it was, whatever became of this.
    const { problem } = error;
    const again = problem.class === 'unknown_outcome' ? ({ class: 'transient' } as const) : {};
    throw new PlatformError({ ...problem, ...again, effect: 'none' }, { cause: error });
  }
};
