import { CarryoverProblem } from '../../client';
import { isClosed, openJourney, type Journey } from '../support/journey';

const refusal = (error: unknown) => {
  if (error instanceof CarryoverProblem) return { status: error.status, code: error.code };
  throw error;
};

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ numbers: 3, templates: 1 });
});
const count = async (effect: string) => (await journey.people.effects(effect)).length;

test('a start repeated with the same key is one migration, even twenty at once', async () => {
  const { stage, body, until, handInCode } = journey;
  const starts = await Promise.all(
    Array.from({ length: 20 }, () => stage.client.startMigration(body(), { idempotencyKey: 'start-1' })),
  );
  const [id] = new Set(starts.map((migration) => migration.id));
  expect(new Set(starts.map((migration) => migration.id)).size).toBe(1);
  await handInCode(id ?? '');
  await until(id ?? '', isClosed);
  expect(await count('registered')).toBe(1);
  expect(await count('code_sent')).toBe(1);
});

test('a completed migration is not run again by a late repetition of its start', async () => {
  const { stage, body, until, handInCode } = journey;
  const before = await count('code_sent');
  const { id } = await stage.client.startMigration(body({}, 1), { idempotencyKey: 'start-2' });
  await handInCode(id, 1);
  await until(id, isClosed);
  const again = await stage.client.startMigration(body({}, 1), { idempotencyKey: 'start-2' });
  expect(again.id).toBe(id);
  expect((await stage.client.getMigration(id)).state).toBe('completed');
  expect(await count('code_sent')).toBe(before + 1);
});

test('a number that is being moved cannot be started again, by nobody, in none of its written forms', async () => {
  const { stage, until, start } = journey;
  const body = () => journey.body({}, 2);
  const { id } = await start({}, 2);
  await until(id, ({ state }) => state === 'waiting');
  const same = await stage.client.startMigration(body()).catch((error: unknown) => error);
  expect(same).toMatchObject({ status: 409, code: 'number_in_migration' });
  expect(JSON.stringify(same instanceof CarryoverProblem ? same.problem : same)).toContain(id);

  const withoutNinthDigit = body().phoneNumber.replace('+55119', '+5511');
  const otherForm = await stage.client
    .startMigration({ ...body(), phoneNumber: withoutNinthDigit })
    .catch(refusal);
  expect(otherForm).toEqual({ status: 409, code: 'number_in_migration' });

  const stranger = await stage.as('backend', 'other').startMigration(body()).catch(refusal);
  expect(stranger).toEqual({ status: 409, code: 'number_unavailable' });

  await stage.client.abort(id, 'make room');
  await until(id, isClosed);
  const next = await stage.as('backend', 'other').startMigration(body());
  expect(next.id).not.toBe(id);
});
