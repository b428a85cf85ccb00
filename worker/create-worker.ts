/** A worker from its parts; the process entry and the tests build it the same way. */
import { Worker, type NativeConnection } from '@temporalio/worker';
import type { Registry } from 'prom-client';
import type { Activities, ReconcileActivities } from '../activities/contract';
import { encryptedDataConverter } from '../shared/encryption/payload-codec';
import type { KeyRing } from '../shared/encryption/key-ring';
import { TASK_QUEUE } from '../shared/messages';
import { activityMetrics } from './activity-metrics';
import { DEPLOYMENT_NAME } from './deployment-version';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  taskQueue?: string;
  keys: KeyRing;
  activities: Activities & ReconcileActivities;
  /** Path of the finished workflow bundle. */
  bundlePath: string;
  metrics: Registry;
  identity?: string;
  /** Set to take part in worker versioning; workflows then move to a newer build by themselves. */
  buildId?: string | undefined;
}

/** A call to Meta may take a minute; a worker that is told to stop lets it finish and be reported. */
const SHUTDOWN_GRACE = '75 seconds';

/**
 * One thread replays for all of them, and a task that it has fetched must be done within ten seconds: of more, those fetched
 * last would time out and be replayed again, when many migrations come back to a worker at once. The others wait at Temporal.
 */
const WORKFLOW_TASKS_AT_ONCE = 8;

export const createWorker = (parts: WorkerParts): Promise<Worker> =>
  Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: parts.taskQueue ?? TASK_QUEUE,
    workflowBundle: { codePath: parts.bundlePath },
    activities: parts.activities,
    dataConverter: encryptedDataConverter(parts.keys),
    interceptors: { activity: [activityMetrics(parts.metrics)] },
    shutdownGraceTime: SHUTDOWN_GRACE,
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: WORKFLOW_TASKS_AT_ONCE,
    ...(parts.identity === undefined ? {} : { identity: parts.identity }),
    ...(parts.buildId === undefined
      ? {}
      : {
          workerDeploymentOptions: {
            version: { deploymentName: DEPLOYMENT_NAME, buildId: parts.buildId },
            useWorkerVersioning: true,
            defaultVersioningBehavior: 'AUTO_UPGRADE',
          },
        }),
  });
