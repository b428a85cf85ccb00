/** Claim and projection: one live migration a number, one entry an event. */
import { pino } from 'pino';
import type { ActivityDeps } from '../../activities/context';
import { createRecordsActivities, MOST_PROJECTIONS_AT_ONCE } from '../../activities/records';
import { ownProblem } from '../../platforms/meta';
import { StoreUnavailableError, type Store } from '../../store';
import { openState, type MigrationState } from '../../workflows/number-migration/state';
import type { ChangeName, Changes } from '../../workflows/number-migration/changes';
import { seenFromOutside } from '../../workflows/number-migration/plan';
import { toldAnew } from '../../workflows/number-migration/retelling';
import { changed } from '../../workflows/number-migration/transitions';
import { aMigration, anEvent, inputOf, openTestStore, projectionOf, started } from '../store/world';
import { aSubject, problemIn, run } from './world';

let store: Store;
beforeAll(async () => {
  ({ store } = await openTestStore('activities-records'));
});

const records = (change: Partial<Store> = {}) => {
  const lines: string[] = [];
  const deps: ActivityDeps = {
    store: { ...store, ...change },
    graphFor: () => Promise.reject(new Error('records call no platform')),
    appId: null,
    clock: () => new Date(),
    logger: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }),
  };
  return { ...createRecordsActivities(deps), logged: () => lines.join('\n') };
};

test('a number is claimed by one migration, again by the same one, and by nobody else', async () => {
  const { claimNumber } = records();
  const first = aSubject({ phoneNumber: '+5531991119999' });
  expect(await run(claimNumber, first)).toEqual({ claimed: true });
  expect(await run(claimNumber, first)).toEqual({ claimed: true });
  const sameNumberOtherForm = aSubject({ phoneNumber: '+553191119999' });
  expect(await run(claimNumber, sameNumberOtherForm)).toEqual({ claimed: false, heldBySameTenant: true });
  expect(await run(claimNumber, { ...sameNumberOtherForm, tenant: 'other' })).toEqual({
    claimed: false,
    heldBySameTenant: false,
  });
});

test('a projection that is repeated changes nothing', async () => {
  const { project } = records();
  const migration = await started(store);
  const projection = projectionOf({ ...migration, revision: 2 }, [anEvent(1)]);
  await run(project, projection);
  await run(project, projection);
  const { items } = await store.events.list('acme', migration.id, { limit: 50 });
  expect(items.filter(({ sequence }) => sequence === 1)).toHaveLength(1);
});

test('the same event with other content is an alarm, and not tried again', async () => {
  const { project, logged } = records();
  const migration = await started(store);
  await run(project, projectionOf(migration, [anEvent(1)]));
  const conflicting = projectionOf(migration, [anEvent(1, { type: 'something_else' })]);
  expect(await problemIn(run(project, conflicting))).toMatchObject({
    code: 'EVENT_CONFLICT',
    triedAgain: false,
  });
  expect(logged()).toContain('came with other content');
});

describe('a workflow task that is lost after it has told the read model, and is run again with a message before it', () => {
  const AT = '2026-11-22T10:00:02.000Z';
  const apply = <K extends ChangeName>(state: MigrationState, type: K, data: Changes[K]): MigrationState =>
    changed(state, type, data, { kind: 'system', name: 'workflow' }, AT);
  const toldOf = (state: MigrationState) => ({
    ...projectionOf(seenFromOutside(state), state.outbox),
    resume: { ...state, outbox: [] },
  });
  const begun = async (): Promise<MigrationState> => openState(inputOf(await started(store)));
  const deadlines = (state: MigrationState, count: number): MigrationState =>
    Array.from({ length: count }, (_, day) => day + 1).reduce(
      (sofar, day) => apply(sofar, 'deadline_set', { step: 'window', at: `2026-12-${String(10 + day)}` }),
      state,
    );
  /** As the workflow tells it: what conflicts is told anew. Answers with what it knows then, and how often it had to. */
  const tell = async (
    state: MigrationState,
    again = 0,
  ): Promise<{ state: MigrationState; again: number }> => {
    const telling = run(records().project, toldOf(state));
    const taken = await telling.then(
      () => true,
      () => false,
    );
    if (taken) return { state, again };
    const anew = toldAnew(state, await problemIn(telling));
    return tell(apply(anew.state, 'events_retold', anew.replaced), again + 1);
  };
  const trailOf = async (id: string) =>
    (await store.events.list('acme', id, { limit: 200, order: 'oldest' })).items.filter(
      ({ sequence }) => sequence !== null,
    );

  test('leaves the document at what became true, however much more had been told, and is told anew once', async () => {
    const before = await begun();
    const { id } = before.migration;
    await run(records().project, toldOf(deadlines(before, 12)));
    const asked = apply(before, 'abort_requested', { reason: 'enough' });
    const { state, again } = await tell(
      apply(asked, 'closed', { state: 'aborted', outcome: 'aborted', leftInPlace: [] }),
    );
    expect(again).toBe(1);
    expect(await store.migrations.get('acme', id)).toMatchObject({
      ...{ state: 'aborted', outcome: 'aborted', revision: state.migration.revision },
    });
    expect(await store.migrations.getResume('acme', id)).toMatchObject({
      resume: { migration: { state: 'aborted' }, sequence: state.sequence },
    });
    const trail = await trailOf(id);
    expect(trail.map(({ sequence }) => sequence)).toEqual(trail.map((_, at) => at + 1));
    expect(trail.slice(12).map(({ type }) => type)).toEqual(['abort_requested', 'closed', 'events_retold']);
    expect(trail.at(-1)?.data).toEqual({ from: 1, count: 12 });
  });

  test('goes on from its own revision and numbers when these are the higher ones', async () => {
    const before = await begun();
    await run(records().project, toldOf(deadlines(before, 1)));
    const asked = apply(before, 'abort_requested', { reason: 'enough' });
    const { state, again } = await tell(deadlines(asked, 3));
    expect(again).toBe(1);
    expect(state.migration.revision).toBe(before.migration.revision + 5);
    expect((await store.migrations.get('acme', before.migration.id))?.revision).toBe(
      state.migration.revision,
    );
    expect((await trailOf(before.migration.id)).at(-1)?.data).toEqual({ from: 1, count: 4 });
  });

  test('a failure of an earlier version, which does not say what stands, is told anew as it was then', () => {
    const state = deadlines(openState(inputOf(aMigration())), 2);
    const anew = toldAnew(state, ownProblem('EVENT_CONFLICT', { evidence: { runId: 'run-1', sequence: 1 } }));
    expect(anew.state.outbox.map(({ sequence }) => sequence)).toEqual([3, 4]);
    expect(anew.state.migration.revision).toBe(state.migration.revision);
    expect(anew.replaced).toEqual({ from: 1, count: 2 });
  });
});

test('a database that is away is waited for', async () => {
  const away = () => Promise.reject(new StoreUnavailableError(new Error('no primary')));
  const { project, claimNumber } = records({
    migrations: { ...store.migrations, project: away },
    claims: { ...store.claims, take: away },
  });
  expect(await problemIn(run(project, projectionOf(aMigration())))).toMatchObject({ triedAgain: true });
  expect(await problemIn(run(claimNumber, aSubject()))).toMatchObject({
    ...{ code: 'STORE_UNAVAILABLE', triedAgain: true },
  });
});

test('a database that hangs takes no more than its part of a worker’s places, and is asked again when it answers', async () => {
  const held: (() => void)[] = [];
  let isHanging = true;
  const hangs = () =>
    isHanging
      ? new Promise<'told'>((resolve) =>
          held.push(() => {
            resolve('told');
          }),
        )
      : Promise.resolve('told' as const);
  const { project } = records({ migrations: { ...store.migrations, project: hangs } });
  const projected = () => run(project, projectionOf(aMigration()));
  const waiting = Array.from({ length: MOST_PROJECTIONS_AT_ONCE }, projected);
  expect(await problemIn(projected())).toMatchObject({ code: 'STORE_UNAVAILABLE', triedAgain: true });
  isHanging = false;
  for (const answer of held) answer();
  await Promise.all(waiting);
  await projected();
});
