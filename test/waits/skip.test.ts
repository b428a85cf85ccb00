/** Leaving a step out, also in the moment in which another message makes it look again. */
import { isClosed, openJourney } from '../support/journey';
import { isWaitingIn, openTask } from './timed-journey';

test('a skip right after a task was reported is taken, although the step is just looking again', async () => {
  const { stage, people, start, until, handInCode } = await openJourney({ templates: 0 });
  const { id } = await start({ templates: { copy: false, required: ['order_update/pt_BR'] } });
  await handInCode(id);
  const waiting = await until(id, isWaitingIn('acceptance'));
  const task = openTask(waiting, 'repair_acceptance');
  await people.fault({
    match: { method: 'GET', path: '/{waba}/phone_numbers' },
    action: { type: 'delay', ms: 1500 },
  });
  await stage.client.completeTask(id, task?.id ?? '', { statement: 'it may stay so' });
  await stage.client.skipStep(id, { step: 'acceptance', reason: 'the template is not needed' });
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(moved.steps.find(({ name }) => name === 'acceptance')?.status).toBe('skipped');
});
