import { isClosed, openJourney } from '../support/journey';
import { reportBudget } from '../support/budget';
import { timeSkippingServer } from '../support/time-skipping-server';

test('a number is moved from the HTTP request to the opened ledger, each effect once', async () => {
  const { stage, people, start, until, handInCode } = await openJourney({ templates: 3 });
  const started = await start({ templates: { required: ['order_update/pt_BR'] } });
  expect(started).toMatchObject({ state: 'running', attempt: 1, mode: 'execute' });
  await handInCode(started.id);
  const moved = await until(started.id, isClosed);

  expect(moved).toMatchObject({
    state: 'completed',
    outcome: 'migrated',
    templates: { copied: 3, kept: 0, failed: 0 },
  });
  expect(moved.acceptance.filter((check) => !check.ok)).toEqual([]);
  expect(moved.cutover.connectedAt).not.toBeNull();

  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
  for (const once of [
    'app_subscribed',
    'credit_attached',
    'announced',
    'code_sent',
    'code_verified',
    'registered',
  ]) {
    expect([once, (await people.effects(once)).length]).toEqual([once, 1]);
  }

  const templates = await stage.client.getTemplates(started.id);
  expect(templates.items.map(({ outcome }) => outcome)).toEqual(['copied', 'copied', 'copied']);
  const ledger = await stage.client.getBilling(started.id);
  expect(new Set(ledger.items.map(({ kind }) => kind))).toEqual(
    new Set(['usage_before', 'funding', 'payer_before', 'cutover', 'in_flight', 'payer_after', 'doubt']),
  );
  expect(await stage.store.events.verifyChain(started.id)).toMatchObject({ ok: true });
});

test('a straight migration with one human wait and one look of aftercare keeps its budget of events and actions', async () => {
  const time = await timeSkippingServer();
  const { stage, start, until, handInCode } = await openJourney({ stage: { temporal: time.address } });
  const { id } = await start({ aftercare: { hours: 1 } });
  await handInCode(id);
  await until(id, (migration) => migration.state === 'live' && migration.step === 'aftercare');
  await time.sleep('61 minutes');
  await until(id, isClosed);
  const budget = await reportBudget(stage, id);
  expect(budget.activities).toBeLessThanOrEqual(19);
  expect(budget.events).toBeLessThanOrEqual(150);
  expect(budget.actions).toBeLessThanOrEqual(45);
});
