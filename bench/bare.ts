/** Temporal alone, as the measure: workflows of as many activities that do nothing, on the same Temporal server. */
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { startGuarded } from '../scripts/servers/guarded-process';
import { untilReady } from '../scripts/servers/ready';
import { BARE_QUEUE, READY } from './bare-contract';
import { startMeter } from './cpu';
import type { ManyFigures } from './many-migrations';
import type { Scene } from './scene';

export interface BareOptions {
  folder: string;
  workflows: number;
  activities: number;
}

export const measureBare = async (
  scene: Scene,
  { folder, workflows, activities }: BareOptions,
): Promise<ManyFigures> => {
  const worker = startGuarded(process.execPath, [join(__dirname, 'bare-worker.js')], {
    name: 'bare worker',
    logFile: join(folder, 'bare-worker.log'),
    env: { ...process.env, TEMPORAL_ADDRESS: scene.temporalAddress },
  });
  // Without the codec, as the bare worker.
  const client = new Client({ connection: scene.temporal.connection });
  try {
    await untilReady(worker, () => Promise.resolve(worker.lastLogLines().includes(READY) || undefined));
    const run = (label: string, count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, index) =>
          client.workflow.execute('bare', {
            args: [activities],
            taskQueue: BARE_QUEUE,
            workflowId: `bare-${label}-${index}`,
          }),
        ),
      );
    await run('warm-up', 2);
    const meter = startMeter([...scene.processes, worker], ['Temporal', 'bare worker']);
    const startedAt = performance.now();
    await run('measured', workflows);
    const seconds = (performance.now() - startedAt) / 1000;
    return { count: workflows, seconds, cpuSeconds: meter.read() };
  } finally {
    await worker.stop();
  }
};
