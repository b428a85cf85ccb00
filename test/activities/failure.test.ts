import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { attemptSignal, rememberForNextAttempt } from '../../activities/attempt';
import { failureOf, platformActivity } from '../../activities/failure';
import { ownProblem, PlatformError } from '../../platforms/meta';
import type { Problem } from '../../shared/problems';
import { StoreUnavailableError } from '../../store';

const SILENT = new DefaultLogger('ERROR');
const environment = (info = {}) =>
  new MockActivityEnvironment({ startToCloseTimeoutMs: 60_000, ...info }, { logger: SILENT });

const aProblem = (change: Partial<Problem>): Problem => ({ ...ownProblem('UNCLASSIFIED'), ...change });

test.each<[Partial<Problem>, { again: boolean; afterMs?: number }]>([
  [{ class: 'transient' }, { again: true }],
  [
    { class: 'transient', waitMs: 5_000 },
    { again: true, afterMs: 5_000 },
  ],
  [{ class: 'unknown_outcome' }, { again: true }],
  [
    { class: 'quota', waitMs: 60_000 },
    { again: true, afterMs: 60_000 },
  ],
  [{ class: 'quota', waitMs: 60_001 }, { again: false }],
  [{ class: 'transient', waitMs: 300_000 }, { again: false }],
  [{ class: 'needs_party' }, { again: false }],
  [{ class: 'permanent' }, { again: false }],
])('a problem %j is tried again: %j', (change, { again, afterMs }) => {
  const problem = aProblem(change);
  const failure = failureOf(problem);
  expect(failure).toMatchObject({ type: problem.code, details: [problem], nonRetryable: !again });
  expect(failure.nextRetryDelay).toBe(afterMs);
});

const failing = (error: Error) => environment().run(platformActivity(() => Promise.reject(error)));

test('a platform’s problem leaves an activity as its code and the problem', async () => {
  const problem = ownProblem('CREDENTIAL_MISSING', { evidence: { credential: 'x' } });
  await expect(failing(new PlatformError(problem))).rejects.toMatchObject({
    type: 'CREDENTIAL_MISSING',
    details: [problem],
    nonRetryable: true,
  });
});

test('a database that is away is tried again, and proves nothing about the platform', async () => {
  await expect(failing(new StoreUnavailableError(new Error('mongodb://secret')))).rejects.toMatchObject({
    type: 'STORE_UNAVAILABLE',
    nonRetryable: false,
    details: [{ class: 'transient', effect: 'unknown' }],
  });
});

test('a defect keeps its stack, and a failure that already is one stays as it is', async () => {
  const defect = new TypeError('undefined is not a function');
  await expect(failing(defect)).rejects.toBe(defect);
  const failure = ApplicationFailure.nonRetryable('no', 'CHOSEN');
  await expect(failing(failure)).rejects.toBe(failure);
});

test('an attempt beats while it runs and repeats what is to be remembered', async () => {
  const beats: unknown[] = [];
  const env = environment({ heartbeatDetails: { calls: 1 } });
  const beatenTwice = new Promise<void>((resolve) => {
    env.on('heartbeat', (details: unknown) => {
      if (beats.push(details) === 2) resolve();
    });
  });
  const activity = platformActivity(async () => {
    const earlier: unknown = Context.current().info.heartbeatDetails;
    rememberForNextAttempt({ calls: 2 });
    await beatenTwice;
    return earlier;
  });
  await expect(env.run(activity)).resolves.toEqual({ calls: 1 });
  expect(beats).toEqual([{ calls: 2 }, { calls: 2 }]);
});

test('calls end with the attempt: when it is cancelled, and when its time is over', async () => {
  const untilEnded = platformActivity(async () => {
    const signal = attemptSignal();
    await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    throw new PlatformError(ownProblem('ANSWER_LOST'));
  });
  await expect(environment({ startToCloseTimeoutMs: 50 }).run(untilEnded)).rejects.toMatchObject({
    type: 'ANSWER_LOST',
  });
  const cancelled = environment();
  const running = cancelled.run(untilEnded);
  cancelled.cancel();
  await expect(running).rejects.toBeInstanceOf(CancelledFailure);
});
