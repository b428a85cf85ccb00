/** What a person has asked for is tried once: a second try would send another code or use up a guess. */
import { Context } from '@temporalio/activity';
import { ownProblem, PlatformError } from '../../platforms/meta';

/**
 * Throws on a second attempt of the same activity: whether the first one's call was made is not known, and making it
 * again is a person's decision (architecture, "Effects").
 */
export const refuseSecondTry = (call: string): void => {
  if (Context.current().info.attempt === 1) return;
  throw new PlatformError({
    ...ownProblem('ANSWER_LOST', { evidence: { call } }),
    class: 'unknown_outcome',
    retryable: false,
    effect: 'unknown',
  });
};
