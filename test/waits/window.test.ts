import { isClosed } from '../support/journey';
import {
  DAY,
  HOUR,
  isWaitingIn,
  MINUTE,
  openTask,
  openTimedJourney,
  refusalOf,
  type TimedJourney,
} from './timed-journey';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 10, templates: 1 });
});

test('a window five days ahead is waited for with few events, and everything irreversible happens inside it', async () => {
  const { stage, people, start, until, pass, handInCode, windowIn } = journey;
  const { id } = await start({ cutover: windowIn(5 * DAY, 6 * DAY) }, 0);
  await until(id, isWaitingIn('window'));
  await pass(4 * DAY);
  expect((await until(id, isWaitingIn('window'))).tasks.filter(({ blocking }) => blocking)).toEqual([]);
  expect(await people.effects('credit_attached')).toEqual([]);
  expect(await people.effects('announced')).toEqual([]);
  const { events = [] } = await stage.temporal.workflow.getHandle(id).fetchHistory();
  expect(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).not.toBe('');
  // A reminder of what is to be prepared wakes it a few times.
  expect(events?.length).toBeLessThanOrEqual(25);
  await pass(DAY + 2 * MINUTE);
  await handInCode(id, 0);
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
});

test('a window moved earlier opens earlier', async () => {
  const { stage, start, until, pass, handInCode, windowIn, announced } = journey;
  const { id } = await start({ cutover: windowIn(5 * DAY, 6 * DAY) }, 1);
  await until(id, isWaitingIn('window'));
  const before = await announced();
  await stage.client.reschedule(id, {
    notBefore: journey.after(2 * HOUR),
    notAfter: journey.after(5 * HOUR),
    reason: 'the client has time today',
  });
  await pass(HOUR);
  expect(await announced()).toBe(before);
  await pass(HOUR + 2 * MINUTE);
  await handInCode(id, 1);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});

test('a window moved later is not entered at its old time', async () => {
  const { stage, start, until, pass, handInCode, windowIn, announced } = journey;
  const { id } = await start({ cutover: windowIn(2 * HOUR, 4 * HOUR) }, 2);
  await until(id, isWaitingIn('window'));
  const before = await announced();
  await stage.client.reschedule(id, {
    notBefore: journey.after(2 * DAY),
    notAfter: journey.after(3 * DAY),
    reason: 'the client is away',
  });
  await pass(3 * HOUR);
  expect(await until(id, isWaitingIn('window'))).toMatchObject({ state: 'waiting' });
  expect(await announced()).toBe(before);
  await pass(2 * DAY - 3 * HOUR + 2 * MINUTE);
  await handInCode(id, 2);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});

test('with manual approval nothing irreversible begins before a person has approved', async () => {
  const { stage, start, until, untilAsked, handInCode, announced } = journey;
  const before = await announced();
  const { id } = await start({ cutover: { approval: 'manual' } }, 3);
  const asked = await untilAsked(id, 'approve_cutover');
  expect(asked).toMatchObject({ step: 'window', waitingFor: { party: 'operator', kind: 'approve_cutover' } });
  expect(asked.allowedActions).toContain('approve_cutover');
  expect(await announced()).toBe(before);
  await stage.client.approveCutover(id, 'the plan is good');
  expect(await refusalOf(stage.client.approveCutover(id, 'again'))).toMatchObject({
    status: 409,
    code: 'nothing_to_approve',
  });
  await handInCode(id, 3);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});

test('a window set a month ahead after the approval was asked for is waited for, however long the approval had time', async () => {
  const { stage, start, until, untilAsked, pass, handInCode } = journey;
  const { id } = await start({ cutover: { approval: 'manual' } }, 4);
  await untilAsked(id, 'approve_cutover');
  await stage.client.reschedule(id, {
    notBefore: journey.after(30 * DAY),
    notAfter: journey.after(31 * DAY),
    reason: 'after the holidays',
  });
  await pass(29 * DAY);
  const waiting = await until(id, isWaitingIn('window'));
  expect(waiting.tasks.filter(({ status, blocking }) => blocking && status === 'open')).toEqual([]);
  await pass(DAY + HOUR);
  await stage.client.approveCutover((await untilAsked(id, 'approve_cutover')).id, 'now');
  await handInCode(id, 4);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});

test('a window that is over before two-step verification is off needs an approval before the number is announced', async () => {
  const { stage, people, start, until, untilAsked, pass, handInCode, subscriber, windowIn, announced } =
    journey;
  await people.act('two-step-on', { number: subscriber(5) });
  const { id } = await start({ cutover: windowIn(HOUR, 3 * HOUR) }, 5);
  await until(id, isWaitingIn('window'));
  const before = await announced();
  await pass(90 * MINUTE);
  await until(id, isWaitingIn('two_step_off'));
  await pass(2 * HOUR);
  await people.act('two-step-off', { number: subscriber(5) });
  await stage.client.recheck(id);
  const asked = await untilAsked(id, 'approve_cutover');
  expect(openTask(asked, 'approve_cutover')?.title).toContain('window is over');
  expect(await announced()).toBe(before);
  await stage.client.approveCutover(id, 'a little late is fine');
  await handInCode(id, 5);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});

test('a code that comes after the window needs an approval or a new window before the registration', async () => {
  const { stage, people, start, until, untilAsked, pass, codeFor, windowIn } = journey;
  const before = (await people.effects('register_attempt')).length;
  const { id } = await start({ cutover: windowIn(-HOUR, HOUR) }, 6);
  await codeFor(id, 6);
  await pass(2 * HOUR);
  await stage.client.submitVerificationCode(id, await journey.newCodeFor(id, 6));
  expect(await untilAsked(id, 'approve_cutover')).toMatchObject({ step: 'registration' });
  expect((await people.effects('register_attempt')).length).toBe(before);
  await stage.client.reschedule(id, {
    notBefore: journey.after(DAY),
    notAfter: journey.after(2 * DAY),
    reason: 'tomorrow then',
  });
  await until(id, isWaitingIn('window'));
  await pass(DAY + HOUR);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});

test('what has come up while the window is waited for is found by a recheck', async () => {
  const { stage, people, start, until, untilAsked, pass, handInCode, subscriber, windowIn } = journey;
  const { id } = await start({ cutover: windowIn(DAY, 2 * DAY) }, 8);
  await until(id, isWaitingIn('window'));
  await people.act('request-name-change', { number: subscriber(8), name: 'Padaria Sol e Mar' });
  await stage.client.recheck(id);
  expect(await untilAsked(id, 'display_name_change_pending')).toMatchObject({ step: 'eligibility' });
  await people.act('approve-name', { number: subscriber(8) });
  await stage.client.recheck(id);
  await until(id, isWaitingIn('window'));
  await pass(DAY + 2 * MINUTE);
  await handInCode(id, 8);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});

test('R26, §9.3: a business that loses its verification while a window is waited for three weeks stops before two-step verification is touched; so does one that loses it while that is waited for, before the number is announced; verified again it goes on', async () => {
  const {
    stage,
    people,
    straight,
    start,
    until,
    untilAsked,
    pass,
    handInCode,
    subscriber,
    windowIn,
    announced,
  } = journey;
  const { businessId } = straight.ids;
  await people.act('two-step-on', { number: subscriber(9) });
  const { id } = await start({ cutover: windowIn(21 * DAY, 23 * DAY) }, 9);
  await until(id, isWaitingIn('window'));
  await people.act('business-verification', { businessId, status: 'revoked' });
  await pass(21 * DAY + 2 * MINUTE);
  const stopped = await untilAsked(id, 'business_not_verified');
  expect(stopped).toMatchObject({
    ...{ step: 'eligibility', waitingFor: { party: 'client', kind: 'business_not_verified' } },
    cutover: { announcedAt: null },
  });
  expect(openTask(stopped, 'business_not_verified')).toMatchObject({ requirement: 'R26' });
  expect(openTask(stopped, 'two_step_verification_enabled')).toBeUndefined();

  await people.act('business-verification', { businessId, status: 'verified' });
  await stage.client.recheck(id);
  await untilAsked(id, 'two_step_verification_enabled');
  const before = await announced();
  await people.act('business-verification', { businessId, status: 'revoked' });
  await pass(2 * HOUR);
  await until(id, isWaitingIn('two_step_off'));
  await people.act('two-step-off', { number: subscriber(9) });
  await stage.client.recheck(id);
  await untilAsked(id, 'business_not_verified');
  const turnedBack = await until(id, isWaitingIn('eligibility'));
  expect(openTask(turnedBack, 'two_step_verification_enabled')).toBeUndefined();
  expect(await announced()).toBe(before);

  await people.act('business-verification', { businessId, status: 'verified' });
  await stage.client.recheck(id);
  await handInCode(id, 9);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ outcome: 'migrated' });
  expect(moved.findings.filter(({ severity }) => severity === 'blocker')).toEqual([]);
});

test('a window moved during the last look is honoured: the number is not registered outside it', async () => {
  const { stage, people, start, until, pass, handInCode } = journey;
  const before = (await people.effects('register_attempt')).length;
  const { id } = await start({}, 7);
  await until(id, isWaitingIn('ownership'));
  await people.fault({
    match: { method: 'GET', path: '/{waba}/phone_numbers', token: 'source' },
    action: { type: 'delay', ms: 1500 },
  });
  await handInCode(id, 7);
  await stage.client.reschedule(id, {
    notBefore: journey.after(DAY),
    notAfter: journey.after(2 * DAY),
    reason: 'not now',
  });
  await people.noFaults();
  await until(id, isWaitingIn('window'));
  expect((await people.effects('register_attempt')).length).toBe(before);
  await pass(DAY + HOUR);
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
});
