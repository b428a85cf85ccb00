/**
 * When a party is reminded of an open task. One that keeps the migration waiting: again and again, until it is done.
 * One that does not: some hours before it is due, when it is, and seldom afterwards; always a bounded number of times.
 */
import type { Task } from '../../shared/migration';
import type { Policy } from '../../shared/policy';

type Figures = Pick<Policy, 'firstReminderAfter' | 'reminderEvery' | 'optionalTasks'>;

/** A task opened shortly before it is due was just told of. */
const JUST_TOLD_MS = 3_600_000;

const beforeDue = (task: Task, dueAt: string, { optionalTasks }: Figures): number[] =>
  optionalTasks.remindBeforeDue
    .map((lead) => Date.parse(dueAt) - lead)
    .filter((at) => at > Date.parse(task.since) + JUST_TOLD_MS)
    .sort((a, b) => a - b);

const overdue = (dueAt: string, sent: number, { optionalTasks }: Figures): number =>
  sent < optionalTasks.reminders ? Date.parse(dueAt) + (sent + 1) * optionalTasks.overdueEvery : Infinity;

/** The instant of the next reminder, in epoch milliseconds; Infinity when there is none. */
export const nextReminder = (task: Task, figures: Figures): number => {
  if (task.status !== 'open') return Infinity;
  const { firstReminderAfter, reminderEvery, optionalTasks } = figures;
  const regular = Date.parse(task.since) + firstReminderAfter + task.remindersSent * reminderEvery;
  if (task.blocking) return regular;
  if (task.dueAt !== null) {
    const early = beforeDue(task, task.dueAt, figures);
    return early[task.remindersSent] ?? overdue(task.dueAt, task.remindersSent - early.length, figures);
  }
  return task.remindersSent < optionalTasks.reminders ? regular : Infinity;
};
