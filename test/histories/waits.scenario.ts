/**
 * Told only when histories are recorded: what takes days on the routes that begin at the client's, and an account that is
 * found while something is wrong with it; a replay from a step, which waits until nothing of the attempt before is under way.
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

test('the account that the client makes belongs to a business that is verified no more', async () => {
  const journey = await open();
  const { businessId } = journey.straight.ids;
  const { people, start, stage, untilAsked, until } = journey;
  const verification = (status: 'revoked' | 'verified') =>
    people.act('business-verification', { businessId, status });
  const { id } = await start({
    destination: { provider: 'meta', businessId, wabaName: 'Padaria Sol', credential: 'meta-destination' },
  });
  await untilAsked(id, 'create_destination_waba');
  const made = await people.act('complete-signup', { businessId, wabaName: 'Padaria Sol' });
  await verification('revoked');
  await stage.client.recheck(id);
  // Asked in this step, and not in eligibility, where the account was not known yet.
  const asked = await until(id, ({ tasks }) =>
    tasks.some(({ kind, step }) => step === 'destination' && kind === 'business_not_verified'),
  );
  expect(asked.destination.wabaId).toBe((made as { wabaId: string }).wabaId);
  await verification('verified');
  await stage.client.recheck(id);
  await journey.handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
});

test('aborted, and replayed from a step', async () => {
  const journey = await open();
  const { stage, start, codeFor, until } = journey;
  const { id } = await start();
  await codeFor(id);
  await stage.client.abort(id, 'not today');
  await until(id, isClosed);
  await stage.as('support').replay(id, { fromStep: 'funding', reason: 'today' });
  await journey.pass(HOUR);
  const waiting = await until(id, isWaitingIn('ownership'));
  expect(waiting.attempt).toBe(2);
  await abortedAtLast(journey, id);
});
