/** What the `reconcile` schedule does every five minutes (architecture, "Reconcile"). */
import type { Client } from '@temporalio/client';
import type { ActivityDeps } from '../context';
import type { ReconcileActivities } from '../contract';
import { platformActivity } from '../failure';
import { finishHalfStarted } from './half-started';
import { lookAtLive } from './live-executions';

export interface ReconcileDeps {
  /** With the data converter of this installation. */
  client: Client;
  /** Where half-done starts are started; the product's queue unless several installations share a server. */
  taskQueue?: string;
}

/**
 * Does: starts what was stored but never started, closes in the store what ended from outside, names what is stuck.
 * Safe to repeat: starting finds what runs, closing compares and sets. Lost reply: the next run does the rest.
 * Undone by: a replay of the migration.
 */
export const createReconcileActivities = (deps: ActivityDeps & ReconcileDeps): ReconcileActivities => ({
  reconcileExecutions: platformActivity(async () => {
    const { started, unreadable } = await finishHalfStarted(deps);
    const { closed, stuck } = await lookAtLive(deps);
    return { closed, started, stuck: [...stuck, ...unreadable] };
  }),
});
