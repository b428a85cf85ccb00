import { WorkflowNotFoundError, type WorkflowExecutionDescription } from '@temporalio/client';
import { workflowIdOf } from '../../shared/ids';
import type { ActivityDeps } from '../context';
import type { MigrationRef } from '../contract';
import type { ReconcileDeps } from '.';

/** Describing is one small call; twenty at a time are thousands a minute and no burden. */
const AT_ONCE = 20;
/** A workflow task that failed this often does not heal by itself: a defect, or a worker of another version. */
const STUCK_ATTEMPT = 10;

const REASONS: Partial<Record<string, string>> = {
  TERMINATED: 'the execution was terminated from outside',
  TIMED_OUT: 'the execution ran into its time-out',
  FAILED: 'the execution failed without telling its end',
  CANCELLED: 'the execution was cancelled without telling its end',
  COMPLETED: 'the execution completed without telling its end',
};
const GONE = 'the server no longer knows the execution';

type Look = 'running' | 'stuck' | { ended: string };

const lookOf = (description: WorkflowExecutionDescription): Look => {
  const reason = REASONS[description.status.name];
  if (reason !== undefined) return { ended: reason };
  const attempt = description.raw.pendingWorkflowTask?.attempt ?? 0;
  return attempt >= STUCK_ATTEMPT ? 'stuck' : 'running';
};

/**
 * Describes the execution of every migration that should have one. What has ended is closed in the store, unless its
 * last projection has come meanwhile: the store compares before it closes.
 */
export const lookAtLive = async (
  deps: ActivityDeps & ReconcileDeps,
): Promise<{ closed: number; stuck: string[] }> => {
  const { store, client, logger } = deps;
  let closed = 0;
  const stuck: string[] = [];

  const look = async (migrationId: MigrationRef['migrationId']): Promise<Look> => {
    try {
      return lookOf(await client.workflow.getHandle(workflowIdOf(migrationId)).describe());
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { ended: GONE };
      throw error;
    }
  };

  const settle = async ({ tenant, migrationId, attempt }: MigrationRef): Promise<void> => {
    try {
      const seen = await look(migrationId);
      if (seen === 'running') return;
      if (seen === 'stuck') {
        stuck.push(migrationId);
        return;
      }
      const x = { tenant, id: migrationId, attempt, outcome: 'terminated' as const, reason: seen.ended };
      if (await store.migrations.closeFromOutside(x)) closed += 1;
    } catch (error) {
      // One migration that cannot be read must not keep the others from being looked at.
      logger.warn(
        { migrationId, error: error instanceof Error ? error.name : typeof error },
        'not reconciled',
      );
    }
  };

  let batch: MigrationRef[] = [];
  for await (const ref of store.migrations.liveIds()) {
    batch.push(ref);
    if (batch.length < AT_ONCE) continue;
    await Promise.all(batch.map(settle));
    batch = [];
  }
  await Promise.all(batch.map(settle));
  if (stuck.length > 0)
    logger.error({ migrations: stuck }, 'workflow tasks of these migrations keep failing');
  return { closed, stuck };
};
