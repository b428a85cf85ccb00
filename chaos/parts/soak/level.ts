/** What a process holds: memory, files, connections. From its own metrics and from the system. */
import { readdir } from 'node:fs/promises';
import type { Program, Site } from '../../site';

export interface Sample {
  readonly at: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly files: number;
}

const METRICS = {
  residentBytes: 'process_resident_memory_bytes',
  heapBytes: 'nodejs_heap_size_used_bytes',
  files: 'process_open_fds',
} as const;

/** Null while the process does not answer. */
export const sampleOf = async (program: Program): Promise<Sample | null> => {
  try {
    const answer = await fetch(`${program.metrics}/metrics`, { signal: AbortSignal.timeout(2_000) });
    const text = await answer.text();
    const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    const values = {
      residentBytes: read(METRICS.residentBytes),
      heapBytes: read(METRICS.heapBytes),
      files: read(METRICS.files),
    };
    return Object.values(values).every(Number.isFinite) ? { at: Date.now(), ...values } : null;
  } catch {
    return null;
  }
};

/** Open files of the database and of Temporal, which are mostly connections; null where the system does not tell. */
export const filesOf = async ({ mongodb, temporal }: Site): Promise<Record<string, number> | null> => {
  try {
    const count = async (pid: number): Promise<number> => (await readdir(`/proc/${String(pid)}/fd`)).length;
    return { MongoDB: await count(mongodb.pid()), Temporal: await count(temporal.pid()) };
  } catch {
    return null;
  }
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Per minute, by least squares. */
export const slopeOf = (points: readonly { at: number; value: number }[]): number => {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [at, value] = [mean(points.map((one) => one.at)), mean(points.map((one) => one.value))];
  const over = points.reduce((sum, one) => sum + (one.at - at) * (one.value - value), 0);
  const under = points.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  return under === 0 ? 0 : (over / under) * 60_000;
};
