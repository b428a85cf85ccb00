import { isClosed } from '../support/journey';
import { DAY, HOUR, openTask, openTimedJourney, stepOf, tasksOf, type TimedJourney } from './timed-journey';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 3, templates: 0 });
});

/** What follows the move is reported done, so that only the watch is left. */
const settle = async (id: string): Promise<void> => {
  await journey.report(id, 'settle_source_invoice', 'paid, no. 4711');
  await journey.report(id, 'cancel_source_subscription', 'ends on the 30th');
};

const isLive = ({ state, step }: { state: string; step: string | null }) =>
  state === 'live' && step === 'aftercare';

test('P-21, R13, R21: the moved number is watched for 72 hours; what drifts becomes a finding until it has returned', async () => {
  const { stage, people, start, until, pass, handInCode, subscriber, report } = journey;
  const { id } = await start({ aftercare: { hours: 72 } }, 0);
  await handInCode(id, 0);
  await until(id, isLive);
  await pass(25 * HOUR);
  expect(await until(id, isLive)).toMatchObject({
    findings: expect.not.arrayContaining([expect.objectContaining({ severity: 'warning' })]),
  });
  await people.act('two-step-off', { number: subscriber(0) });
  await pass(DAY);
  const drifted = await until(id, ({ findings }) => findings.some(({ code }) => code.startsWith('DRIFT_')));
  expect(drifted.state).toBe('live');
  const [drift] = drifted.findings.filter(({ code }) => code.startsWith('DRIFT_'));
  expect(drift).toMatchObject({
    code: 'DRIFT_TWO_STEP_VERIFICATION_ON_AGAIN',
    severity: 'warning',
    party: 'operator',
  });
  // Whoever switched it on again has set another PIN than the one that Carryover knows (R13, R21).
  await people.act('two-step-on', { number: subscriber(0) });
  await stage.client.recheck(id);
  const unknown = await until(id, (now) => openTask(now, 'set_two_step_pin') !== undefined);
  expect(openTask(unknown, 'set_two_step_pin')).toMatchObject({ party: 'operator', requirement: 'R21' });
  await report(id, 'set_two_step_pin', 'set to the one in our vault');
  await until(id, ({ findings }) => !findings.some(({ code }) => code.startsWith('DRIFT_')));
  await settle(id);
  await pass(DAY);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(moved.findings.filter(({ code }) => code.startsWith('DRIFT_'))).toEqual([]);
  const { items } = await stage.client.listEvents(id, { limit: 200 });
  const told = (type: string) =>
    new Set(
      items.flatMap((one) => (one.type === type ? [one.data] : [])).map((data) => JSON.stringify(data)),
    );
  expect(told('drift_found').size).toBe(2);
  expect(told('drift_cleared').size).toBe(2);
  // Nobody can look at a PIN: what was said of it is not asked again.
  expect(tasksOf(moved, 'set_two_step_pin')).toMatchObject([{ status: 'done' }]);
});

test('aftercare looks again when asked, and may be left out', async () => {
  const { stage, people, start, until, handInCode, subscriber } = journey;
  const { id } = await start({ aftercare: { hours: 72 } }, 1);
  await handInCode(id, 1);
  await until(id, isLive);
  await people.act('two-step-off', { number: subscriber(1) });
  await stage.client.recheck(id);
  await until(id, ({ findings }) => findings.some(({ code }) => code.startsWith('DRIFT_')));
  await stage.as('support').skipStep(id, { step: 'aftercare', reason: 'the client watches it' });
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(stepOf(moved, 'aftercare')?.status).toBe('skipped');
});

test('what is amended after the move leads nowhere back', async () => {
  const { stage, start, until, handInCode, pass } = journey;
  const { id } = await start({ aftercare: { hours: 2 } }, 2);
  await handInCode(id, 2);
  await until(id, isLive);
  const amended = await stage.client.amendMigration(id, { business: { name: 'Padaria Sol Ltda.' } });
  expect(amended.staleSteps).toEqual([]);
  await settle(id);
  await pass(3 * HOUR);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(stepOf(moved, 'eligibility')?.attempts).toBe(1);
});
