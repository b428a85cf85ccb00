/** Receipts by kind and fate, hints by kind and fate, and what waits to be routed. Kinds are ours: a field's name is not. */
import { Counter, Gauge, type Registry } from 'prom-client';

export type ReceiptMark =
  /** Kept, to be routed. */
  | 'stored'
  | 'duplicate'
  /** Traffic of a number that is being moved. */
  | 'observed'
  /** Traffic of a number that nobody moves. */
  | 'nobody'
  | 'unknown_field'
  | 'unreadable'
  /** The signature did not fit. */
  | 'refused';
export type HintMark = 'sent' | 'nobody' | 'postponed' | 'paced' | 'closed';

export interface WebhookMetrics {
  received: (kind: string, mark: ReceiptMark) => void;
  hinted: (kind: string, mark: HintMark) => void;
  waiting: (unrouted: number, oldestAgeMs: number) => void;
}

export const createWebhookMetrics = (registry: Registry): WebhookMetrics => {
  const receipts = new Counter({
    name: 'carryover_webhook_receipts_total',
    help: 'Changes told by webhook, by kind and by what became of them',
    labelNames: ['kind', 'fate'],
    registers: [registry],
  });
  const hints = new Counter({
    name: 'carryover_webhook_hints_total',
    help: 'Receipts routed to migrations, by kind and by what became of them',
    labelNames: ['kind', 'fate'],
    registers: [registry],
  });
  const unrouted = new Gauge({
    name: 'carryover_webhook_receipts_unrouted',
    help: 'Receipts that no server has routed yet',
    registers: [registry],
  });
  const oldest = new Gauge({
    name: 'carryover_webhook_oldest_unrouted_seconds',
    help: 'Age of the oldest of them',
    registers: [registry],
  });
  return {
    received: (kind, fate) => {
      receipts.inc({ kind, fate });
    },
    hinted: (kind, fate) => {
      hints.inc({ kind, fate });
    },
    waiting: (count, ageMs) => {
      unrouted.set(count);
      oldest.set(ageMs / 1000);
    },
  };
};
