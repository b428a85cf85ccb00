import { randomUUID } from 'node:crypto';
import { CarryoverProblem, createCarryoverClient } from '../../client';
import { countedIn, gapsIn } from '../../chaos/trail';
import { QUERIES, SIGNALS } from '../../shared/messages';
import type { Migration } from '../../shared/migration';
import { forbiddenOf, leaksIn } from '../support/aftermath';
import { isClosed } from '../support/journey';
import { eventually } from './eventually';
import { openGate } from './gate';
import { callsTo, plants, REGISTER, type Plant } from './plant';

const openPlant = plants();

const expectOneRegistration = async (
  { journey, workers }: Plant,
  id: string,
  calls: number,
): Promise<void> => {
  const { stage, people, straight } = journey;
  const moved = await journey.until(id, isClosed, 90_000);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(await people.effects('registered')).toHaveLength(1);
  expect(await people.effects('announced')).toHaveLength(1);
  expect(await people.effects('code_sent')).toHaveLength(1);
  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });

  expect(await callsTo(journey, REGISTER)).toHaveLength(calls);
  const counted = await stage.store.attempts.countRegisterAttempt({
    phoneNumber: straight.numbers[0]?.phoneNumber ?? '',
    effectKey: `${id}/1/register/1`,
    limit: 8,
    windowMs: 72 * 3_600_000,
  });
  expect(counted).toEqual({ allowed: true, count: calls });

  const pin = stage.sandbox.world().subscribers[0]?.twoStep.pin;
  expect(await stage.client.revealTwoStepPin(id, 'the test compares it')).toBe(pin);
  expect(await stage.store.events.verifyChain(id)).toMatchObject({ ok: true });
  const { secrets, personal } = forbiddenOf(stage);
  const logs = workers()
    .map((worker) => worker.logs())
    .join('\n');
  expect(leaksIn('the logs of the workers', logs, [...secrets, ...personal])).toEqual([]);
};

test('a worker killed before its registration reached the platform: another one registers the number, once', async () => {
  const plant = await openPlant('durability-before');
  const { journey, worker } = plant;
  const first = await worker();
  const { id } = await journey.start();
  await journey.people.fault({ match: { path: REGISTER }, action: { type: 'hang' } });
  await journey.handInCode(id);
  await eventually('the call to register', async () => (await callsTo(journey, REGISTER)).length === 1);
  await first.kill();
  await journey.people.noFaults();
  expect(await journey.people.effects('registered')).toEqual([]);
  await worker();
  // The lost call may still arrive: it is waited for, then made again and counted again.
  await expectOneRegistration(plant, id, 2);
}, 150_000);

test('a worker killed after the platform registered and before the reply: the number is found registered, with our PIN', async () => {
  const plant = await openPlant('durability-before-reply');
  const { journey, worker } = plant;
  const first = await worker();
  const { id } = await journey.start();
  await journey.people.fault({ match: { path: REGISTER }, action: { type: 'hang', act: true } });
  await journey.handInCode(id);
  await eventually('the registration', async () => (await journey.people.effects('registered')).length === 1);
  await first.kill();
  await worker();
  await expectOneRegistration(plant, id, 1);
}, 150_000);

test('a worker killed after the reply and before it could report it: the reply is found in the store', async () => {
  const plant = await openPlant('durability-after-reply');
  const { journey, worker } = plant;
  const gate = await openGate(plant.temporal);
  const first = await worker(gate.address);
  const { id } = await journey.start();
  await journey.people.fault({
    match: { path: REGISTER },
    action: { type: 'delay', ms: 1_500, when: 'after' },
  });
  await journey.handInCode(id);
  await eventually('the registration', async () => (await journey.people.effects('registered')).length === 1);
  gate.close();
  await eventually('the reply', async () => {
    const pin = await journey.stage.store.secrets.getTwoStepPin('acme', id, 1);
    return pin?.state === 'confirmed';
  });
  await first.kill();
  await worker();
  await expectOneRegistration(plant, id, 1);
}, 150_000);

test('a deadline ends the run, which tells it and frees the number, and the code is there before Temporal knows: nobody else gets the number, and the migration goes on, is shown so, and holds it', async () => {
  const { journey, temporal, worker } = await openPlant('durability-told-end', {
    policy: { deadlines: { ownership: 1_000, escalation: 5_000 } },
  });
  const { stage, straight, people } = journey;
  const gate = await openGate(temporal);
  await worker(gate.address);
  const { id } = await journey.start({ aftercare: { hours: 1 } });
  const code = await journey.codeFor(id);
  const handle = stage.temporal.workflow.getHandle(id);
  await journey.until(id, ({ tasks }) => tasks.some(({ kind }) => kind === 'decide_after_deadline'));
  await eventually('the end of the workflow task', async () => {
    const { raw } = await handle.describe();
    return raw.pendingWorkflowTask == null;
  });
  gate.mute();
  await journey.until(id, isClosed);
  const phoneNumber = straight.numbers[0]?.phoneNumber ?? '';
  expect(await stage.store.claims.holder(phoneNumber)).toBeNull();
  const rival = createCarryoverClient({ baseUrl: stage.url, apiKey: stage.apiKey('backend'), tries: 1 });
  const tooEarly = await rival.startMigration(journey.body()).catch((error: unknown) => error);
  expect(tooEarly).toBeInstanceOf(CarryoverProblem);
  expect(tooEarly).toMatchObject({
    problem: { status: 503, detail: 'the last run of a migration of this number is still ending' },
  });
  const by = { kind: 'operator' as const, name: 'forwarder' };
  await handle.signal(SIGNALS.code, {
    messageId: randomUUID(),
    actor: by,
    at: new Date().toISOString(),
    code,
  });
  gate.open();

  const live = await journey.until(
    id,
    ({ step, state }) => step === 'aftercare' && state !== 'failed',
    90_000,
  );
  expect(await people.effects('registered')).toHaveLength(1);
  expect(await stage.store.claims.holder(phoneNumber)).toMatchObject({ migrationId: id });
  const again = await stage.client.startMigration(journey.body()).catch((error: unknown) => error);
  expect(again).toBeInstanceOf(CarryoverProblem);
  expect(again).toMatchObject({ code: 'number_in_migration' });
  expect(await stage.metrics()).toContain('carryover_lost_numbers 0\n');
  await eventually('the document as the workflow knows it', async () => {
    const [known, shown] = [
      await handle.query<Migration>(QUERIES.migration),
      await stage.client.getMigration(id),
    ];
    return known.revision === shown.revision && known.state === shown.state;
  });
  const { items } = await stage.store.events.list('acme', id, { limit: 200, order: 'oldest' });
  expect(items.filter(({ type }) => type === 'closed')).toHaveLength(1);
  expect(countedIn(items).filter(({ type }) => type === 'closed')).toEqual([]);
  expect(gapsIn(items, live)).toEqual([]);
  expect(await stage.store.events.verifyChain(id)).toMatchObject({ ok: true });
  // Nothing of it is left to the worker of another test.
  await handle.terminate('the test is over');
}, 150_000);
