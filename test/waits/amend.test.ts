import { randomUUID } from 'node:crypto';
import { asking } from '../server/asking';
import { isClosed } from '../support/journey';
import {
  isBlockedIn,
  isWaitingIn,
  MINUTE,
  openTimedJourney,
  refusalOf,
  stepOf,
  tasksOf,
  type TimedJourney,
} from './timed-journey';

const migrated = { state: 'completed', outcome: 'migrated' };
const manual = { cutover: { approval: 'manual' as const } };

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 10, templates: 1 });
});
afterEach(async () => {
  await journey.people.noFaults();
});

const makeWaba = async (): Promise<string> => {
  const { businessId } = journey.straight.ids;
  const made = await journey.people.act('complete-signup', { businessId, wabaName: 'another account' });
  const id = typeof made === 'object' && made !== null && 'wabaId' in made ? made.wabaId : undefined;
  if (typeof id !== 'string') throw new Error('no account was made');
  return id;
};
const announcedIn = async (wabaId: string) =>
  (await journey.people.effects('announced')).filter(({ ids }) => ids['waba'] === wabaId).length;

test('another destination account, named before the announcement, reopens what depended on the first', async () => {
  const { stage, straight, start, until, untilAsked, handInCode } = journey;
  const { id } = await start(manual, 0);
  await untilAsked(id, 'approve_cutover');
  const wabaId = await makeWaba();
  const amended = await stage.client.amendMigration(id, { destination: { wabaId } });
  // The webhook that tells of the new account may have reopened the eligibility already.
  expect(amended.staleSteps.filter((step) => step !== 'eligibility')).toEqual(['destination', 'templates']);
  // Until then the approval that is read to be asked for is that of the first account.
  await until(id, (now) => isWaitingIn('window')(now) && now.destination.wabaId === wabaId);
  await stage.client.approveCutover((await untilAsked(id, 'approve_cutover')).id, 'the right one now');
  await handInCode(id, 0);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ ...migrated, destination: { wabaId } });
  expect(await announcedIn(wabaId)).toBe(1);
  expect(await announcedIn(straight.ids.destinationWabaId)).toBe(0);
});

test('a destination account amended while the first is being established is the one that counts', async () => {
  const { stage, people, straight, start, until, handInCode } = journey;
  const before = await announcedIn(straight.ids.destinationWabaId);
  await people.fault({
    match: { method: 'GET', path: '/2002/subscribed_apps', from: 2 },
    action: { type: 'delay', ms: 2500 },
  });
  const { id } = await start({}, 1);
  await until(id, ({ step }) => step === 'destination');
  const wabaId = await makeWaba();
  const amended = await stage.client.amendMigration(id, { destination: { wabaId } });
  expect(amended.staleSteps).toEqual(['eligibility', 'destination']);
  await people.noFaults();
  await handInCode(id, 1);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId } });
  expect(await announcedIn(straight.ids.destinationWabaId)).toBe(before);
});

test('after the announcement the account is frozen; its credential may still be renewed', async () => {
  const { stage, start, until, handInCode } = journey;
  const { id } = await start({}, 2);
  await until(id, isWaitingIn('ownership'));
  const frozen = await refusalOf(stage.client.amendMigration(id, { destination: { wabaId: '2999' } }));
  expect(frozen).toMatchObject({
    status: 409,
    code: 'field_frozen',
    allowedActions: expect.arrayContaining(['amend', 'verification_code', 'abort']),
    errors: [
      {
        pointer: '/destination',
        expected: 'no change any more: it is fixed since the step announcement is done',
        received: 'a change',
      },
    ],
  });
  const renewed = await stage.client.amendMigration(id, { destination: { credential: 'meta-system' } });
  expect(renewed.staleSteps).toEqual([]);
  await handInCode(id, 2);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('an amendment of what has changed since it was read is refused', async () => {
  const { stage, start, until, untilAsked } = journey;
  const { id } = await start(manual, 3);
  const read = await untilAsked(id, 'approve_cutover');
  const first = await stage.client.amendMigration(id, { business: { name: 'A' } }, { ifMatch: read });
  expect(first.staleSteps).toEqual(['eligibility']);
  const second = stage.client.amendMigration(id, { business: { name: 'B' } }, { ifMatch: read });
  expect(await refusalOf(second)).toMatchObject({ status: 412 });
  await until(id, isWaitingIn('window'));
});

test('an amendment that reopens an earlier step wakes a parked one', async () => {
  const { stage, people, start, until, handInCode } = journey;
  await people.fault({
    match: { method: 'POST', path: '/{waba}/phone_numbers' },
    action: { type: 'fail', status: 400, code: 200, message: 'refused' },
  });
  const { id } = await start({}, 4);
  await until(id, isBlockedIn('announcement'));
  await people.noFaults();
  const amended = await stage.client.amendMigration(id, { business: { name: 'Padaria Sol Ltda.' } });
  expect(amended.staleSteps).toEqual(['eligibility']);
  await handInCode(id, 4);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject(migrated);
  expect(tasksOf(moved, 'resolve_problem')).toMatchObject([{ status: 'done' }]);
});

test('a window set while a later step is parked is waited for, and the step then tries again', async () => {
  const { stage, people, start, until, pass, handInCode } = journey;
  const HOURS = 3_600_000;
  await people.fault({
    match: { method: 'POST', path: '/{waba}/phone_numbers' },
    action: { type: 'fail', status: 400, code: 200, message: 'refused' },
  });
  const { id } = await start({}, 5);
  await until(id, isBlockedIn('announcement'));
  await stage.client.reschedule(id, {
    notBefore: journey.after(3 * HOURS),
    notAfter: journey.after(9 * HOURS),
    reason: 'tonight',
  });
  const waiting = await until(id, isWaitingIn('window'));
  expect(stepOf(waiting, 'announcement')?.status).toBe('pending');
  await people.noFaults();
  await pass(3 * HOURS + 60_000);
  await handInCode(id, 5);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('a window set while the announcement is under way is waited for, also when that fails: it is not parked before its turn', async () => {
  const { stage, people, start, until, untilAsked } = journey;
  const { id } = await start(manual, 9);
  await untilAsked(id, 'approve_cutover');
  const goOn = await people.hold({ method: 'GET', path: '/{waba}/phone_numbers', token: 'destination' });
  await people.fault({
    match: { method: 'POST', path: '/{waba}/phone_numbers' },
    action: { type: 'fail', status: 400, code: 200, message: 'refused' },
  });
  await stage.client.approveCutover(id, 'go');
  await until(id, ({ step, state }) => step === 'announcement' && state === 'running');
  const window = { notBefore: journey.after(180 * MINUTE), notAfter: journey.after(540 * MINUTE) };
  await stage.client.reschedule(id, { ...window, reason: 'tonight' });
  await goOn();
  const waiting = await until(id, isWaitingIn('window'));
  expect(stepOf(waiting, 'announcement')).toMatchObject({
    status: 'pending',
    error: { code: 'PERMISSION_MISSING', effect: 'none' },
  });
  expect(tasksOf(waiting, 'resolve_problem')).toEqual([]);
  await stage.client.abort(id, 'the test is over');
});

test('an approval does not outlive the window it was given for', async () => {
  const { stage, start, until, untilAsked, handInCode } = journey;
  const { id } = await start(manual, 6);
  await untilAsked(id, 'approve_cutover');
  await stage.client.approveCutover(id, 'go');
  await until(id, isWaitingIn('ownership'));
  await stage.client.amendMigration(id, { cutover: { notAfter: journey.after(86_400_000) } });
  await stage.client.approveCutover((await untilAsked(id, 'approve_cutover')).id, 'this one too');
  await handInCode(id, 6);
  expect(await until(id, isClosed)).toMatchObject(migrated);
});

test('of two amendments at once that together leave no time between them, one is refused; so is one right after another', async () => {
  const { stage, start, untilAsked, after } = journey;
  const ask = asking(stage);
  const { id } = await start(manual, 7);
  await untilAsked(id, 'approve_cutover');
  const amend = (cutover: object) => ask({ method: 'PATCH', path: id, body: { cutover } });
  const reschedule = async (opens: number, closes: number) => {
    const body = { notBefore: after(opens * MINUTE), notAfter: after(closes * MINUTE), reason: 'x' };
    expect((await ask({ path: `${id}/reschedule`, body })).status).toBe(200);
  };
  for (let round = 0; round < 5; round += 1) {
    await reschedule(60, 120);
    const [closes, opens] = [after(80 * MINUTE), after(100 * MINUTE)];
    const [earlier, later] = await Promise.all([amend({ notAfter: closes }), amend({ notBefore: opens })]);
    expect([earlier.status, later.status].sort()).toEqual([200, 422]);
    const expected = `an instant at least 15 minutes before notAfter (${closes})`;
    const error =
      earlier.status === 200
        ? { pointer: '/cutover/notBefore', expected, received: JSON.stringify(opens) }
        : {
            ...{ pointer: '/cutover/notAfter', received: JSON.stringify(closes) },
            expected: 'an instant at least 15 minutes after notBefore',
          };
    const refused = earlier.status === 200 ? later : earlier;
    expect(refused.body).toMatchObject({ code: 'invalid_request', errors: [error] });
  }
  // Too late by the window that was shown until now, but not by the one that was set a moment ago.
  await reschedule(300, 360);
  expect((await amend({ notBefore: after(330 * MINUTE) })).status).toBe(200);
  expect((await amend({ notBefore: after(350 * MINUTE) })).status).toBe(422);
  await stage.client.abort(id, 'the test is over');
});

test('business and funding are merged with what stands, and what then is missing is named at once; a repetition gets its first answer, also later and under another attempt', async () => {
  const { stage, start, until, untilAsked, after, pass } = journey;
  const ask = asking(stage);
  const { id } = await start(manual, 8);
  await untilAsked(id, 'approve_cutover');
  const amend = (body: object) => ask({ method: 'PATCH', path: id, body });
  const refused = async (body: object, ...pointers: string[]) => {
    const answer = await amend(body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect(answer.body['errors']).toMatchObject(pointers.map((pointer) => ({ pointer })));
  };
  await refused(
    { funding: { payer: 'client_card', currency: 'EUR' }, colour: 'red' },
    '/funding/currency',
    '/colour',
  );
  await refused(
    { business: { contact: { locale: 'pt-BR' } }, funding: { creditLineId: null } },
    '/business/name',
    '/funding/creditLineId',
  );
  const locale = async (body: object) => (await amend(body)).body['locale'];
  expect(await locale({ business: { name: 'Padaria Sol', contact: { locale: 'pt-BR' } } })).toBe('pt-BR');
  expect(await locale({ business: { name: 'Sol' }, funding: { currency: 'USD' } })).toBe('pt-BR');
  expect(await locale({ business: { contact: { locale: null } } })).toBe('en');

  const reschedule = {
    path: `${id}/reschedule`,
    key: randomUUID(),
    body: { notBefore: after(0), notAfter: after(25 * MINUTE), reason: 'now' },
  };
  const first = await ask(reschedule);
  expect(first.status).toBe(200);
  await pass(12 * MINUTE);
  expect(await ask(reschedule)).toMatchObject({ status: 200, body: first.body });
  expect((await ask({ ...reschedule, key: randomUUID() })).status).toBe(422);

  await untilAsked(id, 'approve_cutover');
  const etag = (await ask({ method: 'GET', path: id })).headers.get('etag') ?? '';
  const approval = {
    path: `${id}/approve-cutover`,
    key: randomUUID(),
    body: { reason: 'go' },
    headers: { 'if-match': etag },
  };
  const approved = await ask(approval);
  expect(approved.status).toBe(200);
  await stage.client.abort(id, 'not today');
  await until(id, isClosed);
  await stage.as('support').replay(id, { reason: 'today' });
  expect(await ask(approval)).toMatchObject({ status: 200, body: approved.body });
  expect((await ask({ ...approval, key: randomUUID() })).status).toBe(412);
  await stage.client.abort(id, 'the test is over');
});
