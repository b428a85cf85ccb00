/** The probes of an orchestrator while the server is flooded. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../../scripts/launch/project';
import type { Site } from '../../site';

const EVERY_MS = 200;
/** A probe waits for the two it asks for two seconds at most, and for its turn, on a machine that does other things too. */
const WITHIN_MS = 10_000;
const THREAD = join(PROJECT_ROOT, 'chaos', 'parts', 'load', 'probes.mjs');

const probesSchema = z.object({ slowestMs: z.number(), notReady: z.number(), broken: z.array(z.string()) });
export type Probes = z.output<typeof probesSchema>;

export interface Probing {
  /** What was seen of `/healthz` and `/readyz` so far; nothing is asked any more. */
  stop(): Promise<Probes>;
  /** For when the trial ends otherwise. Safe to repeat. */
  close(): Promise<unknown>;
}

export const probeMeanwhile = ({ api }: Site): Probing => {
  const thread = new Worker(THREAD, { workerData: { api, everyMs: EVERY_MS, withinMs: WITHIN_MS } });
  return {
    stop: async () => {
      const told = once(thread, 'message');
      thread.postMessage('stop');
      const [seen] = (await told) as unknown[];
      return probesSchema.parse(seen);
    },
    close: () => thread.terminate(),
  };
};
