import type { Scope, Triage } from '../../activities/contract';
import { judge } from '../../activities/eligibility/judge';
import { businessIdSchema, wabaIdSchema } from '../../shared/ids';
import type { StartRequestBody } from '../../shared/requests';
import {
  aDestination,
  aNumber,
  aSource,
  aSubject,
  aWaba,
  NOW,
  unusual,
  UNSEEN_SOURCE,
  USUAL,
} from './eligibility-builders';

interface World {
  source?: ReturnType<typeof aSource>;
  destination?: ReturnType<typeof aDestination> | null;
  request?: Partial<StartRequestBody>;
  scope?: Scope;
  now?: string;
}

const judged = (world: World) => {
  const judgement = judgementOn(world);
  const asked = judgement.findings.filter(({ party }) => party === 'client');
  expect(asked.filter(({ text }) => text === undefined).map(({ code }) => code)).toEqual([]);
  return judgement;
};

const judgementOn = ({
  source = aSource(),
  destination = aDestination(),
  request,
  scope = 'preflight',
  now = NOW,
}: World) =>
  judge({
    subject: aSubject(request),
    scope,
    source,
    destination: scope === 'last_look' && destination !== null ? rightBefore(destination) : destination,
    now,
  });

/** Right before the cut-over the number is pending there, and something pays. */
const rightBefore = (destination: ReturnType<typeof aDestination>): ReturnType<typeof aDestination> => ({
  ...destination,
  number: aNumber({ status: 'PENDING', platformType: 'NOT_APPLICABLE' }),
  waba: destination.waba && { ...destination.waba, primaryFundingId: '6501' },
  fundingIsOurs: true,
});

const told = (world: World) =>
  unusual(judged(world).findings).map(({ code, severity, party }) => `${severity} ${code} ${party}`);

test('the last look finds that the pending number and the payment are gone (meta §1.3, R16)', () => {
  const { findings } = judge({
    ...{ subject: aSubject(), scope: 'last_look', now: NOW },
    ...{ source: aSource(), destination: aDestination() },
  });
  expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
    expect.arrayContaining(['blocker ANNOUNCED_NUMBER_GONE', 'blocker DESTINATION_PAYMENT_MISSING']),
  );
});

const atSource = (change: Parameters<typeof aNumber>[0]): World => ({
  source: aSource({ number: aNumber(change) }),
});
const sourceWaba = (change: Parameters<typeof aWaba>[0]): World => ({
  source: aSource({ waba: aWaba(change) }),
});
const destinationWaba = (change: Parameters<typeof aWaba>[0]): World => ({
  destination: aDestination({ waba: aWaba({ templateCount: 0, ...change }) }),
});

test('when all is well nothing is found, in any look, but what everybody is told', () => {
  const { findings } = judged({});
  expect(findings.map(({ code }) => code).sort()).toEqual([...USUAL].sort());
  expect(findings.every(({ severity }) => severity === 'info')).toBe(true);
  for (const scope of ['preflight', 'destination', 'two_step'] as const) expect(told({ scope })).toEqual([]);
  expect(told({ scope: 'last_look' })).toEqual([]);
  expect(judged({}).triage).toBe('migrate');
});

test.each<[string, World, string[]]>([
  [
    'a disconnected number',
    atSource({ status: 'DISCONNECTED' }),
    ['blocker NUMBER_NOT_LIVE_AT_SOURCE source_provider'],
  ],
  [
    'a flagged number',
    atSource({ status: 'FLAGGED' }),
    ['warning NUMBER_NOT_LIVE_AT_SOURCE source_provider'],
  ],
  ['a banned number', atSource({ status: 'BANNED' }), ['blocker NUMBER_NOT_LIVE_AT_SOURCE source_provider']],
  [
    'a number that is not in the source account',
    { source: aSource({ number: null }) },
    ['blocker NO_MIGRATION_NEEDED client'],
  ],
  [
    'a number that is registered nowhere',
    atSource({ status: 'PENDING', platformType: 'NOT_APPLICABLE' }),
    ['blocker NO_MIGRATION_NEEDED client'],
  ],
  [
    'a number that has gone elsewhere',
    atSource({ status: 'MIGRATED' }),
    ['blocker NUMBER_MOVED_ELSEWHERE client'],
  ],
  ['a coexistence number', atSource({ isOnBizApp: true }), ['blocker NUMBER_IN_COEXISTENCE client']],
  ['a test number', atSource({ accountMode: 'SANDBOX' }), ['blocker TEST_NUMBER client']],
  ['a declined name', atSource({ nameStatus: 'DECLINED' }), ['blocker DISPLAY_NAME_NOT_APPROVED client']],
  [
    'a name that needs no review',
    atSource({ nameStatus: 'AVAILABLE_WITHOUT_REVIEW' }),
    ['blocker DISPLAY_NAME_NOT_APPROVED client'],
  ],
  [
    'a pending name change',
    atSource({ newNameStatus: 'PENDING_REVIEW' }),
    ['blocker DISPLAY_NAME_CHANGE_PENDING client'],
  ],
  [
    'an approved new name',
    atSource({ newNameStatus: 'APPROVED' }),
    ['warning DISPLAY_NAME_CHANGE_PENDING client'],
  ],
  ['a declined name change', atSource({ newNameStatus: 'DECLINED' }), []],
  [
    'a source under review',
    sourceWaba({ accountReviewStatus: 'PENDING' }),
    ['blocker SOURCE_ACCOUNT_NOT_APPROVED source_provider'],
  ],
  [
    'a disabled source',
    sourceWaba({ status: 'DISABLED' }),
    ['blocker SOURCE_ACCOUNT_NOT_APPROVED source_provider'],
  ],
  [
    'a rejected destination',
    destinationWaba({ accountReviewStatus: 'REJECTED' }),
    ['blocker DESTINATION_ACCOUNT_NOT_APPROVED client'],
  ],
  [
    'an unverified business',
    sourceWaba({ businessVerificationStatus: 'not_verified' }),
    ['blocker BUSINESS_NOT_VERIFIED client'],
  ],
  [
    'an open on-behalf request',
    destinationWaba({ onBehalfOfStatus: 'PENDING' }),
    ['blocker ON_BEHALF_REQUEST_PENDING client'],
  ],
  ['an accepted on-behalf request', destinationWaba({ onBehalfOfStatus: 'APPROVED' }), []],
  [
    'no payment and none in the request',
    { request: { funding: undefined } },
    ['blocker DESTINATION_PAYMENT_MISSING client'],
  ],
  [
    'no card yet',
    { request: { funding: { payer: 'client_card' } } },
    ['blocker DESTINATION_PAYMENT_MISSING client'],
  ],
  [
    'a card',
    { ...destinationWaba({ primaryFundingId: '9' }), request: { funding: { payer: 'client_card' } } },
    [],
  ],
  [
    'a credit line nobody can use',
    { destination: aDestination({ creditLineUsable: false }) },
    ['blocker CREDIT_LINE_NOT_USABLE operator'],
  ],
  [
    'another payment attached',
    destinationWaba({ primaryFundingId: '9' }),
    ['warning FUNDING_ALREADY_ATTACHED operator'],
  ],
  ['an app to be subscribed', destinationWaba({ appSubscribed: false }), ['info APP_NOT_SUBSCRIBED system']],
  [
    'an app unsubscribed right before the cut-over',
    { ...destinationWaba({ appSubscribed: false, primaryFundingId: '9' }), scope: 'last_look' },
    ['blocker APP_NOT_SUBSCRIBED operator'],
  ],
  [
    'too little room for templates',
    destinationWaba({ templateCount: 249 }),
    ['warning TEMPLATE_CAPACITY_TOO_SMALL client'],
  ],
  [
    'no room for a required template',
    { ...destinationWaba({ templateCount: 250 }), request: { templates: { required: ['order/pt_BR'] } } },
    ['blocker TEMPLATE_CAPACITY_TOO_SMALL client'],
  ],
  [
    'no room, but nothing to copy',
    { ...destinationWaba({ templateCount: 250 }), request: { templates: { copy: false } } },
    [],
  ],
  [
    'a portfolio that has more numbers than are usual: Meta has raised its cap',
    { destination: aDestination({ portfolioNumberCount: 2, portfolioNumberCap: 2 }) },
    ['info NUMBER_CAP_REACHED client'],
  ],
  [
    'a portfolio that is full with the number itself, which may count at both ends',
    { destination: aDestination({ portfolioNumberCount: 1, portfolioNumberCap: 2 }) },
    ['warning NUMBER_CAP_REACHED client'],
  ],
  [
    'a number without the ninth digit',
    atSource({ displayPhoneNumber: '+55 31 9111-0000' }),
    ['blocker NUMBER_WRITTEN_DIFFERENTLY client'],
  ],
  [
    'the form of the profile, told',
    {
      ...atSource({ displayPhoneNumber: '+55 31 9111-0000' }),
      request: { numberAsShownInProfile: '553191110000' },
    },
    ['warning NUMBER_WRITTEN_DIFFERENTLY client'],
  ],
  [
    'another number in the profile',
    { request: { numberAsShownInProfile: '553191110001' } },
    ['blocker NUMBER_WRITTEN_DIFFERENTLY client'],
  ],
  [
    'another business',
    sourceWaba({ ownerBusinessId: businessIdSchema.parse('1009') }),
    ['blocker DIFFERENT_BUSINESS client', 'warning BUSINESS_ID_WRONG operator'],
  ],
  [
    'two-step verification right before the cut-over',
    { ...atSource({ isPinEnabled: true }), scope: 'last_look' },
    [
      'blocker DESTINATION_PAYMENT_MISSING client',
      'blocker TWO_STEP_VERIFICATION_ENABLED source_provider',
    ].slice(1),
  ],
  ['two-step verification days before', atSource({ isPinEnabled: true }), []],
  [
    'a token that sees nothing at the destination',
    { destination: aDestination({ waba: null, whyUnseen: 'TOKEN_EXPIRED: gone' }) },
    ['blocker DESTINATION_UNREADABLE operator'],
  ],
  [
    'no destination account yet',
    { destination: aDestination({ waba: null, whyUnseen: 'NO_WABA: none' }) },
    [],
  ],
])('%s', (_name, world, expected) => {
  expect(told(world).sort()).toEqual([...expected].sort());
});

test('an old account is refused where its provider has a limit, and warned about before (R46, P-16)', () => {
  const request = {
    destination: {
      provider: 'meta',
      businessId: '1001',
      wabaId: '2002',
      credential: 'c',
      maxWabaAgeHours: 48,
    },
  } as const;
  const aged = (hours: number) => {
    const creationTime = new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
    return told({ ...destinationWaba({ creationTime }), request });
  };
  expect(aged(23)).toEqual([]);
  expect(aged(25)).toEqual(['warning DESTINATION_WABA_TOO_OLD client']);
  expect(aged(47)).toEqual(['warning DESTINATION_WABA_TOO_OLD client']);
  expect(aged(49)).toEqual(['blocker DESTINATION_WABA_TOO_OLD client']);
});

test('a statement never outweighs what was seen', () => {
  const request = { attestations: [{ requirement: 'R27', statement: 'approved', attestedAt: NOW }] };
  expect(told({ ...atSource({ nameStatus: 'DECLINED' }), request })).toEqual([
    'blocker DISPLAY_NAME_NOT_APPROVED client',
  ]);
});

const NEXT_DOOR = { foundIn: wabaIdSchema.parse('2005') };

test.each<[Triage, World]>([
  [
    'already_at_destination',
    { destination: aDestination({ number: aNumber() }), source: aSource({ number: null }) },
  ],
  [
    'migrate',
    { destination: aDestination({ number: aNumber({ status: 'PENDING', platformType: 'NOT_APPLICABLE' }) }) },
  ],
  ['not_on_platform', { source: aSource({ number: null, foundIn: null }) }],
  ['migrate', { source: aSource({ number: null, ...NEXT_DOOR }) }],
  ['migrate', { source: { ...UNSEEN_SOURCE, ...NEXT_DOOR } }],
  ['moved_elsewhere', atSource({ status: 'MIGRATED' })],
  ['coexistence', atSource({ isOnBizApp: true })],
  ['test_number', atSource({ accountMode: 'SANDBOX' })],
  ['unknown', { source: UNSEEN_SOURCE }],
])('triage answers %s', (triage, world) => {
  expect(judged(world)).toMatchObject({
    triage,
    destinationPhoneNumberId: triage === 'already_at_destination' ? '3001' : null,
  });
});

test('R26, §9.3: a whole look is to be relied on for as long as the first of its answers that the cut-over does not repeat', () => {
  const until = (world: World) => judged(world).freshUntil;
  // Whether the number is connected: an hour. The web site and the app are looked at again anyway.
  expect(until({})).toBe('2026-11-22T13:00:00.000Z');
  expect(judged({}).announceBy).toBe('2026-11-22T13:00:00.000Z');
  expect(judged({ scope: 'two_step' }).announceBy).toBeUndefined();
  expect(until({ scope: 'two_step' })).toBeUndefined();
  // By the clock that asks, and not by that of the look: another look always helps.
  expect(until({ now: '2026-11-22T15:00:00.000Z' })).toBe('2026-11-22T16:00:00.000Z');
  const attestedAt = '2026-11-15T12:30:00.000Z';
  const attestations = [{ requirement: 'R27', statement: 'approved', attestedAt }];
  expect(until({ source: UNSEEN_SOURCE, request: { attestations } })).toBe('2026-11-22T12:30:00.000Z');
});

test('R25: of a source whose number is in another account of the business nothing else is asked', () => {
  expect(told({ source: aSource({ number: null, ...NEXT_DOOR }) })).toEqual([
    'blocker NUMBER_IN_OTHER_ACCOUNT operator',
  ]);
  expect(told({ source: { ...UNSEEN_SOURCE, whyUnseen: 'OBJECT_NOT_VISIBLE: no', ...NEXT_DOOR } })).toEqual([
    'warning SOURCE_UNREADABLE operator',
    'blocker NUMBER_IN_OTHER_ACCOUNT operator',
  ]);
});
