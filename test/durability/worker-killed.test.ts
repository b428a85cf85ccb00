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
