import { EventConflictError } from '../../store';
import type { MigrationId } from '../../shared/ids';
import type { Migration } from '../../shared/migration';
import {
  aMigration,
  anEvent,
  collect,
  openTestStore,
  projectionOf,
  refOf,
  started,
  startOf,
  type TestStore,
} from './world';

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

describe('an end that was told of a workflow task that is lost, and never came to be', () => {
  const project = (migration: Migration) => world.store.migrations.project(projectionOf(migration));
  const lostNumbers = () => world.store.migrations.countLostNumbers();
  const FREED_AT = '2026-11-23T10:00:00.000Z';
  const ends = {
    'a deadline': { state: 'failed' },
    'the opening of the invoice tail': { numberFreedAt: FREED_AT },
  } as const;
  const holderOf = ({ phoneNumber }: Migration) => world.store.claims.holder(phoneNumber);

  test.each(Object.keys(ends) as (keyof typeof ends)[])(
    '(%s) leaves its number with the migration',
    async (end) => {
      const migration = await started(world.store);
      await project({ ...migration, revision: 2, ...ends[end] });
      expect(await holderOf(migration)).toBeNull();
      expect(await project({ ...migration, revision: 3 })).toBe('number_regained');
      expect(await holderOf(migration)).toEqual(refOf(migration));
      expect(await project({ ...migration, revision: 4 })).toBe('told');
      const rival = aMigration({ phoneNumber: migration.phoneNumber });
      expect(await world.store.migrations.start(startOf(rival))).toMatchObject({
        kind: 'number_in_migration',
      });
    },
  );

  test('frees the number for another migration meanwhile: that is an alarm until one of them ends', async () => {
    const migration = await started(world.store);
    await project({ ...migration, revision: 2, state: 'failed' });
    const rival = aMigration({ phoneNumber: migration.phoneNumber });
    const begin = (seenOver?: MigrationId) => world.store.migrations.start({ ...startOf(rival), seenOver });
    // Whoever does not look whether that run is over does not get it.
    expect(await begin()).toEqual({ kind: 'end_unconfirmed', migrationId: migration.id });
    expect(await holderOf(migration)).toBeNull();
    expect(await world.store.migrations.get('acme', rival.id)).toBeNull();
    expect(await begin(migration.id)).toEqual({ kind: 'started' });
    expect(await project({ ...migration, revision: 3 })).toBe('number_lost');
    expect(await project({ ...migration, revision: 4 })).toBe('number_lost');
    expect(await world.store.migrations.get('acme', migration.id)).toMatchObject({
      revision: 4,
      state: 'running',
    });
    expect(await lostNumbers()).toBe(1);
    expect(await holderOf(migration)).toEqual(refOf(rival));
    await project({ ...rival, revision: 2, state: 'aborted' });
    expect(await project({ ...migration, revision: 5 })).toBe('number_regained');
    expect(await lostNumbers()).toBe(0);
    expect(await holderOf(migration)).toEqual(refOf(migration));
  });

  test('a dry run, and what was ended from outside, take no number', async () => {
    const dry = await started(world.store, { mode: 'dry_run' });
    const ended = await started(world.store, { registerAttemptedAt: FREED_AT });
    const [outcome, reason] = ['terminated', 'from the UI'] as const;
    await world.store.migrations.closeFromOutside({
      tenant: 'acme',
      id: ended.id,
      attempt: 1,
      outcome,
      reason,
    });
    for (const migration of [dry, ended]) {
      expect(await project({ ...migration, revision: 9 })).toBe('told');
      expect(await holderOf(migration)).toBeNull();
    }
    expect(await lostNumbers()).toBe(0);
  });
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
