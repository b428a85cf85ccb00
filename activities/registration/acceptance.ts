/** Whether the number is at the destination what it was and what the request asks for (R5, R8, R13, E8). Pure. */
import type { AcceptanceCheck, Baseline, ObservedTraffic } from '../../shared/migration';
import type { Policy } from '../../shared/policy';
import { isSameNumber } from '../../shared/phone-number';
import { TEMPLATE_REASONS } from '../../shared/template-report';
import { healthCheck, type ArrivedHealth } from './acceptance-health';
import { qualityCheck, limitCheck } from './acceptance-standing';
import { UNSEEN, kept, mustBe, spoken } from './check-kinds';

/** The number at the destination as it was read; null: Meta did not say. */
export interface Arrived {
  listedInWaba: boolean;
  phoneNumberId: string | null;
  displayPhoneNumber: string;
  status: string | null;
  platformType: string | null;
  verifiedName: string | null;
  qualityRating: string | null;
  messagingLimit: string | null;
  isOfficialBusinessAccount: boolean | null;
  isPinEnabled: boolean | null;
  health: ArrivedHealth | null;
  /** Of the destination account. */
  ownerBusinessId: string | null;
  primaryFundingId: string | null;
  /** Our own app among the subscribed ones; null: unseen, or nobody told which app is ours. */
  appSubscribed: boolean | null;
  /** Host of the address to which our app's webhooks are turned away from its own; null: they are not. */
  webhookOverrideHost: string | null;
  /** Names of the profile's fields that are filled in. */
  profileFields: readonly string[] | null;
  /** Whether the two-step PIN that Carryover made is the number's; null: the database could not say. */
  pinIsOurs: boolean | null;
}

export interface Expectation {
  phoneNumber: string;
  businessId: string;
  baseline: Baseline | null;
  /** Written `name/language`. */
  requiredTemplates: readonly string[];
  /** Status at the destination by `name/language`; absent: not there. */
  templateStatus: ReadonlyMap<string, string>;
  /** Since when the number is connected; null: unknown. */
  connectedAt: string | null;
  now: string;
  observed: ObservedTraffic | null;
  /** Traffic without which the number is not accepted, as configured. */
  needs: readonly TrafficNeed[];
}

export type TrafficNeed = Policy['acceptanceNeeds'][number];

/** Where the account and its business can be put right (E8, R28). */
const BUSINESS_INFO = 'Business settings → Business info';

const place = (arrived: Arrived, { phoneNumber, businessId, baseline }: Expectation): AcceptanceCheck[] => {
  const belongs = arrived.listedInWaba && isSameNumber(arrived.displayPhoneNumber, phoneNumber);
  const idBefore = baseline?.phoneNumberId ?? null;
  return [
    mustBe('status', 'CONNECTED', arrived.status, {
      requirement: 'R20',
      remedy: `See the number in WhatsApp Manager → Phone numbers. Restricted or banned: check ${BUSINESS_INFO} (the web site is live and names the business, R28), then ask Meta for a review (E8).`,
    }),
    mustBe('platform', 'CLOUD_API', arrived.platformType, {
      requirement: 'R1',
      remedy: 'Only Cloud API counts as moved: ask Meta’s support why the number is registered elsewhere.',
    }),
    mustBe('number in the destination WABA', 'yes', belongs ? 'yes' : 'no', {
      requirement: 'R5',
      remedy: 'Somebody may have moved or deleted it since: look at both accounts in WhatsApp Manager.',
    }),
    {
      ...mustBe('business of the destination WABA', businessId, arrived.ownerBusinessId, {
        requirement: 'R4',
        remedy:
          'The account belongs to another business portfolio than the request says: clear up which is right.',
      }),
      ...(arrived.ownerBusinessId === null ? { ok: true, required: false } : {}),
    },
    {
      name: 'phone-number id',
      expected: 'new, or the same',
      observed: idBefore === null ? UNSEEN : idBefore === arrived.phoneNumberId ? 'the same' : 'new',
      ok: true,
      required: false,
      requirement: 'P-10',
    },
  ];
};

const twoStep = (arrived: Arrived): AcceptanceCheck[] => [
  {
    ...kept('two-step verification on again', true, arrived.isPinEnabled),
    requirement: 'R13',
    party: 'operator',
    remedy:
      'Set a PIN: WhatsApp Manager → Phone numbers → the number → Two-step verification, or POST /{phone-number-id} with a PIN. Without it the number can be taken, and a badge cannot be kept.',
  },
  {
    name: 'two-step PIN known here',
    expected: 'yes',
    observed: spoken(arrived.pinIsOurs),
    ok: arrived.pinIsOurs !== false,
    required: false,
    requirement: 'R21',
    party: 'operator',
    remedy:
      'The number was found registered, so nobody here knows its PIN. Set a new one (WhatsApp Manager → Phone numbers → Two-step verification → Change PIN, or POST /{phone-number-id}) and keep it where it is found at the next move.',
  },
];

const webhooks = ({ appSubscribed, webhookOverrideHost }: Arrived): AcceptanceCheck => ({
  name: 'webhooks reach our app',
  expected: 'yes',
  observed:
    webhookOverrideHost === null
      ? spoken(appSubscribed)
      : `${spoken(appSubscribed)}; they are turned to ${webhookOverrideHost}`,
  ok: appSubscribed !== false,
  required: appSubscribed === false,
  requirement: 'P-10',
  party: 'operator',
  remedy:
    'Subscribe the app to the destination account (POST /{waba-id}/subscribed_apps with the token of the app); until then nobody hears what is written to the number.',
});

const profile = ({ profileFields }: Arrived, baseline: Baseline | null): AcceptanceCheck => {
  const before = baseline?.profileFields ?? null;
  const lost = before?.filter((field) => profileFields?.includes(field) === false) ?? [];
  return {
    name: 'business profile',
    expected: before === null ? UNSEEN : before.length === 0 ? 'empty' : before.join(', '),
    observed: profileFields === null ? UNSEEN : lost.length === 0 ? 'all there' : `lost: ${lost.join(', ')}`,
    ok: lost.length === 0,
    required: false,
    requirement: 'R5',
    party: 'client',
    remedy: `Fill in what did not move (${lost.join(', ')}): WhatsApp Manager → Phone numbers → the number → Profile. Customers see it at once.`,
  };
};

const payment = ({ primaryFundingId }: Arrived): AcceptanceCheck => ({
  name: 'payment',
  expected: 'attached',
  observed: primaryFundingId === null ? 'none' : 'attached',
  ok: primaryFundingId !== null,
  required: false,
  requirement: 'P-18',
  party: 'client',
  remedy:
    'Add a payment method: Business settings → Accounts → WhatsApp accounts → the account → Settings → Payment settings. Without one the number sends nothing that costs.',
});

const traffic = (
  name: string,
  at: string | null,
  need: TrafficNeed,
  needs: readonly TrafficNeed[],
): AcceptanceCheck => ({
  name,
  expected: needs.includes(need) ? 'observed' : 'told when observed',
  observed: at ?? 'not observed yet',
  ok: at !== null || !needs.includes(need),
  required: needs.includes(need),
  requirement: 'P-10',
  party: 'client',
  remedy:
    need === 'first_inbound'
      ? 'Write a message to the number from any phone.'
      : 'Send a message from the number through the new system, to a phone of yours.',
});

const REMEDIES: Readonly<Record<string, string>> = {
  missing: TEMPLATE_REASONS.COPY_MISSING.remedy,
  PENDING: 'Wait for Meta’s review; it takes up to 24 hours.',
  REJECTED: TEMPLATE_REASONS.RECHECK_REJECTED.remedy,
  PAUSED: TEMPLATE_REASONS.SOURCE_PAUSED.remedy,
};

/** Written `name/language`; Meta may turn a copy down hours after it was made (R8). */
const requiredTemplate = (key: string, status: string): AcceptanceCheck =>
  mustBe(`template ${key}`, 'APPROVED', status, {
    ...{ requirement: 'R8', party: 'client' },
    remedy: REMEDIES[status] ?? 'Look at its status in WhatsApp Manager; it must be approved.',
  });

export const acceptanceChecks = (arrived: Arrived, expectation: Expectation): AcceptanceCheck[] => {
  const { baseline, observed, needs } = expectation;
  return [
    ...place(arrived, expectation),
    healthCheck(arrived.health),
    kept('display name', baseline?.displayName ?? null, arrived.verifiedName),
    qualityCheck(baseline?.qualityRating ?? null, arrived.qualityRating, expectation),
    limitCheck(baseline?.messagingLimit ?? null, arrived.messagingLimit),
    {
      ...kept(
        'official business badge',
        baseline?.officialBusinessAccount ?? null,
        arrived.isOfficialBusinessAccount,
      ),
      requirement: 'R13',
      party: 'meta',
      remedy:
        'See that two-step verification is on, then open a ticket with Meta (Business Support Home → WhatsApp → Official business account) with both account ids and the time of the move.',
    },
    ...twoStep(arrived),
    payment(arrived),
    webhooks(arrived),
    profile(arrived, baseline),
    ...expectation.requiredTemplates.map((key) =>
      requiredTemplate(key, expectation.templateStatus.get(key) ?? 'missing'),
    ),
    traffic('first message received', observed?.firstInboundAtDestination ?? null, 'first_inbound', needs),
    traffic('first message sent', observed?.firstOutboundAtDestination ?? null, 'first_outbound', needs),
  ];
};
