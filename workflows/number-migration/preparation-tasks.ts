/**
 * What people prepare before the cut-over, as a table over the state: which tasks apply, until when, and whether they hold
 * the cut-over up. Pure, so that a plan can show them before anything is asked.
 */
import { isOfChecklist } from '../../shared/checklist';
import type { Task } from '../../shared/migration';
import { FINDING } from '../../shared/problems';
import {
  PREPARATION_KINDS,
  WHAT_STAYS,
  type FollowUpKind,
  type PreparationKind,
  type WhatStays,
} from '../../shared/preparation';
import type { Party } from '../../shared/steps';
import { taskText } from '../../shared/texts';
import type { TaskSpec } from './changes';
import type { MigrationState } from './state';
import { isToBeNoted, notingText, remakingText, staysBehind } from './what-stays';

const HOURS = 3_600_000;

/**
 * Few distinct leads, so that people are reminded of several things at once, and a waiting run wakes seldom: long matters
 * three days ahead, a day's work the day before, the last hours' at four.
 */
interface Row {
  party: Party;
  /** R-rows are attested by a statement; pitfalls (P-) are only kept. */
  requirement: string;
  /** How long before the window opens it is due, in milliseconds. */
  lead: number;
  /** Done for the window that was agreed then: another window asks anew. */
  perWindow: boolean;
  /** False: it is not asked for, and if it was, the observation closes it. */
  applies: (state: MigrationState) => boolean;
  words: (state: MigrationState) => ReturnType<typeof taskText>;
}

const always = (): boolean => true;
const provider = ({ migration }: MigrationState) => ({ provider: migration.source.provider });
/** Two-step verification may be on: nobody has seen it off. */
const isGuarded = ({ known }: MigrationState): boolean => known?.twoStepOn !== false;
/** A code comes to the phone, asked for by us or inside Meta's popup; the client's consent needs none (meta §2.2, §2.3). */
const hasCode = ({ migration }: MigrationState): boolean => migration.route !== 'solution_intent';

/** Nothing of those rows is found to be wrong or doubtful, and what people were to state for them has been stated. */
const isChecklistGreen = (state: MigrationState): boolean => {
  const { steps, findings, tasks } = state.migration;
  const isStated = (kind: PreparationKind) =>
    tasks
      .filter(isPreparation)
      .some((task) => task.kind === kind && task.status === 'done' && stillCounts(state, task));
  return (
    steps.find(({ name }) => name === 'eligibility')?.status === 'done' &&
    !findings.some(({ requirement, severity }) => severity !== 'info' && isOfChecklist(requirement)) &&
    PREPARATION_KINDS.filter((kind) => isOfChecklist(ROWS[kind].requirement) && isAsked(state, kind)).every(
      isStated,
    )
  );
};

const wantsSupport = ({ migration, policy }: MigrationState): boolean =>
  policy.preparation.bookSupport === 'always' ||
  (policy.preparation.bookSupport === 'high_volume' &&
    migration.findings.some(
      ({ requirement, code }) => requirement === 'R14' && code !== FINDING.volumeNotSeen,
    ));

const ROWS: Readonly<Record<PreparationKind, Row>> = {
  settle_open_invoices: {
    ...{ party: 'client', requirement: 'R18', lead: 72 * HOURS, perWindow: false, applies: always },
    words: (state) => taskText('settle_open_invoices', provider(state)),
  },
  keep_source_subscription: {
    ...{ party: 'client', requirement: 'P-14', lead: 72 * HOURS, perWindow: false, applies: always },
    words: (state) => taskText('keep_source_subscription', provider(state)),
  },
  arrange_two_step_removal: {
    ...{ party: 'source_provider', requirement: 'R22', lead: 72 * HOURS, perWindow: true },
    applies: isGuarded,
    words: (state) => taskText('arrange_two_step_removal', provider(state)),
  },
  check_portfolio_mail: {
    ...{ party: 'client', requirement: 'P-2', lead: 24 * HOURS, perWindow: false, applies: isGuarded },
    words: () => taskText('check_portfolio_mail', {}),
  },
  appoint_code_receiver: {
    ...{ party: 'client', requirement: 'R19', lead: 72 * HOURS, perWindow: true, applies: hasCode },
    words: ({ request }) => taskText(`appoint_code_receiver.${request.verification.method}`, {}),
  },
  export_history: {
    ...{ party: 'client', requirement: 'R10', lead: 24 * HOURS, perWindow: false, applies: always },
    words: (state) => taskText('export_history', provider(state)),
  },
  note_what_stays: {
    ...{
      party: 'client',
      requirement: 'meta §1.6',
      lead: 24 * HOURS,
      perWindow: false,
      applies: isToBeNoted,
    },
    words: notingText,
  },
  prepare_consumers: {
    ...{ party: 'operator', requirement: 'P-10', lead: 24 * HOURS, perWindow: false, applies: always },
    words: () => taskText('prepare_consumers', {}),
  },
  book_support: {
    ...{ party: 'operator', requirement: 'R50', lead: 24 * HOURS, perWindow: true },
    applies: (state) => wantsSupport(state) && isChecklistGreen(state),
    words: ({ migration }) =>
      taskText('book_support', { bundle: `/v1/migrations/${migration.id}/support-bundle` }),
  },
  freeze_campaigns: {
    ...{ party: 'client', requirement: 'R17', lead: 4 * HOURS, perWindow: true, applies: always },
    words: (state) => taskText('freeze_campaigns', provider(state)),
  },
  drain_inbox: {
    ...{ party: 'client', requirement: 'P-9', lead: 4 * HOURS, perWindow: true, applies: always },
    words: (state) => taskText('drain_inbox', provider(state)),
  },
  open_phone_line: {
    ...{ party: 'client', requirement: 'P-7', lead: 4 * HOURS, perWindow: true, applies: hasCode },
    words: () => taskText('open_phone_line', {}),
  },
};

/** Before the window opens, and not before somebody can have read of it; without a window, with the step's deadline. */
const dueAt = (
  { migration, deadlines }: MigrationState,
  { lead }: Row,
  blocking: boolean,
  since: number,
): string | null => {
  const { notBefore } = migration.cutover;
  if (notBefore === null) return blocking ? (deadlines.preparation?.at ?? null) : null;
  const opens = Date.parse(notBefore);
  return new Date(Math.max(opens - lead, Math.min(since + HOURS, opens))).toISOString();
};

/** Booking support needs the whole checklist: where it holds the cut-over up, so does what it needs. */
const isBlocking = (state: MigrationState, kind: PreparationKind): boolean => {
  const { blocking } = state.policy.preparation;
  const neededToBook = isOfChecklist(ROWS[kind].requirement) && wantsSupport(state);
  return blocking.includes(kind) || (neededToBook && blocking.includes('book_support'));
};

const isAsked = (state: MigrationState, kind: PreparationKind): boolean =>
  !state.policy.preparation.omit.includes(kind) && ROWS[kind].applies(state);

const specOf = (state: MigrationState, kind: PreparationKind, since: number): TaskSpec => {
  const row = ROWS[kind];
  const blocking = isBlocking(state, kind);
  return {
    ...{ kind, step: 'preparation', party: row.party, requirement: row.requirement, blocking },
    dueAt: dueAt(state, row, blocking, since),
    ...row.words(state),
  };
};

/** What there is to prepare, as things stand; `since` is when it is asked for, in epoch milliseconds. */
export const preparationTasks = (state: MigrationState, since: number): TaskSpec[] =>
  PREPARATION_KINDS.filter((kind) => isAsked(state, kind)).map((kind) => specOf(state, kind, since));

const isPreparation = (task: Task): task is Task & { kind: PreparationKind } =>
  task.step === 'preparation' && PREPARATION_KINDS.some((kind) => kind === task.kind);

/** A task reported done counts for the window and the attempt it was done for. */
const stillCounts = (state: MigrationState, task: Task & { kind: PreparationKind }): boolean => {
  if (task.status === 'open') return true;
  if (task.status === 'waived') return false;
  if (!ROWS[task.kind].perWindow) return true;
  const attemptBegan = state.migration.attempts.at(-1)?.closedAt;
  const isOfThisAttempt = attemptBegan === undefined || (task.evidence?.at ?? '') > attemptBegan;
  return isOfThisAttempt && specOf(state, task.kind, Date.parse(task.since)).dueAt === task.dueAt;
};

export interface PreparationChanges {
  /** Nobody was asked yet, or it was done for another window. */
  open: TaskSpec[];
  /** Seen to be no longer needed. */
  close: Task[];
  /** The window has moved, or the deadline is known now. */
  renew: { task: Task; spec: TaskSpec }[];
}

/** The difference between what there is to prepare and what has been asked for. */
export const preparationChanges = (state: MigrationState, now: number): PreparationChanges => {
  const asked = state.migration.tasks.filter(isPreparation);
  const wanted = preparationTasks(state, now);
  const open = asked.filter(({ status }) => status === 'open');
  return {
    open: wanted.filter(({ kind }) => !asked.some((task) => task.kind === kind && stillCounts(state, task))),
    close: open.filter(({ kind }) => kind !== 'book_support' && !wanted.some((spec) => spec.kind === kind)),
    renew: open.flatMap((task) => {
      const spec = specOf(state, task.kind, Date.parse(task.since));
      return spec.dueAt === task.dueAt ? [] : [{ task, spec }];
    }),
  };
};

// ------------------------------------------------------------------------------------------------ afterwards

/** Without a look at the source nobody knows whether there is a catalogue. */
const mayHaveCatalogue = ({ migration }: MigrationState): boolean =>
  migration.source.phoneNumberId === null ||
  migration.findings.some(({ code }) => code === 'CATALOGUE_DOES_NOT_MOVE');

interface FollowUp {
  party: Party;
  requirement: string;
  within: number;
  applies: Row['applies'];
}

const remade = (party: Party, kind: WhatStays): FollowUp => ({
  ...{ party, requirement: 'meta §1.6', within: 24 * HOURS },
  applies: (state) => staysBehind(state, kind),
});

const FOLLOW_UPS: Readonly<Record<FollowUpKind, FollowUp>> = {
  relink_catalogue: { party: 'client', requirement: 'R11', within: 24 * HOURS, applies: mayHaveCatalogue },
  reupload_media: { party: 'client', requirement: 'R12', within: 24 * HOURS, applies: always },
  remake_qr_codes: remade('client', 'remake_qr_codes'),
  set_up_automations: remade('client', 'set_up_automations'),
  rebuild_flows: remade('client', 'rebuild_flows'),
  set_number_webhook: remade('operator', 'set_number_webhook'),
  retire_old_integration: { party: 'operator', requirement: 'P-11', within: 24 * HOURS, applies: always },
  ramp_up: { party: 'client', requirement: 'P-21', within: 72 * HOURS, applies: always },
};

const staysWith = (kind: FollowUpKind): kind is WhatStays => WHAT_STAYS.some((one) => one === kind);

const wordsAfterwards = (state: MigrationState, kind: FollowUpKind): ReturnType<Row['words']> => {
  if (staysWith(kind)) return remakingText(state, kind);
  return kind === 'retire_old_integration' ? taskText(kind, provider(state)) : taskText(kind, {});
};

/** What there is to do once the number has moved. */
export const followUpTasks = (state: MigrationState, movedAt: number): TaskSpec[] =>
  (Object.keys(FOLLOW_UPS) as FollowUpKind[])
    .filter((kind) => !state.policy.preparation.omit.includes(kind) && FOLLOW_UPS[kind].applies(state))
    .map((kind) => ({
      ...{ kind, step: 'preparation', blocking: false },
      party: FOLLOW_UPS[kind].party,
      requirement: FOLLOW_UPS[kind].requirement,
      dueAt: new Date(movedAt + FOLLOW_UPS[kind].within).toISOString(),
      ...wordsAfterwards(state, kind),
    }));

/** After the cut-over what was to be prepared is over, done or not. */
export const withoutPreparation = (
  tasks: readonly Task[],
  evidence: Omit<NonNullable<Task['evidence']>, 'statement'>,
): Task[] =>
  tasks.map((task) =>
    task.status === 'open' && isPreparation(task)
      ? {
          ...task,
          status: 'waived',
          evidence: { ...evidence, statement: 'not reported done before the cut-over' },
        }
      : task,
  );
