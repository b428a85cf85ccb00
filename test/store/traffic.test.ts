import { newMigrationId } from '../../shared/new-ids';
import { NO_TRAFFIC } from '../../shared/migration';
import type { ToldMessage } from '../../store';
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
  const told = (
    from: number,
    to: number,
    when: string,
    failedWith: number | null = null,
    status: ToldMessage['status'] = failedWith === null ? 'sent' : 'failed',
  ): ToldMessage[] =>
    Array.from({ length: to - from }, (_, n) => ({
      ...{ messageId: `wamid.HBgNNTUxMTkwMDAwMDAwMRU${String(from + n)}`, at: when, status, failedWith },
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

  test('are counted for the whole watch by what was told of them, each kind by itself and each message once in it', async () => {
    const id = newMigrationId();
    const { sentMessages } = opened.store;
    expect(await sentMessages.readWatch(id)).toBeNull();
    const all = [
      told(0, 60, hour(20, 5)),
      told(0, 50, hour(20, 58), null, 'delivered'),
      told(0, 30, hour(21, 10), null, 'read'),
      told(50, 62, hour(21, 40), 131026),
      told(62, 64, hour(21, 40), null, null),
    ];
    for (const some of [...all.toReversed(), ...all, all.flat()]) await sentMessages.observe(id, some);
    await Promise.all(all.map((some) => sentMessages.observe(id, some)));
    const watch = await sentMessages.readWatch(id);
    expect(watch).toMatchObject({ since: hour(20, 5), failed: 12 });
    const { messages = 0, sent = 0, delivered = 0, read = 0 } = watch ?? {};
    for (const [about, exact] of [
      [messages, 64],
      [sent, 60],
      [delivered, 50],
      [read, 30],
    ] as const)
      expect(Math.abs(about - exact)).toBeLessThanOrEqual(5);
    // The hours know nothing of each other's: one that was sent in one and failed in the next is one of both.
    expect(await sentMessages.read(id, hour(21))).toMatchObject({
      failed: 12,
      byCode: [{ code: 131026, count: 12 }],
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
    const watch = await sentMessages.readWatch(id);
    expect(Math.abs((watch?.messages ?? 0) - 20_000)).toBeLessThan(3_000);
    expect(Math.abs((watch?.sent ?? 0) - 18_000)).toBeLessThan(3_000);
    expect(watch).toMatchObject({ delivered: 0, read: 0 });
    const rows = await opened.raw.collection('sentMessages').find({ migrationId: id }).toArray();
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(JSON.stringify(row).length).toBeLessThan(60_000);
    expect(JSON.stringify(rows)).not.toContain('wamid');
  });
});
