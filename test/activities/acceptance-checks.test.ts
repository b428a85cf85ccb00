/** When a number counts as accepted at its destination (R4, R5, R8, R13, R21, E8, P-10, P-18, P-21, meta §3.5, §1.6). */
import fc from 'fast-check';
import { acceptanceChecks, type Arrived, type Expectation } from '../../activities/registration/acceptance';
import type { Baseline } from '../../shared/migration';
import { failedMessagesSettings, type WatchFigures } from '../../shared/failed-messages';
import { renderedIn } from '../../shared/texts';
import { saidIn } from '../../shared/texts/shown';

const BASELINE: Baseline = {
  displayName: 'Padaria Sol',
  qualityRating: 'GREEN',
  messagingLimit: 'TIER_2K',
  officialBusinessAccount: true,
  throughput: 'STANDARD',
  phoneNumberId: '7001',
  profileFields: ['about', 'vertical', 'websites', 'profile_picture_url'],
  profile: {
    ...{ about: 'Fresh bread', vertical: 'RETAIL', profile_picture_url: 'a picture' },
    websites: 'https://padaria.example/ https://blog.example',
  },
  takenAt: '2026-11-22T10:00:00.000Z',
};
const WELL: Arrived = {
  listedInWaba: true,
  phoneNumberId: '7900',
  displayPhoneNumber: '+55 31 9111-0000',
  status: 'CONNECTED',
  platformType: 'CLOUD_API',
  verifiedName: 'Padaria Sol',
  qualityRating: 'GREEN',
  messagingLimit: 'TIER_2K',
  throughput: 'STANDARD',
  isOfficialBusinessAccount: true,
  isPinEnabled: true,
  health: { canSend: 'AVAILABLE', entities: [] },
  ownerBusinessId: '1001',
  primaryFundingId: '6001',
  appSubscribed: true,
  messageAddresses: { app: 'https://carryover.example/webhooks/meta', account: null, number: null },
  profile: {
    ...{ about: 'Fresh bread ', vertical: 'RETAIL', profile_picture_url: 'a picture' },
    websites: 'https://blog.example/ https://Padaria.example',
  },
  pinIsOurs: true,
};
const EXPECTED: Expectation = {
  phoneNumber: '+5531991110000',
  businessId: '1001',
  baseline: BASELINE,
  requiredTemplates: ['order_update/pt_BR'],
  templateStatus: new Map([['order_update/pt_BR', 'APPROVED']]),
  connectedAt: '2026-11-22T12:00:00.000Z',
  now: '2026-11-22T12:01:00.000Z',
  observed: null,
  needs: [],
  failedMessages: failedMessagesSettings.parse({}),
};

const checksOf = (arrived: Partial<Arrived> = {}, expected: Partial<Expectation> = {}) =>
  acceptanceChecks({ ...WELL, ...arrived }, { ...EXPECTED, ...expected });
const checkOf = (name: string, ...given: Parameters<typeof checksOf>) =>
  checksOf(...given).find((check) => check.name === name);
const notOk = (...given: Parameters<typeof checksOf>) =>
  checksOf(...given)
    .filter(({ ok }) => !ok)
    .map(({ name, required }) => ({ name, required }));

const health = (canSend: string | null, type = 'WABA') => ({
  canSend,
  entities: [{ type, info: [], errors: [{ code: 141006, description: 'payment', solution: 'Add a card.' }] }],
});

test('a number that kept everything passes every check, however its digits are written', () => {
  expect(notOk()).toEqual([]);
});

describe('R5, R13, R21, E8: what did not stay', () => {
  test.each([
    [{ status: 'PENDING' }, 'status', true],
    [{ status: 'BANNED' }, 'status', true],
    [{ platformType: 'NOT_APPLICABLE' }, 'platform', true],
    [{ listedInWaba: false }, 'number in the destination WABA', true],
    [{ displayPhoneNumber: '+55 11 98888-7777' }, 'number in the destination WABA', true],
    [{ ownerBusinessId: '1002' }, 'business of the destination WABA', true],
    [{ health: health('BLOCKED') }, 'health', true],
    [{ health: health('LIMITED') }, 'health', true],
    [{ health: health('SOMETHING_NEWER') }, 'health', true],
    [{ health: null }, 'health', false],
    [{ verifiedName: 'Padaria Lua' }, 'display name', false],
    [{ qualityRating: 'YELLOW' }, 'quality rating', false],
    [{ messagingLimit: 'TIER_250' }, 'messaging limit', false],
    [{ isOfficialBusinessAccount: false }, 'official business badge', false],
    [{ isPinEnabled: false }, 'two-step verification on again', false],
    [{ pinIsOurs: false }, 'two-step PIN known here', false],
    [{ primaryFundingId: null }, 'payment', false],
    [{ appSubscribed: false }, 'webhooks reach our app', true],
    [{ profile: { about: 'Fresh bread' } }, 'business profile', false],
    [{ profile: { ...WELL.profile, about: 'Stale bread' } }, 'business profile', false],
  ] as const)(
    '%j fails the check of %s (required: %s), and says how to mend it',
    (arrived, name, required) => {
      expect(notOk(arrived)).toEqual([{ name, required }]);
      if (!('health' in arrived && arrived.health === null))
        expect(checkOf(name, arrived)?.remedy).not.toBe('');
    },
  );

  test('R5: a profile that says something else is told with what it said and says, also in Portuguese', () => {
    const { text, remedy } = checkOf('business profile', {
      profile: { ...WELL.profile, about: 'Stale bread', vertical: 'OTHER' },
    }) ?? { text: undefined };
    expect(remedy).toContain('about, vertical');
    const said = text && renderedIn('pt-BR', text);
    expect(said?.what).toBe(
      'o perfil comercial não é mais o mesmo: about "Fresh bread" → "Stale bread"; vertical "RETAIL" → "OTHER"',
    );
  });

  test('a baseline of before the profile was kept still notices a field that is empty now', () => {
    const { profile: _unknown, ...older } = BASELINE;
    expect(notOk({}, { baseline: older })).toEqual([]);
    expect(notOk({ profile: { about: 'Other bread' } }, { baseline: older })).toHaveLength(1);
  });

  test('what is better than it was is no failure', () => {
    const before = { ...BASELINE, qualityRating: 'YELLOW', messagingLimit: 'TIER_1K' };
    expect(notOk({ messagingLimit: 'TIER_10K' }, { baseline: before })).toEqual([]);
  });

  test('R14, meta §3.4: a high throughput that did not stay is told; a higher one, or one nobody told, is not', () => {
    const before = { ...BASELINE, throughput: 'HIGH' };
    expect(notOk({}, { baseline: before })).toEqual([{ name: 'throughput', required: false }]);
    expect(notOk({ throughput: 'HIGH' }, { baseline: before })).toEqual([]);
    expect(notOk({ throughput: null }, { baseline: before })).toEqual([]);
    expect(notOk({ throughput: 'HIGH' })).toEqual([]);
  });

  test('a PIN is not missed while there is none, and is when it is not the one that is known', () => {
    expect(notOk({ isPinEnabled: false, pinIsOurs: false })).toEqual([
      { name: 'two-step verification on again', required: false },
    ]);
    expect(notOk({ pinIsOurs: false })).toEqual([{ name: 'two-step PIN known here', required: false }]);
  });

  test('what nobody saw is told and not held against the number', () => {
    const unseen = { ownerBusinessId: null, appSubscribed: null, profile: null, pinIsOurs: null };
    expect(notOk({ ...unseen, verifiedName: 'Anything', qualityRating: null }, { baseline: null })).toEqual(
      [],
    );
    expect(checkOf('business profile', unseen)).toMatchObject({ observed: 'not known', ok: true });
  });

  test('the phone-number id may be new or stay (meta §1.3)', () => {
    expect(checkOf('phone-number id')).toMatchObject({ observed: 'new', ok: true });
    expect(checkOf('phone-number id', { phoneNumberId: '7001' })).toMatchObject({ observed: 'the same' });
  });

  test.each([
    ['account', { account: 'https://hooks.example/in?secret=1' }],
    ['number', { number: 'https://hooks.example/in', account: 'https://carryover.example/other' }],
    ['account', { account: 'https://hooks.example/in', app: null }],
  ])(
    'P-10: messages turned elsewhere by the %s, %j, keep it from being accepted; the host is named',
    (by, turned) => {
      const messageAddresses = { ...WELL.messageAddresses, ...turned };
      expect(notOk({ messageAddresses })).toEqual([{ name: 'messages turned elsewhere', required: true }]);
      const check = checkOf('messages turned elsewhere', { messageAddresses });
      expect(check).toMatchObject({
        observed: 'yes, to hooks.example',
        requirement: 'P-10',
        party: 'operator',
      });
      const said = check?.text && renderedIn('pt-BR', check.text);
      expect(said?.what).toMatch(
        by === 'account' ? /hooks\.example .* da conta$/ : /hooks\.example .* do número$/,
      );
      expect(JSON.stringify(check)).not.toContain('secret');
    },
  );

  test('messages that go to the app’s own host, or to one that the deployment names, are turned nowhere', () => {
    const { app } = WELL.messageAddresses;
    const own = { app, account: 'https://carryover.example/clients/7', number: null };
    expect(notOk({ messageAddresses: own })).toEqual([]);
    const ours = { app, account: null, number: 'https://inbox.example:8443/in' };
    expect(notOk({ messageAddresses: ours }, { webhookHosts: ['inbox.example:8443'] })).toEqual([]);
  });
});

describe('P-21: a rating that is not known after the move', () => {
  const unknown = { qualityRating: 'UNKNOWN' };
  test('is expected back within 24 hours', () => {
    const check = checkOf('quality rating', unknown);
    expect(check).toMatchObject({ ok: true, observed: expect.stringContaining('2026-11-23T12:00:00.000Z') });
  });
  test('is missing after them', () => {
    expect(notOk(unknown, { now: '2026-11-23T12:00:00.000Z' })).toEqual([
      { name: 'quality rating', required: false },
    ]);
  });
  test('that was never known before is not missed', () => {
    expect(
      notOk(unknown, { baseline: { ...BASELINE, qualityRating: 'NA' }, now: '2027-01-01T00:00:00Z' }),
    ).toEqual([]);
  });
  test('never passes when it is worse, whenever it is looked at', () => {
    const ranks = ['RED', 'YELLOW', 'GREEN'];
    const rank = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(rank, rank, fc.integer({ min: 0, max: 100 }), (before, after, hours) => {
        const now = new Date(Date.parse(EXPECTED.now) + hours * 3_600_000).toISOString();
        const baseline = { ...BASELINE, qualityRating: ranks[before] ?? '' };
        const check = checkOf('quality rating', { qualityRating: ranks[after] ?? '' }, { baseline, now });
        expect(check?.ok).toBe(after >= before);
      }),
    );
  });
});

test('R8: a required template that is missing or still in review keeps the number from being accepted', () => {
  const checks = checksOf(
    {},
    { requiredTemplates: ['a/pt_BR', 'b/pt_BR'], templateStatus: new Map([['b/pt_BR', 'PENDING']]) },
  );
  expect(checks.filter(({ ok }) => !ok)).toMatchObject([
    { name: 'template a/pt_BR', observed: 'missing', required: true },
    { name: 'template b/pt_BR', observed: 'PENDING', required: true },
  ]);
});

describe('E8, P-18, meta §3.5: health', () => {
  test('names what the platform complains of and what it advises, and who must act', () => {
    expect(checkOf('health', { health: health('BLOCKED') })).toMatchObject({
      observed: 'BLOCKED; WABA 141006: payment',
      party: 'client',
      remedy: expect.stringContaining('Add a card.'),
    });
    expect(checkOf('health', { health: health('BLOCKED', 'PHONE_NUMBER') })?.party).toBe('operator');
  });
});

describe('P-10: the first messages', () => {
  const observed = {
    ...{ lastInboundAtSource: null, firstInboundAtDestination: '2026-11-22T12:00:30.000Z' },
    firstOutboundAtDestination: null,
  };
  test('are told, and never asked for unless it is configured', () => {
    expect(checkOf('first message received')).toMatchObject({ observed: 'not observed yet', ok: true });
    expect(checkOf('first message received', {}, { observed })).toMatchObject({
      observed: observed.firstInboundAtDestination,
    });
  });
  test('are waited for when it is configured', () => {
    const needs = ['first_inbound', 'first_outbound'] as const;
    expect(notOk({}, { needs, observed })).toEqual([{ name: 'first message sent', required: true }]);
  });
});

describe('P-21, meta §6.2: messages that fail after the move', () => {
  const NO_MESSAGES = {
    ...{ lastInboundAtSource: null, firstInboundAtDestination: null, firstOutboundAtDestination: null },
  };
  const failing = (
    messages: number,
    codes: Record<number, number>,
    partnerPays = false,
    watch?: WatchFigures,
  ) => {
    const byCode = Object.entries(codes)
      .map(([code, count]) => ({ code: Number(code), count }))
      .sort((one, other) => other.count - one.count);
    const failed = byCode.reduce((sum, { count }) => sum + count, 0);
    const sentAtDestination = { since: '2026-11-22T12:00:00.000Z', messages, failed, byCode, watch };
    return checkOf('failed messages', {}, { observed: { ...NO_MESSAGES, sentAtDestination }, partnerPays });
  };

  test.each([
    ['none of them', failing(5_000, {}), true],
    ['few, however large their share', failing(19, { 131042: 19 }), true],
    ['a small share of many', failing(10_000, { 131026: 900, 131042: 99 }), true],
    ['a large share', failing(200, { 131042: 20 }), false],
    ['many as such', failing(100_000, { 131042: 500 }), false],
    ['many whose receivers cannot be reached', failing(100_000, { 131026: 5_000 }), true],
  ])('%s', (_which, check, ok) => {
    expect(check).toMatchObject({ ok, required: false, requirement: 'P-21' });
  });

  test.each([
    [{ 131042: 30 }, false, 'client', 'Payment settings'],
    [{ 131042: 30 }, true, 'operator', 'Payment settings'],
    [{ 132001: 30 }, false, 'operator', '132001'],
    [{ 131049: 20, 131048: 10 }, false, 'client', 'Stop campaigns'],
    [{ 131026: 30 }, false, 'client', 'receivers'],
    [{ 131026: 500, 131031: 30 }, false, 'operator', 'health of the account'],
    [{ 131999: 30 }, false, 'operator', 'page of error codes'],
  ] as const)('%j (partner pays: %s) is for the %s, who is told what to do', (codes, pays, party, words) => {
    expect(failing(40, codes, pays)).toMatchObject({
      ...{ ok: false, party, expected: 'less than 10 %' },
      remedy: expect.stringContaining(words),
    });
  });

  test('are told with their codes, also in Spanish; of no message nothing is said', () => {
    const { text, observed } = failing(40, { 131042: 28, 131026: 2 }) ?? {};
    expect(observed).toBe('30 of about 40 (131042: 28, 131026: 2)');
    expect(text && renderedIn('es', text)?.what).toContain(
      '30 de unos 40 mensajes de las últimas 24 horas fallaron (75 %; código',
    );
    expect(checkOf('failed messages')).toMatchObject({ ok: true, observed: 'not observed yet' });
  });

  test('are told beside what was sent, delivered and read since the move', () => {
    const watch = {
      since: '2026-11-22T12:00:30.000Z',
      ...{ messages: 900, sent: 880, delivered: 850, read: 400, failed: 35 },
    };
    const failed = failing(40, { 131042: 30 }, false, watch);
    expect(failed?.observed).toBe(
      '30 of about 40 (131042: 30); since the move about 900: 880 sent, 850 delivered, 400 read, 35 failed',
    );
    expect(saidIn('pt-BR', failed?.said).observed).toBe(
      '30 de cerca de 40 (131042: 30); desde a migração cerca de 900: 880 enviadas, 850 entregues, 400 lidas, 35 com falha',
    );
    const none = failing(0, {}, false, watch);
    expect(none).toMatchObject({
      ok: true,
      observed: expect.stringMatching(/^none; since the move about 900 /),
    });
    expect(saidIn('es', none?.said).observed).toContain('unos 900 mensajes: 880 enviados, 850 entregados');
  });
});
