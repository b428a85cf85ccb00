import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { startMigrationWorkflow } from '../../shared/start-workflow';
import type { ActivityDeps } from '../context';
import type { ReconcileDeps } from '.';

/** A server that lives finishes its own starts within this time. */
const GRACE_MS = 60_000;

/**
 * Starts the workflows of migrations whose server died between storing and starting (architecture, "Start is
 * idempotent"). Returns how many, and the ids of those that nobody can start, because what they were asked for cannot be
 * read (its key is gone, or another version wrote it).
 */
export const finishHalfStarted = async (
  deps: ActivityDeps & ReconcileDeps,
): Promise<{ started: number; unreadable: string[] }> => {
  const { store, client, logger } = deps;
  const unreadable: string[] = [];
  let started = 0;
  for (const { migrationId, input } of await store.migrations.halfStarted(
    new Date(deps.clock().getTime() - GRACE_MS),
  )) {
    if (input === null) {
      unreadable.push(migrationId);
      continue;
    }
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
  if (unreadable.length > 0) {
    logger.error(
      { migrations: unreadable },
      'half-done starts whose request cannot be read: put back the key they were sealed with, or start them anew',
    );
  }
  return { started, unreadable };
};

/** Error texts of clients can hold addresses; the name is enough to look further. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
