import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporalServer } from '../../scripts/servers/temporal-server';
import { TASK_QUEUE } from '../../shared/messages';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { atEndOfFile } from '../support/after-each-file';
import { forbiddenOf, leaksIn } from '../support/aftermath';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { mongoUri } from '../support/servers';
import { eventually } from './eventually';
import { openGate } from './gate';
import { compileWorker, launchWorker, surroundingsOf, type WorkerProcess } from './worker-process';

const REGISTER = '/{phone}/register';

interface Plant {
  journey: Journey;
  /** Starts a worker process, which ends with the test; it reaches Temporal directly unless told another address. */
  worker: (temporalAddress?: string) => Promise<WorkerProcess>;
}

let program: string;
let temporal: string;
let workers: WorkerProcess[] = [];
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-durability-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  const server = await startTemporalServer({ folder, searchAttributes: SEARCH_ATTRIBUTES });
  atEndOfFile(() => server.process.stop());
  temporal = server.address;
  program = await compileWorker();
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  workers = [];
});

/** A world and a database of the test's own; all workers listen on one queue, so that they must not outlive their test. */
const openPlant = async (database: string): Promise<Plant> => {
  const mongo = mongoUri(database);
  const journey = await openJourney({
    templates: 1,
    stage: { temporal, mongo, taskQueue: TASK_QUEUE, worker: false },
  });
  return {
    journey,
    worker: async (address = temporal) => {
      const worker = await launchWorker(
        program,
        surroundingsOf(journey.stage, { temporal: address, mongo }, journey.straight.tokens),
      );
      workers.push(worker);
      await worker.ready();
      return worker;
    },
  };
};

const callsOf = (journey: Journey, path: string) =>
  journey.people.requests(`?path=${encodeURIComponent(path)}`);

const expectOneRegistration = async (journey: Journey, id: string, calls: number): Promise<void> => {
  const { stage, people, straight } = journey;
  const moved = await journey.until(id, isClosed, 90_000);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(await people.effects('registered')).toHaveLength(1);
  expect(await people.effects('announced')).toHaveLength(1);
  expect(await people.effects('code_sent')).toHaveLength(1);
  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });

  expect(await callsOf(journey, REGISTER)).toHaveLength(calls);
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
  const logs = workers.map((worker) => worker.logs()).join('\n');
  expect(leaksIn('the logs of the workers', logs, [...secrets, ...personal])).toEqual([]);
};

test('a worker killed before its registration reached the platform: another one registers the number, once', async () => {
  const { journey, worker } = await openPlant('durability-before');
  const first = await worker();
  const { id } = await journey.start();
  await journey.people.fault({ match: { path: REGISTER }, action: { type: 'hang' } });
  await journey.handInCode(id);
  await eventually('the call to register', async () => (await callsOf(journey, REGISTER)).length === 1);
  await first.kill();
  await journey.people.noFaults();
  expect(await journey.people.effects('registered')).toEqual([]);
  await worker();
  // The lost call may still arrive: it is waited for, then made again and counted again.
  await expectOneRegistration(journey, id, 2);
}, 150_000);

test('a worker killed after the platform registered and before the reply: the number is found registered, with our PIN', async () => {
  const { journey, worker } = await openPlant('durability-before-reply');
  const first = await worker();
  const { id } = await journey.start();
  await journey.people.fault({
    match: { path: REGISTER },
    action: { type: 'delay', ms: 600_000, when: 'after' },
  });
  await journey.handInCode(id);
  await eventually('the registration', async () => (await journey.people.effects('registered')).length === 1);
  await first.kill();
  await worker();
  await expectOneRegistration(journey, id, 1);
}, 150_000);

test('a worker killed after the reply and before it could report it: the reply is found in the store', async () => {
  const { journey, worker } = await openPlant('durability-after-reply');
  const gate = await openGate(temporal);
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
  await expectOneRegistration(journey, id, 1);
}, 150_000);
