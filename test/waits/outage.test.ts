/** How long the number was silent, from what was heard at both sides (meta §1.7): the two readings, and not knowing. */
import { setTimeout as nextTurn } from 'node:timers/promises';
import { isWaitingIn, MINUTE, openTimedJourney, type TimedJourney } from './timed-journey';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 3, templates: 1, sourceSubscribed: true });
});

const somebodyWrites = (number: number): Promise<unknown> =>
  journey.people.act('inbound-message', { number: journey.subscriber(number) });
const heardAtSourceAfter = async (id: string, at: number): Promise<void> => {
  const until = Date.now() + 45_000;
  for (;;) {
    const { lastInboundAtSource } = await journey.stage.store.traffic.read(id);
    if (lastInboundAtSource !== null && Date.parse(lastInboundAtSource) >= at - 1_000) return;
    if (Date.now() > until)
      throw new Error(`nothing was heard at the source: ${String(lastInboundAtSource)}`);
    await nextTurn(50);
  }
};
const beforeApproval = async (number: number): Promise<string> => {
  const { id } = await journey.start({ aftercare: { hours: 1 }, cutover: { approval: 'manual' } }, number);
  await journey.untilAsked(id, 'approve_cutover');
  return id;
};
const announcedOf = async (id: string): Promise<void> => {
  await journey.stage.client.approveCutover(id, 'go');
  await journey.until(id, isWaitingIn('ownership'));
  await journey.pass(MINUTE);
};
const liveOf = async (id: string, number: number) => {
  await journey.handInCode(id, number);
  return journey.until(id, ({ state, step }) => state === 'live' && step === 'aftercare');
};

test.each([
  ['at_register', 'source_until_register', 2 * MINUTE],
  ['at_announcement', 'source_silent_since_announcement', 4 * MINUTE],
] as const)(
  'a source that goes silent %s shows in what was heard: %s (§1.7)',
  async (sourceOutage, reading, least) => {
    const { people, pass, until, now } = journey;
    const number = sourceOutage === 'at_register' ? 0 : 1;
    await people.knobs({ sourceOutage, inboundDuringCutover: 'dropped' });
    const id = await beforeApproval(number);
    const firstAt = now();
    await somebodyWrites(number);
    await heardAtSourceAfter(id, firstAt);
    await pass(MINUTE);
    await announcedOf(id);
    const secondAt = now();
    await somebodyWrites(number);
    if (sourceOutage === 'at_register') await heardAtSourceAfter(id, secondAt);
    await pass(MINUTE);
    expect((await liveOf(id, number)).cutover).toMatchObject({ outageMs: null, outage: null });
    await pass(MINUTE);
    await somebodyWrites(number);
    const { cutover, observed } = await until(id, (migration) => migration.cutover.outageMs !== null);
    expect(cutover.outage).toMatchObject({
      reading,
      from: observed?.lastInboundAtSource,
      to: observed?.firstInboundAtDestination,
    });
    expect(cutover.outageMs).toBeGreaterThanOrEqual(least - 1_000);
    expect(cutover.outageMs).toBeLessThan(least + MINUTE);
  },
);

test('where nobody was heard at the source the outage is not known, and no figure is made up', async () => {
  const { people, until } = journey;
  await people.knobs({ sourceOutage: 'at_register' });
  const id = await beforeApproval(2);
  await announcedOf(id);
  await liveOf(id, 2);
  await somebodyWrites(2);
  const heard = await until(id, ({ observed }) => (observed?.firstInboundAtDestination ?? null) !== null);
  expect(heard.cutover).toMatchObject({ outageMs: null, outage: null });
});
