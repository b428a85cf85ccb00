/**
 * How activities fail. A failure's type is the problem's code and its only detail the problem, because only the
 * outermost type counts for retries and the workflow decides by the problem alone.
 */
import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { ownProblem, PlatformError } from '../platforms/meta';
import { LONGEST_RETRY_DELAY_MS, type FailureClass, type Problem } from '../shared/problems';
import { StoreUnavailableError } from '../store';
import { runAttempt } from './attempt';

const HOPELESS: readonly FailureClass[] = ['needs_party', 'permanent'];

/**
 * A problem in the form in which Temporal retries it or not: waits up to 60 s are taken inside the activity's
 * retry, longer ones and everything that a party must change end it, so that the step parks.
 */
export const failureOf = (problem: Problem): ApplicationFailure => {
  const waitMs = problem.waitMs ?? 0;
  const nonRetryable = HOPELESS.includes(problem.class) || waitMs > LONGEST_RETRY_DELAY_MS;
  return ApplicationFailure.create({
    message: problem.title,
    type: problem.code,
    details: [problem],
    nonRetryable,
    ...(nonRetryable || waitMs === 0 ? {} : { nextRetryDelay: waitMs }),
  });
};

/** A database that does not answer says nothing about calls made before it was asked. */
const storeProblem = (): Problem => ({ ...ownProblem('STORE_UNAVAILABLE'), effect: 'unknown' });

/** Problems become failures; what is already Temporal's stays; anything else is a defect and keeps its stack. */
const asFailure = (error: unknown): unknown => {
  if (error instanceof PlatformError) return failureOf(error.problem);
  if (error instanceof StoreUnavailableError) return failureOf(storeProblem());
  return error;
};

/**
 * Every activity that leaves the process. Beats while it runs, ends its calls with the attempt, and turns
 * PlatformError and StoreUnavailableError into failures. A requested cancellation is reported as one.
 */
export const platformActivity =
  <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
  async (...args: A): Promise<R> => {
    try {
      return await runAttempt(() => work(...args));
    } catch (error) {
      if (Context.current().cancellationDetails?.cancelRequested) throw new CancelledFailure('CANCELLED');
      throw asFailure(error);
    }
  };
