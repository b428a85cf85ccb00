/**
 * Whether two-step verification is on again at the source, before a further code is asked for: it would be proven in vain
 * (R21, P-1). Part of `requestCode`; reads only, the pages of the source's numbers.
 */
import { PlatformError } from '../../platforms/meta';
import { listPhoneNumbers } from '../../platforms/meta/phone-numbers';
import { findNumber } from '../../shared/phone-number';
import type { ActivityDeps } from '../context';
import type { Subject } from '../contract';

/** A source that nobody may read, or that does not answer, keeps nobody from a code: the last look reads it again. */
export const isTwoStepOnAtSource = async (
  { graphFor, logger }: ActivityDeps,
  { tenant, request: { source, phoneNumber } }: Subject,
): Promise<boolean> => {
  if (source.credential === undefined) return false;
  try {
    const graph = await graphFor(tenant, source.credential, source.wabaId, 'waiting');
    const number = findNumber(await listPhoneNumbers(graph, source.wabaId), phoneNumber);
    return number?.isPinEnabled === true;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const { code } = error.problem;
    logger.info({ code }, 'two-step verification at the source not seen before a further code');
    return false;
  }
};
