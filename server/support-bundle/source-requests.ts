/** What was asked of the source, when it was reminded, what it answered: the correspondence of an escalation (R23). */
import type { Migration, Task } from '../../shared/migration';
import type { SupportBundle } from '../../shared/support-bundle';
import type { Event } from './bundle';

/** The client settles invoices, but it is the source that must confirm them (R18, P-15). */
const concernsSource = ({ party, kind }: Task): boolean =>
  party === 'source_provider' || kind === 'settle_open_invoices';

const ofTask = (events: readonly Event[], type: string, taskId: string): string[] =>
  events
    .filter((event) => event.type === type && event.data['taskId'] === taskId)
    .map(({ at }) => at)
    .sort();

export const sourceRequestsOf = (
  { tasks }: Migration,
  events: readonly Event[],
): NonNullable<SupportBundle['sourceRequests']> =>
  tasks.filter(concernsSource).map((task) => ({
    taskId: task.id,
    kind: task.kind,
    party: task.party,
    requirement: task.requirement,
    title: task.title,
    askedAt: task.since,
    dueAt: task.dueAt,
    remindedAt: ofTask(events, 'task_reminded', task.id),
    escalatedAt: ofTask(events, 'source_stalls', task.id)[0] ?? null,
    status: task.status,
    statements:
      task.evidence === null
        ? []
        : [
            {
              at: task.evidence.at,
              by: task.evidence.by.name,
              statement: task.evidence.statement,
              evidenceUrl: task.evidence.evidenceUrl ?? null,
            },
          ],
  }));
