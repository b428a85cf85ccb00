import { isClosed, openJourney } from '../support/journey';

test('numbers that move to one account at the same time do not get in each other’s way', async () => {
  const { stage, people, start, until, handInCode } = await openJourney({ numbers: 4, templates: 3 });
  const started = await Promise.all([0, 1, 2, 3].map((number) => start({}, number)));
  await Promise.all(started.map(({ id }, number) => handInCode(id, number)));
  const moved = await Promise.all(started.map(({ id }) => until(id, isClosed)));
  expect(moved.map(({ outcome }) => outcome)).toEqual(['migrated', 'migrated', 'migrated', 'migrated']);
  expect(await people.invariants()).toMatchObject({ ok: true });
  expect(await people.effects('credit_attached')).toHaveLength(1);
  expect(await people.effects('registered')).toHaveLength(4);
  expect(await people.effects('code_sent')).toHaveLength(4);
  const list = await stage.client.listMigrations({ state: 'completed' });
  expect(list.items).toHaveLength(4);
});
