/** A verdict that the caller did not wait for, collected when the run that took the code is over. */
import { randomUUID } from 'node:crypto';
import { isClosed } from '../support/journey';
import { HOUR, isWaitingIn, openTimedJourney } from './timed-journey';

test('a code whose verdict was pending is answered by its key after a continue-as-new, without a second guess', async () => {
  const { stage, people, start, until, codeFor, newCodeFor, pass } = await openTimedJourney({
    templates: 0,
    stage: { limits: { requestsPerMinute: 100_000, verdictMs: 300 } },
  });
  const { id } = await start();
  const code = await codeFor(id);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const guesses = async () => (await people.effects('code_guess_wrong')).length;
  const runId = async () => (await stage.temporal.workflow.getHandle(id).describe()).runId;
  const firstRun = await runId();
  await people.fault({
    match: { method: 'POST', path: '/{phone}/verify_code', times: 1 },
    action: { type: 'delay', ms: 1500, when: 'after' },
  });
  const idempotencyKey = randomUUID();
  const handIn = (digits: string, key: string) =>
    stage.client.submitVerificationCode(id, digits, { idempotencyKey: key });
  expect(await handIn(wrong, idempotencyKey)).toEqual({ outcome: 'pending' });
  await until(id, ({ revision, steps }) =>
    steps.some(({ name, status }) => name === 'ownership' && status === 'waiting' && revision > 0),
  );
  // The code lapses, so that the wait is a long one: the run drains and continues as new into itself.
  await pass(2 * HOUR);
  await until(id, isWaitingIn('ownership'));
  expect(await runId()).not.toBe(firstRun);
  expect(await guesses()).toBe(1);
  expect(await handIn(wrong, idempotencyKey)).toEqual({ outcome: 'wrong', guessesLeft: 2 });
  expect(await guesses()).toBe(1);

  const fresh = await newCodeFor(id);
  const key = randomUUID();
  let verdict = await handIn(fresh, key);
  while (verdict.outcome === 'pending') verdict = await handIn(fresh, key);
  expect(verdict.outcome).toBe('verified');
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
});
