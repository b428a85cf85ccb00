/** What follows from the rest of the state: the state's name, the present step, who is waited for, what may be done. */
import {
  CLOSED_STATES,
  type Action,
  type Migration,
  type MigrationStateName,
  type Task,
} from '../../shared/migration';
import { SKIPPABLE_STEPS, type Route, type StepName } from '../../shared/steps';
import { refusalOf } from './refusals';
import type { MigrationState } from './state';
import { RESOLVE_PROBLEM } from './state-edits';

export const openBlockingTasks = (state: MigrationState): Task[] =>
  state.migration.tasks.filter((task) => task.blocking && task.status === 'open');

/** What people have to do once the number is accepted; the invoice tail is open for it (R15 to R18). */
const STEPS_OF_TAIL: readonly StepName[] = ['acceptance', 'billing', 'aftercare'];

export const openTasksOfTail = (state: MigrationState): Task[] =>
  state.migration.tasks.filter(({ step, status }) => status === 'open' && STEPS_OF_TAIL.includes(step));

export const statusOf = (state: MigrationState, name: StepName) =>
  state.migration.steps.find((step) => step.name === name)?.status;

const isFinished = (state: MigrationState, name: StepName): boolean => {
  const status = statusOf(state, name);
  return status === 'done' || status === 'skipped';
};

/** The first step of the route that is not done. */
export const nextStep = (state: MigrationState): StepName | null =>
  state.migration.steps.find(({ name }) => !isFinished(state, name))?.name ?? null;

/** Steps before the window's own: the irreversible has not begun. */
export const BEFORE_CUTOVER: readonly StepName[] = [
  'eligibility',
  'destination',
  'templates',
  'preparation',
  'window',
];

/** The step of each route that proves ownership, and does so again when the proof has lapsed (133006, meta §1.4, §2.2, §2.3). */
const PROVES_OWNERSHIP: Readonly<Record<Route, StepName | null>> = {
  programmatic: 'ownership',
  embedded_signup: 'destination',
  // Nothing of this route can prove it again; the way out is the programmatic route (`way-out.ts`).
  solution_intent: null,
  hub_signup: null,
};

export const provesOwnership = ({ migration }: MigrationState): StepName | null =>
  PROVES_OWNERSHIP[migration.route];

/** Ownership was verified too long ago to register with it (meta §1.4). */
export const hasVerificationLapsed = (state: MigrationState, now: number): boolean =>
  state.verifiedAt !== null &&
  state.migration.cutover.registeredAt === null &&
  Date.parse(state.verifiedAt) + state.policy.verificationValidity <= now;

const stateName = (state: MigrationState): MigrationStateName => {
  const { migration } = state;
  if (CLOSED_STATES.includes(migration.state)) return migration.state;
  if (state.abort !== null) return 'aborting';
  if (migration.steps.some((step) => step.status === 'blocked')) return 'blocked';
  if (isFinished(state, 'acceptance')) return 'live';
  return migration.steps.some((step) => step.status === 'waiting') ? 'waiting' : 'running';
};

/** What each action needs to be told to know whether it would be refused now. */
const ACTION_PROBES: readonly [Action, (state: MigrationState, now: number) => boolean][] = [
  ['abort', (state) => refusalOf.abort(state) === null],
  ['verification_code', (state, now) => refusalOf.submitCode(state, now) === null],
  ['request_code', (state, now) => refusalOf.requestCode(state, now) === null],
  ['complete_task', (state) => state.migration.tasks.some((task) => task.status === 'open')],
  ['recheck', (state) => refusalOf.recheck(state) === null],
  ['retry', (state) => refusalOf.retry(state, undefined) === null],
  ['skip', (state) => SKIPPABLE_STEPS.some((step) => refusalOf.skip(state, step) === null)],
  ['approve_cutover', (state) => refusalOf.approveCutover(state) === null],
  ['reschedule', (state) => refusalOf.reschedule(state) === null],
  ['amend', (state) => refusalOf.open(state) === null],
  ['signup_result', (state) => refusalOf.signupResult(state) === null],
];

const allowedActions = (state: MigrationState, now: number): Action[] => {
  if (CLOSED_STATES.includes(state.migration.state)) {
    const replayable = state.migration.state !== 'completed' && state.migration.registerAttemptedAt === null;
    return replayable ? ['replay'] : [];
  }
  return ACTION_PROBES.filter(([, isOpen]) => isOpen(state, now)).map(([action]) => action);
};

/** What keeps a parked step from going on, else the first open blocking task of the present step, else of any. */
const decisiveTask = (state: MigrationState): Task | undefined => {
  const tasks = openBlockingTasks(state);
  return (
    tasks.find(({ kind, step }) => kind === RESOLVE_PROBLEM && statusOf(state, step) === 'blocked') ??
    tasks.find(({ step }) => step === nextStep(state)) ??
    tasks[0]
  );
};

export const derived = (
  state: MigrationState,
): Pick<Migration, 'state' | 'step' | 'waitingFor' | 'allowedActions'> => {
  const now = Date.parse(state.migration.updatedAt);
  const task = decisiveTask(state);
  return {
    state: stateName(state),
    step: CLOSED_STATES.includes(state.migration.state) ? state.migration.step : nextStep(state),
    waitingFor:
      task === undefined || CLOSED_STATES.includes(state.migration.state)
        ? null
        : { party: task.party, kind: task.kind, since: task.since, dueAt: task.dueAt },
    allowedActions: allowedActions(state, now),
  };
};
