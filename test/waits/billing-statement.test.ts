/** Who pays what, as the statement says it, with its doubts (R15, R16, R17, R18, P-14, meta §5.2, §5.3). */
import { REGISTRATION_TIMING } from '../../activities';
import { eventually } from '../durability/eventually';
import { isClosed } from '../support/journey';
import { HOUR, isBlockedIn, MINUTE, openTimedJourney, type TimedJourney } from './timed-journey';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({
    ...{ numbers: 3, templates: 0 },
    // What is read after an unanswered call takes real seconds.
    stage: { registration: { ...REGISTRATION_TIMING, lostReplyReadMs: 0 } },
  });
});

const STATED = 'none since 08:00 -03:00; 3 sent and not delivered';

/** Forty messages before, three under way, seven after the cut-over. */
const movedWithTraffic = async (number: number): Promise<string> => {
  const { people, start, until, handInCode, codeFor, pass, report, subscriber } = journey;
  const send = (volume: number, more = {}) =>
    people.act('send-traffic', { number: subscriber(number), volume, category: 'UTILITY', ...more });
  await send(40, { minutesAgo: 120 });
  const { id } = await start({ aftercare: { hours: 24 } }, number);
  await codeFor(id, number);
  await report(id, 'freeze_campaigns', STATED);
  await send(3, { deliveredInMinutes: 60 });
  await handInCode(id, number);
  await until(id, ({ state, step }) => state === 'live' && step === 'aftercare');
  await send(7);
  await pass(25 * HOUR);
  await report(id, 'settle_source_invoice', 'invoice 4711');
  await report(id, 'cancel_source_subscription', 'ends on the 30th');
  await until(id, isClosed);
  return id;
};

test('R15, R16, R17: each side pays what was sent while the number was there; a source that still shows it is counted again: what was in flight is its own', async () => {
  const { stage, people } = journey;
  await people.knobs({ sourceAnalyticsAfter: 'kept' });
  const id = await movedWithTraffic(0);
  const { items, statement } = await stage.client.getBilling(id);
  expect(statement.sides).toMatchObject([
    { side: 'source', payer: 'acme-bsp', messages: 43, amounts: [{ currency: 'USD', amount: '0.344' }] },
    {
      side: 'destination',
      payer: 'partner_credit',
      messages: 7,
      amounts: [{ currency: 'USD', amount: '0.056' }],
    },
  ]);
  expect(statement.inFlight).toMatchObject({ payer: 'acme-bsp', messages: 3, stated: STATED });
  expect(statement.cutover?.to).not.toBeNull();
  expect(statement.tasks).toEqual([
    { kind: 'settle_source_invoice', status: 'done', statement: 'invoice 4711' },
    { kind: 'cancel_source_subscription', status: 'done', statement: 'ends on the 30th' },
  ]);
  for (const doubt of ['half hour', 'approximate', 'UNVERIFIED', 'before the cut-over (3)', `“${STATED}”`])
    expect(statement.doubts.join('\n')).toContain(doubt);
  expect(items.find(({ kind }) => kind === 'usage_before')).toMatchObject({ quantity: 40, amount: '0.32' });
});

test('meta §5.3: a source that no longer shows the number leaves the snapshot, and a doubt about what was in flight', async () => {
  const { stage, people } = journey;
  await people.knobs({ sourceAnalyticsAfter: 'gone' });
  const id = await movedWithTraffic(1);
  const { statement } = await stage.client.getBilling(id);
  expect(statement.sides).toMatchObject([
    { side: 'source', messages: 40, amounts: [{ currency: 'USD', amount: '0.32' }] },
    { side: 'destination', messages: 7 },
  ]);
  expect(statement.inFlight).toMatchObject({ payer: 'acme-bsp', messages: null, stated: STATED });
  // Forty two hours earlier; the seven of the destination came when the number had just changed sides.
  const { unsplit, cutover } = statement;
  expect(unsplit).toMatchObject({ source: 0, destination: expect.any(Number) });
  expect(Date.parse(unsplit?.from ?? '')).toBeLessThanOrEqual(Date.parse(cutover?.from ?? ''));
  expect(Date.parse(unsplit?.to ?? '')).toBeGreaterThan(Date.parse(cutover?.from ?? ''));
  expect(statement.doubts.join('\n')).toContain(
    `0 at the source up to the snapshot, ${String(unsplit?.destination)} at`,
  );
  expect(statement.doubts.join('\n')).toContain(`Stated when the campaigns were stopped: “${STATED}”`);
  expect(statement.doubts.join('\n')).toContain('the snapshot taken before the cut-over stands');
  expect(statement.doubts.join('\n')).toContain('on their way at the cut-over could not be counted');
  const csv = await stage.client.getBillingCsv(id);
  const lines = csv.split('\n');
  expect(lines.filter((line) => line.startsWith('total,'))).toHaveLength(2);
  expect(lines.filter((line) => line.startsWith('doubt,')).length).toBe(statement.doubts.length);
  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
});

test('R15, R17, 133004: a registration that drags on over half hours leaves all of them undivided, and what the source sent meanwhile is on its bill', async () => {
  const { stage, people, start, until, handInCode, codeFor, pass, report, subscriber } = journey;
  await people.knobs({ sourceAnalyticsAfter: 'gone' });
  const send = (volume: number) =>
    people.act('send-traffic', { number: subscriber(2), volume, category: 'UTILITY' });
  const registerCalls = async () =>
    (await people.requests('?method=POST')).filter(({ path }) => path.endsWith('/register')).length;
  const { id } = await start({ aftercare: { hours: 24 } }, 2);
  await codeFor(id, 2);
  await send(40);
  await people.fault({
    match: { method: 'POST', path: '/{phone}/register', times: 3 },
    action: { type: 'fail', status: 503, code: 133004, message: 'Server temporarily unavailable' },
  });
  const before = await registerCalls();
  await handInCode(id, 2);
  for (const calls of [1, 2]) {
    await eventually('the call', async () => (await registerCalls()) - before >= calls);
    if (calls === 1) await send(5);
    await pass(3 * MINUTE);
  }
  await until(id, isBlockedIn('registration'));
  await send(2);
  await pass(31 * MINUTE);
  await until(id, ({ state, step }) => state === 'live' && step === 'aftercare');
  await pass(25 * HOUR);
  await report(id, 'settle_source_invoice', 'invoice 4711');
  await report(id, 'cancel_source_subscription', 'ends on the 30th');
  await until(id, isClosed);
  const { statement } = await stage.client.getBilling(id);
  const { unsplit, cutover } = statement;
  expect(statement.sides).toMatchObject([
    { side: 'source', messages: 47 },
    { side: 'destination', messages: 0 },
  ]);
  expect(Date.parse(unsplit?.from ?? '')).toBeLessThanOrEqual(Date.parse(cutover?.from ?? ''));
  expect(Date.parse(unsplit?.to ?? '')).toBeGreaterThan(Date.parse(cutover?.to ?? ''));
  expect(Date.parse(unsplit?.to ?? '') - Date.parse(unsplit?.from ?? '')).toBeGreaterThanOrEqual(HOUR);
  expect(unsplit?.source).toBeGreaterThanOrEqual(7);
  expect(statement.doubts.join('\n')).toMatch(/The half hours from .* hold the cut-over/);
});
