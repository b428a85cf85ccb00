/** What a call to the platform needs of the store, and which calls are counted against Meta's patience. */
import { createGraphFor } from '../../activities/graph-for';
import { createRegistrationActivities } from '../../activities/registration';
import { createVerificationActivities } from '../../activities/verification';
import { straightTokens } from '../../sandbox/world/straight-world';
import { StoreUnavailableError, type CallBudget, type CredentialResolver } from '../../store';
import {
  aSubject,
  DESTINATION_WABA,
  openBenches,
  PHONE_NUMBER,
  problemIn,
  run,
  type Bench,
} from '../activities/world';

const openBench = openBenches('calls-and-store');
const GRANTED = { granted: true } as const;
const away = () => Promise.reject(new StoreUnavailableError(new Error('no primary')));

const resolver = (get: CredentialResolver['get']): CredentialResolver => ({
  get,
  has: () => Promise.resolve(true),
});
const destination = () => Promise.resolve({ accessToken: straightTokens.destination });

/** The activities with another view of the store. */
const seenThrough = (bench: Bench, get: CredentialResolver['get'], take: CallBudget['take']) => ({
  ...bench.deps,
  graphFor: createGraphFor({
    ...{ credentials: resolver(get), callBudget: { take }, baseUrl: bench.sandbox.url },
    ...{ version: 'v25.0', appId: null, clock: bench.deps.clock, logger: bench.deps.logger },
  }),
});

test('a call is made with the token last seen, and uncounted, while the store fails or hangs', async () => {
  const bench = await openBench();
  let get = destination;
  let take: CallBudget['take'] = () => Promise.resolve(GRANTED);
  const { announceNumber } = createVerificationActivities(
    seenThrough(
      bench,
      () => get(),
      (key, budget) => take(key, budget),
    ),
  );
  const announce = () => run(announceNumber, { subject: aSubject(), wabaId: DESTINATION_WABA });
  expect(await announce()).toMatchObject({ adopted: false });
  get = away;
  take = away;
  expect(await announce()).toMatchObject({ adopted: true });
  get = () => new Promise(() => undefined);
  take = () => new Promise(() => undefined);
  expect(await announce()).toMatchObject({ adopted: true });
});

test('a token that was never seen is not guessed: nothing is called', async () => {
  const bench = await openBench();
  const { announceNumber } = createVerificationActivities(
    seenThrough(bench, away, () => Promise.resolve(GRANTED)),
  );
  const announced = run(announceNumber, { subject: aSubject(), wabaId: DESTINATION_WABA });
  expect(await problemIn(announced)).toMatchObject({
    ...{ code: 'STORE_UNAVAILABLE', effect: 'none', triedAgain: true },
  });
  expect(await bench.calls('/{waba}/phone_numbers')).toEqual([]);
});

describe('registrations', () => {
  const verified = async (take: CallBudget['take']) => {
    const bench = await openBench();
    const subject = aSubject();
    await bench.forgetAttempts();
    const ownership = createVerificationActivities(bench.deps);
    const { phoneNumberId } = await run(ownership.announceNumber, { subject, wabaId: DESTINATION_WABA });
    await run(ownership.requestCode, { subject, phoneNumberId, method: 'sms', language: 'pt_BR' });
    await run(ownership.verifyCode, { subject, phoneNumberId, code: await bench.newestCode() });
    const { registerNumber } = createRegistrationActivities(seenThrough(bench, destination, take));
    return {
      bench,
      register: () => run(registerNumber, { subject, wabaId: DESTINATION_WABA, phoneNumberId }),
      counted: () =>
        bench.store.attempts.countRegisterAttempt({
          phoneNumber: PHONE_NUMBER,
          effectKey: `${subject.migrationId}/1/register/1`,
          limit: 8,
          windowMs: 72 * 3_600_000,
        }),
    };
  };

  test('a call that never left is not counted a second time', async () => {
    let asked = 0;
    // The second call of an attempt is the registration; three attempts are denied it.
    const { bench, register, counted } = await verified(() => {
      asked += 1;
      return Promise.resolve(asked % 2 === 0 && asked <= 6 ? { granted: false, waitMs: 1 } : GRANTED);
    });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await problemIn(register())).toMatchObject({ code: 'CALL_BUDGET_SPENT', effect: 'none' });
    }
    expect(await register()).toMatchObject({ outcome: 'registered' });
    expect(await counted()).toEqual({ allowed: true, count: 1 });
    expect(await bench.effects('register_attempt')).toHaveLength(1);
  });

  test('a call that Meta could not carry out rests before the next one, because it counts', async () => {
    const { bench, register, counted } = await verified(() => Promise.resolve(GRANTED));
    await bench.fault({
      match: { path: '*/register', nth: 1 },
      action: { type: 'fail', status: 400, code: 300 },
    });
    expect(await problemIn(register())).toMatchObject({
      code: 'EDIT_FAILED',
      waitMs: 60_000,
      effect: 'none',
    });
    expect(await register()).toMatchObject({ outcome: 'registered' });
    expect(await counted()).toMatchObject({ count: 2 });
  });
});
