import { SIGNALS } from '../../shared/messages';
import { eventually } from '../durability/eventually';
import { isClosed, openJourney, type Journey } from '../support/journey';

const message = (code: string, messageId = 'forwarder-1') => ({
  messageId,
  actor: { kind: 'system' as const, name: 'sms-forwarder' },
  at: new Date().toISOString(),
  code,
});

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ numbers: 4, templates: 1 });
});
const verifications = async () => (await journey.people.requests('?path=/{phone}/verify_code')).length;
const count = async (effect: string) => (await journey.people.effects(effect)).length;

test('a code handed in by signal, even twice, is verified once', async () => {
  const { stage, start, until, codeFor } = journey;
  const { id } = await start({}, 0);
  const code = await codeFor(id, 0);
  const handle = stage.temporal.workflow.getHandle(id);
  await Promise.all([handle.signal(SIGNALS.code, message(code)), handle.signal(SIGNALS.code, message(code))]);
  await until(id, isClosed);
  expect(await count('code_verified')).toBe(1);
  expect(await verifications()).toBe(1);
});

test('a malformed signal and one that comes too early are dropped and recorded, and nothing is guessed', async () => {
  const { stage, people, straight, start, until, codeFor } = journey;
  const number = straight.numbers[1]?.subscriberId;
  await people.act('two-step-on', { number });
  const { id } = await start({}, 1);
  await until(id, ({ step, state }) => step === 'two_step_off' && state === 'waiting');
  const handle = stage.temporal.workflow.getHandle(id);
  await handle.signal(SIGNALS.code, { code: 'not a code' });
  await handle.signal(SIGNALS.code, message('123456', 'early'));
  await until(id, ({ revision }) => revision > 0);
  await people.act('two-step-off', { number });
  await stage.client.recheck(id);
  await stage.client.submitVerificationCode(id, await codeFor(id, 1));
  await until(id, isClosed);
  const events = await stage.client.listEvents(id, { limit: 200 });
  const dropped = events.items
    .filter(({ type }) => type === 'message_dropped')
    .map(({ data }) => data['why']);
  expect(dropped.sort()).toEqual(['malformed', 'not_waiting_for_code']);
  expect(await count('code_guess_wrong')).toBe(0);
});

test('three codes handed in at once by three people cost one guess', async () => {
  const { stage, start, until, codeFor } = journey;
  const before = await verifications();
  const { id } = await start({}, 2);
  const code = await codeFor(id, 2);
  const verdicts = await Promise.all([1, 2, 3].map(() => stage.client.submitVerificationCode(id, code)));
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['verified', 'verified', 'verified']);
  await until(id, isClosed);
  expect(await verifications()).toBe(before + 1);
});

test('a forwarder that says the same for weeks fills no history: the wait goes on in a fresh one, and the code is taken there', async () => {
  const { stage, start, until, codeFor } = journey;
  const { id } = await start({}, 3);
  const code = await codeFor(id, 3);
  const handle = stage.temporal.workflow.getHandle(id);
  const { runId: first } = await handle.describe();
  const worn = message(code === '000000' ? '000001' : '000000', 'worn');
  const wrong = await count('code_guess_wrong');
  await handle.signal(SIGNALS.code, worn);
  await eventually('the one guess', async () => (await count('code_guess_wrong')) > wrong);
  for (let round = 0; round < 25; round += 1)
    await Promise.all(Array.from({ length: 20 }, () => handle.signal(SIGNALS.code, worn)));
  await eventually('a fresh history', async () => {
    const { runId, historyLength } = await handle.describe();
    return runId !== first && historyLength < 600;
  });
  expect(await count('code_guess_wrong')).toBe(wrong + 1);
  await stage.client.submitVerificationCode(id, code);
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
});
