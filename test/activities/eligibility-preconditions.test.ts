/** The rows that speak of a precondition, one by one, on plain facts; journeys provoke them at the practice platform. */
import type { NumberFacts, SideFacts, WabaFacts } from '../../activities/contract';
import { judge } from '../../activities/eligibility/judge';
import { NO_CREDENTIAL } from '../../activities/eligibility/unseen';
import { eligibilitySettings, type EligibilitySettings } from '../../shared/eligibility-settings';
import type { StartRequestBody } from '../../shared/requests';
import { aDestination, aNumber, aSource, aSubject, aWaba, NOW, unusual, USUAL } from './eligibility-builders';

interface World {
  number?: Partial<NumberFacts>;
  waba?: Partial<WabaFacts>;
  source?: Partial<SideFacts>;
  destination?: Partial<WabaFacts>;
  request?: Partial<StartRequestBody>;
  settings?: Partial<EligibilitySettings>;
  scope?: 'preflight' | 'two_step' | 'last_look';
}

const judged = (world: World) =>
  judge({
    subject: aSubject(world.request),
    scope: world.scope ?? 'preflight',
    source: aSource({ number: aNumber(world.number), waba: aWaba(world.waba), ...world.source }),
    destination: aDestination({ waba: aWaba({ templateCount: 0, ...world.destination }) }),
    now: NOW,
    settings: eligibilitySettings.parse(world.settings ?? {}),
  });

const told = (world: World): string[] =>
  unusual(judged(world).findings).map(
    ({ requirement, severity, code, party }) => `${requirement} ${severity} ${code} ${party}`,
  );

const health = (code: number, description: string, type = 'WABA') => ({
  canSend: 'BLOCKED',
  entities: [{ type, canSend: 'BLOCKED', info: [], errors: [{ code, description, solution: '' }] }],
});
const numbered = (phoneNumber: string) => ({
  request: { phoneNumber },
  number: { displayPhoneNumber: phoneNumber },
});

test.each<[string, World, string[]]>([
  [
    'R1: On-Premises is looked at by a person and blocks nothing; its media is lost (R12)',
    { number: { platformType: 'ON_PREMISE' } },
    ['R1 warning SOURCE_HOSTED_ON_PREMISE operator'],
  ],
  [
    'R2: a partner without Cloud hosting',
    { settings: { cloudHostingEnabled: false } },
    ['R2 blocker CLOUD_HOSTING_NOT_ENABLED operator'],
  ],
  [
    'R3: alone on our platform under another partner',
    { settings: { ownPlatform: 'Old-BSP' } },
    ['R3 blocker PARTNER_CHANGE_NEEDED client'],
  ],
  [
    'R3: one of several on our platform moves by itself',
    { settings: { ownPlatform: 'old-bsp' }, waba: { numberCount: 3 } },
    ['R3 warning PARTNER_CHANGE_NEEDED client'],
  ],
  ['R3: on another platform', { settings: { ownPlatform: 'ours' } }, []],
  ['R5: red quality', { number: { qualityRating: 'RED' } }, ['R5 warning QUALITY_RATING_LOW client']],
  ['R5: yellow quality', { number: { qualityRating: 'YELLOW' } }, ['R5 info QUALITY_RATING_LOW client']],
  ['R11: a catalogue', { waba: { commerceAccountId: '88' } }, ['R11 warning CATALOGUE_DOES_NOT_MOVE client']],
  [
    'R13: the official badge',
    { number: { isOfficialBusinessAccount: true } },
    ['R13 warning OFFICIAL_BUSINESS_ACCOUNT client'],
  ],
  [
    'R14: a high messaging limit',
    { number: { messagingLimit: 'TIER_100K' } },
    ['R14 warning MIGRATION_SUPPORT_TO_BOOK operator'],
  ],
  [
    'R14: many numbers in the account',
    { waba: { numberCount: 10 }, settings: { highVolume: { messagingLimits: [], numbers: 10 } } },
    ['R14 warning MIGRATION_SUPPORT_TO_BOOK operator'],
  ],
  [
    'R14: many numbers are what the deployment says',
    { waba: { numberCount: 10 }, settings: { highVolume: { messagingLimits: [], numbers: 11 } } },
    [],
  ],
  [
    'R14: support that is booked',
    {
      waba: { numberCount: 10 },
      settings: { highVolume: { messagingLimits: [], numbers: 10 } },
      request: { attestations: [{ requirement: 'R14', statement: 'booked for Tuesday', attestedAt: NOW }] },
    },
    ['R14 info MIGRATION_SUPPORT_TO_BOOK operator'],
  ],
  [
    'R16: a payment that is attached and does not work',
    {
      destination: { primaryFundingId: '9', health: health(141006, 'payment') },
      request: { funding: { payer: 'client_card' } },
    },
    ['R16 blocker DESTINATION_PAYMENT_REVOKED client'],
  ],
  [
    'R16: no payment yet, and a line to be attached',
    { destination: { health: health(141006, 'payment') } },
    [],
  ],
  [
    'R19: a fixed line cannot take an SMS',
    numbered('+551132345678'),
    ['R19 warning CODE_METHOD_UNSUITED client'],
  ],
  [
    'R19: a fixed line takes a call',
    {
      ...numbered('+551132345678'),
      request: { phoneNumber: '+551132345678', verification: { method: 'voice' } },
    },
    [],
  ],
  [
    'R19: a shared-cost line takes neither well (meta §1.4)',
    {
      ...numbered('+33810123456'),
      request: { phoneNumber: '+33810123456', verification: { method: 'voice' } },
    },
    ['R19 warning CODE_METHOD_UNSUITED client'],
  ],
  [
    'R20: a restricted source',
    { waba: { health: health(131031, 'Account locked') } },
    ['R20 blocker SOURCE_CANNOT_SEND source_provider'],
  ],
  [
    'R20: an app that looks at the source and is restricted itself keeps no number from moving',
    { waba: { health: health(131031, 'App restricted', 'APP') } },
    [],
  ],
  [
    'R20: a restricted destination',
    { destination: { health: health(131031, 'Account locked') } },
    ['R20 warning DESTINATION_CANNOT_SEND client'],
  ],
  [
    'meta §3.5: a destination in which no number is registered yet is not restricted',
    { destination: { health: health(141000, 'The phone number is not registered.', 'PHONE_NUMBER') } },
    [],
  ],
  [
    'meta §1.1: a source that cannot pay foretells open invoices (P-15)',
    { waba: { health: health(141006, 'There is an error with the payment method') } },
    ['meta §1.1 warning SOURCE_PAYMENT_PROBLEM source_provider'],
  ],
  [
    '360dialog §7.3: a number of Cuba',
    numbered('+5351234567'),
    ['360dialog §7.3 blocker COUNTRY_NOT_SERVED client'],
  ],
  [
    '360dialog §7.3: a number of Crimea',
    numbered('+79781234567'),
    ['360dialog §7.3 blocker COUNTRY_NOT_SERVED client'],
  ],
  ['360dialog §7.3: a number of Moscow', numbered('+79161234567'), []],
  [
    '360dialog §7.3: the range of Donetsk, which others use too',
    {
      ...numbered('+380623456789'),
      request: { phoneNumber: '+380623456789', verification: { method: 'voice' } },
    },
    ['360dialog §7.3 warning COUNTRY_NOT_SERVED client'],
  ],
  [
    '360dialog §7.3: a business of Iran',
    { waba: { country: 'IR' } },
    ['360dialog §7.3 blocker COUNTRY_NOT_SERVED client'],
  ],
  [
    'meta §1.6: what hangs on the number',
    {
      number: { conversationalComponents: ['2 ice breakers'], webhookOverridden: true },
      source: { assets: { flows: ['signup'], qrCodes: ['ABCDEFGHIJKLMN'], profileFields: ['about'] } },
    },
    [
      'meta §1.6 info CONVERSATIONAL_COMPONENTS_DO_NOT_MOVE client',
      'meta §1.6 info FLOWS_DO_NOT_MOVE client',
      'meta §1.6 info PROFILE_MAY_NOT_MOVE client',
      'meta §1.6 info WEBHOOK_OVERRIDE_DOES_NOT_MOVE operator',
      'meta §1.6 warning QR_CODES_DO_NOT_MOVE client',
    ],
  ],
])('%s', (_name, world, expected) => {
  expect(told(world).sort()).toEqual(expected);
});

describe('R28: the web site', () => {
  const SITE = { address: 'https://sol.example', redirects: 0, status: 200, seenAt: NOW } as const;
  const LIVE = { ...SITE, kind: 'live', secure: true, namesBusiness: true } as const;
  const DEAD = {
    ...SITE,
    kind: 'dead',
    why: 'certificate',
    detail: 'CERT_HAS_EXPIRED',
    status: null,
  } as const;
  const named = { business: { name: 'Padaria Sol', website: 'https://sol.example' } };
  const stated = {
    ...named,
    attestations: [{ requirement: 'R28', statement: 'it is live', attestedAt: NOW }],
  };
  const found = (website: SideFacts['website'], world: World = {}) =>
    judged({ request: named, ...world, source: { website: website ?? null } }).findings.find(
      ({ code }) => code === 'WEBSITE_NOT_LIVE',
    );

  test('a live one that names the business is not spoken of', () => {
    expect(found(LIVE)).toBeUndefined();
    expect(found({ ...LIVE, namesBusiness: null })).toBeUndefined();
  });

  test('one that nobody named is asked for while the move is planned, and never in the window', () => {
    expect(found(undefined, { request: {} })).toMatchObject({ severity: 'info', requirement: 'R28' });
    for (const scope of ['two_step', 'last_look'] as const) {
      expect(found(undefined, { request: {}, scope })).toBeUndefined();
    }
  });

  test.each<[string, SideFacts['website']]>([
    ['a certificate that has expired', DEAD],
    ['a page without TLS', { ...LIVE, secure: false }],
    ['a page of a domain dealer', { ...SITE, kind: 'parked', sign: 'domain dealer' }],
    ['a name inside a private network', { ...DEAD, why: 'private_address' }],
  ])(
    '%s blocks, also when somebody states otherwise; while planning the deployment may only warn',
    (_n, site) => {
      expect(found(site)).toMatchObject({ severity: 'blocker', party: 'client' });
      expect(found(site, { request: stated })).toMatchObject({ severity: 'blocker' });
      const settings = { websiteWhenPlanning: 'warning' } as const;
      expect(found(site, { settings })).toMatchObject({ severity: 'warning' });
      for (const scope of ['two_step', 'last_look'] as const) {
        expect(found(site, { settings, scope })).toMatchObject({ severity: 'blocker' });
      }
    },
  );

  test.each<[string, SideFacts['website']]>([
    [
      'one that lets no programs in',
      { ...SITE, kind: 'doubtful', why: 'refused_program', detail: 'HTTP 403' },
    ],
    ['one that does not name the business', { ...LIVE, namesBusiness: false }],
  ])(
    '%s is a warning that a person settles by a statement, and a condition where the deployment says so',
    (_n, site) => {
      expect(found(site)).toMatchObject({ severity: 'warning', evidence: { unseen: true } });
      expect(found(site, { request: stated })).toMatchObject({
        severity: 'info',
        evidence: { attested: true },
      });
      expect(found(site, { settings: { attestationsRequired: ['R28'] } })).toMatchObject({
        severity: 'blocker',
      });
    },
  );
});

test('R24: people at the account, and none of them manages it, is observed; a manager among them settles it (P-2)', () => {
  const about = (people: NonNullable<SideFacts['people']>) =>
    judged({ source: { people } }).findings.find(({ code }) => code === 'ADMIN_ACCESS_NOT_STATED');
  expect(about({ assigned: 2, managers: 0 })).toMatchObject({ severity: 'blocker', requirement: 'R24' });
  expect(about({ assigned: 2, managers: 1 })).toBeUndefined();
  expect(about({ assigned: 0, managers: 0 })).toMatchObject({ severity: 'info', evidence: { unseen: true } });
});

test('R19, R24, R29: what only people know is asked for, and is a condition only where the deployment makes it one', () => {
  const asked = (settings: Partial<EligibilitySettings>, statement?: string) =>
    judged({
      settings,
      request: {
        attestations: statement === undefined ? [] : [{ requirement: 'R19', statement, attestedAt: NOW }],
      },
    }).findings.find(({ requirement }) => requirement === 'R19');
  expect(asked({})).toMatchObject({ severity: 'info', evidence: { unseen: true } });
  expect(asked({ attestationsRequired: ['R19'] })).toMatchObject({ severity: 'blocker', party: 'client' });
  expect(asked({ attestationsRequired: ['R19'] }, 'Ana, 20:00–22:00 America/Sao_Paulo')).toMatchObject({
    severity: 'info',
    evidence: { attested: true },
    expiresAt: '2026-12-06T12:00:00.000Z',
  });
});

test('P-5: a number that was deleted instead of only switched off hears what is lost, also in the two-step look', () => {
  for (const scope of ['preflight', 'two_step'] as const) {
    const { triage, findings } = judged({ scope, number: { status: 'DELETED' } });
    expect(triage).toBe('not_on_platform');
    expect(findings.find(({ code }) => code === 'NO_MIGRATION_NEEDED')).toMatchObject({
      requirement: 'E3',
      message: expect.stringMatching(/was deleted at the source/),
      evidence: { lost: expect.arrayContaining(['quality rating', 'official badge']) },
    });
  }
});

test('E3, P-5: a number that is only deregistered is not given up: its provider registers it again', () => {
  const { triage, findings } = judged({ number: { status: 'DISCONNECTED', platformType: 'NOT_APPLICABLE' } });
  expect(triage).toBe('migrate');
  expect(findings.find(({ code }) => code === 'NO_MIGRATION_NEEDED')).toBeUndefined();
  expect(findings.find(({ code }) => code === 'NUMBER_NOT_LIVE_AT_SOURCE')).toMatchObject({
    severity: 'blocker',
    party: 'source_provider',
    remedy: expect.stringContaining('registers it again'),
  });
});

test('R3: a partner change is an outcome of its own when the account holds this number alone, or nobody can see', () => {
  const settings = { ownPlatform: 'old-bsp' };
  expect(judged({ settings }).triage).toBe('partner_change');
  expect(judged({ settings, waba: { numberCount: 2 } }).triage).toBe('migrate');
  const unseen = { waba: null, number: null, whyUnseen: NO_CREDENTIAL };
  expect(judged({ settings, source: unseen }).triage).toBe('partner_change');
  expect(judged({ source: unseen }).triage).toBe('unknown');
});

test('R10–R12: what stays behind is listed, and what could not be looked at is named', () => {
  const stays = (source: Partial<SideFacts>) =>
    judged({ source }).findings.find(({ requirement }) => requirement === 'R10')?.evidence;
  expect(stays({})).toMatchObject({ stays: expect.arrayContaining(['chat history']), notSeen: [] });
  expect(stays({ waba: null, number: null, whyUnseen: NO_CREDENTIAL })).toMatchObject({
    notSeen: expect.arrayContaining(['catalogue', 'flows', 'QR codes']),
  });
});

test('every status that Meta knows of a number has words of its own or the common ones', () => {
  const remedyOf = (status: string) =>
    judged({ number: { status } }).findings.find(({ code }) => code === 'NUMBER_NOT_LIVE_AT_SOURCE');
  for (const status of ['BANNED', 'RESTRICTED', 'DISCONNECTED', 'PENDING', 'UNVERIFIED', 'UNKNOWN']) {
    expect(remedyOf(status)).toMatchObject({ severity: 'blocker', message: expect.stringContaining(status) });
  }
  for (const status of ['FLAGGED', 'RATE_LIMITED']) expect(remedyOf(status)?.severity).toBe('warning');
  expect(remedyOf('CONNECTED')).toBeUndefined();
  expect(USUAL).not.toContain('NUMBER_NOT_LIVE_AT_SOURCE');
});
