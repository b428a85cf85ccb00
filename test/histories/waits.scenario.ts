/**
 * Told only when histories are recorded: what takes days on the routes that begin at the client's, and an account that is
 * found before Meta has approved it.
 */
import { isClosed } from '../support/journey';
import { DAY, HOUR, isWaitingIn, openTimedJourney, type TimedJourney } from '../waits/timed-journey';

const open = () =>
  openTimedJourney({
    templates: 0,
    stage: { webhooks: false, policy: { intentRecheckEvery: 2 * HOUR } },
  });

const abortedAtLast = async ({ stage, until }: TimedJourney, id: string) => {
  await stage.client.abort(id, 'enough');
  expect(await until(id, isClosed)).toMatchObject({ state: 'aborted' });
};

test.each([
  ['embedded_signup', 'meta-destination', 'complete_signup'],
  ['solution_intent', 'meta-system', 'accept_solution_request'],
] as const)('%s: the client takes days', async (route, credential, kind) => {
  const journey = await open();
  const { businessId, solutionId } = journey.straight.ids;
  const solution = route === 'solution_intent' ? { solutionId } : {};
  const { id } = await journey.start({
    route,
    destination: { provider: 'meta', businessId, credential, ...solution },
    templates: { copy: false },
  });
  await journey.untilAsked(id, kind);
  await journey.pass(4 * DAY);
  await journey.until(id, isWaitingIn('destination'));
  await abortedAtLast(journey, id);
});

test('the account that the client makes is still under review', async () => {
  const journey = await open();
  const { businessId } = journey.straight.ids;
  const { people, start, stage, untilAsked, until } = journey;
  const { id } = await start({
    destination: { provider: 'meta', businessId, wabaName: 'Padaria Sol', credential: 'meta-destination' },
  });
  await untilAsked(id, 'create_destination_waba');
  const made = await people.act('complete-signup', { businessId, wabaName: 'Padaria Sol' });
  const wabaId = (made as { wabaId: string }).wabaId;
  await people.act('review-decision', { wabaId, decision: 'PENDING' });
  await stage.client.recheck(id);
  const asked = await until(id, ({ tasks }) =>
    tasks.some(({ kind, step }) => step === 'destination' && kind !== 'create_destination_waba'),
  );
  expect(asked.destination.wabaId).toBe(wabaId);
  await people.act('review-decision', { wabaId, decision: 'APPROVED' });
  await stage.client.recheck(id);
  await journey.handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
});
