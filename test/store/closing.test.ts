import {
  aMigration,
  anEvent,
  BACKEND,
  collect,
  inputOf,
  openTestStore,
  projectionOf,
  started,
  startOf,
  type TestStore,
} from './world';
import type { Migration } from '../../shared/migration';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('closing');
});

const terminate = (migration: Migration) =>
  world.store.migrations.closeFromOutside({
    ...{ tenant: 'acme', id: migration.id, attempt: migration.attempt },
    ...{ outcome: 'terminated' as const, reason: 'terminated in the Temporal UI' },
  });

const replay = (migration: Migration, change: Partial<Migration> = {}) => {
  const next: Migration = {
    ...migration,
    attempt: migration.attempt + 1,
    revision: migration.revision + 5,
    state: 'running',
    ...change,
  };
  const input = inputOf(next);
  return {
    next,
    outcome: world.store.migrations.reopen({
      ...{ tenant: 'acme', id: migration.id, attempt: next.attempt, migration: next, input },
      ...{ actor: BACKEND, reason: 'the client is back' },
    }),
  };
};

test('a terminated migration is failed, its number free, and the trail says so once', async () => {
  const migration = await started(world.store);
  expect(await terminate(migration)).toBe(true);
  expect(await terminate(migration)).toBe(false);
  expect(await world.store.migrations.get('acme', migration.id)).toMatchObject({
    ...{ state: 'failed', outcome: 'terminated', waitingFor: null, allowedActions: ['replay'], revision: 2 },
  });
  expect(await world.store.claims.holder(migration.phoneNumber)).toBeNull();
  const { items } = await world.store.events.list('acme', migration.id, { limit: 10 });
  expect(items.map(({ type }) => type)).toEqual(['ended_from_outside', 'start_requested']);
});

describe('the invoice tail', () => {
  const freed = '2026-11-25T11:00:00.000Z';
  const inTail = async (): Promise<Migration> => {
    const migration = await started(world.store, { registerAttemptedAt: '2026-11-22T11:00:00Z' });
    const tail: Migration = { ...migration, numberFreedAt: freed, revision: migration.revision + 1 };
    await world.store.migrations.project(projectionOf(tail, [anEvent(1)]));
    return tail;
  };

  test('frees the number, and what it tells later does not take it from the migration that has it then', async () => {
    const tail = await inTail();
    expect(await world.store.claims.holder(tail.phoneNumber)).toBeNull();
    const next = await started(world.store, { phoneNumber: tail.phoneNumber });
    await world.store.migrations.project(
      projectionOf({ ...tail, state: 'completed', revision: tail.revision + 1 }, [anEvent(2)]),
    );
    expect(await world.store.claims.holder(tail.phoneNumber)).toMatchObject({ migrationId: next.id });
  });

  test('is replayed without the number that somebody else moves by now; an earlier step is not', async () => {
    const tail = await inTail();
    const next = await started(world.store, { phoneNumber: tail.phoneNumber });
    await terminate(tail);
    expect(await replay(tail, { numberFreedAt: null }).outcome).toEqual({
      ...{ kind: 'number_in_migration', migrationId: next.id },
    });
    expect(await replay(tail).outcome).toEqual({ kind: 'started' });
    expect(await world.store.claims.holder(tail.phoneNumber)).toMatchObject({ migrationId: next.id });
  });
});

test('a migration terminated after its registration was attempted is blocked on the operator, never failed', async () => {
  const migration = await started(world.store, { registerAttemptedAt: '2026-11-22T11:00:00Z' });
  await terminate(migration);
  expect(await world.store.migrations.get('acme', migration.id)).toMatchObject({
    state: 'blocked',
    outcome: null,
    waitingFor: { party: 'operator' },
    steps: [{ name: 'eligibility', status: 'blocked', error: { party: 'operator' } }],
  });
  const live = await collect(world.store.migrations.liveIds());
  expect(live.map(({ migrationId }) => migrationId)).not.toContain(migration.id);
  expect(await replay(migration).outcome).toEqual({ kind: 'started' });
});

test('what a terminated workflow still had under way adds events and does not bring the migration back', async () => {
  const migration = await started(world.store);
  await terminate(migration);
  await world.store.migrations.project(projectionOf({ ...migration, revision: 20 }, [anEvent(1)]));
  expect((await world.store.migrations.get('acme', migration.id))?.state).toBe('failed');
  expect((await world.store.events.list('acme', migration.id, { limit: 10 })).items).toHaveLength(3);
});

test('a replay is a new attempt that holds the number; the earlier attempt can still be read', async () => {
  const migration = await started(world.store);
  const failed: Migration = { ...migration, revision: 2, state: 'failed', outcome: 'deadline_passed' };
  await world.store.migrations.project(projectionOf(failed));
  const { next, outcome } = replay(failed);
  expect(await outcome).toEqual({ kind: 'started' });
  expect(await world.store.migrations.get('acme', migration.id)).toEqual(next);
  expect(await world.store.migrations.getAttempt('acme', migration.id, 1)).toEqual(failed);
  expect(await world.store.migrations.getAttempt('acme', migration.id, 2)).toEqual(next);
  expect(await world.store.migrations.getAttempt('acme', migration.id, 3)).toBeNull();
  expect(await world.store.claims.holder(migration.phoneNumber)).toMatchObject({ attempt: 2 });
  const half = await world.store.migrations.halfStarted(new Date(Date.now() + 60_000));
  expect(half.find(({ migrationId }) => migrationId === migration.id)?.input?.attempt).toBe(2);
  expect(await replay(failed).outcome).toEqual({ kind: 'repeated', migrationId: migration.id });
});

test('the end of an earlier attempt that is reported late does not free the number of the later one', async () => {
  const migration = await started(world.store);
  const failed: Migration = { ...migration, revision: 2, state: 'failed' };
  await world.store.migrations.project(projectionOf(failed));
  await replay(failed).outcome;
  await world.store.migrations.project(
    projectionOf({ ...failed, revision: 3, outcome: 'deadline_passed' }, [anEvent(9)]),
  );
  expect(await world.store.claims.holder(migration.phoneNumber)).toMatchObject({ attempt: 2 });
  expect((await world.store.migrations.get('acme', migration.id))?.attempt).toBe(2);
  expect((await world.store.migrations.getAttempt('acme', migration.id, 1))?.outcome).toBe('deadline_passed');
});

test('a replay is refused while the migration goes on, when it completed, and for a foreign tenant', async () => {
  const running = await started(world.store);
  expect(await replay(running).outcome).toEqual({ kind: 'not_replayable' });
  const completed: Migration = { ...running, revision: 2, state: 'completed', outcome: 'migrated' };
  await world.store.migrations.project(projectionOf(completed));
  expect(await replay(completed).outcome).toEqual({ kind: 'not_replayable' });
  expect(await replay(aMigration()).outcome).toEqual({ kind: 'not_found' });
});

test('a replay finds its number taken by another migration, as a start would', async () => {
  const migration = await started(world.store);
  const failed: Migration = { ...migration, revision: 2, state: 'failed' };
  await world.store.migrations.project(projectionOf(failed));
  const taker = aMigration({ phoneNumber: migration.phoneNumber });
  await world.store.migrations.start({ ...startOf(taker), seenOver: migration.id });
  expect(await replay(failed).outcome).toEqual({ kind: 'number_in_migration', migrationId: taker.id });
  await world.store.migrations.project(projectionOf({ ...taker, revision: 2, state: 'aborted' }));
  expect(await replay(failed).outcome).toEqual({ kind: 'end_unconfirmed', migrationId: taker.id });
  expect((await world.store.migrations.get('acme', migration.id))?.attempt).toBe(1);
});

test('of ten replays at once one begins', async () => {
  const migration = await started(world.store);
  const failed: Migration = { ...migration, revision: 2, state: 'failed' };
  await world.store.migrations.project(projectionOf(failed));
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => replay(failed).outcome));
  expect(outcomes.filter(({ kind }) => kind === 'started')).toHaveLength(1);
  expect(outcomes.filter(({ kind }) => kind === 'repeated')).toHaveLength(9);
});
