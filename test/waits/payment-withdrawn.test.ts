/** Money that is attached and pays nothing any more (R16, P-18, meta §3.5, §5.1): seen early, and the way out. */
import { isClosed, openJourney, type Journey } from '../support/journey';
import { errorOf, isBlockedIn, isWaitingIn, openTask } from './timed-journey';

const migrated = { state: 'completed', outcome: 'migrated' };

const anotherAccount = async ({ people, straight }: Journey): Promise<string> => {
  const { businessId } = straight.ids;
  const made = await people.act('complete-signup', { businessId, wabaName: 'another account' });
  const id = typeof made === 'object' && made !== null && 'wabaId' in made ? made.wabaId : undefined;
  if (typeof id !== 'string') throw new Error('no account was made');
  return id;
};

test('R16: a line that somebody else withdrew is met in the first look, and another account with funding is the way out', async () => {
  const journey = await openJourney({ destinationFunding: 'credit_line' });
  const { stage, people, straight, start, until, handInCode } = journey;
  const { destinationWabaId } = straight.ids;
  await people.act('revoke-credit', { wabaId: destinationWabaId });
  const { id } = await start();
  const asked = await until(id, isWaitingIn('eligibility'));
  expect(openTask(asked, 'destination_payment_revoked')).toMatchObject({
    party: 'client',
    requirement: 'R16',
    howTo: expect.stringMatching(/cannot be replaced: make a new account/),
  });
  const finding = asked.findings.find(({ code }) => code === 'DESTINATION_PAYMENT_REVOKED');
  expect(finding).toMatchObject({ severity: 'blocker', message: expect.stringContaining('141006') });

  const wabaId = await anotherAccount(journey);
  const { funding } = journey.body();
  const { staleSteps } = await stage.client.amendMigration(id, { destination: { wabaId }, funding });
  // The webhook that tells of the new account may just have begun another look.
  expect(['eligibility']).toEqual(expect.arrayContaining(staleSteps));
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId } });
  const announced = await people.effects('announced');
  expect(announced.map(({ ids }) => ids['waba'])).toEqual([wabaId]);
});

test('R16: a payment withdrawn while the window is waited for is met before the announcement; account and funding are amended together', async () => {
  const journey = await openJourney({ destinationFunding: 'card' });
  const { stage, people, straight, start, until, handInCode } = journey;
  const { id } = await start({ funding: { payer: 'client_card' }, cutover: { approval: 'manual' } });
  await until(id, (migration) => openTask(migration, 'approve_cutover') !== undefined);
  await people.act('revoke-credit', { wabaId: straight.ids.destinationWabaId });
  await stage.client.approveCutover(id, 'go');
  const parked = await until(id, isBlockedIn('funding'));
  expect(errorOf(parked, 'funding')).toBe('DESTINATION_PAYMENT_REVOKED');
  expect(parked.waitingFor).toMatchObject({ party: 'client' });
  expect(await people.effects('announced')).toEqual([]);

  const wabaId = await anotherAccount(journey);
  const line = journey.body().funding;
  const { staleSteps } = await stage.client.amendMigration(id, { destination: { wabaId }, funding: line });
  expect(staleSteps).toEqual(['eligibility', 'destination', 'templates']);
  // The approval was given for the plan with the first account.
  await until(id, (migration) => openTask(migration, 'approve_cutover') !== undefined);
  await stage.client.approveCutover(id, 'with the new account');
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId } });
  const attached = await people.effects('credit_attached');
  expect(attached.map(({ ids }) => ids['waba'])).toEqual([wabaId]);
});
