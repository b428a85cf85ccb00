/** The cut-over: registered exactly once, with a PIN we know, whatever happens to the replies. */
import { MockActivityEnvironment } from '@temporalio/testing';
import type { RegistrationActivities, Subject } from '../../activities/contract';
import { createRegistrationActivities } from '../../activities/registration';
import { createVerificationActivities } from '../../activities/verification';
import type { PhoneNumberId } from '../../shared/ids';
import { StoreUnavailableError, type Store } from '../../store';
import {
  aSubject,
  DESTINATION_WABA,
  openBenches,
  PHONE_NUMBER,
  problemIn,
  run,
  SILENT,
  type Bench,
  type WorldWish,
} from './world';

const openBench = openBenches('registration');
const REGISTER = '/{phone}/register';
const TIMING = { lostReplyReadMs: 400, openCallMs: 400, actsWithinMs: 800 };
const HOUR_MS = 3_600_000;

interface Verified extends RegistrationActivities {
  bench: Bench;
  subject: Subject;
  id: PhoneNumberId;
  register: (attempt?: number) => ReturnType<RegistrationActivities['registerNumber']>;
  pin: () => ReturnType<Store['secrets']['getTwoStepPin']>;
}

const verified = async (wish: WorldWish = {}): Promise<Verified> => {
  const bench = await openBench(wish);
  const subject = aSubject();
  await bench.forgetAttempts();
  const ownership = createVerificationActivities(bench.deps);
  const { phoneNumberId: id } = await run(ownership.announceNumber, { subject, wabaId: DESTINATION_WABA });
  await run(ownership.requestCode, { subject, phoneNumberId: id, method: 'sms', language: 'pt_BR' });
  await run(ownership.verifyCode, { subject, phoneNumberId: id, code: await bench.newestCode() });
  const activities = createRegistrationActivities(bench.deps, TIMING);
  return {
    ...activities,
    bench,
    subject,
    id,
    register: (attempt) =>
      run(activities.registerNumber, { subject, wabaId: DESTINATION_WABA, phoneNumberId: id }, attempt),
    pin: () => bench.store.secrets.getTwoStepPin(subject.tenant, subject.migrationId),
  };
};

test('a number is registered with a PIN that is stored before and confirmed after', async () => {
  const { bench, register, pin } = await verified();
  expect(await register()).toMatchObject({ outcome: 'registered' });
  const stored = await pin();
  expect(stored).toMatchObject({ state: 'confirmed' });
  expect(stored?.pin).toMatch(/^\d{6}$/);
  expect(bench.sandbox.world().subscribers[0]?.twoStep.pin).toBe(stored?.pin);
  expect(await bench.effects('registered')).toHaveLength(1);
  expect(await bench.violations()).toEqual([]);
});

test('a registration that is run twice is made once and tells the same time', async () => {
  const { bench, register } = await verified();
  const first = await register();
  expect(await register(2)).toEqual(first);
  expect(await bench.calls(REGISTER)).toHaveLength(1);
});

test('no first call is made when the window is over, and one that was made is carried on (WINDOW_OVER)', async () => {
  const { bench, subject, id, registerNumber, register, pin } = await verified();
  const startBy = new Date(Date.now() - 1_000).toISOString();
  const late = () => run(registerNumber, { subject, wabaId: DESTINATION_WABA, phoneNumberId: id, startBy });
  expect(await problemIn(late())).toMatchObject({ code: 'WINDOW_OVER', effect: 'none', triedAgain: false });
  expect(await bench.calls(REGISTER)).toEqual([]);
  expect(await pin()).toBeNull();
  await bench.fault({
    match: { path: '*/register', nth: 1 },
    action: { type: 'fail', status: 400, code: 200, message: 'refused' },
  });
  await problemIn(register());
  expect(await late()).toMatchObject({ outcome: 'registered' });
});

test('a lost reply is settled by reading: one registration, one PIN', async () => {
  const { bench, register, pin } = await verified();
  await bench.fault({ match: { path: '*/register', nth: 1 }, action: { type: 'act-then-drop' } });
  expect(await register()).toMatchObject({ outcome: 'registered' });
  expect(await bench.calls(REGISTER)).toHaveLength(1);
  const stored = await pin();
  expect(stored).toMatchObject({ state: 'confirmed' });
  expect(bench.sandbox.world().subscribers[0]?.twoStep.pin).toBe(stored?.pin);
});

test('a worker that dies inside the call leaves a note, and the next one looks before it calls', async () => {
  const { bench, subject, id, registerNumber, register, pin } = await verified({
    knobs: { registerReplyDelayMs: 3_000 },
  });
  const dying = new MockActivityEnvironment({ startToCloseTimeoutMs: 200 }, { logger: SILENT });
  const lastWords = dying.run(registerNumber, { subject, wabaId: DESTINATION_WABA, phoneNumberId: id });
  expect(await problemIn(lastWords)).toMatchObject({ class: 'unknown_outcome', effect: 'unknown' });
  expect(await register(2)).toMatchObject({ outcome: 'registered' });
  expect(await bench.effects('registered')).toHaveLength(1);
  expect(await pin()).toMatchObject({ state: 'confirmed' });
});

test('a call that never arrived is made again with the same PIN under another ordinal', async () => {
  const { bench, register, pin } = await verified();
  await bench.fault({ match: { path: '*/register', nth: 1 }, action: { type: 'drop-before' } });
  expect(await problemIn(register())).toMatchObject({
    class: 'unknown_outcome',
    effect: 'unknown',
    waitMs: 60_000,
    triedAgain: true,
  });
  const before = await pin();
  expect(before).toMatchObject({ state: 'pending' });
  expect(await register(2)).toMatchObject({ outcome: 'registered' });
  expect(await pin()).toEqual({ ...before, state: 'confirmed' });
  expect(await bench.effects('registered')).toHaveLength(1);
});

test('calls that are never answered rest longer and longer, so that an outage does not eat the quota', async () => {
  const { bench, register } = await verified();
  await bench.fault({ match: { path: '*/register' }, action: { type: 'drop-before' } });
  const waits: (number | undefined)[] = [];
  for (let call = 1; call <= 5; call += 1) waits.push((await problemIn(register(call))).waitMs);
  expect(waits).toEqual([60_000, 60_000, HOUR_MS / 2, HOUR_MS, 2 * HOUR_MS]);
});

test('an answered refusal proves that nothing happened', async () => {
  const { bench, register } = await verified({ knobs: { twoStepCheckedAt: 'register' } });
  await bench.fault({
    match: { path: '*/register', nth: 1 },
    action: { type: 'fail', status: 400, code: 100, subcode: 2388001, title: 'Cannot Create Certificate' },
  });
  expect(await problemIn(register())).toMatchObject({
    code: 'TWO_STEP_VERIFICATION_ENABLED',
    effect: 'none',
    triedAgain: false,
  });
});

const TWO_STEP_ON = {
  ...{ type: 'fail', status: 400, code: 100, subcode: 2388001, title: 'Cannot Create Certificate' },
};

test('a refusal after an unanswered call proves nothing while the number is shown otherwise than as announced', async () => {
  const { bench, register } = await verified();
  await bench.fault({ match: { path: '*/register', nth: 1 }, action: { type: 'drop-before' } });
  await bench.fault({ match: { path: '*/register', nth: 2 }, action: TWO_STEP_ON });
  await problemIn(register());
  await bench.fault({
    match: { method: 'GET', path: '/{phone}' },
    action: { type: 'decorate', field: 'status', value: 'SOMETHING_OF_TOMORROW' },
  });
  expect(await problemIn(register(2))).toMatchObject({
    code: 'TWO_STEP_VERIFICATION_ENABLED',
    effect: 'unknown',
  });
});

test('a registration that is still going on after its reply was lost is waited for, though the next call is refused', async () => {
  const { bench, subject, id, pin } = await verified({
    knobs: { registerDelayMs: 2_500, registerReplay: 'pin_mismatch' },
  });
  const patient = createRegistrationActivities(bench.deps, {
    ...{ lostReplyReadMs: 100, openCallMs: 200, actsWithinMs: 15_000 },
  });
  const register = (attempt: number) =>
    run(patient.registerNumber, { subject, wabaId: DESTINATION_WABA, phoneNumberId: id }, attempt);
  await bench.fault({ match: { path: '*/register', nth: 1 }, action: { type: 'act-then-drop' } });
  expect(await problemIn(register(1))).toMatchObject({ effect: 'unknown' });
  expect(await register(2)).toMatchObject({ outcome: 'registered' });
  expect(await bench.calls(REGISTER)).toHaveLength(2);
  expect(await bench.effects('registered')).toHaveLength(1);
  expect(await pin()).toMatchObject({ state: 'confirmed' });
});

test('a state that cannot be read after an unanswered call does not hide that it may have been done', async () => {
  const { bench, register } = await verified();
  await bench.fault({ match: { path: '*/register', nth: 1 }, action: { type: 'act-then-drop' } });
  await bench.fault({ match: { method: 'GET', path: '/{phone}', from: 2 }, action: { type: 'drop-before' } });
  expect(await problemIn(register())).toMatchObject({ class: 'unknown_outcome', effect: 'unknown' });
  expect(await problemIn(register(2))).toMatchObject({ effect: 'unknown' });
  await bench.healed();
  expect(await register(3)).toMatchObject({ outcome: 'registered' });
  expect(await bench.effects('registered')).toHaveLength(1);
});

test('HTTP 5xx leaves the outcome unknown, and a registration that was done behind it is found', async () => {
  const { bench, register } = await verified();
  await bench.fault({
    match: { path: '*/register', nth: 1 },
    action: { type: 'html', status: 502, act: true },
  });
  expect(await register()).toMatchObject({ outcome: 'registered' });
  expect(await bench.calls(REGISTER)).toHaveLength(1);
});

test('a number that somebody else has registered is adopted, and its PIN is not ours', async () => {
  const { bench, subject, register, pin } = await verified();
  await bench.store.secrets.putTwoStepPin(subject.tenant, PHONE_NUMBER, { ...subject, pin: '123456' });
  const other = aSubject();
  const theirs = createRegistrationActivities(bench.deps, TIMING);
  const [record] = bench.sandbox.world().records.filter(({ wabaId }) => wabaId === DESTINATION_WABA);
  await run(theirs.registerNumber, {
    subject: other,
    wabaId: DESTINATION_WABA,
    phoneNumberId: record?.id as PhoneNumberId,
  });
  expect(await register()).toMatchObject({ outcome: 'adopted' });
  expect(await pin()).toMatchObject({ state: 'unknown' });
  expect(await bench.calls(REGISTER)).toHaveLength(1);
});

test('the wrong two-step PIN is never followed by another guess', async () => {
  const { bench, register } = await verified();
  await bench.fault({ match: { path: '*/register' }, action: { type: 'fail', status: 400, code: 133005 } });
  expect(await problemIn(register())).toMatchObject({ code: 'TWO_STEP_PIN_MISMATCH', triedAgain: false });
  expect(await bench.calls(REGISTER)).toHaveLength(1);
});

test('registrations are counted over all migrations of a number and stop at eight in 72 hours', async () => {
  const { bench, id, registerNumber } = await verified();
  await bench.fault({ match: { path: '*/register' }, action: { type: 'fail', status: 400, code: 133005 } });
  const attempts = [aSubject(), aSubject(), aSubject({}, 2)];
  for (let call = 0; call < 8; call += 1) {
    const subject = attempts[call % attempts.length] ?? aSubject();
    await problemIn(run(registerNumber, { subject, wabaId: DESTINATION_WABA, phoneNumberId: id }));
  }
  const spent = await problemIn(
    run(registerNumber, { subject: aSubject(), wabaId: DESTINATION_WABA, phoneNumberId: id }),
  );
  expect(spent).toMatchObject({
    code: 'REGISTER_BUDGET_SPENT',
    class: 'quota',
    effect: 'none',
    triedAgain: false,
  });
  expect(spent.waitMs).toBeGreaterThan(71 * HOUR_MS);
  expect(spent.waitMs).toBeLessThanOrEqual(72 * HOUR_MS);
  expect(await bench.calls(REGISTER)).toHaveLength(8);
});

test('lapsed ownership sends the migration back to the proof, and nothing was done', async () => {
  const { bench, register } = await verified();
  await bench.advance(15 * 24 * HOUR_MS);
  expect(await problemIn(register())).toMatchObject({ code: 'OWNERSHIP_NOT_VERIFIED', effect: 'none' });
});

describe('with the database away', () => {
  const away = () => Promise.reject(new StoreUnavailableError(new Error('no primary')));

  test('before the call nothing is registered, because the PIN could not be kept', async () => {
    const { bench, subject, id } = await verified();
    const store = { ...bench.store, secrets: { ...bench.store.secrets, putTwoStepPin: away } };
    const { registerNumber } = createRegistrationActivities({ ...bench.deps, store });
    const input = { subject, wabaId: DESTINATION_WABA, phoneNumberId: id };
    expect(await problemIn(run(registerNumber, input))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      triedAgain: true,
    });
    expect(await bench.calls(REGISTER)).toHaveLength(0);
  });

  test('after the call the registration counts, and acceptance confirms the PIN later', async () => {
    const { bench, subject, id, checkAcceptance, pin } = await verified();
    const store = { ...bench.store, secrets: { ...bench.store.secrets, confirmTwoStepPin: away } };
    const { registerNumber } = createRegistrationActivities({ ...bench.deps, store });
    const input = { subject, wabaId: DESTINATION_WABA, phoneNumberId: id };
    expect(await run(registerNumber, input)).toMatchObject({ outcome: 'registered' });
    expect(await pin()).toMatchObject({ state: 'pending' });
    await run(checkAcceptance, { ...input, baseline: null });
    expect(await pin()).toMatchObject({ state: 'confirmed' });
  });
});

describe('the wait for the connection', () => {
  const awaited = ({ awaitConnected, subject, id }: Verified, deadlineMs: number) =>
    run(awaitConnected, { subject, phoneNumberId: id, deadlineMs });

  test('ends when the number is connected', async () => {
    const world = await verified({ knobs: { registerDelayMs: 1_500 } });
    await world.register();
    expect(await awaited(world, 20_000)).toMatchObject({ status: 'CONNECTED' });
    expect((await world.bench.effects('connected')).length).toBe(1);
  });

  test('ends at its deadline, without a time, when it is not', async () => {
    const world = await verified();
    expect(await awaited(world, 300)).toEqual({ connectedAt: null, status: 'PENDING' });
  });

  test('goes on over a reading that is lost', async () => {
    const world = await verified();
    await world.register();
    await world.bench.fault({
      match: { method: 'GET', path: '/{phone}', nth: 1 },
      action: { type: 'drop-before' },
    });
    expect(await awaited(world, 20_000)).toMatchObject({ status: 'CONNECTED' });
  });

  test('keeps the first attempt’s deadline', async () => {
    const { awaitConnected, subject, id } = await verified();
    const environment = new MockActivityEnvironment({
      ...{ startToCloseTimeoutMs: 60_000, attempt: 2, heartbeatDetails: { until: Date.now() - 1_000 } },
    });
    const input = { subject, phoneNumberId: id, deadlineMs: 600_000 };
    expect(await environment.run(awaitConnected, input)).toMatchObject({ connectedAt: null });
  });
});

test('acceptance compares the number with what it was, and asks for every required template', async () => {
  const { bench, subject, id, register, checkAcceptance } = await verified({
    destinationTemplates: [{ id: '4101', name: 'order_update' }],
  });
  await register();
  await bench.settled();
  const wanted = { ...subject, request: { ...subject.request, templates: { ...subject.request.templates } } };
  wanted.request.templates.required = ['order_update/pt_BR', 'welcome/pt_BR'];
  const { checks } = await run(checkAcceptance, {
    subject: wanted,
    wabaId: DESTINATION_WABA,
    phoneNumberId: id,
    baseline: {
      ...{ displayName: 'Padaria Sol', qualityRating: 'GREEN', messagingLimit: 'TIER_2K' },
      ...{ officialBusinessAccount: false, throughput: 'STANDARD', takenAt: new Date().toISOString() },
    },
  });
  expect(checks.filter(({ ok }) => !ok)).toMatchObject([
    { name: 'webhooks reach our app', observed: 'no', required: true },
    { name: 'template welcome/pt_BR', expected: 'APPROVED', observed: 'missing', required: true },
    { name: 'templates for campaigns', observed: 'not approved: 1 (welcome/pt_BR)', required: false },
  ]);
});

test('neither PIN nor number is logged', async () => {
  const { bench, register, pin } = await verified();
  await bench.fault({ match: { path: '*/register', nth: 1 }, action: { type: 'drop-before' } });
  await problemIn(register());
  await register(2);
  const stored = await pin();
  for (const secret of [stored?.pin ?? 'none', '11987650001', '1187650001', '-token']) {
    expect(bench.logged()).not.toContain(secret);
  }
});
