/** A source that nobody may look at: what is asked of whom, what is only told, and how long a statement stands in for it. */
import type { Scope, SideFacts } from '../../activities/contract';
import { judge } from '../../activities/eligibility/judge';
import { RULES } from '../../activities/eligibility/rules';
import {
  ATTESTED_ROW,
  eligibilitySettings,
  type EligibilitySettings,
} from '../../shared/eligibility-settings';
import type { StartRequestBody } from '../../shared/requests';
import { aDestination, aSource, aSubject, NOW, UNSEEN_SOURCE } from './eligibility-builders';

interface World {
  source?: SideFacts;
  request?: Partial<StartRequestBody> | undefined;
  scope?: Scope;
  now?: string;
  settings?: EligibilitySettings;
}

const judged = ({ source = UNSEEN_SOURCE, request, scope = 'preflight', now = NOW, ...world }: World) =>
  judge({ subject: aSubject(request), scope, source, destination: aDestination(), now, ...world });

test('what only the source’s token can see is asked for, requirement by requirement', () => {
  const { findings, baseline, triage } = judged({});
  expect(
    findings
      .filter(({ severity }) => severity === 'blocker')
      .map(({ requirement }) => requirement)
      .sort(),
  ).toEqual(['P-17', 'R20', 'R27', 'R3', 'R31']);
  expect(baseline).toBeNull();
  expect(triage).toBe('unknown');
  expect(judged({ scope: 'two_step' }).findings).toMatchObject([
    { code: 'NUMBER_IN_COEXISTENCE', severity: 'info', evidence: { unseen: true } },
    { code: 'TWO_STEP_VERIFICATION_ENABLED', severity: 'blocker', evidence: { unseen: true } },
  ]);
});

test('R1, R5, R13, R14: what nobody could see and nothing hangs on is told, and becomes a condition where the deployment says so', () => {
  const rows = ['R1', 'R5', 'R13', 'R14'];
  const ofThoseRows = (world: World) =>
    judged(world).findings.filter(({ requirement }) => rows.includes(requirement));
  expect(
    ofThoseRows({}).map(({ requirement, code, severity }) => `${requirement} ${severity} ${code}`),
  ).toEqual([
    'R1 info SOURCE_HOSTED_ON_PREMISE',
    'R5 info QUALITY_RATING_LOW',
    'R13 info OFFICIAL_BUSINESS_ACCOUNT',
    'R14 info VOLUME_NOT_SEEN',
  ]);
  expect(ofThoseRows({ source: aSource() })).toEqual([]);
  const settings = eligibilitySettings.parse({ attestationsRequired: ['R1', 'R13'] });
  const blockers = (request: World['request']) =>
    ofThoseRows({ request, settings })
      .filter(({ severity }) => severity === 'blocker')
      .map(({ requirement }) => requirement);
  expect(blockers({})).toEqual(['R1', 'R13']);
  expect(
    blockers({ attestations: [{ requirement: 'R13', statement: 'no badge', attestedAt: NOW }] }),
  ).toEqual(['R1']);
});

test('R31: an unseen form blocks where it would be announced on a guess, and nowhere else', () => {
  const form = (request: World['request']) =>
    judged({ request }).findings.find(({ requirement }) => requirement === 'R31')?.severity;
  const signup = { provider: 'meta' as const, businessId: '1001', credential: 'meta-destination' };
  expect(form({})).toBe('blocker');
  expect(form({ phoneNumber: '+525512345678' })).toBe('blocker');
  expect(form({ phoneNumber: '+541123456789' })).toBe('blocker');
  expect(form({ phoneNumber: '+4930123456' })).toBeUndefined();
  expect(form({ numberAsShownInProfile: '+553191110000' })).toBeUndefined();
  expect(form({ route: 'embedded_signup', destination: signup })).toBe('warning');
  expect(
    form({ attestations: [{ requirement: 'R31', statement: 'the profile shows it so', attestedAt: NOW }] }),
  ).toBe('info');
});

test('meta §1.1: whether the source can pay is told where only the signup window would say so', () => {
  const payment = (request: World['request']) =>
    judged({ request }).findings.find(({ code }) => code === 'SOURCE_PAYMENT_PROBLEM');
  const signup = { provider: 'meta' as const, businessId: '1001', credential: 'meta-destination' };
  expect(payment({ route: 'embedded_signup', destination: signup })).toMatchObject({
    ...{ severity: 'warning', party: 'source_provider', evidence: { unseen: true } },
  });
  expect(payment({})).toBeUndefined();
});

test('what nobody could see is asked once a row, and the one that asks asks in every look of the other', () => {
  for (const { code, requirement, scopes, askedWith } of RULES) {
    if (askedWith === undefined) continue;
    const asking = RULES.find((rule) => rule.code === askedWith);
    expect(asking).toMatchObject({ requirement });
    expect(asking?.askedWith).toBeUndefined();
    expect([code, scopes.filter((scope) => asking?.scopes.includes(scope) !== true)]).toEqual([code, []]);
  }
  const questions = judged({}).findings.filter(({ severity }) => severity === 'blocker');
  expect(new Set(questions.map(({ requirement }) => requirement)).size).toBe(questions.length);
});

test('a statement stands in for what nobody could see, until it expires', () => {
  const request = { attestations: [{ requirement: 'R27', statement: 'approved', attestedAt: NOW }] };
  const name = (now: string) =>
    judged({ request, now }).findings.find(({ code }) => code === 'DISPLAY_NAME_NOT_APPROVED');
  expect(name(NOW)).toMatchObject({
    severity: 'info',
    evidence: { attested: true },
    expiresAt: '2026-11-29T12:00:00.000Z',
  });
  expect(name('2026-11-30T12:00:00.000Z')).toMatchObject({
    severity: 'blocker',
    evidence: { attestationExpiredAt: '2026-11-29T12:00:00.000Z' },
  });
});

test('a statement about two-step verification perishes within half a day', () => {
  const request = { attestations: [{ requirement: 'R21', statement: 'off', attestedAt: NOW }] };
  const severityAt = (now: string) =>
    judged({ request, scope: 'two_step', now }).findings.find(({ requirement }) => requirement === 'R21')
      ?.severity;
  expect(severityAt('2026-11-22T23:00:00.000Z')).toBe('info');
  expect(severityAt('2026-11-23T01:00:00.000Z')).toBe('blocker');
});

test('what can be unseen names a row that can be attested', () => {
  const blind = (['preflight', 'two_step', 'last_look'] as const).flatMap(
    (scope) => judged({ scope }).findings,
  );
  for (const { evidence, requirement } of blind) {
    if (evidence.unseen === true) expect(requirement).toMatch(ATTESTED_ROW);
  }
});

test('rules have codes of their own', () => {
  expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
});

test('R25, meta §1.1: a token that is not valid any more is to be stored anew under its name; a right that is missing is the client’s to give', () => {
  const tellingOf = (whyUnseen: string) =>
    judge({
      ...{ subject: aSubject(), scope: 'last_look', now: NOW },
      source: { ...UNSEEN_SOURCE, whyUnseen },
      destination: aDestination({ waba: null, whyUnseen }),
    }).findings.filter(({ code }) => code.endsWith('_UNREADABLE'));
  for (const why of ['TOKEN_EXPIRED: gone', 'CREDENTIAL_MISSING: nobody stored it'])
    expect(tellingOf(why)).toMatchObject([
      { code: 'SOURCE_UNREADABLE', party: 'operator', evidence: { credential: 'meta-source' } },
      {
        ...{ code: 'DESTINATION_UNREADABLE', severity: 'blocker', party: 'operator' },
        ...{ evidence: { credential: 'meta-destination' } },
        remedy: expect.stringContaining('PUT /v1/credentials/meta-destination'),
      },
    ]);
  const [, hidden] = tellingOf('OBJECT_NOT_VISIBLE: no');
  expect(hidden?.remedy).toContain('Assign partner');
});
