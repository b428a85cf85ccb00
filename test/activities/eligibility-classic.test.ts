/** The practice platform's shipped numbers, each with one classic problem: the pre-flight names it. */
import { join } from 'node:path';
import { pino } from 'pino';
import { createEligibilityActivities } from '../../activities/eligibility';
import { createGraphFor } from '../../activities/graph-for';
import type { Triage } from '../../activities/contract';
import { startSandbox } from '../../sandbox';
import type { StartRequestBody } from '../../shared/requests';
import { openTestStore } from '../store/world';
import { atEndOfFile } from '../support/after-each-file';
import { unusual } from './eligibility-builders';
import { aSubject, run } from './world';

const ready = (async () => {
  const { store } = await openTestStore('activities-classic');
  const sandbox = await startSandbox({ world: join(__dirname, '../../sandbox/worlds/classic.json') });
  atEndOfFile(() => sandbox.close());
  const shared = { appId: '3001', clock: () => new Date(), logger: pino({ level: 'silent' }) };
  const credentials = {
    get: (_tenant: string, name: string) => Promise.resolve({ accessToken: `${name}-token` }),
    has: () => Promise.resolve(true),
  };
  const graphFor = createGraphFor({
    ...{ ...shared, credentials, callBudget: store.callBudget, baseUrl: sandbox.url, version: 'v25.0' },
  });
  const website = { rehearsalHosts: [new URL(sandbox.url).host] };
  const activities = createEligibilityActivities({ ...shared, store, graphFor, website });
  return { ...activities, siteOf: (business: string) => `${sandbox.url}/sandbox/sites/${business}` };
})();

const preflight = async (
  phoneNumber: string,
  from: string,
  to: string,
  change: Partial<StartRequestBody> = {},
) => {
  const activities = await ready;
  const subject = aSubject({
    phoneNumber,
    source: { provider: 'acme-bsp', businessId: '1001', wabaId: from, credential: 'source' },
    destination: { provider: 'meta', businessId: '1001', wabaId: to, credential: 'destination' },
    ...change,
  });
  const source = await run(activities.observeSource, subject);
  const destination = await run(activities.observeDestination, subject);
  return activities.judge({
    subject,
    scope: 'preflight',
    source,
    destination,
    now: new Date().toISOString(),
  });
};

const LINE = {
  payer: 'partner_credit',
  creditLineId: '5001',
  currency: 'USD',
  credential: 'system',
} as const;

test.each<[string, string, string, string, string[], Triage]>([
  ['all is well', '+5511987650001', '2001', '2002', [], 'migrate'],
  ['two-step verification on, days before', '+5511987650002', '2001', '2002', [], 'migrate'],
  ['a declined name', '+5511987650003', '2001', '2002', ['DISPLAY_NAME_NOT_APPROVED'], 'migrate'],
  ['a pending name change', '+5511987650004', '2001', '2002', ['DISPLAY_NAME_CHANGE_PENDING'], 'migrate'],
  ['coexistence', '+5511987650005', '2001', '2002', ['NUMBER_IN_COEXISTENCE'], 'coexistence'],
  ['another business', '+5511987650007', '2003', '2002', ['DIFFERENT_BUSINESS'], 'migrate'],
  ['already there', '+5511987650008', '2001', '2002', ['ALREADY_AT_DESTINATION'], 'already_at_destination'],
  ['not on the API', '+5511987650009', '2001', '2002', ['NO_MIGRATION_NEEDED'], 'not_on_platform'],
  ['a source in review', '+5511987650010', '2004', '2002', ['SOURCE_ACCOUNT_NOT_APPROVED'], 'migrate'],
  ['an unverified business', '+5511987650011', '2005', '2006', ['BUSINESS_NOT_VERIFIED'], 'migrate'],
  ['no payment', '+5511987650012', '2001', '2007', ['DESTINATION_PAYMENT_MISSING'], 'migrate'],
  ['no app', '+5511987650013', '2001', '2008', ['APP_NOT_SUBSCRIBED'], 'migrate'],
  ['little room for templates', '+5511987650014', '2001', '2009', ['TEMPLATE_CAPACITY_TOO_SMALL'], 'migrate'],
  ['Brazil’s ninth digit', '+5531991110000', '2001', '2002', ['NUMBER_WRITTEN_DIFFERENTLY'], 'migrate'],
  [
    'an open "Messaging for" request',
    '+5511987650021',
    '2001',
    '2016',
    ['ON_BEHALF_REQUEST_PENDING'],
    'migrate',
  ],
  [
    'a deleted number (P-5, E3)',
    '+5511987650025',
    '2017',
    '2002',
    ['NO_MIGRATION_NEEDED'],
    'not_on_platform',
  ],
  [
    'a card that does not work (R16)',
    '+5511987650026',
    '2017',
    '2020',
    ['DESTINATION_PAYMENT_REVOKED'],
    'migrate',
  ],
  ['a restricted number (R20)', '+5511987650027', '2017', '2002', ['NUMBER_NOT_LIVE_AT_SOURCE'], 'migrate'],
  ['an official badge (R13)', '+5511987650028', '2017', '2002', ['OFFICIAL_BUSINESS_ACCOUNT'], 'migrate'],
  ['a high volume (R14)', '+5511987650029', '2021', '2022', ['MIGRATION_SUPPORT_TO_BOOK'], 'migrate'],
  ['a catalogue (R11)', '+5511987650030', '2023', '2002', ['CATALOGUE_DOES_NOT_MOVE'], 'migrate'],
  [
    'five at once',
    '+5511987650022',
    '2014',
    '2015',
    [
      'APP_NOT_SUBSCRIBED',
      'DESTINATION_ACCOUNT_NOT_APPROVED',
      'DESTINATION_PAYMENT_MISSING',
      'DISPLAY_NAME_CHANGE_PENDING',
      'SOURCE_ACCOUNT_NOT_APPROVED',
      'TEMPLATE_CAPACITY_TOO_SMALL',
    ],
    'migrate',
  ],
])('%s', async (_name, number, from, to, expected, triage) => {
  const judgement = await preflight(number, from, to);
  const codes = unusual(judgement.findings)
    .map(({ code }) => code)
    .filter((code) => code !== 'BUSINESS_ID_WRONG');
  expect(codes.sort()).toEqual(expected);
  expect(judgement.triage).toBe(triage);
});

test('R28: a web site that is down is an obstacle', async () => {
  const { siteOf } = await ready;
  const business = { name: 'Floricultura Jasmim', website: siteOf('1005') };
  const { findings } = await preflight('+5511987650024', '2018', '2019', { business });
  expect(findings.find(({ code }) => code === 'WEBSITE_NOT_LIVE')).toMatchObject({
    ...{ severity: 'blocker', party: 'client' },
    evidence: { kind: 'dead', why: 'http_error', status: 500 },
  });
});

test('a test number is refused', async () => {
  expect(await preflight('+15550001234', '2001', '2002')).toMatchObject({ triage: 'test_number' });
});

test('our own line is fine where it is attached, another’s is an obstacle', async () => {
  const own = await preflight('+5511987650001', '2001', '2002', { funding: LINE });
  expect(unusual(own.findings)).toEqual([]);
  const glued = await preflight('+5511987650015', '2001', '2010', { funding: LINE });
  expect(unusual(glued.findings)).toMatchObject([
    { code: 'DESTINATION_PAYMENT_REVOKED', severity: 'blocker', party: 'client' },
    { code: 'FUNDING_ALREADY_ATTACHED', severity: 'blocker', party: 'operator' },
  ]);
});
