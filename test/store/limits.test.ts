import fc from 'fast-check';
import { aNumber, KEYS, openTestStore, type TestStore } from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('limits');
});

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.parse('2026-11-22T00:00:00Z') + hours * HOUR);

describe('attempts at registering a number', () => {
  const count = (phoneNumber: string, effectKey: string, now?: Date, store = world.store) =>
    store.attempts.countRegisterAttempt({ phoneNumber, effectKey, limit: 8, windowMs: 72 * HOUR, now });

  test('stop at eight in 72 hours and say when the next place is free', async () => {
    const phoneNumber = aNumber();
    for (let n = 0; n < 8; n += 1)
      expect(await count(phoneNumber, `effect-${String(n)}`, at(n))).toEqual({ allowed: true, count: n + 1 });
    expect(await count(phoneNumber, 'ninth', at(20))).toEqual({
      allowed: false,
      retryAt: at(72).toISOString(),
    });
    expect(await count(phoneNumber, 'ninth', at(72))).toEqual({ allowed: true, count: 8 });
    expect(await count(phoneNumber, 'tenth', at(72))).toEqual({
      allowed: false,
      retryAt: at(73).toISOString(),
    });
  });

  test('are counted once each, also when the budget is spent meanwhile', async () => {
    const phoneNumber = aNumber();
    const same = await Promise.all(Array.from({ length: 10 }, () => count(phoneNumber, 'same')));
    expect(same).toEqual(Array.from({ length: 10 }, () => ({ allowed: true, count: 1 })));
    for (let n = 0; n < 7; n += 1) await count(phoneNumber, `other-${String(n)}`);
    expect(await count(phoneNumber, 'same')).toMatchObject({ allowed: true });
    expect(await count(phoneNumber, 'one more')).toMatchObject({ allowed: false });
  });

  test('of twenty at once by several migrations, eight are allowed', async () => {
    const phoneNumber = '+5531991118888';
    const ways = [phoneNumber, '+553191118888'];
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, n) => count(ways[n % 2] ?? '', `mig_${String(n)}/registration/1`)),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(8);
  });

  test('survive the process and a rotation of the keys', async () => {
    const phoneNumber = aNumber();
    await count(phoneNumber, 'before');
    const later = await world.reopenWith(`k2:${Buffer.alloc(32, 7).toString('base64')},${KEYS}`);
    expect(await count(phoneNumber, 'after', undefined, later)).toEqual({ allowed: true, count: 2 });
  });

  test('do not use up the requests for codes', async () => {
    const phoneNumber = aNumber();
    const request = { phoneNumber, effectKey: 'first', limit: 1, windowMs: HOUR };
    await count(phoneNumber, 'first');
    expect(await world.store.attempts.countCodeRequest(request)).toEqual({ allowed: true, count: 1 });
    expect(await world.store.attempts.countCodeRequest({ ...request, effectKey: 'second' })).toMatchObject({
      allowed: false,
    });
  });
});

describe('the budget of calls', () => {
  let keys = 0;
  const newKey = () => {
    keys += 1;
    return `app/waba-${String(keys)}`;
  };

  test('grants no more than its capacity when all workers ask at once', async () => {
    const key = newKey();
    const budget = { capacity: 25, perMs: HOUR };
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => world.store.callBudget.take(key, budget, at(0))),
    );
    expect(answers.filter(({ granted }) => granted)).toHaveLength(25);
  });

  test('grants never more than its capacity in any window, and grants again after the wait it names', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 5, maxLength: 40 }),
        async (capacity, gaps) => {
          const key = newKey();
          const budget = { capacity, perMs: 1_200 };
          const granted: number[] = [];
          let now = at(0).getTime();
          for (const gap of gaps) {
            now += gap;
            const answer = await world.store.callBudget.take(key, budget, new Date(now));
            if (answer.granted) granted.push(now);
            else {
              const early = await world.store.callBudget.take(key, budget, new Date(now + answer.waitMs - 1));
              expect(early.granted).toBe(false);
              now += answer.waitMs;
              expect(await world.store.callBudget.take(key, budget, new Date(now))).toEqual({
                granted: true,
              });
              granted.push(now);
            }
          }
          for (const start of granted) {
            const inWindow = granted.filter((time) => time >= start && time < start + budget.perMs);
            expect(inWindow.length).toBeLessThanOrEqual(capacity);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('tells who needs room for more than one call to come when there is so much', async () => {
    const key = newKey();
    const budget = { capacity: 10, perMs: HOUR, share: 0.6 };
    for (let minute = 0; minute < 6; minute += 1)
      await world.store.callBudget.take(key, budget, at(minute / 60));
    const waitOf = async (room: number) => {
      const answer = await world.store.callBudget.take(key, { ...budget, room }, at(0.1));
      return answer.granted ? 0 : answer.waitMs;
    };
    expect([await waitOf(1), await waitOf(4), await waitOf(99)]).toEqual([
      ...[55, 58, 60].map((minutes) => minutes * 60_000),
    ]);
  });

  test('does not grant more because one clock runs behind', async () => {
    const key = newKey();
    const budget = { capacity: 2, perMs: HOUR };
    await world.store.callBudget.take(key, budget, at(10));
    expect(await world.store.callBudget.take(key, budget, at(5))).toEqual({ granted: true });
    expect(await world.store.callBudget.take(key, budget, at(5))).toMatchObject({ granted: false });
    expect(await world.store.callBudget.take(key, budget, at(10.5))).toMatchObject({ granted: false });
  });

  test('grows when the platform allows more', async () => {
    const key = newKey();
    await world.store.callBudget.take(key, { capacity: 1, perMs: HOUR }, at(0));
    expect(await world.store.callBudget.take(key, { capacity: 1, perMs: HOUR }, at(0))).toMatchObject({
      granted: false,
    });
    expect(await world.store.callBudget.take(key, { capacity: 5, perMs: HOUR }, at(0))).toEqual({
      granted: true,
    });
  });

  test('keeps a part for whoever can wait least, and names the wait until a share has room', async () => {
    const key = newKey();
    const all = { capacity: 10, perMs: HOUR };
    const waiting = { ...all, share: 0.6 };
    const take = (budget: typeof waiting | typeof all, hours: number) =>
      world.store.callBudget.take(key, budget, at(hours));
    for (let n = 0; n < 6; n += 1) expect(await take(waiting, n / 10)).toEqual({ granted: true });
    expect(await take(waiting, 0.6)).toMatchObject({ granted: false });
    for (let n = 0; n < 4; n += 1) expect(await take(all, 0.6)).toEqual({ granted: true });
    expect(await take(all, 0.6)).toMatchObject({ granted: false });
    // Five of ten must have left before a sixth may wait again: the one of 0.4 h is the last of them.
    const refused = await take(waiting, 0.6);
    if (refused.granted) throw new Error('it was granted');
    const roomAt = 0.6 + refused.waitMs / HOUR;
    expect(roomAt).toBeGreaterThan(1.4);
    expect(await take(waiting, roomAt - 0.001)).toMatchObject({ granted: false });
    expect(await take(waiting, roomAt)).toEqual({ granted: true });
  });

  test('a process that takes an active account for a new one does not stop it', async () => {
    const key = newKey();
    for (let n = 0; n < 3; n += 1)
      await world.store.callBudget.take(key, { capacity: 5, perMs: HOUR }, at(0));
    expect(await world.store.callBudget.take(key, { capacity: 2, perMs: HOUR }, at(0))).toEqual({
      granted: true,
    });
  });
});
