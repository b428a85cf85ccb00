/** Who asks Temporal for tasks: each worker that runs, and nothing that was killed. */
import { hostname } from 'node:os';
import { tsToMs } from '@temporalio/common/lib/time';
import { temporal as proto } from '@temporalio/proto';
import { TASK_QUEUE } from '../../../shared/messages';
import type { Site } from '../../site';

const { TaskQueueType } = proto.api.enums.v1;
type Kind = proto.api.enums.v1.TaskQueueType;
const KINDS = {
  workflow: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  activity: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
};
/** A question for a task is answered after a minute when there is none, and asked again. */
const ASKS_WITHIN_MS = 75_000;

export interface Asking {
  /** As the worker calls itself. */
  readonly identity: string;
  readonly lastAskedAt: number;
}

/** Of one kind of tasks; Temporal remembers for five minutes who has asked. */
const askingFor = async ({ temporalClient }: Site, taskQueueType: Kind): Promise<Asking[]> => {
  const { pollers } = await temporalClient.workflowService.describeTaskQueue({
    namespace: temporalClient.options.namespace,
    taskQueue: { name: TASK_QUEUE },
    taskQueueType,
  });
  return pollers.map(({ identity, lastAccessTime }) => ({
    identity: identity ?? '',
    lastAskedAt: tsToMs(lastAccessTime),
  }));
};

/**
 * A sentence for each worker that asks for nothing, and for everything else that still asks.
 * @param running identities of the workers that run.
 * @param since nothing was killed any more from then on, in milliseconds of the epoch.
 */
export const wrongAbout = (
  asking: readonly Asking[],
  running: readonly string[],
  { since, now }: { readonly since: number; readonly now: number },
): string[] => [
  ...running
    .filter((name) => !asking.some((one) => one.identity === name && one.lastAskedAt > now - ASKS_WITHIN_MS))
    .map((name) => `the worker ${name} runs and asks for no tasks`),
  ...asking
    .filter(({ identity, lastAskedAt }) => !running.includes(identity) && lastAskedAt > since)
    .map(({ identity }) => `${identity} still asks for tasks, and is no worker of the site`),
];

/** A poll that was under way when its worker died may be taken in a moment later. */
const AFTERGLOW_MS = 3_000;

export const pollers = async (
  site: Site,
  healedAt: number,
): Promise<{ broken: string[]; figures: Record<string, string> }> => {
  const running = site.workers.map((worker) => `${String(worker.pid())}@${hostname()}`);
  const broken: string[] = [];
  const figures: Record<string, string> = {};
  for (const [kind, type] of Object.entries(KINDS)) {
    const asking = await askingFor(site, type);
    const span = { since: healedAt + AFTERGLOW_MS, now: Date.now() };
    broken.push(...wrongAbout(asking, running, span).map((sentence) => `${kind} tasks: ${sentence}`));
    const asked = running.filter((name) =>
      asking.some((one) => one.identity === name && one.lastAskedAt > span.now - ASKS_WITHIN_MS),
    );
    figures[`workers that ask for ${kind} tasks at the end`] =
      `${String(asked.length)} of ${String(running.length)}`;
  }
  return { broken, figures };
};
