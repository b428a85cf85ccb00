import { RECONCILE_WORKFLOW_TYPE } from '../../shared/messages';
import { openJourney } from '../support/journey';

test('a migration terminated in Temporal is closed in the read model by reconcile, and its number is free', async () => {
  const { stage, start, until, straight } = await openJourney();
  const { id } = await start();
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
  const { stage, people, start, until, handInCode } = await openJourney();
  await people.fault({
    match: { path: '/{phone}/register' },
    action: { type: 'delay', ms: 3000, when: 'after' },
  });
  const { id } = await start();
  await handInCode(id);
  await until(id, ({ registerAttemptedAt }) => registerAttemptedAt !== null);
  await stage.temporal.workflow.getHandle(id).terminate('by hand');
  await stage.temporal.workflow.execute(RECONCILE_WORKFLOW_TYPE, {
    workflowId: `reconcile-${id}`,
    taskQueue: stage.taskQueue,
  });
  expect(await stage.client.getMigration(id)).toMatchObject({ state: 'blocked' });
});
