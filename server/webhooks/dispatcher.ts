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
import type { ConcernedMigration } from '../../store/webhook-contract';
import type { ServerDeps } from '../deps';
import { isTemporalAway, within } from '../temporal';
import { addresseesOf, intentPace, solutionOf, solutionPace } from './shared-solutions';
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
  /** Given, the message is about this solution and about no client in particular. */
  solution: string | null;
}

/** `looks_by_itself`: told often enough; its own next look comes within the interval anyway. */
type Offer = 'sent' | 'closed' | 'away' | 'looks_by_itself' | { pacedMs: number };

const MARKS = { sent: 'sent', closed: 'closed', away: 'postponed', looks_by_itself: 'paced' } as const;

export const createDispatcher = (deps: ServerDeps, metrics: WebhookMetrics): Dispatcher => {
  const { store, temporal, logger } = deps;

  /** Null: it may be told. */
  const heldBack = async ({ migrationId, hint, solution }: Told): Promise<Offer | null> => {
    const key = `hint/${migrationId}/${hint.kind}`;
    if (solution === null) {
      const pace = await store.callBudget.take(key, PACE);
      return pace.granted ? null : { pacedMs: pace.waitMs };
    }
    const room = await store.callBudget.take(`hint/${solution}`, solutionPace(deps));
    if (!room.granted) return { pacedMs: room.waitMs };
    const pace = await store.callBudget.take(key, intentPace(deps));
    return pace.granted ? null : 'looks_by_itself';
  };

  const signal = async (one: Told): Promise<Offer> => {
    const { migrationId, hint } = one;
    const held = await heldBack(one);
    if (held !== null) return held;
    try {
      await within(deps, deps.limits.temporalMs, () =>
        temporal.workflow.getHandle(workflowIdOf(migrationId)).signal(SIGNALS.platformHint, hint),
      );
      return 'sent';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'closed';
      // One that cannot be told holds nobody else up; it is tried again, with growing pauses.
      if (!isTemporalAway(error)) logger.error({ err: error, migrationId }, 'a migration could not be told');
      return 'away';
    }
  };

  /** Each migration that waits for one of these receipts, once a kind: the newest stands for all. */
  const wanted = async (receipts: readonly Receipt[]) => {
    const told = new Map<string, Told & { receipts: Set<string> }>();
    const live = new Set<string>();
    for (const receipt of receipts) {
      const { id, kind, event, at } = receipt;
      for await (const { migrationId, migration, solution } of addressed(receipt)) {
        live.add(id);
        if (receipt.told.includes(migrationId) || reactionTo(migration, receipt) === null) continue;
        const key = `${migrationId}/${kind}`;
        const before = told.get(key);
        told.set(key, {
          migrationId,
          hint: { kind, event, at, receiptId: id },
          solution: before?.solution === null ? null : solution,
          receipts: (before?.receipts ?? new Set<string>()).add(id),
        });
      }
    }
    return { told: [...told.values()], live };
  };

  const addressed = async function* (receipt: Receipt) {
    const solution = solutionOf(receipt);
    const concerned = store.webhooks.concerned(receipt);
    if (solution === null) {
      for await (const one of concerned) yield { ...one, solution };
      return;
    }
    const all: ConcernedMigration[] = [];
    for await (const one of concerned) all.push(one);
    const { areNamed, addressees } = addresseesOf(receipt, all);
    for (const one of addressees) yield { ...one, solution: areNamed ? null : solution };
  };

  const route = async (receipts: readonly Receipt[]): Promise<void> => {
    const { told, live } = await wanted(receipts);
    const waits = new Map<string, number>();
    const sent = new Map<string, MigrationId[]>();
    for (const one of told) {
      const offer = await signal(one);
      metrics.hinted(one.hint.kind, typeof offer === 'object' ? 'paced' : MARKS[offer]);
      for (const id of one.receipts) {
        if (offer === 'sent' || offer === 'looks_by_itself')
          sent.set(id, [...(sent.get(id) ?? []), one.migrationId]);
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
    for (const [id, waitMs] of waits) await store.webhooks.postpone([id], waitMs, sent.get(id));
    const settled = [...sent.keys()].filter((id) => !waits.has(id));
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
