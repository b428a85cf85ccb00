import { isClosed } from '../support/journey';
import {
  DAY,
  HOUR,
  isWaitingIn,
  MINUTE,
  openTask,
  openTimedJourney,
  tasksOf,
  type TimedJourney,
} from './timed-journey';

const NAME = 'display_name_change_pending';
const LATE = 'decide_after_deadline';

let journey: TimedJourney;
beforeAll(async () => {
  const policy = { acceptanceRecheckEvery: 12 * HOUR };
  journey = await openTimedJourney({ numbers: 3, templates: 0, stage: { policy } });
});

const withPendingName = async (number: number): Promise<void> => {
  await journey.people.act('request-name-change', { number: journey.subscriber(number), name: 'Sol e Mar' });
};

test('a party is reminded daily, then the operator is told, then the run fails; the number is free and a replay goes on', async () => {
  const { stage, people, straight, start, until, untilAsked, pass, handInCode, subscriber } = journey;
  await withPendingName(0);
  const { id } = await start({ deadlines: { eligibility: 'P2D' } }, 0);
  await untilAsked(id, NAME);
  await pass(25 * HOUR);
  const reminded = await until(id, (migration) => openTask(migration, NAME)?.remindersSent === 1);
  expect(openTask(reminded, LATE)).toBeUndefined();
  await pass(DAY);
  const escalated = await untilAsked(id, LATE);
  expect(openTask(escalated, LATE)).toMatchObject({ party: 'operator', blocking: false });
  expect(openTask(escalated, NAME)?.remindersSent).toBe(2);
  expect(escalated.state).toBe('waiting');
  await pass(7 * DAY);
  const failed = await until(id, isClosed);
  expect(failed).toMatchObject({
    state: 'failed',
    outcome: 'deadline_passed',
    step: 'eligibility',
    allowedActions: ['replay'],
    waitingFor: null,
  });
  expect(tasksOf(failed, NAME)[0]?.remindersSent).toBeGreaterThanOrEqual(8);
  expect(failed.tasks.filter(({ status }) => status === 'open')).toEqual([]);
  expect(await stage.store.claims.holder(straight.numbers[0]?.phoneNumber ?? '')).toBeNull();

  await people.act('approve-name', { number: subscriber(0) });
  await stage.as('support').replay(id, { reason: 'the name is approved' });
  await pass(4 * MINUTE);
  await handInCode(id, 0);
  expect(await until(id, isClosed)).toMatchObject({ attempt: 2, state: 'completed', outcome: 'migrated' });
});

test('an escalated deadline is over when the party acts after all', async () => {
  const { stage, people, start, until, untilAsked, pass, handInCode, subscriber } = journey;
  await withPendingName(1);
  const { id } = await start({ deadlines: { eligibility: 'PT3H' } }, 1);
  await untilAsked(id, NAME);
  await pass(4 * HOUR);
  await untilAsked(id, LATE);
  await people.act('approve-name', { number: subscriber(1) });
  await stage.client.recheck(id);
  const going = await until(id, isWaitingIn('ownership'));
  expect(tasksOf(going, LATE)).toMatchObject([{ status: 'done' }]);
  await handInCode(id, 1);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});

test('after the point of no return no deadline ends the run: the operator is told and the work goes forward', async () => {
  const { stage, start, until, untilAsked, pass, handInCode } = journey;
  const { id } = await start({ templates: { required: ['never_made/pt_BR'] } }, 2);
  await handInCode(id, 2);
  expect(await untilAsked(id, 'repair_acceptance')).toMatchObject({ step: 'acceptance', state: 'waiting' });
  await pass(20 * DAY);
  const late = await untilAsked(id, LATE);
  expect(late).toMatchObject({ step: 'acceptance', state: 'waiting', outcome: null });
  expect(late.allowedActions).not.toContain('abort');
  await stage.as('support').skipStep(id, { step: 'acceptance', reason: 'the client does without it' });
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(tasksOf(moved, LATE)[0]?.status).toBe('done');
});
