/**
 * What Meta answers the calls of the proof and of the registration with, at these calls themselves: who acts, when they are
 * made again, and what leads back (meta §1.4, §1.5, §6.2, §6.4).
 */
import { REGISTRATION_TIMING } from '../../activities';
import { eventually } from '../durability/eventually';
import { isClosed } from '../support/journey';
import {
  HOUR,
  isBlockedIn,
  isWaitingIn,
  MINUTE,
  openTimedJourney,
  stepOf,
  type TimedJourney,
} from './timed-journey';

const migrated = { state: 'completed', outcome: 'migrated' };

let journey: TimedJourney;
beforeAll(async () => {
  // What is read after an unanswered call takes real seconds; what is waited for is the clock's.
  const registration = { ...REGISTRATION_TIMING, lostReplyReadMs: 0 };
  journey = await openTimedJourney({ numbers: 6, templates: 0, stage: { registration } });
});
afterEach(async () => {
  await journey.people.noFaults();
});

const attempts = async () => (await journey.people.effects('register_attempt')).length;
const eventsOf = async (id: string, type: string) =>
  (await journey.stage.client.listEvents(id, { limit: 200 })).items.filter((event) => event.type === type);
const registerCalls = async () =>
  (await journey.people.requests('?method=POST')).filter(({ path }) => path.endsWith('/register')).length;

/** One call of `register` is refused so, the n-th from now. */
const refuse = (code: number, nth = 1, status = 400) =>
  journey.people.fault({
    match: { method: 'POST', path: '/{phone}/register', nth },
    action: { type: 'fail', status, code, message: `(#${String(code)}) refused` },
  });

/** Of its first call it is not known whether it was carried out. */
const firstCallUnanswered = async (number: number): Promise<string> => {
  const { start, until, handInCode } = journey;
  const { id } = await start({}, number);
  await until(id, isWaitingIn('ownership'));
  const before = await registerCalls();
  await refuse(133004, 1, 503);
  await handInCode(id, number);
  await eventually('the call', async () => (await registerCalls()) > before);
  return id;
};

describe('133004: after a call of which nobody knows whether it was carried out', () => {
  test('two-step verification that is on again leads back as ever, once that call can act no more and the number is shown as announced (E2, P-1, R21)', async () => {
    const { people, until, untilAsked, pass, subscriber } = journey;
    const id = await firstCallUnanswered(0);
    await people.act('two-step-on', { number: subscriber(0) });
    const before = await attempts();
    await pass(3 * MINUTE);
    const back = await until(id, isWaitingIn('two_step_off'));
    expect(back).toMatchObject({ registerAttemptedAt: null, cutover: { registeredAt: null } });
    expect(back.allowedActions).toContain('abort');
    expect(await attempts()).toBe(before + 1);
    expect(await eventsOf(id, 'point_of_no_return_withdrawn')).toMatchObject([
      { data: { code: 'TWO_STEP_VERIFICATION_ENABLED' } },
    ]);
    await pass(6 * MINUTE);
    await untilAsked(id, 'two_step_verification_enabled');
    await people.act('two-step-off', { number: subscriber(0) });
    await pass(11 * MINUTE);
    expect(await until(id, isClosed)).toMatchObject(migrated);
    expect(await attempts()).toBe(before + 2);
  });

  test('133006: a proof of ownership that Meta holds for lapsed is given again, instead of being asked for where nobody can give it', async () => {
    const { until, pass } = journey;
    const id = await firstCallUnanswered(1);
    await refuse(133006);
    await pass(3 * MINUTE);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject(migrated);
    expect(stepOf(moved, 'ownership')).toMatchObject({ attempts: 2 });
    expect(await eventsOf(id, 'steps_reopened')).toMatchObject([
      { data: { steps: ['ownership', 'registration'], because: 'OWNERSHIP_NOT_VERIFIED' } },
    ]);
  });

  test('100/33: an announced number that somebody removed is announced and proven again', async () => {
    const { stage, people, until, pass, handInCode, subscriber } = journey;
    const id = await firstCallUnanswered(2);
    const { destination } = await stage.client.getMigration(id);
    await people.act('remove-pending-number', { number: subscriber(2) });
    await pass(3 * MINUTE);
    const parked = await until(id, isBlockedIn('registration'));
    expect(stepOf(parked, 'registration')?.error).toMatchObject({
      ...{ code: 'OBJECT_NOT_VISIBLE', effect: 'none' },
    });
    expect(parked.registerAttemptedAt).toBeNull();
    await stage.client.retryStep(id, { reason: 'nobody sees it any more' });
    await until(id, (now) => now.destination.phoneNumberId !== destination.phoneNumberId);
    await handInCode(id, 2);
    expect(await until(id, isClosed)).toMatchObject(migrated);
  });
});

/** Refused so until it is said otherwise; the details stand where the newer calls put them (meta §6.1). */
const refuseEach = async (call: string, answer: Record<string, unknown>): Promise<void> => {
  await journey.people.noFaults();
  await journey.people.fault({
    match: { method: 'POST', path: `/{phone}/${call}` },
    action: { type: 'fail', status: 400, message: 'refused', ...answer },
  });
};

const parkedAgain = (id: string, step: string, attempt: number) =>
  journey.until(
    id,
    (migration) => isBlockedIn(step)(migration) && stepOf(migration, step)?.attempts === attempt,
  );

test('§6.2 133005, 133008, 133010, 133015, 131045 at register: each parks on who can act, with the wait that Meta names, proves that nothing happened, and is gone with a retry', async () => {
  const { stage, start, until, handInCode, now, people } = journey;
  const { id } = await start({}, 3);
  await until(id, isWaitingIn('ownership'));
  const refusals = [
    [{ code: 133005 }, 'TWO_STEP_PIN_MISMATCH', 'operator', null],
    [{ code: 133008, details: 'Try again in 3 hours.' }, 'TWO_STEP_PIN_LOCKED', 'meta', 3 * HOUR],
    [{ code: 133010 }, 'NUMBER_NOT_REGISTERED', 'operator', null],
    [{ code: 133015 }, 'NUMBER_JUST_DELETED', 'meta', 5 * MINUTE],
    [{ code: 131045, status: 500 }, 'CERTIFICATE_INCORRECT', 'operator', null],
  ] as const;
  for (const [place, [answer, code, party, wait]] of refusals.entries()) {
    await refuseEach('register', answer);
    if (place === 0) await handInCode(id, 3);
    else await stage.client.retryStep(id, { reason: 'the next answer' });
    const parked = await parkedAgain(id, 'registration', place + 1);
    expect(stepOf(parked, 'registration')?.error).toMatchObject({ code, party, effect: 'none' });
    expect(parked).toMatchObject({ registerAttemptedAt: null, waitingFor: { party } });
    expect(parked.allowedActions).toEqual(expect.arrayContaining(['retry', 'abort']));
    if (wait === null) continue;
    const left = Date.parse(parked.waitingFor?.dueAt ?? '') - now();
    expect(Math.abs(left - wait)).toBeLessThan(2 * MINUTE);
  }
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'Meta takes it' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('§6.2 131057, 133009 at register: what passes within a minute is tried again by itself, and nobody is asked', async () => {
  const { people, start, until, pass, handInCode } = journey;
  const { id } = await start({}, 4);
  await until(id, isWaitingIn('ownership'));
  const before = await registerCalls();
  await refuse(131057, 1, 500);
  await refuse(133009, 2);
  await handInCode(id, 4);
  for (const calls of [1, 2]) {
    await eventually('the call', async () => (await registerCalls()) - before >= calls);
    await pass(3 * MINUTE);
  }
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject(migrated);
  expect(moved.tasks.map(({ kind }) => kind)).not.toContain('resolve_problem');
  expect(stepOf(moved, 'registration')?.attempts).toBe(1);
  expect((await registerCalls()) - before).toBe(3);
  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
});

test('§6.4 2388091 at request_code, 136024, 2388093 at verify_code, 136012, 136013: a record that is not on the move is the operator’s, a code that does not come the client’s, and a wrong one costs a guess', async () => {
  const { stage, people, start, until, codeFor, handInCode } = journey;
  await refuseEach('request_code', { code: 100, subcode: 2388091 });
  const { id } = await start({}, 5);
  const notOnTheMove = { code: 'NUMBER_NOT_IN_MIGRATION', party: 'operator', effect: 'none' };
  expect(stepOf(await parkedAgain(id, 'ownership', 1), 'ownership')?.error).toMatchObject({
    ...notOnTheMove,
    evidence: { call: 'POST request_code', subcode: 2388091 },
  });
  await refuseEach('request_code', { code: 136024, details: 'Request code error' });
  await stage.client.retryStep(id, { reason: 'the record was removed' });
  expect(stepOf(await parkedAgain(id, 'ownership', 2), 'ownership')?.error).toMatchObject({
    ...{ code: 'CODE_REQUEST_REFUSED', party: 'client', effect: 'none' },
  });
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'the line takes calls' });
  const code = await codeFor(id, 5);
  for (const [answer, guessesLeft] of [
    [{ code: 136012 }, 2],
    [{ code: 100, subcode: 136013, details: 'Incorrect code' }, 1],
  ] as const) {
    await refuseEach('verify_code', answer);
    expect(await stage.client.submitVerificationCode(id, code)).toEqual({ outcome: 'wrong', guessesLeft });
  }
  await refuseEach('verify_code', { code: 100, subcode: 2388093 });
  await stage.client.submitVerificationCode(id, code).catch(() => undefined);
  expect(stepOf(await parkedAgain(id, 'ownership', 3), 'ownership')?.error).toMatchObject({
    ...notOnTheMove,
    evidence: { call: 'POST verify_code', subcode: 2388093 },
  });
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'the record was removed' });
  await handInCode(id, 5);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});
