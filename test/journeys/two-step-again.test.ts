/** Two-step verification is switched on again at the source while ownership is proven: it is heard of, and read (meta §8.2). */
import type { Migration } from '../../client';
import { eventually } from '../durability/eventually';
import { isClosed, openJourney } from '../support/journey';
import { secretOfPartnersApp, tellByWebhook } from '../support/webhook';
import { isWaitingIn, openTask, stepOf } from '../waits/timed-journey';

const isTold = (migration: Migration) => openTask(migration, 'two_step_verification_enabled') !== undefined;

test('two-step verification switched on again while the code is waited for leads back at once, and the code that came stands (R21, P-1, §8.2 security PIN_CHANGED)', async () => {
  const journey = await openJourney({
    ...{ templates: 0, twoStepOn: true, sourceSubscribed: true },
    stage: { policy: { twoStepRecheckEvery: 3_600_000, twoStepSettles: 0 } },
  });
  const { people, stage, start, until, codeFor, straight } = journey;
  const { phoneNumber = '', digits = '' } = straight.numbers[0] ?? {};
  const pinsTold = async (id: string) =>
    (await stage.client.listEvents(id, { limit: 200 })).items.filter(
      ({ type, data }) => type === 'platform_hinted' && data['event'] === 'PIN_CHANGED',
    );
  await people.act('two-step-off', { phoneNumber });
  const { id } = await start();
  const code = await codeFor(id);
  await until(id, isWaitingIn('ownership'));
  // Told of what is not so, it looks and goes on waiting for the code. In the same second it would be the same message.
  const told = await tellByWebhook(
    {
      ...{ url: stage.url, secret: secretOfPartnersApp(stage.sandbox) },
      ...{ entryId: straight.ids.sourceWabaId, at: Date.now() - 60_000 },
    },
    [{ field: 'security', value: { display_phone_number: digits, event: 'PIN_CHANGED' } }],
  );
  expect(told).toBe(200);
  await eventually('the look that it leads to', async () => (await pinsTold(id)).length === 1);
  const still = await until(id, isWaitingIn('ownership'));
  expect(stepOf(still, 'two_step_off')).toMatchObject({ status: 'done', attempts: 1 });

  await people.act('two-step-on', { phoneNumber });
  // More than three of a kind in a minute would be held back for a while.
  const back = await until(id, isTold, 90_000);
  expect(back).toMatchObject({ step: 'two_step_off', registerAttemptedAt: null });
  await people.act('two-step-off', { phoneNumber });
  await until(id, isWaitingIn('ownership'), 90_000);
  expect(await stage.client.submitVerificationCode(id, code)).toMatchObject({ outcome: 'verified' });
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
  for (const hint of await pinsTold(id)) expect(hint).toMatchObject({ step: 'ownership' });
});
