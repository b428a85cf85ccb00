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

const migrated = { state: 'completed', outcome: 'migrated' };
const OPERATOR = expect.arrayContaining(['retry', 'abort']);

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 10, templates: 2 });
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

test('§6.2 130497: a barred country is not told as a policy block, for no review lifts it; a task is completed once, and its completion is a retry of the parked step', async () => {
  const { stage, people, start, until, report, handInCode } = journey;
  await people.fault(refusing('/{waba}/phone_numbers', 130497));
  const { id } = await start({}, 3);
  const parked = await until(id, isBlockedIn('announcement'));
  expect(stepOf(parked, 'announcement')?.error).toMatchObject({
    ...{ code: 'COUNTRY_RESTRICTED', party: 'client', evidence: { code: 130497 } },
  });
  expect(openTask(parked, 'resolve_problem')?.howTo).toMatch(
    /^No review lifts it\..*Crimea.*the number cannot be moved: use another one of a country that is served/,
  );
  await people.noFaults();
  const taskId = await report(id, 'resolve_problem', 'Meta has named the country');
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

test('§6.2 133005: a PIN that somebody has set parks with the one way that leads on; a registration parked for longer than the proof of ownership lasts it asks for a new code', async () => {
  const { stage, people, start, until, pass, handInCode, untilAsked } = journey;
  const { id } = await start({}, 4);
  await until(id, isWaitingIn('ownership'));
  const before = (await people.effects('code_sent')).length;
  await people.fault(refusing('/{phone}/register', 133005));
  await handInCode(id, 4);
  const refused = await until(id, isBlockedIn('registration'));
  expect(errorOf(refused, 'registration')).toBe('TWO_STEP_PIN_MISMATCH');
  // Carryover registers with the PIN it keeps: one that is set by hand is refused again (133008 after ten).
  expect(openTask(refused, 'resolve_problem')).toMatchObject({
    party: 'operator',
    howTo: expect.stringMatching(
      /set no PIN by hand.*Switch two-step verification .* off at the destination/,
    ),
  });
  await pass(15 * DAY);
  const parked = await untilAsked(id, 'decide_after_deadline');
  expect(parked).toMatchObject({ state: 'blocked', step: 'registration' });
  expect((await people.effects('code_sent')).length).toBe(before);
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'PIN switched off at the destination' });
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

/** As the platform words a refusal of a migration (meta §6.4). */
const refusedWith = (userMessage: string) => ({
  match: { method: 'POST', path: '/{waba}/phone_numbers' },
  action: { type: 'fail', status: 400, code: 100, subcode: 2388103, userMessage },
});

test('E6: what Meta cannot do just now is tried three times over some hours, then a ticket is the operator’s; E7: a name is tried again daily', async () => {
  const { stage, people, start, until, pass, handInCode, now } = journey;
  await people.fault(refusedWith('Something went wrong when trying to migrate this phone number.'));
  const { id } = await start({}, 6);
  const parked = (attempts: number) =>
    until(
      id,
      (migration) =>
        isBlockedIn('announcement')(migration) && stepOf(migration, 'announcement')?.attempts === attempts,
    );
  const dueIn = (dueAt: string | null | undefined) => Date.parse(dueAt ?? '') - now();
  for (const [attempt, wait, party] of [
    [1, 10 * MINUTE, 'meta'],
    [2, HOUR, 'meta'],
    [3, 3 * HOUR, 'meta'],
    [4, DAY, 'operator'],
  ] as const) {
    const { waitingFor, steps } = await parked(attempt);
    expect(waitingFor).toMatchObject({ party });
    expect(Math.abs(dueIn(waitingFor?.dueAt) - wait)).toBeLessThan(5 * MINUTE);
    expect(steps.find(({ name }) => name === 'announcement')?.error).toMatchObject({
      ...{ code: 'MIGRATION_FAILED_FOR_NOW', party },
      remedy: expect.stringContaining('ticket with Meta'),
    });
    if (party === 'meta') await pass(wait + MINUTE);
  }

  await people.noFaults();
  await people.fault(refusedWith('Registered name should be present and approved.'));
  await stage.client.retryStep(id, { reason: 'Meta has answered the ticket' });
  const unnamed = await parked(5);
  expect(unnamed.waitingFor).toMatchObject({ party: 'client' });
  expect(errorOf(unnamed, 'announcement')).toBe('DISPLAY_NAME_NOT_APPROVED');
  expect(Math.abs(dueIn(unnamed.waitingFor?.dueAt) - DAY)).toBeLessThan(5 * MINUTE);
  await people.noFaults();
  await pass(DAY + 5 * MINUTE);
  await until(id, isWaitingIn('ownership'));
  await journey.newCodeFor(id, 6);
  await handInCode(id, 6);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('2494100, 133016: in maintenance each further registration waits twice as long, so that the trouble of an hour does not use up the ten', async () => {
  const { people, start, until, pass, handInCode, now } = journey;
  await people.fault(refusing('/{phone}/register', 2494100));
  const { id } = await start({}, 7);
  await handInCode(id, 7);
  for (const [attempt, wait] of [5, 10, 20].entries()) {
    const parked = await until(
      id,
      (migration) =>
        isBlockedIn('registration')(migration) && stepOf(migration, 'registration')?.attempts === attempt + 1,
    );
    const left = Date.parse(parked.waitingFor?.dueAt ?? '') - now();
    expect(Math.abs(left - wait * MINUTE)).toBeLessThan(3 * MINUTE);
    if (attempt < 2) await pass((wait + 1) * MINUTE);
  }
  await people.noFaults();
  await pass(21 * MINUTE);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('§6.2 133000: a deregistration that Meta has not finished is tried again a few times, within the ten of the registration, then the operator has it done once more', async () => {
  const { stage, people, start, until, pass, handInCode, now } = journey;
  await people.fault(refusing('/{phone}/register', 133000));
  const { id } = await start({}, 9);
  await handInCode(id, 9);
  const parked = (attempt: number) =>
    until(
      id,
      (migration) =>
        isBlockedIn('registration')(migration) && stepOf(migration, 'registration')?.attempts === attempt,
    );
  for (const [attempt, wait, party] of [
    [1, 10 * MINUTE, 'meta'],
    [2, HOUR, 'meta'],
    [3, 3 * HOUR, 'meta'],
    [4, DAY, 'operator'],
  ] as const) {
    const told = await parked(attempt);
    expect(told.waitingFor).toMatchObject({ party });
    const left = Date.parse(told.waitingFor?.dueAt ?? '') - now();
    expect(Math.abs(left - wait)).toBeLessThan(5 * MINUTE);
    expect(stepOf(told, 'registration')?.error).toMatchObject({
      ...{ code: 'DEREGISTRATION_UNFINISHED', class: 'quota', party, effect: 'none' },
      remedy: expect.stringContaining('deregistered again by whoever did it before'),
    });
    if (party === 'meta') await pass(wait + MINUTE);
  }
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'it was deregistered once more' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('2388012, E4: a number that Meta says is there and does not list is looked for again, and announced when it is not', async () => {
  const { people, start, until, handInCode } = journey;
  await people.fault({
    match: { method: 'POST', path: '/{waba}/phone_numbers', times: 1 },
    action: {
      ...{ type: 'fail', status: 400, code: 100, subcode: 2388012 },
      userMessage: 'This phone number is already in your list of phone numbers.',
    },
  });
  const { id } = await start({}, 8);
  await handInCode(id, 8);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject(migrated);
  expect(stepOf(moved, 'announcement')?.attempts).toBe(1);
});
