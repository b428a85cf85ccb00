/** The Temporal Schedule that keeps the read model in line; every worker makes sure that it exists. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { RECONCILE_SCHEDULE_ID, RECONCILE_WORKFLOW_TYPE, TASK_QUEUE } from '../shared/messages';

const EVERY = '5 minutes';

export const ensureReconcileSchedule = async (client: Client, taskQueue = TASK_QUEUE): Promise<void> => {
  try {
    await client.schedule.create({
      scheduleId: RECONCILE_SCHEDULE_ID,
      spec: { intervals: [{ every: EVERY }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
      action: {
        type: 'startWorkflow',
        workflowType: RECONCILE_WORKFLOW_TYPE,
        taskQueue,
        workflowExecutionTimeout: EVERY,
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
};
