/**
 * `verifyCode`: hands the code to Meta and tells its verdict (meta §1.4).
 *
 * Does: uses up one guess, or proves ownership for 14 days.
 * Safe to repeat: the status is read first, a verified number takes no further code. Otherwise it is not: a code is
 * single use and wrong guesses lock, so it is tried once.
 * Lost reply: the status is read; VERIFIED is the verdict, anything else is a failure with `effect: unknown`.
 * Undone by: nobody; the verification lapses.
 */
import { PlatformError } from '../../platforms/meta';
import { readPhoneNumber, verifyCode as handIn } from '../../platforms/meta/phone-numbers';
import type { Problem } from '../../shared/problems';
import type { ActivityDeps } from '../context';
import type { VerificationActivities } from '../contract';
import { refuseSecondTry } from './tried-once';

type Verdict = Awaited<ReturnType<VerificationActivities['verifyCode']>>;

/** What Meta's refusal says about the code; null when it says nothing about it. */
const verdictOf = (problem: Problem, now: Date): Verdict | null => {
  switch (problem.code) {
    case 'CODE_WRONG':
      return { outcome: 'wrong' };
    case 'CODE_EXPIRED':
      return { outcome: 'expired' };
    case 'CODE_GUESSES_LOCKED':
      return { outcome: 'locked', retryAt: new Date(now.getTime() + (problem.waitMs ?? 0)).toISOString() };
    default:
      return null;
  }
};

export const verifyCode =
  (deps: ActivityDeps): VerificationActivities['verifyCode'] =>
  async ({ subject, phoneNumberId, code }) => {
    const { tenant, request } = subject;
    const graph = await deps.graphFor(tenant, request.destination.credential, request.destination.wabaId);
    const isVerified = async () =>
      (await readPhoneNumber(graph, phoneNumberId)).codeVerificationStatus === 'VERIFIED';

    if (await isVerified()) return { outcome: 'verified' };
    refuseSecondTry('POST verify_code');
    try {
      await handIn(graph, phoneNumberId, code);
      return { outcome: 'verified' };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const verdict = verdictOf(error.problem, deps.clock());
      const mayBeDone = error.problem.effect === 'unknown';
      // The same code from a forwarder and by hand: the second one is refused as used, and ownership is proven.
      if ((verdict !== null || mayBeDone) && (await isVerified())) return { outcome: 'verified' };
      if (verdict === null) throw error;
      return verdict;
    }
  };
