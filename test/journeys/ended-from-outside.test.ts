import { RECONCILE_WORKFLOW_TYPE } from '../../shared/messages';
import { openJourney, type Journey } from '../support/journey';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ numbers: 2, templates: 1 });
});

test('a migration terminated in Temporal is closed in the read model by reconcile, and its number is free', async () => {
  const { stage, start, until, straight } = journey;
  const { id } = await start({}, 0);
  await until(id, ({ state }) => state === 'waiting');
  await stage.temporal.workflow.getHandle(id).terminate('by hand');
  await stage.temporal.workflow.execute(RECONCILE_WORKFLOW_TYPE, {
    workflowId: `reconcile-${id}`,
    taskQueue: stage.taskQueue,
  });
  expect(await stage.client.getMigration(id)).toMatchObject({ state: 'failed', outcome: 'terminated' });
  const [number] = straight.numbers;
  expect(await stage.store.claims.holder(number?.phoneNumber ?? '')).toBeNull();
  expect(await stage.store.events.verifyChain(id)).toMatchObject({ ok: true });
});

test('one terminated after the registration attempt is never called failed: it waits for the operator', async () => {
  const { stage, people, start, until, handInCode } = journey;
  await people.fault({
    match: { path: '/{phone}/register' },
    action: { type: 'delay', ms: 3000, when: 'after' },
  });
  const { id } = await start({}, 1);
  await handInCode(id, 1);
  await until(id, ({ registerAttemptedAt }) => registerAttemptedAt !== null);
  await stage.temporal.workflow.getHandle(id).terminate('by hand');
  await stage.temporal.workflow.execute(RECONCILE_WORKFLOW_TYPE, {
    workflowId: `reconcile-${id}`,
    taskQueue: stage.taskQueue,
  });
  expect(await stage.client.getMigration(id)).toMatchObject({ state: 'blocked' });
});
