/**
 * A source provider that does not do what a move needs of it (R23, P-15): who waits for it, since when, and from which
 * instant on it is Meta's business. Pure.
 */
import type { Task } from '../../shared/migration';
import { taskText } from '../../shared/texts';
import type { TaskSpec } from './changes';
import type { MigrationState } from './state';

export const ESCALATE_TO_META = 'escalate_to_meta';

/** What only the source can do, or hinders by not confirming it. */
const STALLING_KINDS: readonly string[] = [
  'two_step_verification_enabled',
  'arrange_two_step_removal',
  'settle_open_invoices',
];

/** From when on waiting longer is stalling, in epoch milliseconds; Infinity: never. */
export const stallsFrom = (state: MigrationState, task: Task): number => {
  if (task.status !== 'open' || !STALLING_KINDS.includes(task.kind)) return Infinity;
  if (state.stalled?.includes(task.id)) return Infinity;
  if (task.kind === 'two_step_verification_enabled')
    return Date.parse(task.since) + state.policy.sourceStallsAfter;
  return task.dueAt === null ? Infinity : Date.parse(task.dueAt);
};

export const escalationOf = ({ migration }: MigrationState, task: Task, dueAt: string): TaskSpec => ({
  ...{
    kind: ESCALATE_TO_META,
    party: 'operator',
    requirement: 'R23',
    step: task.step,
    blocking: false,
    dueAt,
  },
  ...taskText('escalate_to_meta', {
    provider: migration.source.provider,
    asked: task.since,
    task: task.kind,
    bundle: `/v1/migrations/${migration.id}/support-bundle?purpose=escalation`,
  }),
});

/** What was stalled has been done meanwhile, all of it. */
export const isStallOver = ({ stalled = [], migration }: MigrationState): boolean =>
  !migration.tasks.some(({ id, status }) => status === 'open' && stalled.includes(id));
