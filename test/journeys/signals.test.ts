import { SIGNALS } from '../../shared/messages';
import { isClosed, openJourney } from '../support/journey';

const message = (code: string, messageId = 'forwarder-1') => ({
  messageId,
  actor: { kind: 'system' as const, name: 'sms-forwarder' },
  at: new Date().toISOString(),
  code,
});

test('a code handed in by signal, even twice, is verified once', async () => {
  const { stage, people, start, until, codeFor } = await openJourney();
  const { id } = await start();
  const code = await codeFor(id);
  const handle = stage.temporal.workflow.getHandle(id);
  await Promise.all([handle.signal(SIGNALS.code, message(code)), handle.signal(SIGNALS.code, message(code))]);
  await until(id, isClosed);
  expect(await people.effects('code_verified')).toHaveLength(1);
  expect(await people.requests('?path=/{phone}/verify_code')).toHaveLength(1);
});

test('a malformed signal and one that comes too early are dropped and recorded, and nothing is guessed', async () => {
  const { stage, people, start, until, codeFor } = await openJourney({ twoStepOn: true });
  const { id } = await start();
  await until(id, ({ step, state }) => step === 'two_step_off' && state === 'waiting');
  const handle = stage.temporal.workflow.getHandle(id);
  await handle.signal(SIGNALS.code, { code: 'not a code' });
  await handle.signal(SIGNALS.code, message('123456', 'early'));
  await until(id, ({ revision }) => revision > 0);
  await people.act('two-step-off', { number: stage.sandbox.world().subscribers[0]?.id });
  await stage.client.recheck(id);
  await stage.client.submitVerificationCode(id, await codeFor(id));
  await until(id, isClosed);
  const events = await stage.client.listEvents(id, { limit: 200 });
  const dropped = events.items
    .filter(({ type }) => type === 'message_dropped')
    .map(({ data }) => data['why']);
  expect(dropped.sort()).toEqual(['malformed', 'not_waiting_for_code']);
  expect(await people.effects('code_guess_wrong')).toEqual([]);
});

test('three codes handed in at once by three people cost one guess', async () => {
  const { stage, people, start, until, codeFor } = await openJourney();
  const { id } = await start();
  const code = await codeFor(id);
  const verdicts = await Promise.all([1, 2, 3].map(() => stage.client.submitVerificationCode(id, code)));
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['verified', 'verified', 'verified']);
  await until(id, isClosed);
  expect(await people.requests('?path=/{phone}/verify_code')).toHaveLength(1);
});
