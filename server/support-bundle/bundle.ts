/** A ticket's facts from the read model and the audit trail. Pure; no secret is in either. */
import { isOfChecklist } from '../../shared/checklist';
import type { Migration } from '../../shared/migration';
import { problemSchema } from '../../shared/problems';
import type { BundlePurpose, SupportBundle } from '../../shared/support-bundle';
import type { Locale } from '../../shared/texts/wording';
import type { AuditEntry } from '../../store';
import { lettersOf } from './letters';
import { sourceRequestsOf } from './source-requests';

export type Event = Pick<AuditEntry, 'type' | 'at' | 'actor' | 'step' | 'data'>;

export interface BundleSources {
  migration: Migration;
  /** Newest first. */
  events: readonly Event[];
  /** Whether there are older ones. */
  hasOlder: boolean;
  purpose: BundlePurpose;
  generatedAt: string;
  version: string;
  /** Of the letter to the provider. */
  locale: Locale;
}

/** Says nothing to a reader of a ticket: how the procedure goes on by itself. */
const INWARD: readonly string[] = [
  'step_started',
  'step_waiting',
  'step_resumed',
  'recheck_planned',
  'deadline_set',
  'task_renewed',
  'events_retold',
];
/** What of an event's data is told, in this order. */
const TOLD = [
  'kind',
  'code',
  'outcome',
  'state',
  'verb',
  'status',
  'because',
  'reason',
  'statement',
  'evidenceUrl',
  'until',
  'dueAt',
  'retryAt',
  'notBefore',
  'notAfter',
  'phoneNumberId',
  'wabaId',
] as const;
/** How a popup of Embedded Signup ended: Meta's support asks for its ids (meta §2.1). */
const TOLD_OF_POPUP = [
  'event',
  'errorId',
  'metaSessionId',
  'currentStep',
  'obstacle',
  'wrongBusinessId',
  'words',
] as const;
const LONGEST_DETAIL = 300;

const named = (names: readonly string[], data: Record<string, unknown>): string[] =>
  names.flatMap((name) => {
    const value = data[name];
    return typeof value === 'string' || typeof value === 'number' ? [`${name}: ${String(value)}`] : [];
  });

const popupIn = (data: Record<string, unknown>): Record<string, unknown> => {
  const { stop } = data;
  return typeof stop === 'object' && stop !== null ? { ...stop } : {};
};

const problemIn = (data: Record<string, unknown>) => {
  const parsed = problemSchema.safeParse(data['problem']);
  return parsed.success ? parsed.data : null;
};

const detailOf = ({ data }: Event): string => {
  const parts = [...named(TOLD, data), ...named(TOLD_OF_POPUP, popupIn(data))];
  const problem = problemIn(data);
  return [...(problem === null ? [] : [`${problem.code}: ${problem.title}`]), ...parts]
    .join('; ')
    .slice(0, LONGEST_DETAIL);
};

const problemsOf = (events: readonly Event[]): SupportBundle['problems'] =>
  events.flatMap(({ at, step, data }) => {
    const problem = problemIn(data);
    if (problem === null) return [];
    const { code, title, party, evidence } = problem;
    return [{ at, step, code, title, party, platform: evidence ?? null }];
  });

/** What keeps support from being booked (R50), in the codes and kinds under which it is found. */
export const missingForBooking = ({ findings, tasks, steps }: Migration): string[] => {
  const looked = steps.find(({ name }) => name === 'eligibility')?.status === 'done';
  return [
    ...(looked ? [] : ['eligibility is not finished']),
    ...findings
      .filter(({ severity, requirement }) => severity !== 'info' && isOfChecklist(requirement))
      .map(({ requirement, code }) => `${requirement} ${code}`),
    ...tasks
      .filter(({ status, requirement }) => status === 'open' && isOfChecklist(requirement))
      .map(({ requirement, kind }) => `${requirement ?? ''} ${kind}`),
  ].filter((entry, index, all) => all.indexOf(entry) === index);
};

export const bundleOf = (given: BundleSources): SupportBundle => {
  const { migration, events, purpose, generatedAt, version } = given;
  const { id, attempt, route, mode, state, outcome, step, createdAt, updatedAt, metadata } = migration;
  const told = events.filter(({ type }) => !INWARD.includes(type));
  const bundle: SupportBundle = {
    purpose,
    generatedAt,
    versions: { carryover: version },
    migration: { id, attempt, route, mode, state, outcome, step, createdAt, updatedAt, metadata },
    phoneNumber: migration.phoneNumber,
    source: migration.source,
    destination: migration.destination,
    cutover: migration.cutover,
    registerAttemptedAt: migration.registerAttemptedAt,
    waitingFor: migration.waitingFor,
    missingForBooking: missingForBooking(migration),
    tasks: migration.tasks
      .filter(({ status }) => status === 'open')
      .map(({ kind, party, requirement, step: of, blocking, since, dueAt, remindersSent, title }) => ({
        ...{ kind, party, requirement, step: of, blocking, since, dueAt, remindersSent, title },
      })),
    findings: migration.findings.map(
      ({ requirement, code, severity, party, message, checkedAt, expiresAt }) => ({
        ...{ requirement, code, severity, party, message, checkedAt, expiresAt },
      }),
    ),
    problems: problemsOf(events),
    templates: migration.templates,
    acceptance: migration.acceptance,
    timeline: told
      .map((event) => ({
        at: event.at,
        by: event.actor.name,
        what: event.type,
        step: event.step,
        detail: detailOf(event),
      }))
      .reverse(),
    timelineShortened: given.hasOlder,
  };
  if (purpose === 'support') return bundle;
  const sourceRequests = sourceRequestsOf(migration, events);
  return {
    ...bundle,
    sourceRequests,
    letters: lettersOf(migration, { ...bundle, sourceRequests }, given.locale),
  };
};
