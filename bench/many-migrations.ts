/** Many migrations at once, on a platform that answers at once: what Carryover itself can carry. */
import type { StraightNumber } from '../sandbox/world/straight-world';
import { startMeter } from './cpu';
import type { Scene } from './scene';

export interface ManyFigures {
  count: number;
  seconds: number;
  /** By process; null where the system does not tell. */
  cpuSeconds: Record<string, number> | null;
}

/** The practice platform and the gateway are no part of a Carryover that is in use. */
const OUR_PROCESSES = ['worker', 'server', 'MongoDB', 'Temporal'];

export const measureMany = async (scene: Scene, numbers: readonly StraightNumber[]): Promise<ManyFigures> => {
  await scene.setLatency(0);
  const meter = startMeter(scene.processes, OUR_PROCESSES);
  const startedAt = performance.now();
  await Promise.all(numbers.map((number) => scene.move(number)));
  const seconds = (performance.now() - startedAt) / 1000;
  return { count: numbers.length, seconds, cpuSeconds: meter.read() };
};
