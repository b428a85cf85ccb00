import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { Connection } from '@temporalio/client';
import { temporal as proto } from '@temporalio/proto';
import { freePort } from '../../scripts/servers/ports';
import { startTemporalServer } from '../../scripts/servers/temporal-server';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { openRelay } from '../server/relay';
import { atEndOfFile } from '../support/after-each-file';
import { runsOf } from '../support/aftermath';
import { isClosed } from '../support/journey';
import { mongoUri } from '../support/servers';
import { eventually } from './eventually';
import { callsTo, newFolder, plants, REGISTER } from './plant';
import { compileWorker, launchWorker } from './worker-process';

const { EventType, IndexedValueType } = proto.api.enums.v1;
const openPlant = plants();

const NOWHERE = { graph: 'http://127.0.0.1:1', appId: null, credentials: {} };

const registerAttributes = async (address: string): Promise<void> => {
  const connection = await Connection.connect({ address });
  await connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(
      Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [
        name,
        encodeSearchAttributeIndexedValueType(type) ?? IndexedValueType.INDEXED_VALUE_TYPE_UNSPECIFIED,
      ]),
    ),
  });
  await connection.close();
};

test('a worker refuses to run while search attributes are missing, says which, and runs once they are there', async () => {
  const server = await startTemporalServer({ folder: await newFolder(), searchAttributes: {} });
  atEndOfFile(() => server.process.stop());
  const program = await compileWorker();
  const surroundings = {
    ...NOWHERE,
    temporal: server.address,
    mongo: mongoUri('durability-attributes'),
  };
  const refused = await launchWorker(program, surroundings);
  expect(await refused.ended).toBe('exit code 1');
  expect(refused.logs()).toMatch(/^The worker cannot run: search attributes are not registered/);
  for (const name of Object.keys(SEARCH_ATTRIBUTES)) expect(refused.logs()).toContain(name);

  await registerAttributes(server.address);
  const runs = await launchWorker(program, surroundings);
  await runs.ready();
  await runs.kill();
}, 60_000);

test('a worker that cannot reach Temporal says so and ends', async () => {
  const nobody = `127.0.0.1:${await freePort()}`;
  const refused = await launchWorker(await compileWorker(), {
    ...NOWHERE,
    temporal: nobody,
    mongo: mongoUri('durability-missing'),
  });
  expect(await refused.ended).toBe('exit code 1');
  expect(refused.logs()).toMatch(new RegExp(`cannot run: .*${nobody}`));
}, 60_000);

test('a worker that is started while MongoDB is away says so, takes work all the same, and carries on when it is back', async () => {
  const name = 'durability-missing';
  const { journey, worker, launch } = await openPlant(name);
  const first = await worker();
  const { id } = await journey.start({ aftercare: { hours: 0 } });
  await journey.codeFor(id);
  await first.kill();

  const direct = new URL(mongoUri(name));
  const relay = await openRelay({ host: direct.hostname, port: Number(direct.port) });
  await relay.cut();
  const second = await launch({ mongo: `mongodb://${relay.address}/${name}?directConnection=true` });
  await eventually('a worker that runs', () => Promise.resolve(second.logs().includes('worker is running')));
  expect(second.logs()).toContain('the database is away (MONGODB_URI)');
  // The code is heard; its proof needs a token, which only the database has, and nobody is left without an answer.
  const unproven = await journey.handInCode(id).catch((error: unknown) => error);
  expect(unproven).toMatchObject({ code: 'verdict_unknown' });
  expect(await journey.people.effects('registered')).toHaveLength(0);
  expect(second.endedWith()).toBeUndefined();

  await relay.mend();
  await second.ready();
  await journey.handInCode(id);
  expect(await journey.until(id, isClosed, 90_000)).toMatchObject({ state: 'completed' });
  expect(await journey.people.effects('registered')).toHaveLength(1);
}, 150_000);

test('a worker that is told to stop lets its registration finish and reports it', async () => {
  const { journey, worker } = await openPlant('durability-stop');
  const first = await worker();
  const { id } = await journey.start();
  await journey.people.fault({
    match: { path: REGISTER },
    action: { type: 'delay', ms: 3_000, when: 'after' },
  });
  await journey.handInCode(id);
  await eventually('the registration', async () => (await journey.people.effects('registered')).length === 1);
  await first.stop(60_000);
  expect(await first.ended).toBe('exit code 0');
  expect(first.logs()).toContain('worker has stopped');

  const [run] = await runsOf(journey.stage, id);
  const events = run?.history.events ?? [];
  const scheduled = events.find(
    ({ activityTaskScheduledEventAttributes: activity }) => activity?.activityType?.name === 'registerNumber',
  );
  const reported = events.find(
    ({ activityTaskCompletedEventAttributes: completed }) =>
      String(completed?.scheduledEventId) === String(scheduled?.eventId),
  );
  expect(reported?.eventType).toBe(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);

  await worker();
  expect(await journey.until(id, isClosed, 60_000)).toMatchObject({ state: 'completed' });
  expect(await callsTo(journey, REGISTER)).toHaveLength(1);
}, 120_000);
