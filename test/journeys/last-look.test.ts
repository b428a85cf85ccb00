import { z } from 'zod';
import { isClosed, openJourney, type Journey } from '../support/journey';

const violationsSchema = z.object({
  violations: z.array(z.object({ name: z.string(), ids: z.record(z.string(), z.string()) })),
});

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ numbers: 4, templates: 1 });
});

const subscriber = (number: number): string => journey.straight.numbers[number]?.subscriberId ?? '';

const isAsked = (kind: string) => (migration: { tasks: { kind: string; status: string }[] }) =>
  migration.tasks.some((task) => task.kind === kind && task.status === 'open');

describe('the last look reads both sides right before the cut-over', () => {
  test('a subscription that somebody removed is made again, and the number goes live', async () => {
    const { people, start, codeFor, handInCode, until, straight } = journey;
    const { id } = await start({}, 0);
    await codeFor(id, 0);
    await people.act('unsubscribe-app', { wabaId: straight.ids.destinationWabaId });
    await handInCode(id, 0);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
    expect(await people.effects('app_subscribed')).toHaveLength(2);
  });

  test('a pending number that an admin removed is announced and proven again (meta §1.3)', async () => {
    const { people, start, handInCode, until, stage } = journey;
    const { id } = await start({}, 1);
    await journey.codeFor(id, 1);
    await people.act('request-name-change', { number: subscriber(1), name: 'Padaria Lua' });
    await handInCode(id, 1);
    const waiting = await until(id, isAsked('display_name_change_pending'));
    expect(waiting.step).toBe('registration');
    await people.act('remove-pending-number', { number: subscriber(1) });
    await people.act('approve-name', { number: subscriber(1) });
    const before = waiting.destination.phoneNumberId;
    await stage.client.recheck(id);
    const again = await until(id, (migration) => migration.destination.phoneNumberId !== before);
    expect(again.registerAttemptedAt).toBeNull();
    await handInCode(id, 1);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  });

  test('one that is removed while its code is waited for is announced and proven again too (meta §1.3, 100/33)', async () => {
    const { people, start, handInCode, until, stage } = journey;
    const { id } = await start({}, 3);
    const code = await journey.codeFor(id, 3);
    const before = (await stage.client.getMigration(id)).destination.phoneNumberId;
    await people.act('remove-pending-number', { number: subscriber(3) });
    await stage.client.submitVerificationCode(id, code).catch(() => undefined);
    const again = await until(id, (migration) => migration.destination.phoneNumberId !== before);
    expect(again.steps.find(({ name }) => name === 'ownership')?.error).toBeNull();
    // A second code is never sent by itself.
    await until(id, isAsked('request_verification_code'));
    await people.act('ask-for-new-code', { number: subscriber(3) });
    await stage.client.requestVerificationCode(id);
    await handInCode(id, 3);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
    const { violations } = violationsSchema.parse(await people.invariants());
    const own = violations.filter(({ ids }) => Object.values(ids).includes(subscriber(3)));
    // Announced again because it was removed in between; above all no code that nobody asked for.
    expect(own).toEqual([]);
  });

  test('an account whose review was revoked meanwhile keeps the number where it is (R20)', async () => {
    const { people, start, codeFor, handInCode, until, stage, straight } = journey;
    const { id } = await start({}, 2);
    await codeFor(id, 2);
    await people.act('review-decision', { wabaId: straight.ids.destinationWabaId, decision: 'REJECTED' });
    await handInCode(id, 2);
    const waiting = await until(id, isAsked('destination_account_not_approved'));
    expect(waiting).toMatchObject({ step: 'registration', registerAttemptedAt: null });
    await people.act('review-decision', { wabaId: straight.ids.destinationWabaId, decision: 'APPROVED' });
    await stage.client.recheck(id);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  });
});
