import { aMigration, aNumber, openTestStore, refOf, started, type TestStore } from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('claims');
});

test('a number is taken once, whoever asks and however it is written', async () => {
  const refs = Array.from({ length: 20 }, (_, n) => refOf(aMigration(), `tenant-${String(n % 3)}`));
  const ways = ['+5215512340000', '+525512340000'];
  const answers = await Promise.all(
    refs.map((ref, n) => world.store.claims.take(ref, { phoneNumber: ways[n % 2] ?? '' })),
  );
  expect(answers.filter(({ claimed }) => claimed)).toHaveLength(1);
  const holder = await world.store.claims.holder('+52 1 55 1234 0000');
  for (const [n, answer] of answers.entries()) {
    if (answer.claimed) continue;
    const same = refs[n]?.tenant === holder?.tenant;
    expect(answer).toEqual(
      same
        ? { claimed: false, heldBySameTenant: true, migrationId: holder?.migrationId }
        : { claimed: false, heldBySameTenant: false },
    );
  }
});

test('taking again what the migration already holds succeeds', async () => {
  const migration = await started(world.store);
  const take = () => world.store.claims.take(refOf(migration), { phoneNumber: migration.phoneNumber });
  expect(await take()).toEqual({ claimed: true });
  expect(await take()).toEqual({ claimed: true });
});

test('a claim is freed only by the attempt that holds it', async () => {
  const ref = refOf(aMigration());
  const phoneNumber = aNumber();
  await world.store.claims.take(ref, { phoneNumber });
  await world.store.claims.take({ ...ref, attempt: 2 }, { phoneNumber });
  expect(await world.store.claims.release(ref.migrationId, 1)).toBe(false);
  expect(await world.store.claims.take(ref, { phoneNumber })).toMatchObject({ claimed: false });
  expect(await world.store.claims.holder(phoneNumber)).toEqual({ ...ref, attempt: 2 });
  expect(await world.store.claims.release(ref.migrationId, 2)).toBe(true);
  expect(await world.store.claims.release(ref.migrationId, 2)).toBe(false);
  expect(await world.store.claims.holder(phoneNumber)).toBeNull();
});
