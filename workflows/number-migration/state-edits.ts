/** The few shapes that every change of a migration's state is made of. Nothing is changed in place. */
import type { Judgement } from '../../activities/contract';
import { withoutLeftNumber } from '../../shared/announced-number';
import type { TaskId } from '../../shared/ids';
import type { Actor, Baseline, Finding, Migration, StepError, StepView, Task } from '../../shared/migration';
import type { Problem } from '../../shared/problems';
import type { StepName } from '../../shared/steps';
import type { Changes, TaskSpec } from './changes';
import { withoutParkings } from './patience';
import type { MigrationState } from './state';

export const withMigration = (state: MigrationState, patch: Partial<Migration>): MigrationState => ({
  ...state,
  migration: { ...state.migration, ...patch },
});

export const withStep = (
  state: MigrationState,
  name: StepName,
  patch: (step: StepView) => Partial<StepView>,
): MigrationState =>
  withMigration(state, {
    steps: state.migration.steps.map((step) => (step.name === name ? { ...step, ...patch(step) } : step)),
  });

/** A step that this migration does not have. */
export const withoutStep = (state: MigrationState, name: StepName): MigrationState =>
  withMigration(state, { steps: state.migration.steps.filter((step) => step.name !== name) });

export const withTask = (
  state: MigrationState,
  id: TaskId,
  patch: (task: Task) => Partial<Task>,
): MigrationState =>
  withMigration(state, {
    tasks: state.migration.tasks.map((task) => (task.id === id ? { ...task, ...patch(task) } : task)),
  });

export const withCutover = (state: MigrationState, patch: Partial<Migration['cutover']>): MigrationState =>
  withMigration(state, { cutover: { ...state.migration.cutover, ...patch } });

export const withKnown = (
  state: MigrationState,
  patch: Partial<NonNullable<MigrationState['known']>>,
): MigrationState => ({
  ...state,
  known: { triage: null, twoStepOn: null, templatesUnseen: null, ...state.known, ...patch },
});

/** What a look says for the plan: the first look answers what kind of number it is, each what protects it. */
export const withSeen = (state: MigrationState, scope: string, judgement: Judgement): MigrationState => ({
  ...withKnown(state, {
    ...(scope === 'preflight' ? { triage: judgement.triage } : {}),
    ...(judgement.twoStepEnabled === null ? {} : { twoStepOn: judgement.twoStepEnabled }),
  }),
  ...(judgement.freshUntil === undefined ? {} : { freshUntil: judgement.freshUntil }),
  // A look that does not tell it leaves none that an earlier one told: it is not said to hold for longer.
  ...(scope === 'preflight' ? { announceBy: judgement.announceBy } : {}),
  // Only looks of the window look at it.
  ...(state.twoStepDoubted === true && scope !== 'preflight' ? { twoStepDoubted: false } : {}),
});

export const withCodes = (
  state: MigrationState,
  patch: Partial<MigrationState['codes']>,
): MigrationState => ({
  ...state,
  codes: { ...state.codes, ...patch },
});

/** What people read of a problem: how long to wait is the due time of its task. */
export const errorOf = ({ waitMs: _, ...told }: Problem): StepError => told;

const SEEN_MESSAGES_KEPT = 500;

/** A repeated message has no effect. */
export const withSeenMessage = (state: MigrationState, messageId: string): MigrationState => ({
  ...state,
  seenMessages: [...state.seenMessages, messageId].slice(-SEEN_MESSAGES_KEPT),
});

export const unchanged = (state: MigrationState): MigrationState => state;

/** The operator's task of a step whose parties let the deadline pass; it is over with the step. */
export const DECIDE_AFTER_DEADLINE = 'decide_after_deadline';

/** The operator's task when a deadline has passed in vain. */
export const decisionAfterDeadline = (step: StepName, dueAt: string): TaskSpec => ({
  kind: DECIDE_AFTER_DEADLINE,
  party: 'operator',
  requirement: null,
  step,
  blocking: false,
  dueAt,
  title: `The deadline of ${step} has passed`,
  howTo:
    'Move whoever must act, or abort the migration. Before the first registration it ends by itself at the due time.',
});

/** The task of whoever must act on what a step is parked for. */
export const RESOLVE_PROBLEM = 'resolve_problem';

/** Whom a task that was never reported done stays with, when nobody here will ask for it any more. */
const WAIVED: Readonly<Record<'completed' | 'aborted' | 'failed', string>> = {
  completed: 'not reported done before the migration was completed; nobody will be reminded of it any more',
  aborted: 'no longer needed: the migration is aborted',
  failed: 'no longer needed: the migration is failed',
};

/** A closed migration leaves no task open without saying so. */
export const withoutOpenTasks = (
  tasks: readonly Task[],
  closedAs: keyof typeof WAIVED,
  actor: Actor,
  at: string,
): Task[] =>
  tasks.map((task) =>
    task.status === 'open'
      ? { ...task, status: 'waived', evidence: { statement: WAIVED[closedAs], by: actor, at } }
      : task,
  );

/** Of the tasks of one kind that nobody did and that were no longer needed, so many stay beside the new one. */
const CLOSED_TASKS_KEPT = 20;

/**
 * What comes and goes for weeks – a web site that is down every other hour – leaves a bounded number of tasks; the trail
 * keeps them all. What people did stays.
 */
export const withoutForgotten = (
  tasks: readonly Task[],
  { step, kind }: Pick<Task, 'step' | 'kind'>,
): readonly Task[] => {
  const forgettable = tasks.filter(
    (task) =>
      task.step === step &&
      task.kind === kind &&
      task.status !== 'open' &&
      (task.evidence === null || task.evidence.by.kind === 'system'),
  );
  const forgotten = new Set(forgettable.slice(0, -CLOSED_TASKS_KEPT));
  return forgotten.size === 0 ? tasks : tasks.filter((task) => !forgotten.has(task));
};

/** Said of a task that nobody has done: what it was asked for is looked at again, or over. */
export const NO_LONGER_NEEDED = 'no longer needed';

export const closeTasks = (
  state: MigrationState,
  which: (task: Task) => boolean,
  at: string,
  actor: Actor,
): MigrationState =>
  withMigration(state, {
    tasks: state.migration.tasks.map((task) =>
      task.status === 'open' && which(task)
        ? { ...task, status: 'done', evidence: { statement: NO_LONGER_NEEDED, by: actor, at } }
        : task,
    ),
  });

/** A closed or finished step leaves no blocking task of its own open. */
export const closeBlockingTasksOf = (
  state: MigrationState,
  step: StepName,
  at: string,
  actor: Actor,
): MigrationState =>
  closeTasks(
    state,
    (task) => task.step === step && (task.blocking || task.kind === DECIDE_AFTER_DEADLINE),
    at,
    actor,
  );

/** A parked step is to be tried again: what was asked of people for it is over. */
export const unparked = (
  state: MigrationState,
  step: StepName,
  at: string,
  actor: Actor,
): MigrationState => ({
  ...closeBlockingTasksOf(
    withStep(state, step, () => ({ status: 'pending', error: null })),
    step,
    at,
    actor,
  ),
  ...withoutParkings(state, step),
});

export const unparkBlocked = (state: MigrationState, at: string, actor: Actor): MigrationState =>
  state.migration.steps
    .filter(({ status }) => status === 'blocked')
    .reduce((sofar, { name }) => unparked(sofar, name, at, actor), state);

export const finishStep = (
  state: MigrationState,
  step: StepName,
  status: 'done' | 'skipped',
  at: string,
  actor: Actor,
): MigrationState =>
  closeBlockingTasksOf(
    {
      ...withStep(state, step, () => ({ status, finishedAt: at, error: null })),
      recheckAt: null,
      recheckAsked: false,
      decision: null,
      parkedUntil: null,
      ...withoutParkings(state, step),
    },
    step,
    at,
    actor,
  );

/**
 * What the number had when it was first seen is what it must keep (R5). Its display name alone follows the source: a name that
 * was under review is decided before the move, and the one that was decided moves along (R27).
 */
export const withNameSeen = (kept: Baseline | null, seen: Baseline | null): Baseline | null =>
  kept === null || seen === null || seen.displayName === null
    ? (kept ?? seen)
    : { ...kept, displayName: seen.displayName };

/** What a look at these rules says replaces what an earlier one said of them; what it says nothing of is over. */
export const mergeFindings = (old: Finding[], fresh: Finding[], looked: readonly string[]): Finding[] => [
  ...old.filter(({ code }) => !looked.includes(code)),
  ...fresh,
];

/** An earlier step is done again: the number is watched anew afterwards. */
const withoutTail = ({ tailUntil: _tail, ...state }: MigrationState): MigrationState => ({
  ...state,
  aftercareUntil: null,
});

/** A closed run begins again at a step: what is done before it stays done, what was asked of people is asked anew. */
export const inNewAttempt = (
  state: MigrationState,
  { attempt, fromStep }: { attempt: number; fromStep: StepName | null },
  at: string,
): MigrationState => {
  const names = state.migration.steps.map((step) => step.name);
  const from = fromStep === null ? names.length : names.indexOf(fromStep);
  const isTail = from >= names.indexOf('aftercare');
  return withMigration(
    {
      ...(isTail ? state : withoutTail(state)),
      deadlines: {},
      recheckAt: null,
      recheckAsked: false,
      parkedUntil: null,
      parkings: {},
      decision: null,
      reopenings: {},
      abort: null,
      // A code of the attempt before has expired; it is asked for again when there is somebody to read it.
      codes: { ...state.codes, underWay: null, wanted: null },
    },
    {
      attempt,
      state: 'running',
      numberFreedAt: isTail ? state.migration.numberFreedAt : null,
      // What was approved was the attempt before.
      cutover: { ...state.migration.cutover, approvedAt: null },
      outcome: null,
      leftInPlace: [],
      findings: withoutLeftNumber(state.migration.findings),
      attempts: [
        ...state.migration.attempts,
        {
          attempt: state.migration.attempt,
          state: state.migration.state,
          outcome: state.migration.outcome,
          failedStep: state.migration.step,
          closedAt: state.migration.updatedAt,
        },
      ],
      steps: state.migration.steps.map((step, index) =>
        step.name !== 'claim' && index < from && (step.status === 'done' || step.status === 'skipped')
          ? step
          : { ...step, status: 'pending', attempts: 0, startedAt: null, finishedAt: null, error: null },
      ),
      tasks: state.migration.tasks.map((task) =>
        task.status === 'open' && task.blocking ? { ...task, status: 'waived' } : task,
      ),
      updatedAt: at,
    },
  );
};

/** Why eligibility is looked at again before the cut-over. */
export const FINDINGS_STALE = 'FINDINGS_STALE';

/** Where only time has passed nobody has failed, and the times a step may lead back are left for those who do. */
export const reopenedOnceMore = (
  { reopenings }: MigrationState,
  step: StepName,
  because: string,
): MigrationState['reopenings'] =>
  because === FINDINGS_STALE ? reopenings : { ...reopenings, [step]: (reopenings[step] ?? 0) + 1 };

/** Ownership has to be proven again. A code that was under way and not proven is not followed by another by itself. */
export const codesBegunAnew = ({ codes, verifiedAt }: MigrationState): MigrationState['codes'] => ({
  ...{ ...codes, underWay: null, wanted: null },
  ...(codes.underWay !== null && verifiedAt === null ? { sentInVain: true } : {}),
});

/** What the read model tells of the templates after a reconciliation. */
export const templateCounts = (
  told: Changes['templates_reconciled']['reconciliation'],
): Migration['templates'] => ({
  copied: told.copied,
  kept: told.kept,
  failed: told.failed,
  ...(told.recreated === undefined ? {} : { recreated: told.recreated }),
  ...(told.leftBehind === undefined ? {} : { leftBehind: told.leftBehind }),
  ...(told.recategorised === undefined ? {} : { recategorised: told.recategorised }),
});
