import { randomUUID } from 'node:crypto';
import type { Migration } from '../../client';
import { SIGNALS, UPDATES } from '../../shared/messages';
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
  tasksOf,
  type TimedJourney,
} from './timed-journey';

jest.setTimeout(90_000);

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 13, templates: 0 });
});
afterEach(async () => {
  await journey.people.noFaults();
});

const migrated = { state: 'completed', outcome: 'migrated' };
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const phoneOf = (number: number): string => journey.straight.numbers[number]?.phoneNumber ?? '';
const sent = async () => (await journey.people.effects('code_sent')).length;
const guesses = async () => (await journey.people.effects('code_guess_wrong')).length;
const mayAsk = ({ allowedActions }: Migration) => allowedActions.includes('request_code');
const isCertainlyNew = (before: number) => async () => (await sent()) > before;

/** Asks for a new code and waits until it was sent. */
const askAnew = async (id: string, number: number): Promise<string> => {
  const before = await sent();
  await journey.stage.client.requestVerificationCode(id);
  await journey.until(
    id,
    ({ tasks }) => tasks.filter(({ kind }) => kind === 'submit_verification_code').length > 1,
  );
  while (!(await isCertainlyNew(before)())) await journey.until(id, isWaitingIn('ownership'));
  await journey.until(id, isWaitingIn('ownership'));
  return journey.people.newestCode(phoneOf(number));
};

test('a wrong code costs a guess, and three of them call for a new code', async () => {
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
  const fresh = await askAnew(id, 0);
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
  const fresh = await askAnew(id, 1);
  expect(await stage.client.submitVerificationCode(id, fresh)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('an expired code is called so, its task is reminded of, and a new one is right', async () => {
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
  const fresh = await askAnew(id, 2);
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
  for (let further = 0; further < 4; further += 1) {
    const before = await sent();
    await stage.client.requestVerificationCode(id);
    await until(
      id,
      ({ tasks }) => tasks.filter(({ kind }) => kind === 'submit_verification_code').length === further + 2,
    );
    expect(await sent()).toBe(before + 1);
  }
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
  const fresh = await askAnew(id, 4);
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

test('when Meta refuses a further code, the one under way may still be handed in', async () => {
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

test('to report that somebody is at the phone asks for the code', async () => {
  const { start, until, report, handInCode } = journey;
  const { id } = await start({ verification: { send: 'on_request' } }, 8);
  await report(id, 'request_verification_code', 'Ana is at the phone');
  await handInCode(id, 8);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('a number that was verified elsewhere needs no code; without that, a reported code task opens again', async () => {
  const { stage, straight, start, until, report, codeFor } = journey;
  const { id } = await start({}, 9);
  const code = await codeFor(id, 9);
  await report(id, 'submit_verification_code', 'typed in');
  const opened = await until(id, (migration) => tasksOf(migration, 'submit_verification_code').length === 2);
  const phone = opened.destination.phoneNumberId ?? '';
  const verified = await fetch(`${stage.sandbox.url}/v25.0/${phone}/verify_code`, {
    method: 'POST',
    headers: { authorization: `Bearer ${straight.tokens.destination}`, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  expect(verified.status).toBe(200);
  await report(id, 'submit_verification_code', 'typed in at WhatsApp Manager');
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('the same Idempotency-Key hands a code in once', async () => {
  const { stage, start, codeFor, handInCode, until } = journey;
  const { id } = await start({}, 10);
  const wrong = otherThan(await codeFor(id, 10));
  const before = await guesses();
  const idempotencyKey = randomUUID();
  const first = await stage.client.submitVerificationCode(id, wrong, { idempotencyKey });
  const second = await stage.client.submitVerificationCode(id, wrong, { idempotencyKey });
  expect(second).toEqual(first);
  expect(await guesses()).toBe(before + 1);
  const reused = await refusalOf(stage.client.submitVerificationCode(id, '000000', { idempotencyKey }));
  expect(reused).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
  await handInCode(id, 10);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('a message delivered twice has one effect, and a malformed signal is dropped and recorded', async () => {
  const { stage, start, codeFor, handInCode, until, now } = journey;
  const { id } = await start({}, 11);
  const wrong = otherThan(await codeFor(id, 11));
  const handle = stage.temporal.workflow.getHandle(id);
  const message = (messageId: string) => ({
    messageId,
    actor: { kind: 'operator', name: 'night shift' },
    at: new Date(now()).toISOString(),
  });
  const before = { guesses: await guesses(), sent: await sent() };
  await handle.signal(SIGNALS.code, { ...message('sms-1'), code: wrong });
  await handle.signal(SIGNALS.code, { ...message('sms-1'), code: wrong });
  await handle.signal(SIGNALS.code, { code: 'nothing that counts' });
  for (const updateId of ['first', 'second']) {
    await handle.executeUpdate(UPDATES.requestCode, { updateId, args: [message('ask-1')] });
  }
  await until(id, (migration) => tasksOf(migration, 'submit_verification_code').length === 2);
  await handInCode(id, 11);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  expect(await guesses()).toBe(before.guesses + 1);
  expect(await sent()).toBe(before.sent + 1);
  const { items } = await stage.client.listEvents(id, { limit: 200 });
  expect(items.filter(({ type }) => type === 'message_dropped')).toMatchObject([
    { data: { why: 'malformed' } },
  ]);
});

test('a code that nobody waits for is refused with what may be done instead', async () => {
  const { stage, start, until } = journey;
  const { id } = await start({ cutover: { approval: 'manual' } }, 12);
  await until(id, isWaitingIn('window'));
  const refused = await refusalOf(stage.client.submitVerificationCode(id, '123456'));
  expect(refused).toMatchObject({
    status: 409,
    code: 'not_waiting_for_code',
    allowedActions: expect.arrayContaining(['approve_cutover', 'reschedule', 'abort']),
  });
});
