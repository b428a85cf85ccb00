/** What becomes of an effect that failed without an answer of anybody. */
import {
  ActivityFailure,
  ApplicationFailure,
  RetryState,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common';
import { rowOf } from '../../platforms/meta/catalogue';
import type { Problem } from '../../shared/problems';
import { problemOf } from '../../workflows/number-migration/parking';
import { patientWith } from '../../workflows/number-migration/patience';
import { openState } from '../../workflows/number-migration/state';
import { migrationInput } from './builders';

const failed = (cause: Error) =>
  new ActivityFailure(
    'it failed',
    'announceNumber',
    '1',
    RetryState.MAXIMUM_ATTEMPTS_REACHED,
    'worker',
    cause,
  );

test.each([
  [TimeoutType.SCHEDULE_TO_START, 'NO_WORKER', 'none'],
  [TimeoutType.START_TO_CLOSE, 'OUTCOME_UNKNOWN', 'unknown'],
  [TimeoutType.HEARTBEAT, 'OUTCOME_UNKNOWN', 'unknown'],
])('an effect that ran into %s is %s, of effect %s', (type, code, effect) => {
  expect(problemOf(failed(new TimeoutFailure('over', undefined, type)))).toMatchObject({ code, effect });
});

test('what nobody foresaw is a defect, whose effect is unknown', () => {
  const failure = ApplicationFailure.nonRetryable('undefined is not a function', 'TypeError');
  expect(problemOf(failed(failure))).toMatchObject({
    ...{ code: 'DEFECT', party: 'operator', effect: 'unknown' },
    evidence: { type: 'TypeError' },
  });
});

test('a fault of the workflow itself stays one', () => {
  const fault = new TypeError('ours');
  expect(() => problemOf(fault)).toThrow(fault);
});

test('an unfinished deregistration that a worker met before it had a wait parks for a person, as it did then (133000)', () => {
  const { code, title, remedy, waitMs } = rowOf('DEREGISTRATION_UNFINISHED');
  const told = { code, title, remedy, effect: 'none' } as const;
  const ofBefore: Problem = { ...told, class: 'needs_party', party: 'operator', retryable: false };
  const ofNow: Problem = { ...told, class: 'quota', party: 'meta', retryable: true, waitMs };
  const state = openState(migrationInput());
  expect(patientWith(state, 'registration', ofBefore)).toEqual(ofBefore);
  expect(patientWith(state, 'registration', ofNow)).toEqual(ofNow);
});
