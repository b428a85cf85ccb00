/** Webhooks in: what Meta tells makes a migration look at once, and nothing is believed that was not read (meta §8). */
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import { KeyRing } from '../../shared/encryption/key-ring';
import { openWorld } from '../server/world';
import { atEndOfFile } from '../support/after-each-file';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { mongoUri } from '../support/servers';
import { TEST_KEYS } from '../support/stage';
import { secretOfPartnersApp, tellByWebhook, type WebhookChange } from '../support/webhook';
import { isWaitingIn, openTask } from '../waits/timed-journey';

const MONGO = mongoUri(`webhook-journeys-${String(process.pid)}`);
const TWO_STEP_TASK = 'two_step_verification_enabled';
const HOUR = 3_600_000;

let journey: Journey;
let rows: MongoClient;
beforeAll(async () => {
  journey = await openJourney({
    numbers: 11,
    templates: 1,
    twoStepOn: true,
    sourceSubscribed: true,
    // Nothing is looked at within the time of this file but by a hint.
    stage: {
      mongo: MONGO,
      policy: {
        ...{ recheckEvery: 24 * HOUR, twoStepRecheckEvery: HOUR, acceptanceRecheckEvery: HOUR },
        twoStepSettles: 0,
      },
    },
  });
  rows = new MongoClient(MONGO);
  atEndOfFile(async () => {
    await rows.db().dropDatabase();
    await rows.close();
  });
});
afterEach(async () => {
  await journey.people.noFaults();
  await journey.people.knobs({ webhookDuplicates: 0, webhookDisorder: false, webhookDelayMs: 0 });
});

const digitsOf = (number: number): string => journey.straight.numbers[number]?.digits ?? '';
const phoneNumberOf = (number: number): string => journey.straight.numbers[number]?.phoneNumber ?? '';
const hintsOf = async (id: string) =>
  (await journey.stage.client.listEvents(id, { limit: 200 })).items.filter(
    ({ type }) => type === 'platform_hinted',
  );
/** What one look of the server could not route is free for another after half a minute. */
const eventually = async (met: () => Promise<boolean>, withinMs = 45_000): Promise<void> => {
  const until = Date.now() + withinMs;
  while (!(await met())) {
    if (Date.now() > until) throw new Error(`never came: ${met.toString()}`);
    await sleep(50);
  }
};
const signalsOf = async (id: string): Promise<number> => {
  const { events } = await journey.stage.temporal.workflow.getHandle(id).fetchHistory();
  return (events ?? []).filter(({ workflowExecutionSignaledEventAttributes: signal }) => signal != null)
    .length;
};

const secretOfApp = (): string => secretOfPartnersApp(journey.stage.sandbox);
/** Somebody who has the secret and lies, or Meta repeating itself. */
const tell = (
  changes: WebhookChange[],
  entryId: string = journey.straight.ids.sourceWabaId,
  url = journey.stage.url,
  at?: number,
): Promise<number> => tellByWebhook({ url, secret: secretOfApp(), entryId, at }, changes);
const pinOff = (number: number) => ({
  field: 'security',
  value: { display_phone_number: digitsOf(number), event: 'PIN_REQUEST_SUCCESS' },
});

const waitingForTwoStepOff = async (number: number): Promise<string> => {
  const { id } = await journey.start({}, number);
  await journey.until(id, (migration) => openTask(migration, TWO_STEP_TASK) !== undefined);
  await journey.until(id, isWaitingIn('two_step_off'));
  return id;
};
const endAll = async (...ids: string[]): Promise<void> => {
  for (const id of ids) {
    await journey.stage.client.abort(id, 'end of the test');
    await journey.until(id, isClosed);
  }
};

test('two-step verification switched off is noticed at once, without anybody reporting it (R21, P-1, §8.2 security)', async () => {
  const id = await waitingForTwoStepOff(0);
  const other = await waitingForTwoStepOff(1);
  await journey.people.act('two-step-off', { phoneNumber: phoneNumberOf(0) });
  await journey.handInCode(id, 0);
  const moved = await journey.until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(await hintsOf(id)).toMatchObject([
    { data: { kind: 'security', event: 'PIN_REQUEST_SUCCESS', reaction: 'look' }, step: 'two_step_off' },
  ]);
  expect(await hintsOf(other)).toEqual([]);
  await endAll(other);
});

test('a webhook that says it is off although it is on leads to one look, and is not believed', async () => {
  const id = await waitingForTwoStepOff(2);
  expect(await tell([pinOff(2)])).toBe(200);
  await eventually(async () => (await hintsOf(id)).length === 1);
  const still = await journey.until(id, isWaitingIn('two_step_off'));
  expect(openTask(still, TWO_STEP_TASK)).toBeDefined();
  await endAll(id);
});

test('a thousand updates, told twice and out of order, are a few looks at most', async () => {
  const id = await waitingForTwoStepOff(3);
  const before = await signalsOf(id);
  const many = Array.from({ length: 1000 }, (_, n) => ({
    field: 'security',
    value: { display_phone_number: digitsOf(3), event: 'PIN_REQUEST_SUCCESS', ordinal: n },
  }));
  expect(await tell(many)).toBe(200);
  expect(await tell(many.toReversed())).toBe(200);
  await journey.people.knobs({ webhookDuplicates: 3, webhookDisorder: true });
  await journey.people.act('two-step-off', { phoneNumber: phoneNumberOf(3), stage: 'request' });
  await journey.people.act('two-step-off', { phoneNumber: phoneNumberOf(3), stage: 'confirm' });
  await journey.until(id, isWaitingIn('ownership'), 90_000);
  expect((await signalsOf(id)) - before).toBeLessThanOrEqual(8);
  await endAll(id);
});

test('what nobody waits for leaves no event in the history, and no receipt holds content or a number', async () => {
  const { id } = await journey.start({ cutover: { approval: 'manual' } }, 4);
  await journey.until(id, isWaitingIn('window'));
  const before = await signalsOf(id);
  await tell([
    pinOff(4),
    { field: 'message_template_status_update', value: { event: 'APPROVED', message_template_id: 7 } },
    { field: 'smb_message_echoes', value: { messages: [{ text: 'a private word', to: '5511900000777' }] } },
    {
      field: 'messages',
      value: {
        metadata: { display_phone_number: digitsOf(4) },
        contacts: [{ profile: { name: 'Maria Private' }, wa_id: '5511900000777' }],
        messages: [{ from: '5511900000777', timestamp: '1760000000', text: { body: 'a private word' } }],
      },
    },
  ]);
  const receipts = rows.db().collection('webhookReceipts');
  await eventually(async () => (await receipts.countDocuments({ fate: null })) === 0, 60_000);
  expect(await signalsOf(id)).toBe(before);
  const all = JSON.stringify([
    await receipts.find().toArray(),
    await rows.db().collection('traffic').find().toArray(),
  ]);
  for (const personal of [digitsOf(4), '900000777', 'Maria', 'private word'])
    expect(all).not.toContain(personal);
  await endAll(id);
});

test('a new account wakes the migration that waits for one, whose business it is (§8.2 PARTNER_ADDED, R39)', async () => {
  const { ids } = journey.straight;
  const destination = {
    provider: 'meta' as const,
    businessId: ids.businessId,
    credential: 'meta-destination',
  };
  const { id } = await journey.start({ destination, cutover: { approval: 'manual' } }, 5);
  await journey.until(id, (migration) => openTask(migration, 'create_destination_waba') !== undefined);
  await journey.until(id, isWaitingIn('destination'));
  await journey.people.act('complete-signup', { businessId: ids.businessId, wabaName: 'Padaria Sol, new' });
  const found = await journey.until(id, ({ destination: { wabaId } }) => wabaId !== null);
  // Meta tells a finished popup by two webhooks. The second wakes too, if the wait is not over when it comes.
  const told = (await hintsOf(id)).map(({ data: { kind, event } }) => `${String(kind)} ${String(event)}`);
  expect(told).not.toEqual([]);
  expect(['account_update PARTNER_ADDED', 'account_update PARTNER_APP_INSTALLED']).toEqual(
    expect.arrayContaining(told),
  );
  await journey.until(id, isWaitingIn('window'));
  expect(found.destination.wabaId).not.toBe(ids.destinationWabaId);
  await endAll(id);
});

test.each([
  ['phone_number_name_update', { decision: 'REJECTED' }],
  ['account_review_update', { decision: 'REJECTED' }],
  ['account_update', { event: 'ACCOUNT_RESTRICTION' }],
  ['account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE' } }],
  ['account_update', { event: 'PARTNER_REMOVED' }],
] as const)(
  'a migration that waits for its window looks at the whole again when it hears of %s %j (§8.2)',
  async (field, value) => {
    const { id } = await journey.start({ cutover: { approval: 'manual' } }, 6);
    await journey.until(id, isWaitingIn('window'));
    await journey.people.act('account-notice', {
      wabaId: journey.straight.ids.sourceWabaId,
      field,
      value: field === 'phone_number_name_update' ? { ...value, display_phone_number: digitsOf(6) } : value,
    });
    await eventually(async () => (await hintsOf(id)).length === 1);
    const again = await journey.until(id, (migration) => {
      const look = migration.steps.find(({ name }) => name === 'eligibility');
      return look?.attempts === 2 && isWaitingIn('window')(migration);
    });
    expect(again.step).toBe('window');
    await endAll(id);
  },
);

test('traffic of both sides is kept with its times, and shown with the migration (§1.7, §8.2 messages)', async () => {
  const { people, stage, until, handInCode } = journey;
  await people.act('two-step-off', { phoneNumber: phoneNumberOf(7) });
  const { id } = await journey.start({ aftercare: { hours: 1 } }, 7);
  const waiting = await until(id, isWaitingIn('ownership'));
  await people.act('inbound-message', { phoneNumber: phoneNumberOf(7), text: 'to the source' });
  await eventually(async () => (await stage.store.traffic.read(id)).lastInboundAtSource !== null);
  expect(waiting.observed).toMatchObject({ firstInboundAtDestination: null });
  await handInCode(id, 7);
  await until(id, ({ state, step }) => state === 'live' && step === 'aftercare');
  await people.act('inbound-message', { phoneNumber: phoneNumberOf(7), text: 'to the destination' });
  const heard = await until(id, ({ observed }) => (observed?.firstInboundAtDestination ?? null) !== null);
  const { lastInboundAtSource, firstInboundAtDestination } = heard.observed ?? {};
  expect(Date.parse(lastInboundAtSource ?? '')).toBeLessThanOrEqual(
    Date.parse(firstInboundAtDestination ?? ''),
  );
  await people.act('send-traffic', { phoneNumber: phoneNumberOf(7), volume: 1 });
  await until(id, ({ observed }) => (observed?.firstOutboundAtDestination ?? null) !== null);
  await people.act('inbound-message', { phoneNumber: phoneNumberOf(7), text: 'a second one' });
  const settled = await stage.store.traffic.read(id);
  expect(settled.firstInboundAtDestination).toBe(firstInboundAtDestination);

  const kinds = [
    'account_alerts',
    'account_review_update',
    'account_update',
    'message_template_quality_update',
    'message_template_status_update',
    'phone_number_name_update',
    'phone_number_quality_update',
    'template_category_update',
  ];
  for (const field of kinds) {
    const wabaId = journey.straight.ids.destinationWabaId;
    await people.act('account-notice', { wabaId, field, value: {} });
    await eventually(async () => (await hintsOf(id)).some(({ data }) => data['kind'] === field));
  }

  // Our own registration set a PIN; one that is set later is somebody else's, and nobody here knows it (R13, R21).
  const pinSet = { field: 'security', value: { display_phone_number: digitsOf(7), event: 'PIN_CHANGED' } };
  const { destinationWabaId } = journey.straight.ids;
  await tell([pinSet], destinationWabaId);
  expect(openTask(await stage.client.getMigration(id), 'set_two_step_pin')).toBeUndefined();
  await tell([pinSet], destinationWabaId, stage.url, Date.now() + 10 * 60_000);
  const doubted = await until(id, (now) => openTask(now, 'set_two_step_pin') !== undefined);
  expect(openTask(doubted, 'set_two_step_pin')).toMatchObject({ party: 'operator', requirement: 'R21' });
  const told = (await hintsOf(id)).filter(({ data }) => data['event'] === 'PIN_CHANGED');
  expect(told).toHaveLength(1);
});

test('a name change that the last look waits for is decided, and the number is registered at once (R27, P-4, §8.2)', async () => {
  const { people, until, handInCode } = journey;
  await people.act('two-step-off', { phoneNumber: phoneNumberOf(10) });
  const { id } = await journey.start({}, 10);
  await until(id, isWaitingIn('ownership'));
  await people.act('request-name-change', { phoneNumber: phoneNumberOf(10), name: 'Padaria Sol e Mar' });
  await handInCode(id, 10);
  await until(id, (now) => openTask(now, 'display_name_change_pending') !== undefined);
  await until(id, isWaitingIn('registration'));
  // Switched on again while the last look waits, and off once that was heard of (R21, P-1).
  await people.act('two-step-on', { phoneNumber: phoneNumberOf(10) });
  await until(id, (now) => openTask(now, TWO_STEP_TASK) !== undefined, 90_000);
  await people.act('two-step-off', { phoneNumber: phoneNumberOf(10) });
  await until(id, (now) => openTask(now, 'display_name_change_pending') !== undefined, 90_000);
  await until(id, isWaitingIn('registration'));
  await people.act('approve-name', { phoneNumber: phoneNumberOf(10) });
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
});

test('a blocker that Meta lifts is gone at once, and a changed number cap is looked at (§8.2, R20, R26)', async () => {
  const { people, until } = journey;
  const wabaId = journey.straight.ids.sourceWabaId;
  await people.act('review-decision', { wabaId, decision: 'PENDING' });
  const { id } = await journey.start({ cutover: { approval: 'manual' } }, 9);
  await until(id, isWaitingIn('eligibility'));
  const value = { max_phone_numbers_per_business: 20 };
  await people.act('account-notice', { wabaId, field: 'business_capability_update', value });
  await eventually(async () => (await hintsOf(id)).length === 1);
  await until(id, isWaitingIn('eligibility'));
  await people.act('review-decision', { wabaId, decision: 'APPROVED' });
  await until(id, isWaitingIn('window'));
  expect((await hintsOf(id)).map(({ data }) => data['kind'])).toEqual([
    'account_review_update',
    'business_capability_update',
  ]);
  await endAll(id);
});

test('a step parked on a review is tried again when the review is decided (§6.4 2388103 "destination must be approved")', async () => {
  const { people, until } = journey;
  await people.act('two-step-off', { phoneNumber: phoneNumberOf(1) });
  await people.fault({
    match: { method: 'POST', path: '/{waba}/phone_numbers', times: 1 },
    action: {
      type: 'fail',
      status: 400,
      code: 100,
      subcode: 2388103,
      userMessage:
        'The destination WhatsApp Business Account must be approved before a number can be migrated to it.',
    },
  });
  const { id } = await journey.start({}, 1);
  const parked = await until(id, ({ state }) => state === 'blocked');
  expect(parked.steps.find(({ name }) => name === 'announcement')?.error?.code).toBe(
    'DESTINATION_NOT_APPROVED',
  );
  const wabaId = journey.straight.ids.destinationWabaId;
  await people.act('review-decision', { wabaId, decision: 'APPROVED' });
  await until(id, isWaitingIn('ownership'));
  expect(await hintsOf(id)).toMatchObject([
    { data: { kind: 'account_review_update', reaction: 'retry' }, step: 'announcement' },
  ]);
  await endAll(id);
});

test('what a server stored and could not route, because Temporal was away, another server routes when it has died, also beside a kind of tomorrow', async () => {
  const id = await waitingForTwoStepOff(8);
  // A newer version wrote it, during an update or before a way back; this one leaves it, and goes on with the others.
  const ofTomorrow = { _id: 'of-tomorrow', kind: 'kind_of_tomorrow', fate: null, taken: null, tries: 0 };
  const now = new Date();
  const kept = { receivedAt: now, dueAt: now, expiresAt: new Date(now.getTime() + HOUR), sealed: null };
  const receipts = rows.db().collection<{ _id: string }>('webhookReceipts');
  await receipts.insertOne({
    ...{ ...ofTomorrow, ...kept, event: null, at: now.toISOString(), keys: [], numberHash: null },
  });
  const gone = Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'gone', metadata: {} });
  const dying = await openWorld({
    store: journey.stage.store,
    keys: KeyRing.parse(TEST_KEYS),
    webhooks: { appSecret: secretOfApp() },
    interceptors: { workflow: [{ signal: () => Promise.reject(new ServiceError('gone', { cause: gone })) }] },
  });
  const url = await dying.app.listen({ host: '127.0.0.1', port: 0 });
  expect(await tell([pinOff(8)], journey.straight.ids.sourceWabaId, url)).toBe(200);
  await dying.app.close();
  await eventually(async () => (await hintsOf(id)).length === 1);
  expect(await receipts.findOne({ _id: 'of-tomorrow' })).toMatchObject(ofTomorrow);
  await endAll(id);
});
