import fc from 'fast-check';
import type { DestinationFacts, NumberFacts, SideFacts, WabaFacts } from '../../activities/contract';
import { judge } from '../../activities/eligibility/judge';
import { findingSchema } from '../../shared/migration';
import { businessIdSchema } from '../../shared/ids';
import { aDestination, aNumber, aSource, aSubject, aWaba, NOW } from './eligibility-builders';

const text = fc.option(
  fc.oneof(fc.string(), fc.constantFrom('APPROVED', 'CONNECTED', 'PENDING', 'MIGRATED', 'verified')),
);
const flag = fc.option(fc.boolean());
const count = fc.option(fc.nat(7_000));

const words = fc.option(fc.array(fc.string(), { maxLength: 3 }));
const health = fc.option(
  fc.record({
    canSend: text,
    entities: fc.array(
      fc.record({
        type: fc.constantFrom('PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP', 'new'),
        canSend: text,
        info: fc.array(fc.string(), { maxLength: 2 }),
        errors: fc.array(
          fc.record({
            code: fc.constantFrom(141000, 141006, 131031),
            description: fc.string(),
            solution: fc.string(),
          }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    ),
  }),
);

const number: fc.Arbitrary<NumberFacts> = fc
  .record({
    displayPhoneNumber: fc.constantFrom('+55 31 99111-0000', '553191110000', ''),
    status: text,
    codeVerificationStatus: text,
    platformType: text,
    nameStatus: text,
    newNameStatus: text,
    verifiedName: text,
    isPinEnabled: flag,
    isOnBizApp: flag,
    accountMode: text,
    qualityRating: text,
    messagingLimit: text,
    isOfficialBusinessAccount: flag,
    throughput: text,
    health,
    conversationalComponents: words,
    webhookOverridden: flag,
  })
  .map((fields) => aNumber(fields));

const waba: fc.Arbitrary<WabaFacts> = fc
  .record({
    ownerBusinessId: fc.option(fc.constantFrom('1001', '1009').map((id) => businessIdSchema.parse(id))),
    accountReviewStatus: text,
    businessVerificationStatus: text,
    status: text,
    primaryFundingId: text,
    onBehalfOfStatus: text,
    creationTime: fc.option(fc.constantFrom(NOW, 'not a time')),
    appSubscribed: flag,
    templateCount: count,
    templateLimit: count,
    country: fc.option(fc.constantFrom('BR', 'IR', '')),
    health,
    commerceAccountId: text,
  })
  .map((fields) => aWaba(fields));

const visit = { address: fc.constant('https://sol.example'), redirects: fc.nat(5), seenAt: fc.constant(NOW) };
const status = fc.option(fc.constantFrom(200, 404, 503));
const website: fc.Arbitrary<NonNullable<SideFacts['website']> | null> = fc.option(
  fc.oneof(
    fc.record({
      ...{ ...visit, status, kind: fc.constant('dead' as const), detail: fc.string() },
      why: fc.constantFrom('certificate' as const, 'http_error' as const, 'unreachable' as const),
    }),
    fc.record({
      ...{ ...visit, status, kind: fc.constant('doubtful' as const), detail: fc.string() },
      why: fc.constantFrom('timed_out' as const, 'refused_program' as const),
    }),
    fc.record({
      ...{ ...visit, status: fc.constant(200), kind: fc.constant('live' as const) },
      ...{ secure: fc.boolean(), namesBusiness: flag },
    }),
  ),
);

const side: fc.Arbitrary<SideFacts> = fc
  .record({
    seenAt: fc.constant(NOW),
    waba: fc.option(waba),
    number: fc.option(number),
    assets: fc.option(fc.record({ flows: words, qrCodes: words, profileFields: words })),
    people: fc.option(fc.record({ assigned: fc.nat(5), managers: fc.nat(5) })),
    website,
    whyUnseen: fc.option(fc.constantFrom('NO_CREDENTIAL: none', 'TOKEN_EXPIRED: gone')),
  })
  .map((fields) => aSource(fields));

const destinationSide: fc.Arbitrary<DestinationFacts> = fc
  .record({ side, portfolioNumberCount: count, portfolioNumberCap: count, creditLineUsable: flag })
  .map(({ side: seen, ...rest }) => ({ ...seen, ...rest }));

const scope = fc.constantFrom('preflight', 'destination', 'two_step', 'last_look' as const);

test('whatever is seen, judging never throws and every finding says who must do what', () => {
  fc.assert(
    fc.property(side, fc.option(destinationSide), scope, fc.boolean(), (source, destination, look, named) => {
      const business = { name: 'Padaria Sol', website: 'https://sol.example' };
      const subject = aSubject(named ? { business } : {});
      const { findings } = judge({ subject, scope: look, source, destination, now: NOW });
      for (const finding of findings) {
        expect(findingSchema.safeParse(finding)).toMatchObject({ success: true });
        expect(finding.party).not.toBe('');
        expect(finding.message.length).toBeGreaterThan(10);
        expect(finding.remedy.length).toBeGreaterThan(10);
        expect(Date.parse(finding.expiresAt)).toBeGreaterThan(Date.parse(finding.checkedAt));
      }
      expect(new Set(findings.map(({ code }) => code)).size).toBe(findings.length);
    }),
  );
});

interface Facts {
  source: SideFacts;
  destination: DestinationFacts;
}
type Spoil = (facts: Facts) => Facts;

const spoilNumber =
  (change: Partial<NumberFacts>): Spoil =>
  (facts) => ({
    ...facts,
    source: { ...facts.source, number: facts.source.number && { ...facts.source.number, ...change } },
  });
const spoilSource =
  (change: Partial<WabaFacts>): Spoil =>
  (facts) => ({
    ...facts,
    source: { ...facts.source, waba: facts.source.waba && { ...facts.source.waba, ...change } },
  });
const spoilDestination =
  (change: Partial<WabaFacts>): Spoil =>
  (facts) => ({
    ...facts,
    destination: {
      ...facts.destination,
      waba: facts.destination.waba && { ...facts.destination.waba, ...change },
    },
  });

const FAULTS: Record<string, Spoil> = {
  disconnected: spoilNumber({ status: 'DISCONNECTED' }),
  coexistence: spoilNumber({ isOnBizApp: true }),
  test: spoilNumber({ accountMode: 'SANDBOX' }),
  name: spoilNumber({ nameStatus: 'DECLINED' }),
  nameChange: spoilNumber({ newNameStatus: 'PENDING_REVIEW' }),
  twoStep: spoilNumber({ isPinEnabled: true }),
  form: spoilNumber({ displayPhoneNumber: '+55 31 9111-0000' }),
  sourceReview: spoilSource({ accountReviewStatus: 'REJECTED' }),
  verification: spoilSource({ businessVerificationStatus: 'rejected' }),
  business: spoilDestination({ ownerBusinessId: businessIdSchema.parse('1009') }),
  destinationReview: spoilDestination({ accountReviewStatus: 'PENDING' }),
  onBehalf: spoilDestination({ onBehalfOfStatus: 'PENDING' }),
  app: spoilDestination({ appSubscribed: false }),
  templates: spoilDestination({ templateCount: 250 }),
  cap: (facts) => ({ ...facts, destination: { ...facts.destination, portfolioNumberCount: 20 } }),
  credit: (facts) => ({ ...facts, destination: { ...facts.destination, creditLineUsable: false } }),
};

const spoilt = (faults: readonly string[]): Facts =>
  faults.reduce((facts, fault) => FAULTS[fault]?.(facts) ?? facts, {
    source: aSource(),
    destination: aDestination(),
  });

test('every obstacle at once: another fault never hides a finding', () => {
  const names = Object.keys(FAULTS);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...names)),
      fc.constantFrom(...names),
      scope,
      (faults, another, look) => {
        const codesOf = (facts: Facts) =>
          judge({ subject: aSubject(), scope: look, ...facts, now: NOW }).findings.map(({ code }) => code);
        const before = codesOf(spoilt(faults));
        const after = codesOf(spoilt([...faults, another]));
        expect(after).toEqual(expect.arrayContaining(before));
      },
    ),
  );
});

test('five problems give five findings in one go', () => {
  const { findings } = judge({
    subject: aSubject(),
    scope: 'preflight',
    ...spoilt(['nameChange', 'sourceReview', 'business', 'templates', 'form']),
    now: NOW,
  });
  expect(findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining([
      'DISPLAY_NAME_CHANGE_PENDING',
      'SOURCE_ACCOUNT_NOT_APPROVED',
      'DIFFERENT_BUSINESS',
      'TEMPLATE_CAPACITY_TOO_SMALL',
      'NUMBER_WRITTEN_DIFFERENTLY',
    ]),
  );
});

test.each(['FLAGGED', 'RATE_LIMITED', 'RESTRICTED'])(
  'E4, meta §3.4: a number that is %s at the destination is there; what its mark means the acceptance tells',
  (status) => {
    const { triage } = judge({
      subject: aSubject(),
      scope: 'preflight',
      source: aSource({ number: null }),
      destination: aDestination({ number: aNumber({ status }) }),
      now: NOW,
    });
    expect(triage).toBe('already_at_destination');
  },
);
