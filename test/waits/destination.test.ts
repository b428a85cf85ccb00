import type { CarryoverClient } from '../../client';
import type { Migration, StartRequestBody } from '../../client';
import { isClosed } from '../support/journey';
import {
  DAY,
  errorOf,
  HOUR,
  isBlockedIn,
  isWaitingIn,
  openTimedJourney,
  refusalOf,
  tasksOf,
  type TimedJourney,
} from './timed-journey';

const CREATE = 'create_destination_waba';
const migrated = { state: 'completed', outcome: 'migrated' };

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({
    numbers: 8,
    templates: 1,
    // With them an account is found as soon as it is made; here it is found by a look.
    stage: { webhooks: false },
  });
});

const withoutWaba = (wabaName: string): Partial<StartRequestBody> => ({
  destination: {
    provider: 'meta',
    businessId: journey.straight.ids.businessId,
    wabaName,
    credential: 'meta-destination',
  },
});

/** The client makes an account in the popup; answers with its id. */
const makeWaba = async (wabaName: string, patch: Record<string, unknown> = {}): Promise<string> => {
  const { businessId } = journey.straight.ids;
  const made = await journey.people.act('complete-signup', { businessId, wabaName, ...patch });
  const id = typeof made === 'object' && made !== null && 'wabaId' in made ? made.wabaId : undefined;
  if (typeof id !== 'string') throw new Error('no account was made');
  return id;
};

test('without an account the client is asked to make one, for days, and it is found by itself (R39, R40, R42, R43, R44)', async () => {
  const { start, until, untilAsked, pass, codeFor } = journey;
  const { id } = await start(withoutWaba('Padaria Sol 2027'), 0);
  const asked = await untilAsked(id, CREATE);
  expect(asked).toMatchObject({ step: 'destination', state: 'waiting', waitingFor: { party: 'client' } });
  expect(tasksOf(asked, CREATE)[0]?.title).toContain('Padaria Sol 2027');
  await pass(3 * DAY);
  expect(tasksOf(await until(id, isWaitingIn('destination')), CREATE)).toHaveLength(1);
  const wabaId = await makeWaba('Padaria Sol 2027');
  // Looked for once a day; the code that follows lives for ten minutes.
  await pass(25 * HOUR);
  await codeFor(id, 0);
  await journey.newCodeFor(id, 0);
  await journey.handInCode(id, 0);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId } });
});

/** The popup's result, under the session that the open task of the destination names. */
const handInResult = async (id: string, result: Parameters<CarryoverClient['submitSignupResult']>[2]) => {
  const { tasks } = await journey.stage.client.getMigration(id);
  const session = tasks.find(({ step, status }) => step === 'destination' && status === 'open');
  return journey.stage.client.submitSignupResult(id, session?.id ?? 'tsk_gone', result);
};

test('the result of the popup names the account at once', async () => {
  const { start, until, untilAsked, handInCode } = journey;
  const { id } = await start(withoutWaba('Padaria Sol Norte'), 1);
  await untilAsked(id, CREATE);
  const wabaId = await makeWaba('named otherwise');
  await handInResult(id, { event: 'FINISH_ONLY_WABA', wabaId });
  await handInCode(id, 1);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId } });
  expect(await refusalOf(handInResult(id, { event: 'CANCEL' }))).toMatchObject({
    status: 409,
  });
});

test('a popup that ended with an error has usually made the account all the same: it is looked for (E1)', async () => {
  const { start, until, untilAsked, handInCode } = journey;
  const { id } = await start(withoutWaba('Padaria Sol Sul'), 2);
  await untilAsked(id, CREATE);
  const wabaId = await makeWaba('Padaria Sol Sul');
  await handInResult(id, { event: 'CANCEL', errorMessage: 'already connected' });
  await handInCode(id, 2);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId } });
});

test('of two new accounts the operator says which', async () => {
  const { stage, start, until, untilAsked, handInCode } = journey;
  const { id } = await start(withoutWaba('Padaria Sol Leste'), 3);
  await untilAsked(id, CREATE);
  await makeWaba('one');
  const wabaId = await makeWaba('other');
  await stage.client.recheck(id);
  expect(await untilAsked(id, 'choose_destination_waba')).toMatchObject({
    step: 'destination',
    state: 'waiting',
  });
  await stage.client.amendMigration(id, { destination: { wabaId } });
  await handInCode(id, 3);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ ...migrated, destination: { wabaId } });
  expect(moved.tasks.filter(({ status, step }) => status === 'open' && step === 'destination')).toEqual([]);
});

test('an account of another business is refused, the source’s own too, and the next result is taken (R4, R25, R41, P-3, E5)', async () => {
  const { start, until, untilAsked, handInCode } = journey;
  const { id } = await start(withoutWaba('Padaria Sol Oeste'), 4);
  await untilAsked(id, CREATE);
  const toItself = handInResult(id, { event: 'FINISH', wabaId: journey.straight.ids.sourceWabaId });
  expect(await refusalOf(toItself)).toMatchObject({
    ...{ status: 422, code: 'invalid_request' },
    errors: [{ pointer: '/wabaId', expected: 'a WABA other than the source WABA' }],
  });
  const foreign = await makeWaba('in a new portfolio', { businessId: undefined, newBusinessName: 'New' });
  await handInResult(id, { event: 'FINISH_ONLY_WABA', wabaId: foreign });
  const parked = await until(id, isBlockedIn('destination'));
  expect(['DIFFERENT_BUSINESS', 'OBJECT_NOT_VISIBLE']).toContain(errorOf(parked, 'destination'));
  const wabaId = await makeWaba('in the right one');
  await handInResult(id, { event: 'FINISH_ONLY_WABA', wabaId });
  await handInCode(id, 4);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId } });
});

test('an account in review is looked at every hour, with one task however long it takes', async () => {
  const { people, start, until, untilAsked, pass } = journey;
  const { id } = await start(withoutWaba('Padaria Sol Centro'), 5);
  await untilAsked(id, CREATE);
  const wabaId = await makeWaba('Padaria Sol Centro', { reviewStatus: 'PENDING' });
  await handInResult(id, { event: 'FINISH_ONLY_WABA', wabaId });
  const parked = await until(id, isBlockedIn('destination'));
  expect(errorOf(parked, 'destination')).toBe('DESTINATION_REVIEW_PENDING');
  expect(parked.waitingFor?.party).toBe('meta');
  await pass(10 * HOUR);
  const still = await until(id, isBlockedIn('destination'));
  expect(tasksOf(still, 'resolve_problem')).toHaveLength(1);
  await people.act('review-decision', { wabaId, decision: 'APPROVED' });
  await pass(61 * 60_000);
  expect(await until(id, isWaitingIn('ownership'))).toMatchObject({ destination: { wabaId } });
});

test('reported made although none is there, the task opens again', async () => {
  const { start, until, untilAsked, report } = journey;
  const { id } = await start(withoutWaba('Padaria Sol Porto'), 6);
  await untilAsked(id, CREATE);
  await report(id, CREATE, 'I think I did');
  const again = await until(id, (migration) => tasksOf(migration, CREATE).length === 2);
  expect(tasksOf(again, CREATE)).toMatchObject([{ status: 'done' }, { status: 'open' }]);
});

test('R46, P-16: an account that must be young is warned of at 24 and 40 of 48 hours and an obstacle after them, while nobody looks', async () => {
  const { stage, start, body, until, pass, handInCode, people, subscriber } = journey;
  const asksForApproval = (told: RegExp) => (now: Migration) =>
    isAged(now, told) && now.waitingFor?.kind === 'approve_cutover';
  const isAged = ({ findings }: Migration, told: RegExp) =>
    findings.some(({ code, message }) => code === 'DESTINATION_WABA_TOO_OLD' && told.test(message));
  const looks = async () =>
    (await stage.client.listEvents(id, { limit: 200 })).items.filter(({ type }) => type === 'account_ages');
  const wabaId = await makeWaba('Padaria Sol, day one');
  const young = { ...body().destination, wabaId, maxWabaAgeHours: 48 };
  const { id } = await start({ destination: young, cutover: { approval: 'manual' } }, 7);
  await until(id, (now) => now.waitingFor?.kind === 'approve_cutover');
  await pass(23 * HOUR);
  expect(await looks()).toEqual([]);
  await pass(2 * HOUR);
  await until(id, asksForApproval(/for 23 more hours/));
  await pass(16 * HOUR);
  await until(id, asksForApproval(/for 7 more hours/));
  expect(await looks()).toHaveLength(2);
  await pass(8 * HOUR);
  const over = await until(id, (now) => now.waitingFor?.kind === 'destination_waba_too_old');
  expect(over).toMatchObject({ step: 'eligibility', waitingFor: { party: 'client' } });
  await pass(DAY);
  expect(await looks()).toHaveLength(3);
  const announced = (await people.effects('announced')).map(({ ids }) => ids['subscriber']);
  expect(announced).not.toContain(subscriber(7));

  const fresh = await makeWaba('Padaria Sol, day two');
  await stage.client.amendMigration(id, { destination: { wabaId: fresh } });
  await until(id, (now) => now.waitingFor?.kind === 'approve_cutover');
  await stage.client.approveCutover(id, 'the account is an hour old');
  await handInCode(id, 7);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId: fresh } });
});
