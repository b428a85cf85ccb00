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
