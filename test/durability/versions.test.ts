/** Two builds of the worker, deployed as docs/deploying.md says, on a server that knows which one is current. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporal as proto } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { findBinary } from '../../scripts/servers/find-binary';
import { bundleOptions } from '../../worker/bundle-options';
import { runsOf } from '../support/aftermath';
import { isClosed } from '../support/journey';
import { eventually } from './eventually';
import { newFolder, plants } from './plant';
import { compileWorker } from './worker-process';

const { VERSIONING_BEHAVIOR_UNSPECIFIED: UNSPECIFIED, VERSIONING_BEHAVIOR_AUTO_UPGRADE: AUTO_UPGRADE } =
  proto.api.enums.v1.VersioningBehavior;
const openPlant = plants();
const DAY = 86_400_000;
const at = (span: number) => new Date(Date.now() + span).toISOString();

/** As the page says it, word by word. */
const setCurrent = async (address: string, build: string): Promise<void> => {
  const page = await readFile(join(__dirname, '../../docs/deploying.md'), 'utf8');
  const command = /^ *temporal (worker deployment set-current-version .*)$/m.exec(page)?.[1] ?? '';
  const args = command.replace('"$BUILD"', build).split(' ');
  const temporal = await findBinary('temporal');
  // A build that has just come up is not known yet.
  await eventually(`build ${build} as the current version`, () =>
    promisify(execFile)(temporal, [...args, '--address', address]).then(
      () => true,
      () => false,
    ),
  );
};

const newerBundle = async (): Promise<string> => {
  const { code } = await bundleWorkflowCode({
    ...bundleOptions(),
    workflowsPath: require.resolve('./newer-workflow'),
    logger: new DefaultLogger('ERROR'),
  });
  const bundle = join(await newFolder(), 'newer.js');
  await writeFile(bundle, code);
  return bundle;
};

test('a migration that waits goes on with the newer build, whatever wakes it, and one that met something new stands still on the older', async () => {
  const bundle = await newerBundle();
  const { journey, temporal, worker } = await openPlant('durability-versions', {
    numbers: 4,
    replayOn: bundle,
    policy: { recheckEvery: 5000 },
  });
  const { stage, people, start, straight, until, codeFor, handInCode } = journey;
  const newer = { id: 'newer', program: await compileWorker(bundle) };
  const eventsOf = async (id: string) =>
    (await runsOf(stage, id)).flatMap(({ history }) => history.events ?? []);
  /** Builds that did the migration's workflow tasks, each named when the work passed over to it; null: a worker without one. */
  const buildsOf = async (id: string) => {
    const done = (await eventsOf(id)).flatMap(({ workflowTaskCompletedEventAttributes: task }) =>
      task == null ? [] : [{ version: task.deploymentVersion ?? null, behaviour: task.versioningBehavior }],
    );
    for (const { version, behaviour } of done) {
      expect(version?.deploymentName ?? 'carryover').toBe('carryover');
      expect(behaviour ?? UNSPECIFIED).toBe(version === null ? UNSPECIFIED : AUTO_UPGRADE);
    }
    const builds = done.map(({ version }) => version?.buildId ?? null);
    return builds.filter((build, index) => index === 0 || build !== builds[index - 1]);
  };
  const patchesOf = async (id: string) => {
    const markers = (await eventsOf(id)).flatMap(({ markerRecordedEventAttributes: marker }) =>
      marker?.markerName === 'core_patch' ? [JSON.stringify(marker.details)] : [],
    );
    return markers.length;
  };

  // ---- One began before there were builds. It looks every five seconds whether its name is approved, and nobody talks to it.
  const plain = await worker();
  await people.act('request-name-change', { number: straight.numbers[3]?.subscriberId, name: 'Padaria Mar' });
  const looking = await start({}, 3);
  await until(looking.id, ({ step, state }) => step === 'eligibility' && state === 'waiting');
  const old = await worker(temporal, { id: 'older' });
  await setCurrent(temporal, 'older');
  await plain.stop(80_000);
  await eventually('the first build looks', async () => (await buildsOf(looking.id)).includes('older'));

  // ---- One waits for a person, one for its window, which has continued as new.
  const waiting = await start({}, 0);
  const planned = await start({ cutover: { notBefore: at(5 * DAY) } }, 1);
  await codeFor(waiting.id, 0);
  await until(planned.id, ({ step, state }) => step === 'window' && state === 'waiting');

  // ---- The newer build comes beside it; while people go on talking, the older one is drained.
  const young = await worker(temporal, newer);
  expect(young.logs()).toContain('takes no migrations');
  await stage.client.recheck(looking.id);
  for (const { id } of [looking, waiting, planned]) expect((await buildsOf(id)).at(-1)).toBe('older');
  const said = Array.from({ length: 8 }, (_, n) =>
    stage.client.reschedule(planned.id, {
      notBefore: at((6 + n) * DAY),
      notAfter: at((7 + n) * DAY),
      reason: `no. ${n}`,
    }),
  );
  await setCurrent(temporal, 'newer');
  await old.stop(80_000);
  expect(await old.ended).toBe('exit code 0');
  await Promise.all(said);

  await handInCode(waiting.id, 0);
  expect(await until(waiting.id, isClosed, 60_000)).toMatchObject({
    state: 'completed',
    outcome: 'migrated',
  });
  expect(await buildsOf(waiting.id)).toEqual(['older', 'newer']);
  expect(await patchesOf(waiting.id)).toBe(1);

  await eventually('the newer build looks', async () => (await buildsOf(looking.id)).includes('newer'));
  expect(await buildsOf(looking.id)).toEqual([null, 'older', 'newer']);

  let further = 0;
  await eventually('the wait continued on the newer build', async () => {
    further += 1;
    const reason = `further ${further}`;
    await stage.client.reschedule(planned.id, { notBefore: at(20 * DAY), notAfter: at(21 * DAY), reason });
    return (await patchesOf(planned.id)) > 0;
  });
  const { items } = await stage.client.listEvents(planned.id, { limit: 200 });
  expect(items.filter(({ type }) => type === 'rescheduled')).toHaveLength(8 + further);

  // ---- Back to the older build: what has met the patch refuses loudly and does nothing.
  const met = await start({}, 2);
  const code = await codeFor(met.id, 2);
  const again = await worker(temporal, { id: 'older' });
  await setCurrent(temporal, 'older');
  await young.stop(80_000);
  const verdict = stage.client.submitVerificationCode(met.id, code).catch((error: unknown) => error);
  const { WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR: REFUSED } =
    proto.api.enums.v1.WorkflowTaskFailedCause;
  await eventually('the refusal of the older build', async () =>
    (await eventsOf(met.id)).some((event) => event.workflowTaskFailedEventAttributes?.cause === REFUSED),
  );
  expect(await people.effects('code_verified')).toHaveLength(1);

  // ---- And forward: it goes on by itself, and what was said meanwhile is heard once.
  await worker(temporal, newer);
  await setCurrent(temporal, 'newer');
  await again.stop(80_000);
  await verdict;
  expect(await until(met.id, isClosed, 60_000)).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(await people.effects('code_verified')).toHaveLength(2);
  expect(await people.effects('registered')).toHaveLength(2);
  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
  for (const { id } of [planned, looking]) {
    await stage.client.abort(id, 'the test is over');
    expect(await until(id, isClosed)).toMatchObject({ state: 'aborted' });
  }
}, 240_000);
