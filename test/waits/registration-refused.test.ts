/** What Meta answers `register` with, at the call itself: who acts, when it is tried again, and what leads back (meta §1.5, §6.2). */
import { REGISTRATION_TIMING } from '../../activities';
import { eventually } from '../durability/eventually';
import { isClosed } from '../support/journey';
import {
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
  journey = await openTimedJourney({ numbers: 4, templates: 0, stage: { registration } });
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
