import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { CALLS_OF_NEW_WABA, SHARES } from '../../activities/graph-for';
import { CarryoverProblem } from '../../client';
import { atEndOfFile } from '../support/after-each-file';
import { isClosed, openJourney } from '../support/journey';
import { recordHistory } from '../support/recorded-histories';
import { mongoUri } from '../support/servers';
import { timeSkippingServer } from '../support/time-skipping-server';
import { leaveUnanswered } from '../support/unanswered';

test('a failed migration starts again from the step that failed, with what it knows, after the pause; of several who ask at once one is answered that it does', async () => {
  const time = await timeSkippingServer();
  const { stage, people, start, until, handInCode, straight } = await openJourney({
    twoStepOn: true,
    stage: {
      temporal: time.address,
      policy: { deadlines: { two_step_off: 1000, escalation: 1000 }, twoStepRecheckEvery: 3_600_000 },
    },
  });
  const { id } = await start();
  const failed = await until(id, isClosed);
  expect(failed).toMatchObject({ state: 'failed', outcome: 'deadline_passed', allowedActions: ['replay'] });

  const [number] = straight.numbers;
  await people.act('two-step-off', { number: number?.subscriberId });
  // Several ask at the same moment: one attempt begins, and only whose it is is told so.
  const reasons = ['anna', 'ben', 'carla', 'dora'].map((who) => `${who} heard that it is off`);
  const answers = await Promise.allSettled(
    reasons.map((reason) => stage.as('support').replay(id, { reason })),
  );
  const taken = reasons.filter((_, index) => answers[index]?.status === 'fulfilled');
  expect(taken).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === 'rejected')
      expect(answer.reason).toMatchObject({ status: 409, code: 'not_replayable' });
  }
  const { items } = await stage.client.listEvents(id, { limit: 200 });
  expect(items.find(({ type }) => type === 'replay_requested')?.data).toMatchObject({ reason: taken[0] });
  const again = await until(id, ({ attempt }) => attempt === 2);
  expect(again.state).toBe('running');
  await time.sleep('4 minutes');
  await handInCode(id);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ attempt: 2, state: 'completed', outcome: 'migrated' });
  expect(moved.attempts).toEqual([
    expect.objectContaining({ attempt: 1, state: 'failed', failedStep: 'two_step_off' }),
  ]);
  expect(await people.effects('template_copied')).toHaveLength(3);
  expect(await stage.store.events.verifyChain(id)).toMatchObject({ ok: true });
  await recordHistory(stage, id, 'replayed');

  const completed = await stage
    .as('support')
    .replay(id, { reason: 'once more' })
    .catch((error: unknown) => error);
  expect(completed).toBeInstanceOf(CarryoverProblem);
  expect(completed).toMatchObject({ status: 409 });
});

test('an aborted migration is replayed as a new attempt and adopts the number it had announced, also when only the share of numbers between their sides is left of the account’s hour (CALL_BUDGET_SPENT)', async () => {
  const time = await timeSkippingServer();
  const mongo = mongoUri(`replay-${randomBytes(6).toString('hex')}`);
  const { stage, straight, people, start, until, handInCode } = await openJourney({
    stage: { temporal: time.address, mongo },
  });
  const { id } = await start();
  await until(id, ({ step, state }) => step === 'ownership' && state === 'waiting');
  await stage.client.abort(id, 'not today');
  await until(id, isClosed);
  const account = `${stage.sandbox.world().partnerAppId}/${straight.ids.destinationWabaId}`;
  const budget = { capacity: CALLS_OF_NEW_WABA, perMs: 3_600_000, share: SHARES.before_announcement };
  while ((await stage.store.callBudget.take(account, budget)).granted);
  const support = stage.as('support');
  const replay = () =>
    support.replay(id, { reason: 'today', fromStep: 'announcement' }, { idempotencyKey: 'today' });
  await replay();
  await time.sleep('4 minutes');
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ attempt: 2, state: 'completed', outcome: 'migrated' });
  expect(await people.effects('announced')).toHaveLength(1);

  // The server died when it had opened the attempt, and whoever asked for it comes back when all is over.
  const raw = new MongoClient(mongo);
  atEndOfFile(() => raw.close());
  await leaveUnanswered(raw, `POST /v1/migrations/${id}/replay`);
  expect(await replay()).toMatchObject({ id, attempt: 2 });
  await expect(support.replay(id, { reason: 'today' })).rejects.toMatchObject({ code: 'not_replayable' });
});
