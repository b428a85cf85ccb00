/** An execution that somebody terminated, or that timed out, cannot tell what became of it: the store does. */
import { leftAnnounced, withLeftNumber } from '../../shared/announced-number';
import { leftTemplates } from '../../shared/left-templates';
import type { Migration, StepView, Task } from '../../shared/migration';
import { appendWithin } from '../audit-chain';
import { releaseWithin } from '../claims';
import type { MigrationStore } from '../contract';
import type { Room } from '../room';
import { documentFields, readMigration } from './document';

type Closing = Parameters<MigrationStore['closeFromOutside']>[0];

const RECONCILE = { kind: 'system', name: 'reconcile' } as const;

const parkOnOperator = (step: StepView): StepView => ({
  ...step,
  status: 'blocked',
  error: {
    code: 'ENDED_FROM_OUTSIDE',
    title: 'the execution was ended from outside after the registration had been attempted',
    remedy: 'look where the number is registered, then replay the migration from this step',
    party: 'operator',
    retryable: true,
  },
});

/** Nobody runs it any more who could hear that a task is done; a replay asks anew. */
const waived = (task: Task, at: string): Task =>
  task.status === 'open'
    ? {
        ...task,
        status: 'waived',
        evidence: { statement: 'no longer needed: the run was ended from outside', by: RECONCILE, at },
      }
    : task;

/** Once the registration has been attempted nothing ends as failed (http-api, "Migration"). */
export const endedFromOutside = (
  migration: Migration,
  x: Pick<Closing, 'outcome' | 'reason'>,
  at: string,
): Migration => {
  const common = {
    ...migration,
    revision: migration.revision + 1,
    updatedAt: at,
    allowedActions: ['replay' as const],
    tasks: migration.tasks.map((task) => waived(task, at)),
    findings: withLeftNumber(migration, at, 'cut_off'),
  };
  if (migration.registerAttemptedAt === null)
    return {
      ...common,
      state: 'failed',
      outcome: x.outcome,
      waitingFor: null,
      // What the document does not tell – payment, subscription, token – the replay knows, or an abort of it.
      leftInPlace: [...leftAnnounced(migration, { ending: 'cut_off' }), ...leftTemplates(migration)],
    };
  return {
    ...common,
    state: 'blocked',
    waitingFor: { party: 'operator', kind: 'replay', since: at, dueAt: null },
    steps: migration.steps.map((step) => (step.name === migration.step ? parkOnOperator(step) : step)),
  };
};

export const closeFromOutside = (room: Room, x: Closing): Promise<boolean> =>
  room.database.transaction(async (session) => {
    const row = await room.rows.migrations.findOne(
      { _id: x.id, tenant: x.tenant, attempt: x.attempt },
      { session },
    );
    if (row === null || row.closed || row.endedFromOutside) return false;
    const at = new Date().toISOString();
    const ended = endedFromOutside(readMigration(row), x, at);
    await room.rows.migrations.updateOne(
      { _id: x.id },
      {
        $set: {
          ...documentFields(room.keys, ended, row.requestWords),
          ...{ endedFromOutside: true, claimed: false },
        },
      },
      { session },
    );
    await releaseWithin(room, session, x.id, x.attempt);
    await appendWithin(room, session, { tenant: x.tenant, migrationId: x.id }, [
      {
        ...{
          type: 'ended_from_outside',
          at,
          actor: RECONCILE,
          step: ended.step,
          runId: null,
          sequence: null,
        },
        data: { outcome: x.outcome, reason: x.reason, state: ended.state, attempt: x.attempt },
      },
    ]);
    return true;
  });
