/** Whether the number is at the destination what it was and what the request asks for (R5, R8, R13, E8). Pure. */
import { checkText } from '../../shared/texts';
import type { Baseline, ObservedTraffic } from '../../shared/migration';
import type { Policy } from '../../shared/policy';
import { isSameNumber } from '../../shared/phone-number';
import type { Check } from '../contract';
import { healthCheck, type ArrivedHealth } from './acceptance-health';
import { qualityCheck, limitCheck } from './acceptance-standing';
import { profileCheck } from './acceptance-profile';
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
  /** What the fields of the business profile say; those that are empty are absent. */
  profile: Readonly<Record<string, string>> | null;
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
  /** The destination pays with the partner's line of credit. */
  partnerPays?: boolean;
}

export type TrafficNeed = Policy['acceptanceNeeds'][number];

const place = (arrived: Arrived, { phoneNumber, businessId, baseline }: Expectation): Check[] => {
  const belongs = arrived.listedInWaba && isSameNumber(arrived.displayPhoneNumber, phoneNumber);
  const idBefore = baseline?.phoneNumberId ?? null;
  const id = idBefore === null ? UNSEEN : idBefore === arrived.phoneNumberId ? 'the same' : 'new';
  return [
    mustBe('status', 'CONNECTED', arrived.status, {
      requirement: 'R20',
      ...checkText('check.status', { observed: spoken(arrived.status) }),
    }),
    mustBe('platform', 'CLOUD_API', arrived.platformType, {
      requirement: 'R1',
      ...checkText('check.platform', { observed: spoken(arrived.platformType) }),
    }),
    mustBe('number in the destination WABA', 'yes', belongs ? 'yes' : 'no', {
      requirement: 'R5',
      ...checkText('check.place', {}),
    }),
    {
      ...mustBe('business of the destination WABA', businessId, arrived.ownerBusinessId, {
        requirement: 'R4',
        ...checkText('check.business', { expected: businessId, observed: spoken(arrived.ownerBusinessId) }),
      }),
      ...(arrived.ownerBusinessId === null ? { ok: true, required: false } : {}),
    },
    {
      ...{ name: 'phone-number id', expected: 'new, or the same', observed: id, ok: true, required: false },
      requirement: 'P-10',
      ...checkText('check.number_id', { observed: id }),
    },
  ];
};

const badge = ({ isOfficialBusinessAccount }: Arrived, baseline: Baseline | null): Check => ({
  ...kept(
    'official business badge',
    baseline?.officialBusinessAccount ?? null,
    isOfficialBusinessAccount,
    'check.badge',
  ),
  requirement: 'R13',
  party: 'meta',
});

const twoStep = ({ isPinEnabled, pinIsOurs }: Arrived): Check[] => [
  {
    ...{ name: 'two-step verification on again', expected: 'yes', observed: spoken(isPinEnabled) },
    ...{ ok: isPinEnabled === true, required: false, requirement: 'R13', party: 'operator' },
    ...checkText('check.two_step', { observed: spoken(isPinEnabled) }),
  },
  {
    ...{ name: 'two-step PIN known here', expected: 'yes', observed: spoken(pinIsOurs) },
    ...{ ok: pinIsOurs !== false, required: false, requirement: 'R21', party: 'operator' },
    ...checkText('check.pin', { observed: spoken(pinIsOurs) }),
  },
];

const webhooks = ({ appSubscribed, webhookOverrideHost }: Arrived): Check => {
  const observed =
    webhookOverrideHost === null
      ? spoken(appSubscribed)
      : `${spoken(appSubscribed)}; they are turned to ${webhookOverrideHost}`;
  return {
    ...{ name: 'webhooks reach our app', expected: 'yes', observed, ok: appSubscribed !== false },
    ...{ required: appSubscribed === false, requirement: 'P-10', party: 'operator' },
    ...checkText('check.webhooks', { observed }),
  };
};

const payment = ({ primaryFundingId }: Arrived): Check => ({
  name: 'payment',
  expected: 'attached',
  observed: primaryFundingId === null ? 'none' : 'attached',
  ok: primaryFundingId !== null,
  ...{ required: false, requirement: 'P-18', party: 'client' },
  ...checkText('check.payment', {}),
});

const traffic = (
  name: string,
  at: string | null,
  need: TrafficNeed,
  needs: readonly TrafficNeed[],
): Check => ({
  name,
  expected: needs.includes(need) ? 'observed' : 'told when observed',
  observed: at ?? 'not observed yet',
  ok: at !== null || !needs.includes(need),
  ...{ required: needs.includes(need), requirement: 'P-10', party: 'client' },
  ...checkText(`check.${need}`, {}),
});

const TEMPLATE_TEXTS = {
  missing: 'check.template.missing',
  PENDING: 'check.template.pending',
  REJECTED: 'check.template.rejected',
  PAUSED: 'check.template.paused',
} as const;
const isTold = (status: string): status is keyof typeof TEMPLATE_TEXTS => status in TEMPLATE_TEXTS;

/** Written `name/language`; Meta may turn a copy down hours after it was made (R8). */
const requiredTemplate = (key: string, status: string): Check =>
  mustBe(`template ${key}`, 'APPROVED', status, {
    ...{ requirement: 'R8', party: 'client' },
    ...(isTold(status)
      ? checkText(TEMPLATE_TEXTS[status], { template: key })
      : checkText('check.template', { template: key, status })),
  });

export const acceptanceChecks = (arrived: Arrived, expectation: Expectation): Check[] => {
  const { baseline, observed, needs } = expectation;
  return [
    ...place(arrived, expectation),
    healthCheck(arrived.health, expectation.partnerPays ?? false),
    kept('display name', baseline?.displayName ?? null, arrived.verifiedName, 'check.display_name'),
    qualityCheck(baseline?.qualityRating ?? null, arrived.qualityRating, expectation),
    limitCheck(baseline?.messagingLimit ?? null, arrived.messagingLimit),
    badge(arrived, baseline),
    ...twoStep(arrived),
    payment(arrived),
    webhooks(arrived),
    profileCheck(arrived, baseline),
    ...expectation.requiredTemplates.map((key) =>
      requiredTemplate(key, expectation.templateStatus.get(key) ?? 'missing'),
    ),
    traffic('first message received', observed?.firstInboundAtDestination ?? null, 'first_inbound', needs),
    traffic('first message sent', observed?.firstOutboundAtDestination ?? null, 'first_outbound', needs),
  ];
};
