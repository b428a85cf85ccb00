/** Whether the number is at the destination what it was and what the request asks for (R5, R8, R13, E8). Pure. */
import type { AcceptanceCheck, Baseline } from '../../shared/migration';
import { isSameNumber } from '../../shared/phone-number';
import { TEMPLATE_REASONS } from '../../shared/template-report';

/** The number at the destination as it was read; null: Meta did not say. */
export interface Arrived {
  listedInWaba: boolean;
  displayPhoneNumber: string;
  status: string | null;
  platformType: string | null;
  verifiedName: string | null;
  qualityRating: string | null;
  messagingLimit: string | null;
  isOfficialBusinessAccount: boolean | null;
  isPinEnabled: boolean | null;
  /** AVAILABLE, LIMITED or BLOCKED (meta §3.5), with what each entity complains of. */
  canSendMessage: string | null;
  healthErrors: string[];
}

export interface Expectation {
  phoneNumber: string;
  baseline: Baseline | null;
  /** Written `name/language`. */
  requiredTemplates: readonly string[];
  /** Status at the destination by `name/language`; absent: not there. */
  templateStatus: ReadonlyMap<string, string>;
}

const UNSEEN = 'not known';

const spoken = (value: string | boolean | null): string => {
  if (value === null) return UNSEEN;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
};

const mustBe = (name: string, expected: string, observed: string | null): AcceptanceCheck => ({
  name,
  expected,
  observed: spoken(observed),
  ok: observed === expected,
  required: true,
});

/** What R5 says is kept. Unseen before the move means nothing to compare with: told, and not held against it. */
const kept = (
  name: string,
  before: string | boolean | null,
  after: string | boolean | null,
): AcceptanceCheck => ({
  name,
  expected: spoken(before),
  observed: spoken(after),
  ok: before === null || before === after,
  required: false,
});

/**
 * BLOCKED keeps the number from sending and is not accepted; LIMITED sends, and a person should know why (meta §3.5).
 * Unseen health is told.
 */
const health = (arrived: Arrived): AcceptanceCheck => ({
  name: 'health',
  expected: 'AVAILABLE',
  observed: [spoken(arrived.canSendMessage), ...arrived.healthErrors].join('; '),
  ok: arrived.canSendMessage === 'AVAILABLE',
  required: arrived.canSendMessage === 'BLOCKED',
});

const REMEDIES: Readonly<Record<string, string>> = {
  missing: TEMPLATE_REASONS.COPY_MISSING.remedy,
  PENDING: 'Wait for Meta’s review; it takes up to 24 hours.',
  REJECTED: TEMPLATE_REASONS.RECHECK_REJECTED.remedy,
  PAUSED: TEMPLATE_REASONS.SOURCE_PAUSED.remedy,
};

/** Written `name/language`; Meta may turn a copy down hours after it was made (R8). */
const requiredTemplate = (key: string, status: string): AcceptanceCheck => ({
  ...mustBe(`template ${key}`, 'APPROVED', status),
  ...{ requirement: 'R8', party: 'client' },
  remedy: REMEDIES[status] ?? 'Look at its status in WhatsApp Manager; it must be approved.',
});

export const acceptanceChecks = (arrived: Arrived, expectation: Expectation): AcceptanceCheck[] => {
  const { baseline } = expectation;
  const belongs = arrived.listedInWaba && isSameNumber(arrived.displayPhoneNumber, expectation.phoneNumber);
  return [
    mustBe('status', 'CONNECTED', arrived.status),
    mustBe('platform', 'CLOUD_API', arrived.platformType),
    mustBe('number in the destination WABA', 'yes', belongs ? 'yes' : 'no'),
    health(arrived),
    kept('display name', baseline?.displayName ?? null, arrived.verifiedName),
    kept('quality rating', baseline?.qualityRating ?? null, arrived.qualityRating),
    kept('messaging limit', baseline?.messagingLimit ?? null, arrived.messagingLimit),
    kept(
      'official business badge',
      baseline?.officialBusinessAccount ?? null,
      arrived.isOfficialBusinessAccount,
    ),
    kept('two-step verification on again', true, arrived.isPinEnabled),
    ...expectation.requiredTemplates.map((key) =>
      requiredTemplate(key, expectation.templateStatus.get(key) ?? 'missing'),
    ),
  ];
};
