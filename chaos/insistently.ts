/** Whoever meets a server that is away comes back, as people and backends do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CarryoverProblem, CarryoverUnreachable, UnexpectedAnswer } from '../client';
import { isTemporalAway } from '../server/temporal';

const FIRST_REST_MS = 150;
const LONGEST_REST_MS = 1_000;

/** The server or Temporal is away or says so itself, or one that died still holds the key, for half a minute: repeat. */
export const isAway = (error: unknown): boolean =>
  error instanceof CarryoverUnreachable ||
  error instanceof UnexpectedAnswer ||
  isTemporalAway(error) ||
  (error instanceof CarryoverProblem &&
    (error.status >= 500 || error.status === 429 || error.code === 'idempotency_key_in_use'));

/** Repeats what meets a server that is away. */
export const insistently = async <T>(call: () => Promise<T>, withinMs = 120_000): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (let wait = FIRST_REST_MS; ; wait = Math.min(wait * 2, LONGEST_REST_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!isAway(error) || Date.now() > deadline) throw error;
      await sleep(wait);
    }
  }
};
