/**
 * Hands stored receipts to the migrations that wait for their kind, as hints. Each server has one; what a server took
 * and did not settle, because it died or Temporal was away, another takes up. Telling a migration twice is harmless: the
 * same receipt has one effect there.
 */
import { WorkflowNotFoundError } from '@temporalio/client';
import { workflowIdOf, type MigrationId } from '../../shared/ids';
import { SIGNALS } from '../../shared/messages';
import { reactionTo, type PlatformHint } from '../../shared/platform-hints';
import { StoreUnavailableError, type Receipt } from '../../store';
import type { ServerDeps } from '../deps';
import { isTemporalAway, within } from '../temporal';
import type { WebhookMetrics } from './webhook-metrics';

const AT_ONCE = 200;
/** What this server was not told of: receipts of one that died, and those that were postponed. */
const LOOK_EVERY_MS = 2_000;
/** The read model may lag behind a migration that has just begun to wait: what concerns it is offered once more. */
const SECOND_OFFER_MS = 4_000;
const LONGEST_POSTPONEMENT_MS = 60_000;
/**
 * A new account allows 200 calls an hour (meta §7), and a look costs a few: a migration is told at most so often of one
 * kind. What is held back is told afterwards, all at once.
 */
const PACE = { capacity: 3, perMs: 60_000 };

export interface Dispatcher {
  /** Something was stored: route it now. */
  kick(): void;
  /** Begins to look by itself. */
  start(): void;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

interface Told {
  migrationId: MigrationId;
  hint: PlatformHint;
}

type Offer = 'sent' | 'closed' | 'away' | { pacedMs: number };

export const createDispatcher = (deps: ServerDeps, metrics: WebhookMetrics): Dispatcher => {
  const { store, temporal, logger } = deps;

  const signal = async ({ migrationId, hint }: Told): Promise<Offer> => {
    const pace = await store.callBudget.take(`hint/${migrationId}/${hint.kind}`, PACE);
    if (!pace.granted) return { pacedMs: pace.waitMs };
    try {
      await within(deps, deps.limits.temporalMs, () =>
        temporal.workflow.getHandle(workflowIdOf(migrationId)).signal(SIGNALS.platformHint, hint),
      );
      return 'sent';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'closed';
      if (isTemporalAway(error)) return 'away';
      throw error;
    }
  };

  /** Each migration that waits for one of these receipts, once a kind: the newest stands for all. */
  const wanted = async (receipts: readonly Receipt[]) => {
    const told = new Map<string, Told & { receipts: Set<string> }>();
    const live = new Set<string>();
    for (const receipt of receipts) {
      const { id, kind, event, at } = receipt;
      for await (const { migrationId, migration } of store.webhooks.concerned(receipt)) {
        live.add(id);
        if (reactionTo(migration, receipt) === null) continue;
        const key = `${migrationId}/${kind}`;
        const receiptsOfBoth = (told.get(key)?.receipts ?? new Set<string>()).add(id);
        told.set(key, { migrationId, hint: { kind, event, at, receiptId: id }, receipts: receiptsOfBoth });
      }
    }
    return { told: [...told.values()], live };
  };

  const route = async (receipts: readonly Receipt[]): Promise<void> => {
    const { told, live } = await wanted(receipts);
    const waits = new Map<string, number>();
    const sent = new Set<string>();
    for (const one of told) {
      const offer = await signal(one);
      const mark = typeof offer === 'object' ? 'paced' : offer === 'away' ? 'postponed' : offer;
      metrics.hinted(one.hint.kind, mark);
      for (const id of one.receipts) {
        if (offer === 'sent') sent.add(id);
        if (typeof offer === 'object') waits.set(id, Math.max(waits.get(id) ?? 0, offer.pacedMs));
        if (offer === 'away') waits.set(id, Math.max(waits.get(id) ?? 0, backOff(receipts, id)));
      }
    }
    const nobody: string[] = [];
    for (const { id, kind, tries } of receipts) {
      if (waits.has(id) || sent.has(id)) continue;
      if (live.has(id) && tries === 0) waits.set(id, SECOND_OFFER_MS);
      else {
        nobody.push(id);
        metrics.hinted(kind, 'nobody');
      }
    }
    for (const [id, waitMs] of waits) await store.webhooks.postpone([id], waitMs);
    const settled = [...sent].filter((id) => !waits.has(id));
    if (settled.length > 0) await store.webhooks.settle(settled, 'hinted');
    if (nobody.length > 0) await store.webhooks.settle(nobody, 'nobody');
  };

  const routeAll = async (): Promise<void> => {
    for (;;) {
      const receipts = await store.webhooks.takeUnrouted(AT_ONCE);
      if (receipts.length > 0) await route(receipts);
      if (receipts.length < AT_ONCE) break;
    }
    const { unrouted, oldestAgeMs } = await store.webhooks.backlog();
    metrics.waiting(unrouted, oldestAgeMs);
  };

  let underWay: Promise<void> | null = null;
  /** What was asked for while a look was under way is answered by the next one. */
  const asked = new Set<'look'>();
  let isStopped = false;
  let timer: NodeJS.Timeout | null = null;

  const run = async (): Promise<void> => {
    do {
      asked.clear();
      try {
        await routeAll();
      } catch (error) {
        // What was taken is free again in half a minute; the next look takes it up.
        const isAway = error instanceof StoreUnavailableError;
        logger[isAway ? 'warn' : 'error']({ err: error }, 'webhooks could not be routed');
        return;
      }
    } while (asked.size > 0);
  };
  const kick = (): void => {
    if (isStopped) return;
    asked.add('look');
    underWay ??= run().finally(() => {
      underWay = null;
    });
  };

  return {
    kick,
    start: () => {
      timer = setInterval(kick, LOOK_EVERY_MS);
      timer.unref();
    },
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearInterval(timer);
      await underWay;
    },
  };
};

const backOff = (receipts: readonly Receipt[], id: string): number => {
  const tries = receipts.find((receipt) => receipt.id === id)?.tries ?? 0;
  return Math.min(LONGEST_POSTPONEMENT_MS, 1_000 * 2 ** Math.min(tries, 6));
};
