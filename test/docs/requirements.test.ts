import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  foundRules,
  gapsIn,
  servedRows,
  unaskedIn,
  unprovokedAtTheirCalls,
  unprovokedIn,
} from '../../scripts/docs/requirements';
import { ANSWERS_TO_ANY_CALL } from '../platforms/answers';

const TOP = join(__dirname, '..', '..');

test('every row of the references is served somewhere, named by the title of a test, and shown through HTTP', () => {
  expect(gapsIn(servedRows(TOP))).toEqual([]);
});

test('every finding is asked for by a test that goes through HTTP', () => {
  expect(unaskedIn(foundRules(TOP))).toEqual([]);
});

/** What neither a request nor an answer of the practice platform brings about, and where it is shown instead. */
const SHOWN_ELSEWHERE = {
  ANSWER_TIMED_OUT: 'test/platforms/graph-client.test.ts',
  APP_NOT_CONFIGURED: 'test/activities/client-routes.test.ts',
  DEFECT: 'test/workflows/parking.test.ts',
  DESTINATION_IS_SOURCE: 'test/activities/waba.test.ts',
  EVENT_CONFLICT: 'test/activities/records.test.ts',
  NO_WORKER: 'test/workflows/parking.test.ts',
  OUTCOME_UNKNOWN: 'test/workflows/parking.test.ts',
  PLATFORM_UNREACHABLE: 'test/platforms/graph-client.test.ts',
};

test('every problem of the catalogue is provoked by a test that goes through HTTP', () => {
  const answered = new Set(ANSWERS_TO_ANY_CALL.map(({ means }) => means));
  const unprovoked = unprovokedIn(TOP).filter((code) => !answered.has(code));
  expect(unprovoked.sort()).toEqual(Object.keys(SHOWN_ELSEWHERE).sort());
});

test('every number that Meta answers the proof of ownership and the registration with is provoked at these calls', () => {
  expect(unprovokedAtTheirCalls(TOP, 'test/journeys/meta-answers.test.ts')).toEqual([]);
});

test.each(Object.entries(SHOWN_ELSEWHERE))('%s is shown in %s', (code, file) => {
  expect(readFileSync(join(TOP, file), 'utf8')).toContain(code);
});
