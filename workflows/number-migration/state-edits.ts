/** The few shapes that every change of a migration's state is made of. Nothing is changed in place. */
import type { TaskId } from '../../shared/ids';
import type { Actor, Finding, Migration, StepView, Task } from '../../shared/migration';
import type { StepName } from '../../shared/steps';
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

export const withCodes = (
  state: MigrationState,
  patch: Partial<MigrationState['codes']>,
): MigrationState => ({
  ...state,
  codes: { ...state.codes, ...patch },
});

export const unchanged = (state: MigrationState): MigrationState => state;

/** A closed or finished step leaves no blocking task of its own open. */
export const closeBlockingTasksOf = (
  state: MigrationState,
  step: StepName,
  at: string,
  actor: Actor,
): MigrationState =>
  withMigration(state, {
    tasks: state.migration.tasks.map((task) =>
      task.step === step && task.blocking && task.status === 'open'
        ? { ...task, status: 'done', evidence: { statement: 'no longer needed', by: actor, at } }
        : task,
    ),
  });

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
      deadlines: { ...state.deadlines, [step]: undefined },
    },
    step,
    at,
    actor,
  );

/** What a judgement of a scope says replaces what an earlier one of the same rules said. */
export const mergeFindings = (old: Finding[], fresh: Finding[], scopeWide: boolean): Finding[] =>
  scopeWide ? fresh : [...old.filter((one) => !fresh.some((other) => other.code === one.code)), ...fresh];
