import { createEligibilityActivities } from '../../activities/eligibility';
import { straightIds } from '../../sandbox/world/straight-world';
import type { WorldInput } from '../../sandbox/world/schema';
import type { StartRequestBody } from '../../shared/requests';
import { unusual } from './eligibility-builders';
import { aSubject, openBenches, problemIn, run, type Bench, type WorldWish } from './world';

const open = openBenches('eligibility');

const looking = (bench: Bench) => createEligibilityActivities({ ...bench.deps, appId: straightIds.appId });

const looked = async (wish: WorldWish = {}, request: Partial<StartRequestBody> = {}) => {
  const bench = await open(wish);
  const activities = looking(bench);
  const subject = aSubject(request);
  const source = await run(activities.observeSource, subject);
  const destination = await run(activities.observeDestination, subject);
  const judgement = await activities.judge({
    ...{ subject, scope: 'preflight', source, destination },
    now: new Date().toISOString(),
  });
  return {
    bench,
    source,
    destination,
    judgement,
    codes: unusual(judgement.findings).map(({ code }) => code),
  };
};

const subscriberOf = (world: WorldInput) =>
  world.subscribers?.[0] ?? { displayName: { name: '' }, digits: '', id: '' };
const wabaOf = (world: WorldInput, id: string) => world.wabas?.find((waba) => waba.id === id);

test('a straight world has both sides seen and nothing in the way', async () => {
  const { source, destination, judgement, codes } = await looked();
  expect(source).toMatchObject({
    whyUnseen: null,
    waba: {
      id: '2001',
      ownerBusinessId: '1001',
      accountReviewStatus: 'APPROVED',
      businessVerificationStatus: 'verified',
    },
    number: {
      phoneNumberId: '7001',
      status: 'CONNECTED',
      nameStatus: 'APPROVED',
      isPinEnabled: false,
      platformType: 'CLOUD_API',
    },
  });
  expect(destination).toMatchObject({
    whyUnseen: null,
    waba: { id: '2002', appSubscribed: true, numberCount: 0 },
    number: null,
  });
  expect(destination.waba?.primaryFundingId).not.toBeNull();
  expect(codes).toEqual([]);
  expect(judgement).toMatchObject({ triage: 'migrate', sourcePhoneNumberId: '7001', twoStepEnabled: false });
  expect(judgement.baseline?.displayName).toBe('Padaria Sol');
});

test.each<[string, WorldWish, string[]]>([
  [
    'coexistence',
    { change: (world) => Object.assign(subscriberOf(world), { coexistence: true }) },
    ['NUMBER_IN_COEXISTENCE'],
  ],
  [
    'a test number',
    { change: (world) => Object.assign(subscriberOf(world), { testNumber: true }) },
    ['TEST_NUMBER'],
  ],
  [
    'a name that is not approved',
    { change: (world) => Object.assign(subscriberOf(world).displayName, { status: 'DECLINED' }) },
    ['DISPLAY_NAME_NOT_APPROVED'],
  ],
  [
    'a source under review',
    { change: (world) => Object.assign(wabaOf(world, '2001') ?? {}, { reviewStatus: 'PENDING' }) },
    ['SOURCE_ACCOUNT_NOT_APPROVED'],
  ],
  ['no payment', { destinationFunding: 'none' }, ['DESTINATION_PAYMENT_MISSING']],
  ['two-step verification, days before', { twoStepOn: true }, []],
])('%s is found as the platform shows it', async (_name, wish, expected) => {
  expect((await looked(wish)).codes).toEqual(expected);
});

test('an unverified business is found on both sides', async () => {
  const { codes } = await looked({
    change: (world) => {
      const business = world.businesses?.find(({ id }) => id === '1001');
      Object.assign(business ?? {}, { verificationStatus: 'not_verified' });
    },
  });
  expect(codes).toContain('BUSINESS_NOT_VERIFIED');
});

test('five problems at once are five findings in one go', async () => {
  const { codes } = await looked({
    destinationFunding: 'none',
    change: (world) => {
      Object.assign(subscriberOf(world), { coexistence: true });
      Object.assign(subscriberOf(world).displayName, { status: 'DECLINED' });
      Object.assign(wabaOf(world, '2001') ?? {}, { reviewStatus: 'REJECTED' });
      Object.assign(wabaOf(world, '2002') ?? {}, { reviewStatus: 'PENDING' });
    },
  });
  expect(codes.sort()).toEqual([
    'DESTINATION_ACCOUNT_NOT_APPROVED',
    'DESTINATION_PAYMENT_MISSING',
    'DISPLAY_NAME_NOT_APPROVED',
    'NUMBER_IN_COEXISTENCE',
    'SOURCE_ACCOUNT_NOT_APPROVED',
  ]);
});

test('E3: a number that is in no account of the business needs no migration', async () => {
  const { judgement, source, codes } = await looked({}, { phoneNumber: '+5511900000000' });
  expect(source.foundIn).toBeNull();
  expect(judgement.triage).toBe('not_on_platform');
  expect(codes).toContain('NO_MIGRATION_NEEDED');
});

test('Brazil’s ninth digit is seen, and the profile decides', async () => {
  const { codes, judgement } = await looked({}, { phoneNumber: '+551187650001' });
  expect(codes).toEqual(['NUMBER_WRITTEN_DIFFERENTLY']);
  expect(judgement.findings[0]?.severity).toBe('blocker');
});

test('a credit line is usable with the token that may share it, and with no other', async () => {
  const funding = {
    payer: 'partner_credit',
    creditLineId: straightIds.creditLineId,
    currency: 'USD',
  } as const;
  const wish: WorldWish = { destinationFunding: 'none' };
  const usable = await looked(wish, { funding: { ...funding, credential: 'system' } });
  expect(usable.destination.creditLineUsable).toBe(true);
  expect(usable.codes).toEqual([]);
  const foreign = await looked(wish, { funding });
  expect(foreign.destination.creditLineUsable).toBe(false);
  expect(foreign.codes).toEqual(['CREDIT_LINE_NOT_USABLE']);
});

test('without a credential the source is not asked, and says why it was not seen', async () => {
  const source = { provider: 'acme-bsp', businessId: '1001', wabaId: straightIds.sourceWabaId };
  const { source: seen, bench } = await looked({}, { source });
  expect(seen).toMatchObject({
    waba: null,
    number: null,
    whyUnseen: expect.stringMatching(/^NO_CREDENTIAL/),
  });
  expect(bench.logged()).not.toContain('source-token');
});

test('a credential that nobody stored, and one that may not look, are findings and not failures', async () => {
  const source = { provider: 'acme-bsp', businessId: '1001', wabaId: straightIds.sourceWabaId };
  const missing = await looked({}, { source: { ...source, credential: 'nobody' } });
  expect(missing.source.whyUnseen).toMatch(/^CREDENTIAL_MISSING/);
  const foreign = await looked({}, { source: { ...source, credential: 'destination' } });
  expect(foreign.source.whyUnseen).toMatch(/^(OBJECT_NOT_VISIBLE|PERMISSION_MISSING)/);
  expect(foreign.codes).toContain('SOURCE_UNREADABLE');
});

test('passing trouble is thrown and tried again, not taken for a fact', async () => {
  const bench = await open();
  await bench.fault({
    match: { path: '/2001/phone_numbers' },
    action: { type: 'fail', status: 503, code: 2 },
  });
  const problem = await problemIn(run(looking(bench).observeSource, aSubject()));
  expect(problem).toMatchObject({ code: 'SERVICE_UNAVAILABLE', class: 'transient', triedAgain: true });
});

test('looking changes nothing at the platform and tells no log a number or a token', async () => {
  const { bench } = await looked();
  expect(await bench.effects('')).toEqual([]);
  expect(bench.logged()).not.toMatch(/98765|-token/);
});
