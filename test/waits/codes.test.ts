import { randomUUID } from 'node:crypto';
import type { Migration } from '../../client';
import { isClosed } from '../support/journey';
import {
  DAY,
  HOUR,
  isBlockedIn,
  isWaitingIn,
  MINUTE,
  openTask,
  openTimedJourney,
  refusalOf,
  type TimedJourney,
} from './timed-journey';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 9, templates: 0 });
});
afterEach(async () => {
  await journey.people.noFaults();
});

const migrated = { state: 'completed', outcome: 'migrated' };
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const phoneOf = (number: number): string => journey.straight.numbers[number]?.phoneNumber ?? '';
const sent = async () => (await journey.people.effects('code_sent')).length;
const mayAsk = ({ allowedActions }: Migration) => allowedActions.includes('request_code');
test('R47, 136025: a wrong code costs a guess, and three of them call for a new code', async () => {
  const { stage, start, until, codeFor } = journey;
  const { id } = await start({}, 0);
  const code = await codeFor(id, 0);
  for (const guessesLeft of [2, 1, 0]) {
    const verdict = await stage.client.submitVerificationCode(id, otherThan(code));
    expect(verdict).toEqual({ outcome: 'wrong', guessesLeft });
  }
  const refused = await refusalOf(stage.client.submitVerificationCode(id, code));
  expect(refused).toMatchObject({ status: 429, code: 'guesses_used_up' });
  expect(refused).toHaveProperty('allowedActions', expect.arrayContaining(['request_code', 'abort']));
  const fresh = await journey.newCodeFor(id, 0);
  expect(await stage.client.submitVerificationCode(id, fresh)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('locked guesses are told with their end, and until then no further code is sent', async () => {
  const { stage, people, start, until, codeFor, pass, now } = journey;
  await people.knobs({ codeGuessLimit: 1 });
  const { id } = await start({}, 1);
  const code = await codeFor(id, 1);
  const verdict = await stage.client.submitVerificationCode(id, otherThan(code));
  expect(verdict).toMatchObject({ outcome: 'locked', guessesLeft: 0 });
  const retryAt = 'retryAt' in verdict ? Date.parse(verdict.retryAt ?? '') : 0;
  expect(retryAt - now()).toBeGreaterThan(11 * HOUR);
  const again = await refusalOf(stage.client.submitVerificationCode(id, code));
  expect(again).toMatchObject({ status: 429, code: 'guesses_used_up' });
  const before = await sent();
  expect(await refusalOf(stage.client.requestVerificationCode(id))).toMatchObject({
    status: 429,
    code: 'code_requests_used_up',
  });
  expect(await sent()).toBe(before);
  await people.knobs({ codeGuessLimit: 5 });
  await pass(retryAt - now() + MINUTE);
  const fresh = await journey.newCodeFor(id, 1);
  expect(await stage.client.submitVerificationCode(id, fresh)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('R47: an expired code is called so, its task is reminded of, and a new one is right', async () => {
  const { stage, start, until, codeFor, pass } = journey;
  const { id } = await start({}, 2);
  const code = await codeFor(id, 2);
  await pass(11 * MINUTE);
  const reminded = await until(
    id,
    (migration) => openTask(migration, 'submit_verification_code')?.remindersSent === 1,
  );
  expect(reminded).toMatchObject({ state: 'waiting', step: 'ownership' });
  expect(await stage.client.submitVerificationCode(id, code)).toMatchObject({ outcome: 'expired' });
  const fresh = await journey.newCodeFor(id, 2);
  expect(await stage.client.submitVerificationCode(id, fresh)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('a code that Meta still takes after its usual life is as good as any', async () => {
  const { people, start, until, codeFor, pass, handInCode } = journey;
  await people.knobs({ codeTtlMs: HOUR });
  const { id } = await start({}, 3);
  await codeFor(id, 3);
  await pass(20 * MINUTE);
  await handInCode(id, 3);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  await people.knobs({ codeTtlMs: 10 * MINUTE });
});

test('five codes a day are sent; the sixth request says when it may be made', async () => {
  const { stage, start, until, codeFor, pass } = journey;
  const { id } = await start({}, 4);
  await codeFor(id, 4);
  for (let further = 0; further < 4; further += 1) await journey.newCodeFor(id, 4);
  const before = await sent();
  const answer = await fetch(`${stage.url}/v1/migrations/${id}/verification-code/request`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stage.apiKey('backend')}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: '{}',
  });
  expect(answer.status).toBe(429);
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(23 * 3600);
  expect(seconds).toBeLessThanOrEqual(24 * 3600);
  expect(await answer.json()).toMatchObject({
    code: 'code_requests_used_up',
    allowedActions: expect.arrayContaining(['verification_code', 'abort']),
  });
  expect(await sent()).toBe(before);
  await pass(DAY);
  const fresh = await journey.newCodeFor(id, 4);
  expect(await stage.client.submitVerificationCode(id, fresh)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

const tooMany = {
  match: { method: 'POST', path: '/{phone}/request_code', times: 1 },
  action: {
    type: 'fail',
    status: 400,
    code: 136024,
    message: 'Request code error',
    userMessage: 'You have requested too many codes. Please try again in 4 hours.',
  },
};

test('136024: when Meta refuses a further code, the one under way may still be handed in', async () => {
  const { stage, people, start, until, codeFor } = journey;
  const { id } = await start({}, 5);
  const code = await codeFor(id, 5);
  await people.fault(tooMany);
  await stage.client.requestVerificationCode(id);
  const refused = await until(id, (migration) => isWaitingIn('ownership')(migration) && !mayAsk(migration));
  expect(openTask(refused, 'submit_verification_code')).toBeDefined();
  expect(await refusalOf(stage.client.requestVerificationCode(id))).toMatchObject({
    status: 429,
    code: 'code_requests_used_up',
  });
  expect(await stage.client.submitVerificationCode(id, code)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('when Meta refuses the first code for hours, the step is parked on Meta and asks again by itself', async () => {
  const { stage, people, start, until, pass, handInCode } = journey;
  await people.fault(tooMany);
  const { id } = await start({}, 6);
  const parked = await until(id, isBlockedIn('ownership'));
  expect(parked.waitingFor).toMatchObject({ party: 'meta', kind: 'resolve_problem' });
  expect(parked.steps.find(({ name }) => name === 'ownership')?.error?.code).toBe('CODE_REQUESTS_LIMITED');
  expect(await refusalOf(stage.client.submitVerificationCode(id, '123456'))).toMatchObject({
    status: 409,
    code: 'not_waiting_for_code',
    allowedActions: expect.arrayContaining(['retry', 'abort']),
  });
  const before = await sent();
  await pass(4 * HOUR + MINUTE);
  await handInCode(id, 6);
  expect(await sent()).toBe(before + 1);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('with send on_request no code is sent before somebody is at the phone, who chooses how', async () => {
  const { stage, people, start, until, untilAsked } = journey;
  const before = await sent();
  const { id } = await start({ verification: { send: 'on_request' } }, 7);
  expect(await untilAsked(id, 'request_verification_code')).toMatchObject({
    waitingFor: { party: 'client' },
    state: 'waiting',
  });
  expect(await sent()).toBe(before);
  await stage.client.requestVerificationCode(id, { method: 'voice', language: 'pt_BR' });
  await untilAsked(id, 'submit_verification_code');
  const [call] = await people.messages(phoneOf(7));
  expect(call?.channel).toBe('voice');
  const code = (call?.text ?? '').replace(/\D/g, '').slice(0, 6);
  expect(await stage.client.submitVerificationCode(id, code)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('R21, P-1: two-step verification that is on again at the source, of which no webhook told, is seen before a further code: none is sent, and its step is done again', async () => {
  const { stage, people, start, until, untilAsked, codeFor, pass, subscriber } = journey;
  const { id } = await start({}, 8);
  await codeFor(id, 8);
  const before = await sent();
  await people.act('two-step-on', { number: subscriber(8) });
  await stage.client.requestVerificationCode(id);
  await until(id, isWaitingIn('two_step_off'));
  await pass(10 * MINUTE);
  const back = await untilAsked(id, 'two_step_verification_enabled');
  expect(back).toMatchObject({ step: 'two_step_off', state: 'waiting', registerAttemptedAt: null });
  expect(await sent()).toBe(before);
  const { items } = await stage.client.listEvents(id, { limit: 200 });
  expect(items.filter(({ type }) => type === 'code_request_refused')).toMatchObject([
    { data: { code: 'TWO_STEP_VERIFICATION_ENABLED' } },
  ]);

  await people.act('two-step-off', { number: subscriber(8) });
  await pass(HOUR);
  // Whoever was at the phone has gone: the next code is asked for when somebody is there again.
  await until(id, isWaitingIn('ownership'));
  expect(await sent()).toBe(before);
  const fresh = await journey.newCodeFor(id, 8);
  expect(await stage.client.submitVerificationCode(id, fresh)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});
