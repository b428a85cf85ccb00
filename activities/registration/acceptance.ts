/** Whether the number is at the destination what it was and what the request asks for (R5, R8, R13, E8). Pure. */
import { checkText } from '../../shared/texts';
import { asIs, inWords, shownAs } from '../../shared/texts/shown';
import type { FailedMessagesSettings } from '../../shared/failed-messages';
import type { Baseline, ObservedTraffic } from '../../shared/migration';
import type { Policy } from '../../shared/policy';
import { isSameNumber } from '../../shared/phone-number';
import type { Check } from '../contract';
import { failedMessagesCheck } from './acceptance-failed-messages';
import { healthCheck, type ArrivedHealth } from './acceptance-health';
import { limitCheck, qualityCheck, throughputCheck } from './acceptance-standing';
import { profileCheck } from './acceptance-profile';
import { subscriptionCheck, turnedCheck, type MessageAddresses } from './acceptance-webhooks';
import { UNSEEN, kept, mustBe, shown, spoken } from './check-kinds';

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
  throughput: string | null;
  isOfficialBusinessAccount: boolean | null;
  isPinEnabled: boolean | null;
  health: ArrivedHealth | null;
  /** Of the destination account. */
  ownerBusinessId: string | null;
  primaryFundingId: string | null;
  /** Our own app among the subscribed ones; null: unseen, or nobody told which app is ours. */
  appSubscribed: boolean | null;
  messageAddresses: MessageAddresses;
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
  /** Hosts, beside that of the app's own address, to which its messages may go. */
  webhookHosts?: readonly string[] | undefined;
  /** How many messages of the number may fail (P-21). */
  failedMessages: FailedMessagesSettings;
}

export type TrafficNeed = Policy['acceptanceNeeds'][number];

const place = (arrived: Arrived, { phoneNumber, businessId, baseline }: Expectation): Check[] => {
  const belongs = arrived.listedInWaba && isSameNumber(arrived.displayPhoneNumber, phoneNumber);
  const idBefore = baseline?.phoneNumberId ?? null;
  const id = idBefore === null ? UNSEEN : idBefore === arrived.phoneNumberId ? 'the same' : 'new';
  return [
    mustBe('status', asIs('CONNECTED'), shown(arrived.status), {
      requirement: 'R20',
      ...checkText('check.status', { observed: spoken(arrived.status) }),
    }),
    mustBe('platform', asIs('CLOUD_API'), shown(arrived.platformType), {
      requirement: 'R1',
      ...checkText('check.platform', { observed: spoken(arrived.platformType) }),
    }),
    mustBe('number in the destination WABA', shown(true), shown(belongs), {
      requirement: 'R5',
      ...checkText('check.place', {}),
    }),
    {
      ...mustBe('business of the destination WABA', asIs(businessId), shown(arrived.ownerBusinessId), {
        requirement: 'R4',
        ...checkText('check.business', { expected: businessId, observed: spoken(arrived.ownerBusinessId) }),
      }),
      ...(arrived.ownerBusinessId === null ? { ok: true, required: false } : {}),
    },
    {
      ...{ name: 'phone-number id', ok: true, required: false },
      ...shownAs(inWords('new, or the same', {}), inWords(id, {})),
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
    ...{ name: 'two-step verification on again', ...shownAs(shown(true), shown(isPinEnabled)) },
    ...{ ok: isPinEnabled === true, required: false, requirement: 'R13', party: 'operator' },
    ...checkText('check.two_step', { observed: spoken(isPinEnabled) }),
  },
  {
    ...{ name: 'two-step PIN known here', ...shownAs(shown(true), shown(pinIsOurs)) },
    // While it is off there is none to be known.
    ...{ ok: pinIsOurs !== false || isPinEnabled === false, required: false },
    ...{ requirement: 'R21', party: 'operator' },
    ...checkText('check.pin', { observed: spoken(pinIsOurs) }),
  },
];

const payment = ({ primaryFundingId }: Arrived): Check => ({
  name: 'payment',
  ...shownAs(inWords('attached', {}), inWords(primaryFundingId === null ? 'none' : 'attached', {})),
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
  ...shownAs(
    inWords(needs.includes(need) ? 'observed' : 'told when observed', {}),
    at === null ? inWords('not observed yet', {}) : asIs(at),
  ),
  ok: at !== null || !needs.includes(need),
  ...{ required: needs.includes(need), requirement: 'P-10', party: 'client' },
  ...checkText(`check.${need}`, {}),
});

const MISSING = 'missing';

const TEMPLATE_TEXTS = {
  [MISSING]: 'check.template.missing',
  PENDING: 'check.template.pending',
  REJECTED: 'check.template.rejected',
  PAUSED: 'check.template.paused',
} as const;
const isTold = (status: string): status is keyof typeof TEMPLATE_TEXTS => status in TEMPLATE_TEXTS;

/** Written `name/language`; Meta may turn a copy down hours after it was made (R8). */
const requiredTemplate = (key: string, status: string): Check =>
  mustBe(`template ${key}`, asIs('APPROVED'), status === MISSING ? inWords(MISSING, {}) : asIs(status), {
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
    throughputCheck(baseline?.throughput ?? null, arrived.throughput),
    badge(arrived, baseline),
    ...twoStep(arrived),
    payment(arrived),
    subscriptionCheck(arrived.appSubscribed),
    turnedCheck(arrived.messageAddresses, expectation.webhookHosts ?? []),
    profileCheck(arrived, baseline),
    ...expectation.requiredTemplates.map((key) =>
      requiredTemplate(key, expectation.templateStatus.get(key) ?? MISSING),
    ),
    traffic('first message received', observed?.firstInboundAtDestination ?? null, 'first_inbound', needs),
    traffic('first message sent', observed?.firstOutboundAtDestination ?? null, 'first_outbound', needs),
    failedMessagesCheck(observed?.sentAtDestination ?? null, expectation),
  ];
};
