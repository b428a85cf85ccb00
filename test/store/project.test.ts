import { EventConflictError } from '../../store';
import { aMigration, anEvent, collect, openTestStore, projectionOf, started, type TestStore } from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('project');
});

const typesOf = async (id: string): Promise<string[]> =>
  (await world.store.events.list('acme', id, { limit: 200, order: 'oldest' })).items.map(({ type }) => type);

test('events delivered twice, also at once, are recorded once and in order', async () => {
  const migration = await started(world.store);
  const events = [anEvent(1), anEvent(2, { type: 'task_opened' }), anEvent(3, { type: 'step_done' })];
  const newer = { ...migration, revision: 2 };
  await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      world.store.migrations.project(projectionOf(newer, events.slice(0, 1 + (n % 3)))),
    ),
  );
  const types = await typesOf(migration.id);
  expect(types.toSorted()).toEqual(['start_requested', 'step_done', 'step_started', 'task_opened']);
  expect(await world.store.events.verifyChain(migration.id)).toEqual({ ok: true, length: 4 });
});

test('the same event at another instant, from a workflow task that was run again, stands once, as it was first told', async () => {
  const migration = await started(world.store);
  const [first, again] = [
    anEvent(1, { at: '2026-07-01T10:00:00.000Z' }),
    anEvent(1, { at: '2026-07-01T10:00:00.250Z' }),
  ];
  await world.store.migrations.project(projectionOf({ ...migration, revision: 2 }, [first]));
  await world.store.migrations.project(projectionOf({ ...migration, revision: 3 }, [again, anEvent(2)]));
  const { items } = await world.store.events.list('acme', migration.id, { limit: 200, order: 'oldest' });
  expect(items.map(({ type }) => type)).toEqual(['start_requested', 'step_started', 'step_started']);
  expect(items[1]?.at).toBe(first.at);
});

test('the same event key with other content is an alarm and changes nothing', async () => {
  const migration = await started(world.store);
  await world.store.migrations.project(projectionOf({ ...migration, revision: 2 }, [anEvent(1)]));
  const forged = projectionOf({ ...migration, revision: 3 }, [
    anEvent(1, { data: { n: 'other' } }),
    anEvent(2),
  ]);
  await expect(world.store.migrations.project(forged)).rejects.toBeInstanceOf(EventConflictError);
  expect(await typesOf(migration.id)).toEqual(['start_requested', 'step_started']);
  expect((await world.store.migrations.get('acme', migration.id))?.revision).toBe(2);
});

test('the same sequence of another run is another event', async () => {
  const migration = await started(world.store);
  await world.store.migrations.project(projectionOf(migration, [anEvent(1)]));
  await world.store.migrations.project(projectionOf(migration, [anEvent(1)], { runId: 'run-2' }));
  expect(await typesOf(migration.id)).toHaveLength(3);
});

test('an older projection that arrives late does not take the document back', async () => {
  const migration = await started(world.store);
  const late = projectionOf({ ...migration, revision: 4, step: 'templates' }, [anEvent(1)], {
    resume: 'old',
  });
  const early = projectionOf({ ...migration, revision: 7, step: 'ownership' }, [anEvent(2)], {
    resume: 'new',
  });
  await world.store.migrations.project(early);
  await world.store.migrations.project(late);
  expect(await world.store.migrations.get('acme', migration.id)).toMatchObject({
    revision: 7,
    step: 'ownership',
  });
  expect(await world.store.migrations.getResume('acme', migration.id)).toEqual({ attempt: 1, resume: 'new' });
  expect(await typesOf(migration.id)).toHaveLength(3);
});

test.each(['completed', 'aborted', 'failed'] as const)('a %s migration frees its number', async (state) => {
  const migration = await started(world.store);
  await world.store.migrations.project(projectionOf({ ...migration, revision: 2, state }));
  expect(await world.store.claims.holder(migration.phoneNumber)).toBeNull();
  const live = await collect(world.store.migrations.liveIds());
  expect(live.map(({ migrationId }) => migrationId)).not.toContain(migration.id);
});

test('a projection is also proof that the workflow exists', async () => {
  const migration = aMigration();
  await world.store.migrations.project(projectionOf(migration, [anEvent(1)]));
  expect(await world.store.migrations.get('acme', migration.id)).toEqual(migration);
  const live = await collect(world.store.migrations.liveIds());
  expect(live).toContainEqual({ tenant: 'acme', migrationId: migration.id, attempt: 1 });
});

test('a projection cannot cross into another tenant', async () => {
  const migration = await started(world.store);
  const foreign = projectionOf({ ...migration, revision: 9 }, [anEvent(1)], { tenant: 'other' });
  await expect(world.store.migrations.project(foreign)).rejects.toMatchObject({
    name: 'UnknownMigrationError',
  });
  expect((await world.store.migrations.get('acme', migration.id))?.revision).toBe(1);
});

test('live migrations can be gone through from any of them on', async () => {
  const all = await collect(world.store.migrations.liveIds());
  const third = all[2]?.migrationId;
  expect(await collect(world.store.migrations.liveIds(third))).toEqual(all.slice(3));
});
