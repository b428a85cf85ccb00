/**
 * From facts to findings: every rule of the scope is judged, always, and all findings come at once. Pure. A statement
 * of a party stands in for a fact that nobody could see, expires, and never outweighs what was seen.
 */
import { eligibilitySettings, type EligibilitySettings } from '../../shared/eligibility-settings';
import type { Baseline, Finding } from '../../shared/migration';
import type { StartRequest } from '../../shared/requests';
import { findingText } from '../../shared/texts';
import type { DestinationFacts, Judgement, Scope, SideFacts, Subject } from '../contract';
import { ATTESTATION_MS, type Facts, type Question, type Rule } from './rule';
import { RULES } from './rules';
import { triage } from './triage';

interface JudgeInput {
  subject: Subject;
  scope: Scope;
  source: SideFacts;
  destination: DestinationFacts | null;
  now: string;
  settings?: EligibilitySettings;
  /** Those that are judged; all of them unless told. */
  rules?: readonly Rule[];
}

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

const seenAtOf = (rule: Rule, { source, destination }: Facts): string =>
  rule.about === 'destination' ? (destination?.seenAt ?? source.seenAt) : source.seenAt;

type Attestation = StartRequest['attestations'][number];

/** The newest statement for the rule's row, with the instant from which it no longer counts. */
const attestationFor = (
  rule: Rule,
  { request }: Facts,
  now: string,
): { given: Attestation; expiresAt: string } | undefined =>
  request.attestations
    .filter((given) => given.requirement === rule.requirement)
    .map((given) => ({
      given,
      expiresAt: later(given.attestedAt ?? now, rule.attestationMs ?? ATTESTATION_MS),
    }))
    .sort((one, other) => Date.parse(other.expiresAt) - Date.parse(one.expiresAt))[0];

const whyUnseenOf = (rule: Rule, { source, destination }: Facts): string =>
  (rule.about === 'destination' ? destination?.whyUnseen : source.whyUnseen) ?? 'Meta does not tell';

const questionOf = (rule: Rule, facts: Facts): Question => {
  const question = rule.asks?.(facts) ?? {
    severity: rule.severity,
    ...findingText('UNSEEN', {
      ...{ holds: rule.holds, row: rule.requirement },
      why: whyUnseenOf(rule, facts),
    }),
  };
  const required: readonly string[] = facts.settings.attestationsRequired;
  return required.includes(rule.requirement) ? { ...question, severity: 'blocker' } : question;
};

const findingOfUnseen = (rule: Rule, facts: Facts, now: string): Finding => {
  const attestation = attestationFor(rule, facts, now);
  const why = whyUnseenOf(rule, facts);
  const common = { requirement: rule.requirement, code: rule.code, party: rule.party };
  if (attestation !== undefined && Date.parse(attestation.expiresAt) > Date.parse(now)) {
    return {
      ...common,
      severity: 'info',
      ...findingText('ATTESTED', { holds: rule.holds }),
      checkedAt: attestation.given.attestedAt ?? now,
      expiresAt: attestation.expiresAt,
      evidence: { unseen: true, why, attested: true },
    };
  }
  const checkedAt = seenAtOf(rule, facts);
  const { evidence, ...question } = questionOf(rule, facts);
  return {
    ...common,
    ...question,
    checkedAt,
    expiresAt: later(checkedAt, rule.freshnessMs),
    evidence: {
      ...{ unseen: true, why, ...evidence },
      ...(attestation ? { attestationExpiredAt: attestation.expiresAt } : {}),
    },
  };
};

const findingOf = (rule: Rule, facts: Facts, now: string): Finding | null => {
  const verdict = rule.applies(facts);
  if (verdict === null) return null;
  if (verdict === 'unseen') return findingOfUnseen(rule, facts, now);
  const checkedAt = seenAtOf(rule, facts);
  return {
    requirement: rule.requirement,
    code: rule.code,
    severity: verdict.severity ?? rule.severity,
    party: verdict.party ?? rule.party,
    message: verdict.message,
    remedy: verdict.remedy,
    ...(verdict.text === undefined ? {} : { text: verdict.text }),
    checkedAt,
    expiresAt: later(checkedAt, rule.freshnessMs),
    evidence: verdict.evidence,
  };
};

const baselineOf = ({ source }: Facts): Baseline | null =>
  source.number && {
    displayName: source.number.verifiedName,
    qualityRating: source.number.qualityRating,
    messagingLimit: source.number.messagingLimit,
    officialBusinessAccount: source.number.isOfficialBusinessAccount,
    throughput: source.number.throughput,
    phoneNumberId: source.number.phoneNumberId,
    profileFields: source.assets?.profileFields ?? null,
    takenAt: source.seenAt,
  };

export const judge = ({
  subject,
  scope,
  source,
  destination,
  now,
  settings,
  rules: all = RULES,
}: JudgeInput): Judgement => {
  const facts: Facts = {
    ...{ request: subject.request, source, destination, scope },
    // Filled up, because a run from before a setting carries what was decided at its start.
    settings: eligibilitySettings.parse(settings ?? {}),
  };
  const outcome = triage(facts);
  const rules = all.filter((rule) => rule.scopes.includes(scope));
  return {
    triage: outcome,
    judged: rules.map(({ code }) => code),
    findings: rules.map((rule) => findingOf(rule, facts, now)).filter((finding) => finding !== null),
    baseline: baselineOf(facts),
    sourcePhoneNumberId: source.number?.phoneNumberId ?? null,
    destinationPhoneNumberId:
      outcome === 'already_at_destination' ? (destination?.number?.phoneNumberId ?? null) : null,
    twoStepEnabled: source.number?.isPinEnabled ?? null,
  };
};
