import { isClosed, openJourney } from '../support/journey';
import { reportBudget } from '../support/budget';
import { recordHistory } from '../support/recorded-histories';
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
  await recordHistory(stage, started.id, 'straight');
});

test('a straight migration with one human wait and one look of aftercare keeps its budget of events and actions', async () => {
  const time = await timeSkippingServer();
  const { stage, start, until, handInCode } = await openJourney({
    numbers: 4,
    stage: { temporal: time.address },
  });
  const measured = async (number: number) => {
    const { id } = await start({ aftercare: { hours: 1 } }, number);
    await handInCode(id, number);
    await until(id, (migration) => migration.state === 'live' && migration.step === 'aftercare');
    await time.sleep('61 minutes');
    await until(id, isClosed);
    await recordHistory(stage, id, 'straight-with-aftercare');
    return reportBudget(stage, id);
  };
  // The budget is that of a store that answers in time; on a crowded machine another number may have to show it.
  let budget = await measured(0);
  for (let number = 1; number < 4 && budget.catchUps > 0; number += 1) budget = await measured(number);
  expect(budget.activities).toBeLessThanOrEqual(19);
  expect(budget.events).toBeLessThanOrEqual(150);
  expect(budget.actions).toBeLessThanOrEqual(45);
}, 120_000);
