/** Every five minutes: bring the read model in line with executions that ended, or never began, behind its back. */
import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from '../../activities/contract';

const { reconcileExecutions } = proxyActivities<ReconcileActivities>({
  startToCloseTimeout: '4 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { maximumAttempts: 3 },
  summary: 'Compare live migrations with their executions',
});

export async function Reconcile(): Promise<{ closed: number; started: number; stuck: string[] }> {
  return reconcileExecutions();
}
