import { taskIdSchema } from '../../shared/ids';
import type { Task } from '../../shared/migration';
import { policySchema } from '../../shared/policy';
import { nextReminder } from '../../workflows/number-migration/reminders';
import { START } from './builders';

const HOUR = 3_600_000;
const policy = policySchema.parse({ firstReminderAfter: 24 * HOUR, reminderEvery: 12 * HOUR });

const task = (patch: Partial<Task>): Task => ({
  id: taskIdSchema.parse('tsk_1'),
  kind: 'export_history',
  party: 'client',
  requirement: 'R10',
  step: 'preparation',
  blocking: false,
  status: 'open',
  since: START,
  dueAt: null,
  remindersSent: 0,
  title: '',
  howTo: '',
  evidence: null,
  ...patch,
});

/** Hours after the task was opened at which it is reminded of, at most `most` of them. */
const remindedAt = (given: Task, most = 10): number[] => {
  const hours: number[] = [];
  for (let sent = 0; sent < most; sent += 1) {
    const at = nextReminder({ ...given, remindersSent: sent }, policy);
    if (at === Infinity) break;
    hours.push((at - Date.parse(START)) / HOUR);
  }
  return hours;
};
const dueIn = (hours: number) => new Date(Date.parse(START) + hours * HOUR).toISOString();

describe('reminders', () => {
  test('go on for as long as a blocking task is open', () => {
    expect(remindedAt(task({ blocking: true, dueAt: dueIn(30) }), 4)).toEqual([24, 36, 48, 60]);
  });
  test('of a task that keeps nothing waiting come before it is due and when it is', () => {
    expect(remindedAt(task({ dueAt: dueIn(200) }), 3)).toEqual([128, 176, 200]);
    expect(remindedAt(task({ dueAt: dueIn(50) }), 2)).toEqual([26, 50]);
  });
  test('of one that is overdue come every week, a bounded number of times', () => {
    const weekly = [1, 2, 3, 4, 5].map((weeks) => 0.5 + weeks * 7 * 24);
    expect(remindedAt(task({ dueAt: dueIn(0.5) }))).toEqual(weekly);
  });
  test('of one without a due time are a bounded number', () => {
    expect(remindedAt(task({}))).toEqual([24, 36, 48, 60, 72]);
  });
  test('end with the task', () => {
    expect(remindedAt(task({ blocking: true, status: 'done' }))).toEqual([]);
    expect(remindedAt(task({ status: 'waived' }))).toEqual([]);
  });
});
