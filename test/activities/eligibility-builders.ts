/** Facts of a migration in which all is well, to be spoilt one by one. */
import type { DestinationFacts, NumberFacts, SideFacts, Subject, WabaFacts } from '../../activities/contract';
import { NO_CREDENTIAL } from '../../activities/eligibility/unseen';
import { businessIdSchema, migrationIdSchema, phoneNumberIdSchema, wabaIdSchema } from '../../shared/ids';
import { startRequestSchema, type StartRequestBody } from '../../shared/requests';

export const NOW = '2026-11-22T12:00:00.000Z';
export const GIVEN = '+5531991110000';

export const aSubject = (change: Partial<StartRequestBody> = {}): Subject => ({
  tenant: 'acme',
  migrationId: migrationIdSchema.parse('mig_eligible'),
  attempt: 1,
  callingCode: '55',
  request: startRequestSchema.parse({
    phoneNumber: GIVEN,
    route: 'programmatic',
    source: { provider: 'old-bsp', businessId: '1001', wabaId: '2001', credential: 'meta-source' },
    destination: { provider: 'meta', businessId: '1001', wabaId: '2002', credential: 'meta-destination' },
    funding: { payer: 'partner_credit', creditLineId: '5001', currency: 'USD' },
    ...change,
  }),
});

export const aNumber = (change: Partial<NumberFacts> = {}): NumberFacts => ({
  phoneNumberId: phoneNumberIdSchema.parse('3001'),
  displayPhoneNumber: '+55 31 99111-0000',
  status: 'CONNECTED',
  codeVerificationStatus: 'VERIFIED',
  platformType: 'CLOUD_API',
  nameStatus: 'APPROVED',
  newNameStatus: 'NONE',
  verifiedName: 'Padaria Sol',
  isPinEnabled: false,
  isOnBizApp: false,
  accountMode: 'LIVE',
  qualityRating: 'GREEN',
  messagingLimit: 'TIER_2K',
  isOfficialBusinessAccount: false,
  throughput: 'STANDARD',
  ...change,
});

export const aWaba = (change: Partial<WabaFacts> = {}): WabaFacts => ({
  id: wabaIdSchema.parse('2001'),
  name: 'Padaria Sol',
  ownerBusinessId: businessIdSchema.parse('1001'),
  accountReviewStatus: 'APPROVED',
  businessVerificationStatus: 'verified',
  status: 'ACTIVE',
  currency: 'USD',
  timezoneId: '1',
  primaryFundingId: null,
  onBehalfOfStatus: null,
  creationTime: '2026-11-20T12:00:00.000Z',
  appSubscribed: true,
  numberCount: 1,
  templateCount: 3,
  templateLimit: 250,
  ...change,
});

export const aSource = (change: Partial<SideFacts> = {}): SideFacts => ({
  seenAt: NOW,
  waba: aWaba({ appSubscribed: null }),
  number: aNumber(),
  whyUnseen: null,
  ...change,
});

/** Nobody named a credential that could see it. */
export const UNSEEN_SOURCE: SideFacts = aSource({ waba: null, number: null, whyUnseen: NO_CREDENTIAL });

export const aDestination = (change: Partial<DestinationFacts> = {}): DestinationFacts => ({
  seenAt: NOW,
  waba: aWaba({ id: wabaIdSchema.parse('2002'), templateCount: 0, numberCount: 0 }),
  number: null,
  whyUnseen: null,
  portfolioNumberCount: 1,
  portfolioNumberCap: 20,
  creditLineUsable: true,
  ...change,
});

/** What every migration is told, however well all is: what stays behind, and what only people can state. */
export const USUAL: readonly string[] = [
  'ADMIN_ACCESS_NOT_STATED',
  'HISTORY_DOES_NOT_MOVE',
  'MEDIA_MAY_NOT_MOVE',
  'PHONE_ACCESS_NOT_STATED',
  'WEBSITE_NOT_LIVE',
];

export const unusual = <F extends { code: string }>(findings: readonly F[]): F[] =>
  findings.filter(({ code }) => !USUAL.includes(code));
