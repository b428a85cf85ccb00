import type { WorldInput } from '../../sandbox/world/schema';
import { runsOf } from '../support/aftermath';
import { isClosed } from '../support/journey';
import {
  errorOf,
  HOUR,
  isBlockedIn,
  isWaitingIn,
  MINUTE,
  openTask,
  openTimedJourney,
  tasksOf,
  type TimedJourney,
} from './timed-journey';

const TASK = 'two_step_verification_enabled';
const migrated = { state: 'completed', outcome: 'migrated' };

const SPARE_TOKEN = 'source-token-renewed';

/** The provider can issue another token for the source. */
const withSpareToken = (world: WorldInput): WorldInput => ({
  ...world,
  tokens: (world.tokens ?? []).flatMap((token) =>
    token.name === 'source' ? [token, { ...token, name: 'source-renewed', value: SPARE_TOKEN }] : [token],
  ),
});

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 6, templates: 0, twoStepOn: true, change: withSpareToken });
});
afterEach(async () => {
  await journey.people.noFaults();
});

const attempts = async () => (await journey.people.effects('register_attempt')).length;
const eventsOf = async (id: string, type: string) =>
  (await journey.stage.client.listEvents(id, { limit: 200 })).items.filter((event) => event.type === type);

test('two-step verification is a task of the source provider, its mail is one of the client’s (P-2); reported off although it is on, it opens again', async () => {
  const { people, start, until, untilAsked, report, handInCode, subscriber, announced } = journey;
  const before = await announced();
  const { id } = await start({}, 0);
  const asked = await untilAsked(id, TASK);
  expect(asked).toMatchObject({
    step: 'two_step_off',
    state: 'waiting',
    waitingFor: { party: 'source_provider', kind: TASK },
  });
  expect(openTask(asked, 'check_portfolio_mail')).toMatchObject({
    ...{ party: 'client', requirement: 'P-2', blocking: false },
    howTo: expect.stringMatching(/spam folder.*second admin.*the button is missing/s),
  });
  await report(id, TASK, 'it is off');
  const again = await until(id, (migration) => tasksOf(migration, TASK).length === 2);
  expect(tasksOf(again, TASK)).toMatchObject([
    { status: 'done', evidence: { statement: 'it is off' } },
    { status: 'open' },
  ]);
  expect(await announced()).toBe(before);
  await people.act('two-step-off', { number: subscriber(0) });
  await report(id, TASK, 'now it is');
  await handInCode(id, 0);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('it is looked for every ten minutes without anybody asking, and half a day of that is no long history', async () => {
  const { stage, people, start, until, untilAsked, pass, handInCode, subscriber } = journey;
  const { id } = await start({}, 1);
  await untilAsked(id, TASK);
  await pass(8 * HOUR);
  await until(id, isWaitingIn('two_step_off'));
  await people.act('two-step-off', { number: subscriber(1) });
  await pass(11 * MINUTE);
  await handInCode(id, 1);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  const runs = await runsOf(stage, id);
  expect(runs.length).toBeGreaterThan(1);
  for (const { history } of runs) expect(history.events?.length).toBeLessThan(700);
});

test('switched on again right before the registration, nothing is registered, and it leads back (R21, R30, P-1)', async () => {
  const { people, start, until, untilAsked, pass, codeFor, stage, subscriber } = journey;
  await people.act('two-step-off', { number: subscriber(2) });
  const { id } = await start({}, 2);
  const code = await codeFor(id, 2);
  await people.act('two-step-on', { number: subscriber(2) });
  const before = await attempts();
  await stage.client.submitVerificationCode(id, code);
  const back = await until(id, isWaitingIn('two_step_off'));
  expect(back.registerAttemptedAt).toBeNull();
  expect(await attempts()).toBe(before);
  await pass(6 * MINUTE);
  await untilAsked(id, TASK);
  await people.act('two-step-off', { number: subscriber(2) });
  await pass(11 * MINUTE);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  expect(await attempts()).toBe(before + 1);
});

test('switched on between the last look and the registration, the refusal withdraws the point of no return (2388001, E2, P-1)', async () => {
  const { people, start, until, untilAsked, pass, handInCode, subscriber } = journey;
  await people.act('two-step-off', { number: subscriber(3) });
  const { id } = await start({}, 3);
  await until(id, isWaitingIn('ownership'));
  const before = await attempts();
  await people.fault({
    match: { method: 'POST', path: '/{phone}/register', times: 1 },
    action: { type: 'delay', ms: 2000 },
  });
  await handInCode(id, 3);
  await until(id, ({ registerAttemptedAt }) => registerAttemptedAt !== null);
  await people.act('two-step-on', { number: subscriber(3) });
  const back = await until(id, isWaitingIn('two_step_off'));
  expect(back).toMatchObject({ registerAttemptedAt: null, cutover: { registeredAt: null } });
  expect(back.allowedActions).toContain('abort');
  expect(await attempts()).toBe(before + 1);
  expect(await eventsOf(id, 'point_of_no_return_withdrawn')).toMatchObject([
    { data: { code: 'TWO_STEP_VERIFICATION_ENABLED' } },
  ]);
  await pass(6 * MINUTE);
  await untilAsked(id, TASK);
  await people.act('two-step-off', { number: subscriber(3) });
  await pass(11 * MINUTE);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  expect(await attempts()).toBe(before + 2);
});

test('a registration refused for it again and again is tried four times, five minutes apart, and then parked', async () => {
  const { stage, people, start, until, pass, handInCode, subscriber } = journey;
  await people.act('two-step-off', { number: subscriber(4) });
  const { id } = await start({}, 4);
  await until(id, isWaitingIn('ownership'));
  await people.fault({
    match: { method: 'POST', path: '/{phone}/register' },
    action: {
      type: 'fail',
      status: 400,
      code: 100,
      subcode: 2388001,
      userMessage: 'Two-step verification must be disabled first.',
    },
  });
  const refusals = async () =>
    (await people.requests('?method=POST')).filter(({ path }) => path.endsWith('/register')).length;
  const before = await refusals();
  await handInCode(id, 4);
  for (let round = 1; round <= 3; round += 1) {
    await until(id, ({ steps }) =>
      steps.some(
        (step) => step.name === 'two_step_off' && step.attempts === round + 1 && step.status === 'waiting',
      ),
    );
    await pass(6 * MINUTE);
  }
  const parked = await until(id, isBlockedIn('registration'));
  expect(errorOf(parked, 'registration')).toBe('TWO_STEP_VERIFICATION_ENABLED');
  expect(parked).toMatchObject({ registerAttemptedAt: null, waitingFor: { party: 'source_provider' } });
  expect((await refusals()) - before).toBe(4);
  expect(await eventsOf(id, 'two_step_settling')).toHaveLength(3);
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'the provider has waited a day' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('R25, §6.2 190/463: a token of the source that dies while two-step verification is waited for is the operator’s to renew, and then it is seen to be off', async () => {
  const { stage, people, start, until, untilAsked, pass, report, handInCode, subscriber } = journey;
  const { id } = await start({}, 5);
  await untilAsked(id, TASK);
  await people.act('expire-token', { token: 'source' });
  await people.act('two-step-off', { number: subscriber(5) });
  await pass(11 * MINUTE);
  const blind = await untilAsked(id, 'source_unreadable');
  expect(openTask(blind, 'source_unreadable')).toMatchObject({
    ...{ party: 'operator', requirement: 'R25', blocking: true, step: 'two_step_off' },
    title: expect.stringContaining('TOKEN_EXPIRED'),
    howTo: expect.stringContaining('PUT /v1/credentials'),
  });
  // Without the token a statement would do, so that both stay asked for.
  expect(openTask(blind, TASK)).toMatchObject({ party: 'source_provider', blocking: true });
  await stage.client.putCredential('meta-source', SPARE_TOKEN);
  await report(id, 'source_unreadable', 'a fresh token is stored');
  await handInCode(id, 5);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject(migrated);
  expect(tasksOf(moved, 'source_unreadable')).toMatchObject([{ status: 'done' }]);
});
