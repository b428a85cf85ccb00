/** Announcement and proof of ownership: once, twice, refused, and with the reply lost. */
import { createVerificationActivities } from '../../activities/verification';
import type { Subject, VerificationActivities } from '../../activities/contract';
import type { PhoneNumberId } from '../../shared/ids';
import {
  aSubject,
  DESTINATION_WABA,
  openBenches,
  PHONE_NUMBER,
  phoneNumberId,
  problemIn,
  run,
  SOURCE_WABA,
  type Bench,
} from './world';

const openBench = openBenches('verification');
const HALF_DAY_MS = 12 * 3_600_000;

interface Announced extends VerificationActivities {
  bench: Bench;
  subject: Subject;
  id: PhoneNumberId;
  ask: (attempt?: number) => Promise<unknown>;
  handIn: (code: string, attempt?: number) => Promise<unknown>;
}

const announced = async (wish: Parameters<typeof openBench>[0] = {}): Promise<Announced> => {
  const bench = await openBench(wish);
  const activities = createVerificationActivities(bench.deps);
  const subject = aSubject();
  const { phoneNumberId: id } = await run(activities.announceNumber, { subject, wabaId: DESTINATION_WABA });
  const ask = (attempt?: number) =>
    run(activities.requestCode, { subject, phoneNumberId: id, method: 'sms', language: 'pt_BR' }, attempt);
  const handIn = (code: string, attempt?: number) =>
    run(activities.verifyCode, { subject, phoneNumberId: id, code }, attempt);
  return { ...activities, bench, subject, id, ask, handIn };
};

describe('the announcement', () => {
  const announce = async (bench: Bench, attempt?: number) =>
    run(
      createVerificationActivities(bench.deps).announceNumber,
      { subject: aSubject(), wabaId: DESTINATION_WABA },
      attempt,
    );

  test('made twice announces the number once and adopts it the second time', async () => {
    const bench = await openBench();
    const first = await announce(bench);
    expect(first.adopted).toBe(false);
    expect(await announce(bench)).toEqual({ phoneNumberId: first.phoneNumberId, adopted: true });
    expect(await bench.effects('announced')).toHaveLength(1);
  });

  test('adopts the number when Meta writes it in another regional form', async () => {
    const bench = await openBench({ knobs: { regionalForm: 'other' } });
    const first = await announce(bench);
    expect(await announce(bench)).toEqual({ phoneNumberId: first.phoneNumberId, adopted: true });
  });

  test('with its reply lost is adopted by the next try', async () => {
    const bench = await openBench();
    await bench.fault({
      match: { method: 'POST', path: '*/phone_numbers', nth: 1 },
      action: { type: 'act-then-drop' },
    });
    expect(await problemIn(announce(bench))).toMatchObject({ class: 'unknown_outcome', triedAgain: true });
    expect(await announce(bench, 2)).toMatchObject({ adopted: true });
    expect(await bench.effects('announced')).toHaveLength(1);
  });

  test('that never reached Meta is made by the next try', async () => {
    const bench = await openBench();
    await bench.fault({
      match: { method: 'POST', path: '*/phone_numbers', nth: 1 },
      action: { type: 'drop-before' },
    });
    expect(await problemIn(announce(bench))).toMatchObject({ effect: 'unknown', triedAgain: true });
    expect(await announce(bench, 2)).toMatchObject({ adopted: false });
    expect(await bench.effects('announced')).toHaveLength(1);
  });

  test('refused because two-step verification is on names the source provider and is not repeated', async () => {
    const bench = await openBench({ twoStepOn: true });
    expect(await problemIn(announce(bench))).toMatchObject({
      code: 'TWO_STEP_VERIFICATION_ENABLED',
      party: 'source_provider',
      effect: 'none',
      triedAgain: false,
    });
    expect(await bench.effects('announced')).toHaveLength(0);
  });
});

describe('a code', () => {
  test('asked for once is sent once and verified once, though it is handed in twice', async () => {
    const { bench, ask, handIn } = await announced();
    expect(await ask()).toEqual({ outcome: 'sent' });
    const code = await bench.newestCode();
    expect(await handIn(code)).toEqual({ outcome: 'verified' });
    expect(await handIn(code)).toEqual({ outcome: 'verified' });
    expect(await bench.effects('code_sent')).toHaveLength(1);
    expect(await bench.effects('code_verified')).toHaveLength(1);
    expect(await bench.effects('code_guess_wrong')).toHaveLength(0);
  });

  test('handed in twice at the same moment is verified for both', async () => {
    const { bench, ask, handIn } = await announced();
    await ask();
    const code = await bench.newestCode();
    expect(await Promise.all([handIn(code), handIn(code)])).toEqual([
      { outcome: 'verified' },
      { outcome: 'verified' },
    ]);
    expect(await bench.effects('code_verified')).toHaveLength(1);
  });

  test('is not asked for when ownership is verified already', async () => {
    const { bench, ask, handIn } = await announced();
    await ask();
    await handIn(await bench.newestCode());
    expect(await ask()).toEqual({ outcome: 'already_verified' });
    expect(await bench.effects('code_sent')).toHaveLength(1);
  });

  test('whose request lost its reply is not sent again by itself', async () => {
    const { bench, ask } = await announced();
    await bench.fault({ match: { path: '*/request_code', nth: 1 }, action: { type: 'act-then-drop' } });
    expect(await problemIn(ask())).toMatchObject({ class: 'unknown_outcome', effect: 'unknown' });
    expect(await problemIn(ask(2))).toMatchObject({ class: 'unknown_outcome', effect: 'unknown' });
    expect(await bench.effects('code_sent')).toHaveLength(1);
  });

  test('asked for too often is refused with a wait, and nothing says that one is under way', async () => {
    const { bench, ask } = await announced({ knobs: { codeRequestLimit: 1 } });
    await ask();
    expect(await problemIn(ask())).toMatchObject({
      code: 'CODE_REQUESTS_LIMITED',
      class: 'quota',
      effect: 'none',
    });
    expect(await bench.effects('code_sent')).toHaveLength(1);
  });
});

describe('a further code', () => {
  const asked = async (wish: Parameters<typeof openBench>[0] = {}) => {
    const { bench, subject, id, requestCode, handIn } = await announced(wish);
    const further = () =>
      run(requestCode, {
        ...{ subject, phoneNumberId: id, method: 'sms' as const, language: 'pt_BR' },
        lookForTwoStep: true,
      });
    return { bench, further, handIn };
  };
  const SOURCE_NUMBERS = `*/${SOURCE_WABA}/phone_numbers`;

  test('is not sent while two-step verification is on at the source, and is when it is off again (R21, P-1)', async () => {
    const { bench, further } = await asked();
    await bench.act('two-step-on', { phoneNumber: PHONE_NUMBER });
    expect(await further()).toEqual({ outcome: 'two_step_on' });
    expect(await bench.effects('code_sent')).toEqual([]);
    await bench.act('two-step-off', { phoneNumber: PHONE_NUMBER });
    expect(await further()).toEqual({ outcome: 'sent' });
  });

  test('is not needed for what is verified, whatever the source shows', async () => {
    const { bench, further, handIn } = await asked();
    expect(await further()).toEqual({ outcome: 'sent' });
    await handIn(await bench.newestCode());
    await bench.act('two-step-on', { phoneNumber: PHONE_NUMBER });
    expect(await further()).toEqual({ outcome: 'already_verified' });
  });

  test.each([
    ['refuses', { type: 'fail', status: 400, code: 200, message: 'refused' }],
    ['has trouble', { type: 'fail', status: 503, code: 2, message: 'Service temporarily unavailable' }],
    ['does not answer', { type: 'drop-before' }],
  ])('is sent when the source %s: the last look reads it again', async (_what, action) => {
    const { bench, further } = await asked();
    await bench.fault({ match: { method: 'GET', path: SOURCE_NUMBERS }, action });
    expect(await further()).toEqual({ outcome: 'sent' });
    expect(bench.logged()).toContain('not seen before a further code');
  });
});

describe('the verdict on a code', () => {
  const another = (code: string): string => (code === '000000' ? '111111' : '000000');

  test('is wrong when Meta does not say whether the code was wrong or too old', async () => {
    const { bench, ask, handIn } = await announced();
    await ask();
    const code = await bench.newestCode();
    expect(await handIn(another(code))).toEqual({ outcome: 'wrong' });
    await bench.advance(11 * 60_000);
    expect(await handIn(code)).toEqual({ outcome: 'wrong' });
    expect(await bench.effects('code_verified')).toHaveLength(0);
  });

  test('is expired when Meta says so', async () => {
    const { bench, ask, handIn } = await announced();
    await ask();
    await bench.fault({
      match: { path: '*/verify_code' },
      action: { type: 'fail', status: 400, code: 136025, details: 'O código expirou. Solicite um novo.' },
    });
    expect(await handIn(await bench.newestCode())).toEqual({ outcome: 'expired' });
  });

  test('is locked for about half a day after too many guesses', async () => {
    const { bench, ask, handIn } = await announced({ knobs: { codeGuessLimit: 2 } });
    await ask();
    const code = await bench.newestCode();
    await handIn(another(code));
    await handIn(another(code));
    const locked = (await handIn(code)) as { outcome: string; retryAt: string };
    expect(locked.outcome).toBe('locked');
    const waitMs = Date.parse(locked.retryAt) - Date.now();
    expect(waitMs).toBeGreaterThan(HALF_DAY_MS - 20 * 60_000);
    expect(waitMs).toBeLessThanOrEqual(HALF_DAY_MS + 60_000);
  });

  test('is read from the number when the reply is lost', async () => {
    const { bench, ask, handIn } = await announced();
    await ask();
    await bench.fault({ match: { path: '*/verify_code', nth: 1 }, action: { type: 'act-then-drop' } });
    expect(await handIn(await bench.newestCode())).toEqual({ outcome: 'verified' });
    expect(await bench.effects('code_verified')).toHaveLength(1);
  });

  test('stays unknown when the call never arrived, and the next try guesses nothing', async () => {
    const { bench, ask, handIn } = await announced();
    await ask();
    const code = await bench.newestCode();
    await bench.fault({ match: { path: '*/verify_code', nth: 1 }, action: { type: 'drop-before' } });
    expect(await problemIn(handIn(code))).toMatchObject({ class: 'unknown_outcome', effect: 'unknown' });
    expect(await problemIn(handIn(code, 2))).toMatchObject({ class: 'unknown_outcome' });
    expect(await bench.calls('/{phone}/verify_code')).toHaveLength(1);
    expect(await handIn(code)).toEqual({ outcome: 'verified' });
  });

  test('lapses after fourteen days', async () => {
    const { bench, subject, id, ask, handIn, readVerification } = await announced();
    const read = () => run(readVerification, { subject, phoneNumberId: id });
    expect(await read()).toEqual({ verified: false, expired: false });
    await ask();
    await handIn(await bench.newestCode());
    expect(await read()).toEqual({ verified: true, expired: false });
    await bench.advance(15 * 86_400_000);
    expect(await read()).toEqual({ verified: false, expired: true });
  });
});

test('no code, number or token is logged', async () => {
  const { bench, ask, handIn } = await announced();
  await ask();
  const code = await bench.newestCode();
  await handIn('123450');
  await bench.fault({ match: { path: '*/verify_code' }, action: { type: 'fail', status: 500 } });
  await problemIn(handIn(code));
  const logged = bench.logged();
  expect(logged).toContain('POST verify_code');
  for (const secret of [code, '123450', '11987650001', '1187650001', '-token'])
    expect(logged).not.toContain(secret);
});

test('a number that Meta does not show is a problem of the operator, not a retry', async () => {
  const { subject, readVerification } = await announced();
  expect(
    await problemIn(run(readVerification, { subject, phoneNumberId: phoneNumberId('99') })),
  ).toMatchObject({
    code: 'OBJECT_NOT_VISIBLE',
    party: 'operator',
    triedAgain: false,
  });
});
