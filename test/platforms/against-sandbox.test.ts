/** Two readings of Meta's words meet on the wire: the platform's refusals in three languages and two shapes. */
import { GraphClient, PlatformError } from '../../platforms/meta';
import { listWabasOfBusiness } from '../../platforms/meta/businesses';
import { readPricing } from '../../platforms/meta/analytics';
import {
  announceNumber,
  listPhoneNumbers,
  readPhoneNumber,
  register,
  requestCode,
  verifyCode,
} from '../../platforms/meta/phone-numbers';
import { listTemplates, readTemplateCapacity } from '../../platforms/meta/templates';
import { businessIdSchema, phoneNumberIdSchema, wabaIdSchema } from '../../shared/ids';
import { startSandbox, straightWorld, type StraightWorldOptions, type WorldInput } from '../../sandbox';
import { atEndOfFile } from '../support/after-each-file';

const DESTINATION = wabaIdSchema.parse('2002');
const SOURCE = wabaIdSchema.parse('2001');
const NUMBER = { cc: '55', national: '11987650001' };

type Change = (world: WorldInput) => void;

const open = async (wish: StraightWorldOptions, change: Change = () => undefined) => {
  const { world, tokens } = straightWorld({
    destinationFunding: 'card',
    destinationSubscribed: true,
    ...wish,
    knobs: { registerDelayMs: 0, ...wish.knobs },
  });
  change(world);
  const sandbox = await startSandbox({ world });
  atEndOfFile(() => sandbox.close());
  const client = (accessToken: string, callBudget?: () => Promise<void>) =>
    new GraphClient({
      baseUrl: sandbox.url,
      version: 'v25.0',
      accessToken,
      ...(callBudget ? { callBudget } : {}),
    });
  return { sandbox, destination: client(tokens.destination), source: client(tokens.source), client };
};

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof PlatformError) return error.problem.code;
    throw error;
  }
  return 'success';
};

const onNumber =
  (change: object): Change =>
  (world) => {
    Object.assign(world.subscribers?.[0] ?? {}, change);
  };
const onWaba =
  (id: string, change: object): Change =>
  (world) => {
    Object.assign(world.wabas?.find((waba) => waba.id === id) ?? {}, change);
  };

const REFUSALS: readonly [string, Change][] = [
  ['APP_NOT_SUBSCRIBED', onWaba('2002', { subscribedApps: [] })],
  ['NO_MIGRATION_NEEDED', (world) => (world.records = [])],
  ['DISPLAY_NAME_NOT_APPROVED', onNumber({ displayName: { name: 'Padaria Sol', status: 'DECLINED' } })],
  ['SOURCE_ACCOUNT_NOT_READY', onWaba('2001', { reviewStatus: 'PENDING' })],
  ['PAYMENT_METHOD_MISSING', onWaba('2002', { funding: null })],
  [
    'DIFFERENT_BUSINESS',
    (world) => {
      world.businesses?.push({ id: '1009', name: 'Somebody Else' });
      onWaba('2001', { businessId: '1009' })(world);
    },
  ],
  ['DESTINATION_NOT_APPROVED', onWaba('2002', { reviewStatus: 'PENDING' })],
  ['TWO_STEP_VERIFICATION_ENABLED', onNumber({ twoStep: { on: true, pin: '135790' } })],
  ['NUMBER_IN_COEXISTENCE', onNumber({ coexistence: true })],
  ['TEST_NUMBER', onNumber({ testNumber: true })],
  [
    'NUMBER_CAP_REACHED',
    (world) => {
      for (const business of world.businesses ?? []) if (business.id === '1001') business.numberCap = 1;
    },
  ],
];

describe.each(['en_US', 'pt_BR', 'es_LA'] as const)('in %s', (locale) => {
  test.each(REFUSALS)('%s is understood, with and without a subcode', async (code, change) => {
    for (const knobs of [{ outerCode: 100 }, { outerCode: 200000 }, { errorShape: 'details' }] as const) {
      const { destination } = await open({ locale, knobs }, change);
      expect(await codeOf(announceNumber(destination, DESTINATION, NUMBER))).toBe(code);
    }
  });

  test('what happens around code and registration is understood', async () => {
    const { destination, sandbox } = await open({ locale });
    const { phoneNumberId } = await announceNumber(destination, DESTINATION, NUMBER);
    expect(await codeOf(announceNumber(destination, DESTINATION, NUMBER))).toBe('ALREADY_AT_DESTINATION');
    expect(await codeOf(register(destination, phoneNumberId, '123456'))).toBe('OWNERSHIP_NOT_VERIFIED');
    await requestCode(destination, phoneNumberId, { method: 'sms', language: 'pt_BR' });
    const sent = sandbox.world().records.find(({ id }) => id === phoneNumberId)?.code?.value ?? '';
    const wrong = sent === '000000' ? '111111' : '000000';
    expect(await codeOf(verifyCode(destination, phoneNumberId, wrong))).toBe('CODE_WRONG');
    await verifyCode(destination, phoneNumberId, sent);
    const again = requestCode(destination, phoneNumberId, { method: 'sms', language: 'pt_BR' });
    expect(await codeOf(again)).toBe('CODE_ALREADY_VERIFIED');
    await register(destination, phoneNumberId, '123456');
    expect(await readPhoneNumber(destination, phoneNumberId)).toMatchObject({
      status: 'CONNECTED',
      isPinEnabled: true,
    });
  });
});

test('guessing and asking too often lock, for as long as Meta says', async () => {
  const { destination } = await open({ knobs: { codeGuessLimit: 1, codeRequestLimit: 1 } });
  const { phoneNumberId } = await announceNumber(destination, DESTINATION, NUMBER);
  const ask = () => requestCode(destination, phoneNumberId, { method: 'voice', language: 'en_US' });
  await ask();
  await expect(ask()).rejects.toMatchObject({
    problem: { code: 'CODE_REQUESTS_LIMITED', class: 'quota', waitMs: 4 * 3_600_000 },
  });
  await expect(verifyCode(destination, phoneNumberId, '000000')).rejects.toMatchObject({
    problem: { code: 'CODE_GUESSES_LOCKED', class: 'quota', waitMs: 12 * 3_600_000 },
  });
});

test('a number that is not being migrated gets no code', async () => {
  const { source } = await open({}, (world) => {
    const record = world.records?.[0];
    if (record) record.status = 'DISCONNECTED';
  });
  const id = phoneNumberIdSchema.parse('7001');
  expect(await codeOf(requestCode(source, id, { method: 'sms', language: 'en_US' }))).toBe(
    'NUMBER_NOT_IN_MIGRATION',
  );
});

test('the eleventh registration in 72 hours is a quota of 72 hours', async () => {
  const { destination } = await open({});
  const { phoneNumberId } = await announceNumber(destination, DESTINATION, NUMBER);
  for (let call = 1; call <= 10; call += 1) await codeOf(register(destination, phoneNumberId, '123456'));
  await expect(register(destination, phoneNumberId, '123456')).rejects.toMatchObject({
    problem: { code: 'REGISTRATION_ATTEMPTS_USED_UP', class: 'quota', waitMs: 72 * 3_600_000 },
  });
});

test('a throttled account says how long, and is not asked again meanwhile', async () => {
  for (const rateCode of [80007, 80008] as const) {
    const { destination, sandbox } = await open({
      knobs: { callsPerHourSmall: 2, callsPerHourLarge: 2, rateCode },
    });
    await listPhoneNumbers(destination, DESTINATION);
    await listPhoneNumbers(destination, DESTINATION);
    const problem = { code: 'WABA_RATE_LIMITED', class: 'quota', waitMs: expect.any(Number) };
    await expect(listPhoneNumbers(destination, DESTINATION)).rejects.toMatchObject({ problem });
    await expect(listPhoneNumbers(destination, DESTINATION)).rejects.toMatchObject({ problem });
    const log = await fetch(`${sandbox.url}/sandbox/requests`);
    expect(((await log.json()) as { items: unknown[] }).items).toHaveLength(3);
  }
});

test('a bad token, a foreign object and a missing right are told apart', async () => {
  const { client, source } = await open({}, (world) => {
    for (const token of world.tokens ?? []) if (token.name === 'system') token.scopes = [];
  });
  expect(await codeOf(listPhoneNumbers(client('nonsense'), SOURCE))).toBe('TOKEN_INVALID');
  expect(await codeOf(listPhoneNumbers(source, DESTINATION))).toBe('OBJECT_NOT_VISIBLE');
  expect(await codeOf(listPhoneNumbers(client('system-token'), DESTINATION))).toBe('PERMISSION_MISSING');
});

test('the reading calls read what they promise', async () => {
  const { source } = await open({ templates: 250 });
  const listed: string[] = [];
  for await (const { name, language } of listTemplates(source, SOURCE)) listed.push(`${name}/${language}`);
  expect(new Set(listed).size).toBe(250);
  expect(await readTemplateCapacity(source, SOURCE)).toEqual({ count: 250, limit: 6_000 });
  const [number] = await listPhoneNumbers(source, SOURCE);
  expect(number?.health).toMatchObject({ canSend: 'AVAILABLE' });
  const owned = await listWabasOfBusiness(source, businessIdSchema.parse('1001'), 'owned');
  expect(owned.map(({ id }) => id)).toContain('2001');
  const wish = { from: new Date(Date.now() - 86_400_000), to: new Date(), granularity: 'HALF_HOUR' } as const;
  expect(await readPricing(source, SOURCE, wish)).toEqual([]);
});
