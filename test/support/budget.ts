/** What a migration costs in Temporal: events of its histories and billable actions, counted over the whole chain. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { temporal } from '@temporalio/proto';
import { runsOf } from './aftermath';
import type { Stage } from './stage';

const { EventType } = temporal.api.enums.v1;
type EventType = temporal.api.enums.v1.EventType;

export interface Budget {
  activities: number;
  events: number;
  actions: number;
  /** Activities that brought the read model up to date because the store took more than its half second. */
  catchUps: number;
}

export type Limit = Omit<Budget, 'catchUps'>;

/** Events that are one billable action each; workflow tasks with local activities are one action a task. */
const ACTIONS: readonly EventType[] = [
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
  EventType.EVENT_TYPE_TIMER_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
];

const FILE = resolve(__dirname, '../../.carryover/test-report/budget.txt');

/** Counts, and leaves the figures, one line for each `what`, where `make test` prints them at its end. */
export const reportBudget = async (stage: Stage, id: string, what: string, limit: Limit): Promise<Budget> => {
  const runs = await runsOf(stage, id);
  const budget: Budget = { activities: 0, events: 0, actions: 0, catchUps: 0 };
  for (const { history } of runs) {
    const events = history.events ?? [];
    const types = events.map(({ eventType }) => eventType);
    const tasksWithLocalActivities = new Set(
      events.flatMap(({ markerRecordedEventAttributes: marker }) =>
        marker == null ? [] : [String(marker.workflowTaskCompletedEventId)],
      ),
    );
    budget.catchUps += events.filter(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'project',
    ).length;
    budget.events += events.length;
    budget.activities += types.filter((type) => type === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED).length;
    budget.actions +=
      types.filter((type) => type != null && ACTIONS.includes(type)).length + tasksWithLocalActivities.size;
  }
  const line =
    `${what}: ${budget.activities} activities (at most ${limit.activities}), ` +
    `${budget.events} events (at most ${limit.events}), ${budget.actions} billable actions (at most ${limit.actions})`;
  await mkdir(join(FILE, '..'), { recursive: true });
  const others = (await readFile(FILE, 'utf8').catch(() => ''))
    .split('\n')
    .filter((one) => one !== '' && !one.startsWith(`${what}:`));
  await writeFile(FILE, `${[...others, line].join('\n')}\n`);
  return budget;
};
