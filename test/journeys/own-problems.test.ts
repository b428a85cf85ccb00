/** Problems that Carryover tells of itself, beside Meta's answers: provoked, told, and gone when they are mended. */
import type { Migration } from '../../client';
import { eventually } from '../durability/eventually';
import { isClosed } from '../support/journey';
import { goThroughPopup, resultOf } from '../support/popup';
import {
  HOUR,
  isBlockedIn,
  isWaitingIn,
  MINUTE,
  openTimedJourney,
  stepOf,
  type TimedJourney,
} from '../waits/timed-journey';

const migrated = { state: 'completed', outcome: 'migrated' };
const REGISTRATIONS_IN_72_HOURS = 8;

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({
    ...{ numbers: 6, templates: 0 },
    stage: { policy: { connectDeadline: 2000 } },
    // Shared with the client's business once, and attached to no account.
    change: (world) => ({
      ...world,
      allocations: [{ id: '6501', creditLineId: '5001', receivingBusinessId: '1001', credentialId: '6502' }],
    }),
  });
});
afterEach(async () => {
  await journey.people.noFaults();
});

const problemOf = (migration: Migration, step: string) => stepOf(migration, step)?.error;
const retry = (id: string, reason: string) => journey.stage.client.retryStep(id, { reason });

test('R16: a line that Meta calls attached and the account does not show parks on the operator, and goes on when it is seen', async () => {
  const { people, straight, start, until } = journey;
  await people.fault({
    match: { path: '/{credit}/whatsapp_credit_sharing_and_attach' },
    action: { type: 'fail', status: 200, body: { allocation_config_id: '6501', waba_id: '2002' } },
  });
  const { id } = await start({}, 0);
  const parked = await until(id, isBlockedIn('funding'));
  expect(problemOf(parked, 'funding')).toMatchObject({
    ...{ code: 'CREDIT_LINE_NOT_ATTACHED', party: 'operator' },
  });
  const { destinationWabaId, creditLineId } = straight.ids;
  await people.act('attach-line', { wabaId: destinationWabaId, creditLineId });
  await retry(id, 'attached in Meta Business Suite');
  await until(id, isWaitingIn('ownership'));
});

test('a credential that was taken away is named, and what needs it goes on when it is stored again', async () => {
  const { stage, straight, body, start, until, untilAsked } = journey;
  await stage.client.putCredential('spare', straight.tokens.system);
  const { funding } = body();
  if (funding?.payer !== 'partner_credit') throw new Error('the body names no line');
  const { id } = await start(
    { funding: { ...funding, credential: 'spare' }, cutover: { approval: 'manual' } },
    1,
  );
  await untilAsked(id, 'approve_cutover');
  await stage.client.deleteCredential('spare');
  await stage.client.approveCutover(id, 'go');
  const parked = await until(id, isBlockedIn('funding'));
  expect(problemOf(parked, 'funding')).toMatchObject({
    ...{ code: 'CREDENTIAL_MISSING', party: 'operator', effect: 'none' },
  });
  await stage.client.putCredential('spare', straight.tokens.system);
  await retry(id, 'stored again');
  await until(id, isWaitingIn('ownership'));
});

test('meta §1.5, §7: after eight registrations within 72 hours none is tried, before Meta’s ten', async () => {
  const { people, start, until, handInCode, now } = journey;
  const { id } = await start({}, 2);
  await people.fault({
    match: { method: 'POST', path: '/{phone}/register' },
    action: { type: 'fail', status: 400, code: 133_010, message: 'refused' },
  });
  await handInCode(id, 2);
  for (let tried = 1; tried <= REGISTRATIONS_IN_72_HOURS; tried += 1) {
    const parked = await until(
      id,
      (migration) =>
        isBlockedIn('registration')(migration) && stepOf(migration, 'registration')?.attempts === tried,
    );
    expect(problemOf(parked, 'registration')?.code).toBe('NUMBER_NOT_REGISTERED');
    await retry(id, 'once more');
  }
  const spent = await until(
    id,
    (migration) =>
      isBlockedIn('registration')(migration) &&
      (stepOf(migration, 'registration')?.attempts ?? 0) > REGISTRATIONS_IN_72_HOURS,
  );
  expect(problemOf(spent, 'registration')).toMatchObject({ code: 'REGISTER_BUDGET_SPENT', effect: 'none' });
  const wait = Date.parse(spent.waitingFor?.dueAt ?? '') - now();
  expect(Math.abs(wait - 72 * HOUR)).toBeLessThan(10 * MINUTE);
  const sent = await people.requests('?method=POST&path=' + encodeURIComponent('/{phone}/register'));
  expect(sent).toHaveLength(REGISTRATIONS_IN_72_HOURS);
});

test('meta §1.5: a number that is registered and does not connect is a ticket for Meta, and is looked at again', async () => {
  const { people, start, until, handInCode, pass } = journey;
  await people.knobs({ registerDelayMs: 5 * MINUTE });
  const { id } = await start({}, 3);
  await handInCode(id, 3);
  const parked = await until(id, isBlockedIn('registration'));
  expect(problemOf(parked, 'registration')).toMatchObject({
    ...{ code: 'REGISTERED_BUT_NOT_CONNECTED', party: 'meta', effect: 'unknown' },
  });
  await people.knobs({ registerDelayMs: 300 });
  await pass(11 * MINUTE);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test.each([
  ['PLATFORM_TROUBLE', { type: 'fail', status: 500, code: 987_654, message: 'Nobody has met this' }],
  ['ANSWER_UNREADABLE', { type: 'html' }],
  ['ANSWER_LOST', { type: 'reset' }],
])('meta §6.3: %s that outlives ten minutes of tries is told', async (code, action) => {
  const { people, stage, start, until, pass } = journey;
  await people.fault({ match: { method: 'GET', path: '/2001/*' }, action });
  const { id } = await start({ mode: 'dry_run' }, 4);
  await until(id, ({ step }) => step === 'eligibility');
  await pass(11 * MINUTE);
  const parked = await until(id, isBlockedIn('eligibility'));
  expect(problemOf(parked, 'eligibility')).toMatchObject({ code, class: 'transient', effect: 'none' });
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'it is over' });
  expect(await until(id, isClosed)).toMatchObject({ outcome: 'dry_run' });
});

test('meta §2.1: an app whose secret Meta does not take gets no token of the client, and the migration goes on without', async () => {
  const { people, stage, straight, body, start, untilAsked, until, subscriber } = journey;
  const { businessId } = straight.ids;
  const { credential } = body().destination;
  const { id } = await start(
    {
      ...{ route: 'embedded_signup', templates: { copy: false } },
      destination: { provider: 'meta', businessId, credential },
    },
    5,
  );
  await untilAsked(id, 'complete_signup');
  await people.fault({
    match: { path: '/oauth/access_token' },
    action: { type: 'fail', status: 400, code: 1, message: 'Error validating client secret.' },
  });
  const end = await goThroughPopup(people, {
    ...{ number: subscriber(5), businessId, wabaName: 'Padaria Sol Oeste' },
  });
  const { sessionId } = await stage.client.openSignupSession(id);
  await stage.client.submitSignupResult(id, sessionId, resultOf(end));
  const exchange = async () =>
    (await stage.client.listEvents(id, { limit: 200 })).items.find(
      ({ type }) => type === 'signup_code_exchanged',
    );
  await eventually('the code is exchanged', async () => (await exchange()) !== undefined);
  expect((await exchange())?.data).toEqual({ outcome: 'refused', problem: 'APP_SECRET_WRONG' });
  expect(await until(id, isClosed)).toMatchObject(migrated);
});
