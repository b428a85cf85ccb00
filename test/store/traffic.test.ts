import { newMigrationId } from '../../shared/new-ids';
import { NO_TRAFFIC } from '../../shared/migration';
import { openTestStore, type TestStore } from './world';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore('traffic');
});

const at = (second: number): string => new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString();

describe('traffic at both sides (meta §1.7, §8.2)', () => {
  test('of which nobody has heard is unknown', async () => {
    expect(await opened.store.traffic.read(newMigrationId())).toEqual(NO_TRAFFIC);
  });

  test('told twice and out of order keeps the first at the destination and the last at the source', async () => {
    const id = newMigrationId();
    const { traffic } = opened.store;
    for (const second of [20, 10, 30, 10]) {
      await traffic.observe(id, {
        lastInboundAtSource: at(second),
        firstInboundAtDestination: at(second),
        firstOutboundAtDestination: null,
      });
    }
    await traffic.observe(id, { firstOutboundAtDestination: at(40) });
    await traffic.observe(id, {});
    expect(await traffic.read(id)).toEqual({
      lastInboundAtSource: at(30),
      firstInboundAtDestination: at(10),
      firstOutboundAtDestination: at(40),
    });
  });
});

describe('messages that the moved number sends (P-21)', () => {
  const hour = (n: number, minute = 0): string => new Date(Date.UTC(2026, 10, 22, n, minute)).toISOString();
  const told = (from: number, to: number, when: string, failedWith: number | null = null) =>
    Array.from({ length: to - from }, (_, n) => ({
      ...{ messageId: `wamid.HBgNNTUxMTkwMDAwMDAwMRU${String(from + n)}`, at: when, failedWith },
    }));

  test('told twice, in pieces and out of order count once, by the code they failed with', async () => {
    const id = newMigrationId();
    const { sentMessages } = opened.store;
    const all = [
      told(0, 40, hour(13, 5)),
      told(0, 8, hour(13, 40), 131042),
      told(8, 11, hour(14, 10), 131026),
      told(40, 43, hour(13, 50), 0),
    ];
    for (const some of [...all, ...all.toReversed(), all.flat()]) await sentMessages.observe(id, some);
    await Promise.all(all.map((some) => sentMessages.observe(id, some)));
    const figures = await sentMessages.read(id, hour(13, 59));
    expect(figures).toMatchObject({
      ...{ since: hour(13), failed: 14 },
      byCode: [
        { code: 131042, count: 8 },
        { code: 0, count: 3 },
        { code: 131026, count: 3 },
      ],
    });
    expect(figures.messages).toBeGreaterThanOrEqual(38);
    expect(figures.messages).toBeLessThanOrEqual(48);
    expect(await sentMessages.read(id, hour(14))).toMatchObject({ messages: 3, failed: 3 });
    expect(await sentMessages.read(newMigrationId(), hour(0))).toMatchObject({
      messages: 0,
      failed: 0,
      byCode: [],
    });
  });

  test('of a flood are estimated, in a row of bounded size that holds no message’s id', async () => {
    const id = newMigrationId();
    const { sentMessages } = opened.store;
    await sentMessages.observe(id, []);
    for (let n = 0; n < 20; n += 1) {
      await sentMessages.observe(id, told(n * 1_000, n * 1_000 + 900, hour(15)));
      await sentMessages.observe(id, told(n * 1_000 + 900, (n + 1) * 1_000, hour(15), 131048));
    }
    const { messages, failed, byCode } = await sentMessages.read(id, hour(15));
    expect(Math.abs(messages - 20_000)).toBeLessThan(3_000);
    expect(Math.abs(failed - 2_000)).toBeLessThan(300);
    expect(byCode).toEqual([{ code: 131048, count: 300 }]);
    const row = await opened.raw.collection('sentMessages').findOne({ migrationId: id });
    expect(JSON.stringify(row).length).toBeLessThan(50_000);
    expect(JSON.stringify(row)).not.toContain('wamid');
  });
});
