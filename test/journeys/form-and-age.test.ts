import type { Migration } from '../../client';
import { isClosed, openJourney } from '../support/journey';

const HOUR_MS = 3_600_000;

const finding = ({ findings }: Migration, code: string) => findings.find((one) => one.code === code);
const taskOf = ({ tasks }: Migration, kind: string) => tasks.find((one) => one.kind === kind);

test('R31, P-6: a number of Brazil that its source knows without the ninth digit is not guessed at: the client copies its profile', async () => {
  const withoutNinth = '551187650001';
  const { stage, start, until, handInCode, people } = await openJourney({
    change: (world) => ({
      ...world,
      subscribers: (world.subscribers ?? []).map((one) => ({ ...one, digits: withoutNinth })),
    }),
  });
  const { id } = await start();
  const blocked = await until(id, ({ state }) => state === 'waiting');
  expect(finding(blocked, 'NUMBER_WRITTEN_DIFFERENTLY')).toMatchObject({
    severity: 'blocker',
    party: 'client',
    requirement: 'R31',
    evidence: { digitsGiven: 13, digitsAtSource: 12, digitsInProfile: null },
  });
  expect(taskOf(blocked, 'number_written_differently')).toMatchObject({ status: 'open', blocking: true });

  // Somebody answers without looking: Meta would say that there is nothing to migrate (E3).
  await stage.client.amendMigration(id, { numberAsShownInProfile: '5511987650001' });
  const again = await until(
    id,
    (now) => finding(now, 'NUMBER_WRITTEN_DIFFERENTLY')?.evidence['digitsInProfile'] === 13,
  );
  expect(finding(again, 'NUMBER_WRITTEN_DIFFERENTLY')).toMatchObject({
    severity: 'blocker',
    message: expect.stringContaining('Meta shows it with 12'),
  });

  await stage.client.amendMigration(id, { numberAsShownInProfile: withoutNinth });
  await handInCode(id);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(taskOf(moved, 'number_written_differently')).toMatchObject({ status: 'done' });
  expect(await people.invariants()).toMatchObject({ ok: true });
});

test('R46, P-16: where the provider takes only young accounts, an old one is an obstacle and an ageing one is warned of', async () => {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();
  const { stage, start, body, until, handInCode } = await openJourney({
    change: (world) => {
      const [source, destination] = world.wabas ?? [];
      if (source === undefined || destination === undefined) throw new Error('the world has no accounts');
      const old = { ...destination, createdAt: hoursAgo(49) };
      const ageing = { ...destination, id: '2003', name: 'Padaria Sol 2', createdAt: hoursAgo(30) };
      return {
        ...world,
        wabas: [source, old, ageing],
        tokens: (world.tokens ?? []).map((token) => ({
          ...token,
          ...(token.targetIds.includes(destination.id) ? { targetIds: [...token.targetIds, '2003'] } : {}),
        })),
      };
    },
  });
  const { id } = await start({ destination: { ...body().destination, maxWabaAgeHours: 48 } });
  const blocked = await until(id, ({ state }) => state === 'waiting');
  expect(finding(blocked, 'DESTINATION_WABA_TOO_OLD')).toMatchObject({
    severity: 'blocker',
    party: 'client',
  });

  await stage.client.amendMigration(id, { destination: { wabaId: '2003' } });
  const going = await until(id, ({ step }) => step !== 'eligibility');
  expect(finding(going, 'DESTINATION_WABA_TOO_OLD')).toMatchObject({ severity: 'warning' });
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({
    outcome: 'migrated',
    destination: { wabaId: '2003' },
  });
});
