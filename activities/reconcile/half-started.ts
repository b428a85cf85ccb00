import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { startMigrationWorkflow } from '../../shared/start-workflow';
import type { ActivityDeps } from '../context';
import type { ReconcileDeps } from '.';

/** A server that lives finishes its own starts within this time. */
const GRACE_MS = 60_000;

/**
 * Starts the workflows of migrations whose server died between storing and starting (architecture, "Start is
 * idempotent"). Returns how many.
 */
export const finishHalfStarted = async (deps: ActivityDeps & ReconcileDeps): Promise<number> => {
  const { store, client, logger } = deps;
  let started = 0;
  for (const { migrationId, input } of await store.migrations.halfStarted(
    new Date(deps.clock().getTime() - GRACE_MS),
  )) {
    try {
      await startMigrationWorkflow(client, input, {
        ...(deps.taskQueue === undefined ? {} : { taskQueue: deps.taskQueue }),
        // A replay runs over its closed predecessor; had this attempt run before, its projection would say so.
        ...(input.attempt === 1 ? {} : { reusePolicy: 'ALLOW_DUPLICATE' as const }),
      });
      started += 1;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
        logger.warn({ migrationId, error: nameOf(error) }, 'a half-done start could not be finished');
        continue;
      }
    }
    await store.migrations.markStarted(migrationId);
  }
  return started;
};

/** Error texts of clients can hold addresses; the name is enough to look further. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
