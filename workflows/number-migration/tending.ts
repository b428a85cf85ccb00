/**
 * What a run does for its open tasks while it waits: asks for what is to be prepared, reminds, escalates a source that
 * stalls, and looks again at an account that ages. Called at fixed points of a wait, so that it adds no command of its own.
 */
import { patched } from '@temporalio/workflow';
import { heedAge, nextAgeMark } from './account-age';
import { BEFORE_CUTOVER, nextStep, statusOf } from './derived';
import type { TaskSpec } from './changes';
import type { MigrationRun } from './migration-run';
import { followUpTasks, preparationChanges } from './preparation-tasks';
import { nextReminder } from './reminders';
import { ESCALATE_TO_META, escalationOf, isStallOver, stallsFrom } from './stalling';
import type { MigrationState } from './state';

/** The number is one to move, as far as was seen, and the cut-over has not begun. */
const isPreparing = (state: MigrationState): boolean => {
  const next = nextStep(state);
  const toMove = state.known?.triage === 'migrate' || state.known?.triage === 'unknown';
  return toMove && state.migration.mode === 'execute' && next !== null && BEFORE_CUTOVER.includes(next);
};

/** What the code of Meta's popup needs was not always asked for: who waited already is asked when that can have its event. */
const isForPopupsCode = ({ migration }: MigrationState, { kind }: TaskSpec): boolean =>
  migration.route === 'embedded_signup' && ['appoint_code_receiver', 'open_phone_line'].includes(kind);

/** A statement, an observation or another window may have changed what there is to prepare. */
export const keepPreparation = (run: MigrationRun): void => {
  if (!isPreparing(run.state)) return;
  const { open: wanted, close, renew } = preparationChanges(run.state, run.now);
  const open = wanted.filter((spec) => !isForPopupsCode(run.state, spec) || patched('tasks-for-popups-code'));
  const reopens = open.some(({ blocking }) => blocking) && statusOf(run.state, 'preparation') === 'done';
  if (reopens) run.record('steps_reopened', { steps: ['preparation'], because: 'TO_BE_PREPARED_ANEW' });
  for (const { kind } of close) run.closeTask('preparation', kind, 'no longer needed: seen at a look');
  for (const { task, spec } of renew) run.record('task_renewed', { ...spec, taskId: task.id });
  for (const spec of open) run.openTask(spec);
};

/** The number has moved: what was to be prepared is over, what follows begins. */
export const endPreparation = (run: MigrationRun): void => {
  run.record('preparation_over', {});
  for (const spec of followUpTasks(run.state, run.now)) run.openTask(spec);
};

const escalate = (run: MigrationRun): void => {
  for (const task of run.state.migration.tasks) {
    if (stallsFrom(run.state, task) > run.now) continue;
    const { id: taskId, kind, since, remindersSent } = task;
    run.record('source_stalls', { taskId, kind, since, remindersSent });
    run.openTask(escalationOf(run.state, task, run.after(run.state.policy.sourceStallsAfter)));
  }
  const escalation = run.state.migration.tasks.find(
    ({ kind, status }) => kind === ESCALATE_TO_META && status === 'open',
  );
  if (escalation !== undefined && isStallOver(run.state)) {
    run.closeTask(escalation.step, ESCALATE_TO_META, 'the source has done what was asked of it');
  }
};

export const tend = (run: MigrationRun): void => {
  keepPreparation(run);
  for (const task of run.state.migration.tasks) {
    if (nextReminder(task, run.state.policy) <= run.now) run.record('task_reminded', { taskId: task.id });
  }
  escalate(run);
  heedAge(run);
};

/** When there is something to do for a task, or for an account that ages, without being asked, in epoch milliseconds. */
export const nextTending = (state: MigrationState): number =>
  Math.min(
    nextAgeMark(state),
    ...state.migration.tasks.map((task) =>
      Math.min(nextReminder(task, state.policy), stallsFrom(state, task)),
    ),
  );
