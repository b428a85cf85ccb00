/** What a process holds: memory, files, connections. From its own metrics and from the system. */
import { readdir, readFile } from 'node:fs/promises';
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import type { Service } from '../../service';
import type { Program, Site } from '../../site';

export interface Sample {
  readonly at: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly files: number;
  /** Its connections to Temporal, to MongoDB and to the platform. */
  readonly connections: number;
}

const METRICS = {
  residentBytes: 'process_resident_memory_bytes',
  heapBytes: 'nodejs_heap_size_used_bytes',
  files: 'process_open_fds',
} as const;

const ESTABLISHED = '01';

/** Connections of callers, who keep theirs for a while after the last answer; 0 where the system does not tell. */
const callersAt = async (port: number): Promise<number> => {
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => '');
  const here = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').filter((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    return local.endsWith(here) && state === ESTABLISHED;
  }).length;
};

/**
 * Null while the process does not answer.
 * @param port of its callers, whose connections are theirs and do not count.
 */
export const sampleOf = async (program: Program, port?: number): Promise<Sample | null> => {
  try {
    const answer = await fetch(`${program.metrics}/metrics`, { signal: AbortSignal.timeout(2_000) });
    const text = await answer.text();
    const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    const values = {
      residentBytes: read(METRICS.residentBytes),
      heapBytes: read(METRICS.heapBytes),
      files: read(METRICS.files) - (port === undefined ? 0 : await callersAt(port)),
    };
    const connections = Object.values(program.gates).reduce((sum, gate) => sum + gate.connections(), 0);
    return Object.values(values).every(Number.isFinite) ? { at: Date.now(), ...values, connections } : null;
  } catch {
    return null;
  }
};

/** What the database and Temporal hold for everybody, by name; files are null where the system does not tell. */
export const heldByServers = async (site: Site): Promise<Record<string, number>> => {
  const files = async (service: Service): Promise<Record<string, number>> => {
    try {
      return { [`files of ${service.name}`]: (await readdir(`/proc/${String(service.pid())}/fd`)).length };
    } catch {
      return {};
    }
  };
  return {
    ...(await files(site.mongodb)),
    ...(await files(site.temporal)),
    'connections of MongoDB': await databaseConnections(site),
  };
};

const statusSchema = z.object({ connections: z.object({ current: z.number() }) });

const databaseConnections = async ({ databaseUri }: Site): Promise<number> => {
  const client = new MongoClient(databaseUri);
  try {
    return statusSchema.parse(await client.db('admin').command({ serverStatus: 1 })).connections.current;
  } finally {
    await client.close();
  }
};

/** Of several looks the most of each: at any moment a program may just have died, and hold nothing. */
export const mostOf = (looks: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const most: Record<string, number> = {};
  for (const look of looks)
    for (const [what, count] of Object.entries(look)) most[what] = Math.max(count, most[what] ?? 0);
  return most;
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
