import { RECONCILE_WORKFLOW_TYPE } from '../../shared/messages';
import { openJourney, type Journey } from '../support/journey';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ numbers: 2, templates: 1 });
});

test('meta §1.7: a migration terminated in Temporal is closed in the read model by reconcile, its number is free, and the announced one is told and counted until somebody says what became of it', async () => {
  const { stage, start, until, straight } = journey;
  const { id } = await start({}, 0);
  await until(id, ({ state }) => state === 'waiting');
  await stage.temporal.workflow.getHandle(id).terminate('by hand');
  await stage.temporal.workflow.execute(RECONCILE_WORKFLOW_TYPE, {
    workflowId: `reconcile-${id}`,
    taskQueue: stage.taskQueue,
  });
  const ended = await stage.client.getMigration(id);
  expect(ended).toMatchObject({ state: 'failed', outcome: 'terminated', step: 'ownership' });
  expect(ended.findings.find(({ code }) => code === 'ANNOUNCED_NUMBER_LEFT')).toMatchObject({
    ...{ severity: 'blocker', party: 'operator' },
    evidence: { phoneNumberId: ended.destination.phoneNumberId },
  });
  expect(ended.leftInPlace).toMatchObject([
    { kind: 'announced_number', party: 'client' },
    { kind: 'copied_templates', party: 'client' },
  ]);
  expect(ended.tasks.filter(({ status }) => status === 'open')).toEqual([]);
  expect(await stage.metrics()).toContain('carryover_announced_numbers_overdue 1\n');
  const settled = await stage.client.settleLeftNumber(id, 'an admin has removed it, the source works');
  expect(settled.findings.map(({ code }) => code)).not.toContain('ANNOUNCED_NUMBER_LEFT');
  expect(await stage.metrics()).toContain('carryover_announced_numbers_overdue 0\n');
  await expect(stage.client.settleLeftNumber(id, 'once more')).rejects.toMatchObject({
    ...{ status: 409, code: 'no_number_left' },
  });
  const { items } = await stage.client.listEvents(id, { limit: 200 });
  expect(items.filter(({ type }) => type === 'left_number_settled')).toMatchObject([
    { actor: { kind: 'api_key' }, data: { reason: 'an admin has removed it, the source works', attempt: 1 } },
  ]);
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
  const ended = await stage.client.getMigration(id);
  expect(ended).toMatchObject({ state: 'blocked' });
  expect(ended.findings.map(({ code }) => code)).toContain('ANNOUNCED_NUMBER_LEFT');
  expect(await stage.metrics()).toContain('carryover_announced_numbers_overdue 1\n');
});
