/** Claim and projection: one live migration a number, one entry an event. */
import { pino } from 'pino';
import type { ActivityDeps } from '../../activities/context';
import { createRecordsActivities, MOST_PROJECTIONS_AT_ONCE } from '../../activities/records';
import { StoreUnavailableError, type Store } from '../../store';
import { aMigration, anEvent, openTestStore, projectionOf, started } from '../store/world';
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
  const hangs = () => (isHanging ? new Promise<void>((resolve) => held.push(resolve)) : Promise.resolve());
  const { project } = records({ migrations: { ...store.migrations, project: hangs } });
  const projected = () => run(project, projectionOf(aMigration()));
  const waiting = Array.from({ length: MOST_PROJECTIONS_AT_ONCE }, projected);
  expect(await problemIn(projected())).toMatchObject({ code: 'STORE_UNAVAILABLE', triedAgain: true });
  isHanging = false;
  for (const answer of held) answer();
  await Promise.all(waiting);
  await projected();
});
