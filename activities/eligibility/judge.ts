/**
 * From facts to findings: every rule of the scope is judged, always, and all findings come at once. Pure. A statement
 * of a party stands in for a fact that nobody could see, expires, and never outweighs what was seen.
 */
import { eligibilitySettings, type EligibilitySettings } from '../../shared/eligibility-settings';
import type { Baseline } from '../../shared/migration';
import type { StartRequest } from '../../shared/requests';
import { findingText } from '../../shared/texts';
import type { Addressed, AddressedFinding } from '../../shared/texts/addressed';
import type { DestinationFacts, Judgement, Scope, SideFacts, Subject } from '../contract';
import { ATTESTATION_MS, type Facts, type Fault, type Question, type Rule } from './rule';
import { RULES } from './rules';
import { isInOtherAccount, triage } from './triage';
import { whyUnseenIn } from './unseen';

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
  whyUnseenIn(rule.about === 'destination' ? destination : source);

/** What a rule says of what was seen, and to whom it says it. */
const verdictOf = (rule: Rule, facts: Facts): null | 'unseen' | (Fault & Addressed) => {
  if (rule.party === 'client') {
    const verdict = rule.applies(facts);
    return verdict === null || verdict === 'unseen' ? verdict : { ...verdict, party: rule.party };
  }
  const verdict = rule.applies(facts);
  return verdict === null || verdict === 'unseen'
    ? verdict
    : { ...verdict, party: verdict.party ?? rule.party };
};

const lackIn = <Q>(rule: { lacks?(statement: string): Q | null }, stated: string | undefined): Q | null =>
  (stated === undefined ? null : rule.lacks?.(stated)) ?? null;

/** What a rule asks of whom, when nobody could look. */
const questionOf = (rule: Rule, facts: Facts, stated: string | undefined): Question & Addressed => {
  const { severity, requirement } = rule;
  const required: readonly string[] = facts.settings.attestationsRequired;
  const unseen = { holds: rule.holds, row: requirement, why: whyUnseenOf(rule, facts) };
  const inGeneral = { severity, ...findingText('UNSEEN', unseen) };
  const mustBeStated = required.includes(requirement) ? ({ severity: 'blocker' } as const) : {};
  return rule.party === 'client'
    ? { ...(lackIn(rule, stated) ?? rule.asks?.(facts) ?? inGeneral), ...mustBeStated, party: rule.party }
    : { ...(lackIn(rule, stated) ?? rule.asks?.(facts) ?? inGeneral), ...mustBeStated, party: rule.party };
};

const findingOfUnseen = (rule: Rule, facts: Facts, now: string): AddressedFinding => {
  const attestation = attestationFor(rule, facts, now);
  const why = whyUnseenOf(rule, facts);
  const common = { requirement: rule.requirement, code: rule.code };
  const isFresh = attestation !== undefined && Date.parse(attestation.expiresAt) > Date.parse(now);
  const stated = isFresh ? attestation.given.statement : undefined;
  if (isFresh && lackIn<unknown>(rule, stated) === null) {
    return {
      ...common,
      severity: 'info',
      party: rule.party,
      ...findingText('ATTESTED', { holds: rule.holds }),
      checkedAt: attestation.given.attestedAt ?? now,
      expiresAt: attestation.expiresAt,
      evidence: { unseen: true, why, attested: true },
    };
  }
  const checkedAt = seenAtOf(rule, facts);
  const { evidence, ...question } = questionOf(rule, facts, stated);
  return {
    ...common,
    ...question,
    checkedAt,
    expiresAt: later(checkedAt, rule.freshnessMs),
    evidence: {
      ...{ unseen: true, why, ...evidence },
      ...(isFresh ? { statementIncomplete: true } : {}),
      ...(attestation && !isFresh ? { attestationExpiredAt: attestation.expiresAt } : {}),
    },
  };
};

/** Another rule of this look asks for what this one could not see, or it will be seen when the account is corrected. */
const needsNoQuestion = ({ askedWith, about }: Rule, facts: Facts, judged: readonly Rule[]): boolean =>
  (about === 'source' && isInOtherAccount(facts) && facts.source.whyUnseen !== null) ||
  (askedWith !== undefined && judged.some(({ code }) => code === askedWith));

const findingOf = (
  rule: Rule,
  facts: Facts,
  now: string,
  judged: readonly Rule[],
): AddressedFinding | null => {
  const verdict = verdictOf(rule, facts);
  if (verdict === null) return null;
  if (verdict === 'unseen')
    return needsNoQuestion(rule, facts, judged) ? null : findingOfUnseen(rule, facts, now);
  const checkedAt = seenAtOf(rule, facts);
  return {
    severity: rule.severity,
    ...verdict,
    ...{ requirement: rule.requirement, code: rule.code },
    ...{ checkedAt, expiresAt: later(checkedAt, rule.freshnessMs) },
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
    profile: source.assets?.profile ?? null,
    takenAt: source.seenAt,
  };

const ageOf = (
  { request, destination }: Facts,
  now: string,
): NonNullable<Judgement['destinationAge']> | null => {
  const madeAt = destination?.waba?.creationTime ?? null;
  return request.destination.maxWabaAgeHours === null || madeAt === null ? null : { madeAt, judgedAt: now };
};

/** By the clock that asks: a rule holds for as long as its finding would be fresh; one that is attested, until that expires. */
const freshUntil = (
  rules: readonly Rule[],
  findings: readonly AddressedFinding[],
  now: string,
): string | undefined =>
  rules
    .filter(({ scopes }) => !scopes.includes('two_step'))
    .map(({ code, freshnessMs }) => {
      const attested = findings.find(
        (finding) => finding.code === code && finding.evidence.attested === true,
      );
      return attested?.expiresAt ?? later(now, freshnessMs);
    })
    .sort((one, other) => Date.parse(one) - Date.parse(other))[0];

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
  const findings = rules
    .map((rule) => findingOf(rule, facts, now, rules))
    .filter((finding) => finding !== null);
  const freshness = freshUntil(rules, findings, now);
  return {
    triage: outcome,
    judged: rules.map(({ code }) => code),
    findings,
    baseline: baselineOf(facts),
    sourcePhoneNumberId: source.number?.phoneNumberId ?? null,
    destinationPhoneNumberId:
      outcome === 'already_at_destination' ? (destination?.number?.phoneNumberId ?? null) : null,
    twoStepEnabled: source.number?.isPinEnabled ?? null,
    destinationAge: ageOf(facts, now),
    ...(scope === 'preflight' && freshness !== undefined
      ? { freshUntil: freshness, announceBy: freshness }
      : {}),
  };
};
