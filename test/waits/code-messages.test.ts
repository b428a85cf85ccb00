import { randomUUID } from 'node:crypto';
import { SIGNALS, UPDATES } from '../../shared/messages';
import { isClosed } from '../support/journey';
import { isWaitingIn, openTimedJourney, refusalOf, tasksOf, type TimedJourney } from './timed-journey';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 5, templates: 0 });
});

const migrated = { state: 'completed', outcome: 'migrated' };
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const sent = async () => (await journey.people.effects('code_sent')).length;
const guesses = async () => (await journey.people.effects('code_guess_wrong')).length;

test('to report that somebody is at the phone asks for the code, and replaces no statement of who takes it, and when (R19)', async () => {
  const { stage, start, until, report, handInCode } = journey;
  const { id } = await start({ verification: { send: 'on_request' } }, 0);
  await report(id, 'appoint_code_receiver', 'Ana, today 14:00 America/Sao_Paulo');
  await report(id, 'request_verification_code', 'Ana is at the phone');
  await handInCode(id, 0);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  const { items } = await stage.client.listEvents(id, { limit: 200 });
  const stated = items.filter(({ type }) => type === 'attested').map(({ data }) => data);
  expect(stated).toEqual([{ requirement: 'R19', statement: 'Ana, today 14:00 America/Sao_Paulo' }]);
});

test('a number that was verified elsewhere needs no code; without that, a reported code task opens again', async () => {
  const { stage, straight, start, until, report, codeFor } = journey;
  const { id } = await start({}, 1);
  const code = await codeFor(id, 1);
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
  const { id } = await start({}, 2);
  const wrong = otherThan(await codeFor(id, 2));
  const before = await guesses();
  const idempotencyKey = randomUUID();
  const first = await stage.client.submitVerificationCode(id, wrong, { idempotencyKey });
  const second = await stage.client.submitVerificationCode(id, wrong, { idempotencyKey });
  expect(second).toEqual(first);
  expect(await guesses()).toBe(before + 1);
  const reused = await refusalOf(stage.client.submitVerificationCode(id, '000000', { idempotencyKey }));
  expect(reused).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
  await handInCode(id, 2);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('a message delivered twice has one effect, and a malformed signal is dropped and recorded', async () => {
  const { stage, start, codeFor, handInCode, until, now } = journey;
  const { id } = await start({}, 3);
  const wrong = otherThan(await codeFor(id, 3));
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
  await handInCode(id, 3);
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
  const { id } = await start({ cutover: { approval: 'manual' } }, 4);
  await until(id, isWaitingIn('window'));
  const refused = await refusalOf(stage.client.submitVerificationCode(id, '123456'));
  expect(refused).toMatchObject({
    status: 409,
    code: 'not_waiting_for_code',
    allowedActions: expect.arrayContaining(['approve_cutover', 'reschedule', 'abort']),
  });
});
