/**
 * Nothing that nobody can undo starts after the cut-over window without an approval. Temporal may hand out an activity,
 * or a further try of it, long after it was scheduled; so the activity itself looks, after it has read that nothing has
 * been done yet and right before its first call.
 */
import { ownProblem, PlatformError } from '../platforms/meta';
import type { StartBy } from './contract';

export const refuseToStartAfter = (startBy: StartBy | undefined, now: Date): void => {
  if (startBy == null || now.getTime() < Date.parse(startBy)) return;
  throw new PlatformError(ownProblem('WINDOW_OVER', { evidence: { startBy } }));
};
