import { isClosed } from '../support/journey';
import {
  DAY,
  errorOf,
  HOUR,
  isBlockedIn,
  isWaitingIn,
  MINUTE,
  openTask,
  openTimedJourney,
  refusalOf,
  stepOf,
  tasksOf,
  type TimedJourney,
} from './timed-journey';

jest.setTimeout(90_000);

const migrated = { state: 'completed', outcome: 'migrated' };
const OPERATOR = expect.arrayContaining(['retry', 'abort']);

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 7, templates: 2 });
});
afterEach(async () => {
  await journey.people.noFaults();
});

const refusing = (path: string, code: number, method = 'POST') => ({
  match: { method, path },
  action: { type: 'fail', status: 400, code, message: 'refused' },
});

test('a spent registration quota parks on Meta for 72 hours, and the step wakes by itself', async () => {
  const { people, start, until, pass, handInCode, subscriber, now } = journey;
  const { id } = await start({}, 0);
  await until(id, isWaitingIn('ownership'));
  await people.act('use-up-register-quota', { number: subscriber(0), attempts: 10 });
  const before = (await people.effects('register_attempt')).length;
  await handInCode(id, 0);
  const parked = await until(id, isBlockedIn('registration'));
  expect(errorOf(parked, 'registration')).toBe('REGISTRATION_ATTEMPTS_USED_UP');
  expect(parked).toMatchObject({ registerAttemptedAt: null, waitingFor: { party: 'meta' } });
  const wait = Date.parse(parked.waitingFor?.dueAt ?? '') - now();
  expect(Math.abs(wait - 72 * HOUR)).toBeLessThan(5 * MINUTE);
  await pass(71 * HOUR);
  expect(await until(id, isBlockedIn('registration'))).toMatchObject({ state: 'blocked' });
  await pass(HOUR + 5 * MINUTE);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  expect((await people.effects('register_attempt')).length).toBe(before + 2);
});

test('trouble that outlives ten minutes of tries is one task, however often it is tried again, and ends by itself', async () => {
  const { people, start, until, pass, handInCode } = journey;
  await people.fault({
    match: { method: 'GET', path: '/2001/*' },
    action: { type: 'fail', status: 500, code: 2, message: 'Service temporarily unavailable' },
  });
  const { id } = await start({}, 1);
  await until(id, ({ step }) => step === 'eligibility');
  await pass(11 * MINUTE);
  const parked = await until(id, isBlockedIn('eligibility'));
  expect(openTask(parked, 'resolve_problem')).toBeDefined();
  await pass(3 * HOUR);
  const still = await until(id, (migration) => (stepOf(migration, 'eligibility')?.attempts ?? 0) > 3);
  expect(tasksOf(still, 'resolve_problem')).toHaveLength(1);
  await people.noFaults();
  await pass(30 * MINUTE);
  await until(id, isWaitingIn('ownership'));
  // The code came while time passed.
  await journey.newCodeFor(id, 1);
  await handInCode(id, 1);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject(migrated);
  expect(tasksOf(moved, 'resolve_problem')).toMatchObject([{ status: 'done' }]);
});

test('a parked step is retried or skipped by a person, and what cannot be done is refused with what can', async () => {
  const { stage, people, start, until, handInCode } = journey;
  await people.fault(refusing('/2002/message_templates', 200, 'GET'));
  const { id } = await start({}, 2);
  const parked = await until(id, isBlockedIn('templates'));
  expect(parked.allowedActions).toEqual(expect.arrayContaining(['retry', 'skip', 'abort', 'complete_task']));
  const { client } = stage;
  expect(await refusalOf(client.retryStep(id, { step: 'funding', reason: 'x' }))).toMatchObject({
    status: 409,
    code: 'step_not_blocked',
    allowedActions: OPERATOR,
  });
  expect(await refusalOf(client.skipStep(id, { step: 'funding', reason: 'x' }))).toMatchObject({
    status: 409,
    code: 'step_not_skippable',
    allowedActions: OPERATOR,
  });
  expect(await refusalOf(client.skipStep(id, { step: 'aftercare', reason: 'x' }))).toMatchObject({
    status: 409,
    code: 'step_not_blocked',
    allowedActions: OPERATOR,
  });
  expect(await refusalOf(client.recheck(id))).toMatchObject({
    status: 409,
    code: 'nothing_to_recheck',
    allowedActions: OPERATOR,
  });
  await client.retryStep(id, { reason: 'perhaps now' });
  await until(
    id,
    (migration) => stepOf(migration, 'templates')?.attempts === 2 && isBlockedIn('templates')(migration),
  );
  await client.skipStep(id, { step: 'templates', reason: 'they are made anew' });
  await handInCode(id, 2);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject(migrated);
  expect(stepOf(moved, 'templates')?.status).toBe('skipped');
});

test('a task is completed once; its completion is a retry of the parked step', async () => {
  const { stage, people, start, until, report, handInCode } = journey;
  await people.fault(refusing('/{waba}/phone_numbers', 200));
  const { id } = await start({}, 3);
  await until(id, isBlockedIn('announcement'));
  await people.noFaults();
  const taskId = await report(id, 'resolve_problem', 'rights given');
  const again = stage.client.completeTask(id, taskId, { statement: 'once more' });
  expect(await refusalOf(again)).toMatchObject({
    status: 409,
    code: 'task_closed',
    allowedActions: expect.arrayContaining(['abort']),
  });
  const unknown = stage.client.completeTask(id, 'tsk_unknown', { statement: 'x' });
  expect(await refusalOf(unknown)).toMatchObject({ status: 404 });
  await handInCode(id, 3);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('a registration parked for longer than the proof of ownership lasts asks for a new code', async () => {
  const { stage, people, start, until, pass, handInCode, untilAsked } = journey;
  const { id } = await start({}, 4);
  await until(id, isWaitingIn('ownership'));
  const before = (await people.effects('code_sent')).length;
  await people.fault(refusing('/{phone}/register', 133005));
  await handInCode(id, 4);
  await until(id, isBlockedIn('registration'));
  await pass(15 * DAY);
  const parked = await untilAsked(id, 'decide_after_deadline');
  expect(parked).toMatchObject({ state: 'blocked', step: 'registration' });
  expect((await people.effects('code_sent')).length).toBe(before);
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'the PIN is set' });
  await handInCode(id, 4);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject(migrated);
  expect((await people.effects('code_sent')).length).toBe(before + 1);
  expect(tasksOf(moved, 'decide_after_deadline')[0]?.status).toBe('done');
});

test('what is found right before the registration is waited for and looked for, without a person deciding', async () => {
  const { people, start, until, untilAsked, pass, handInCode, subscriber } = journey;
  const { id } = await start({}, 5);
  await until(id, isWaitingIn('ownership'));
  const before = (await people.effects('register_attempt')).length;
  await people.act('request-name-change', { number: subscriber(5), name: 'Padaria Sol e Mar' });
  await handInCode(id, 5);
  expect(await untilAsked(id, 'display_name_change_pending')).toMatchObject({
    step: 'registration',
    state: 'waiting',
    waitingFor: { party: 'client' },
  });
  await people.act('approve-name', { number: subscriber(5) });
  await pass(11 * MINUTE);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  expect((await people.effects('register_attempt')).length).toBe(before + 1);
});
