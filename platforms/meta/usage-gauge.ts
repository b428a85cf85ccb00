/**
 * What Meta's usage headers said last, by scope. Shared by all clients of a process, so that one throttled answer
 * holds back everybody who would call the same WABA.
 */
import { LRUCache } from 'lru-cache';
import { waitInUsage } from './waits';

/** Far more than are throttled at a time. */
const REMEMBERED = 10_000;

export class UsageGauge {
  private readonly closedUntil = new LRUCache<string, number>({ max: REMEMBERED });

  constructor(private readonly now: () => number = Date.now) {}

  note(scope: string, headers: Record<string, string>): void {
    const waitMs = waitInUsage(headers);
    if (waitMs > 0) this.closedUntil.set(scope, this.now() + waitMs);
  }

  /** Milliseconds until the scope may be called again; 0 when it may. */
  waitFor(scope: string): number {
    const until = this.closedUntil.get(scope);
    if (until === undefined) return 0;
    const left = until - this.now();
    if (left <= 0) this.closedUntil.delete(scope);
    return Math.max(0, left);
  }
}
