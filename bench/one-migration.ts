/** One migration at a time: its wall time over the time of its own platform calls. */
import { temporal as proto } from '@temporalio/proto';
import { z } from 'zod';
import type { StraightNumber } from '../sandbox/world/straight-world';
import { workflowIdOf, migrationIdSchema } from '../shared/ids';
import type { Scene } from './scene';

export interface OneFigures {
  /** The median of those counted. */
  wallMs: number;
  callsMs: number;
  calls: number;
  /** Activities a migration schedules; local ones are not among them. */
  activities: number;
}

const requestsSchema = z.object({ items: z.array(z.object({ durationMs: z.number() })) });

const { EVENT_TYPE_ACTIVITY_TASK_SCHEDULED } = proto.api.enums.v1.EventType;

export const measureOne = async (
  scene: Scene,
  numbers: readonly StraightNumber[],
  callMs: number,
): Promise<OneFigures> => {
  await scene.setLatency(callMs);
  const runs: OneFigures[] = [];
  for (const number of numbers) runs.push(await moveOne(scene, number));
  const [, ...counted] = runs;
  const byRatio = counted.sort((one, other) => one.wallMs / one.callsMs - other.wallMs / other.callsMs);
  const median = byRatio[Math.floor(byRatio.length / 2)];
  if (median === undefined) throw new Error('at least two migrations are needed');
  return median;
};

const moveOne = async (scene: Scene, number: StraightNumber): Promise<OneFigures> => {
  await scene.sandbox(z.unknown(), 'DELETE', '/requests');
  const startedAt = performance.now();
  const id = await scene.move(number);
  const wallMs = performance.now() - startedAt;
  const { items } = await scene.sandbox(requestsSchema, 'GET', '/requests');
  const workflowId = workflowIdOf(migrationIdSchema.parse(id));
  const { events } = await scene.temporal.workflow.getHandle(workflowId).fetchHistory();
  return {
    wallMs,
    callsMs: items.reduce((sum, { durationMs }) => sum + durationMs, 0),
    calls: items.length,
    activities: (events ?? []).filter(({ eventType }) => eventType === EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
      .length,
  };
};
