/**
 * `openLedger`: writes down when the bill changed sides and who pays what (R15 to R17).
 *
 * Does: writes ledger rows; reads the destination's payment account when nobody has written it down before.
 * Safe to repeat: the rows of each kind are replaced as a whole. Lost reply: repeat. Undone by: nothing to undo.
 */
import { readWaba } from '../../platforms/meta/wabas';
import type { LedgerRow } from '../../store';
import type { ActivityDeps } from '../context';
import type { BillingActivities } from '../contract';
import { cutoverRows } from './cutover-rows';

const fundingIdIn = (rows: readonly LedgerRow[]): string | null => {
  const fundingId = rows.find(({ kind }) => kind === 'funding')?.evidence['fundingId'];
  return typeof fundingId === 'string' ? fundingId : null;
};

/** No row at all is a snapshot that was never taken; none but an unseen one says so itself. */
const sawUsage = (rows: readonly LedgerRow[]): boolean =>
  rows.some(({ kind, precision }) => kind === 'usage_before' && precision !== 'unknown');

export const openLedger =
  (deps: ActivityDeps): BillingActivities['openLedger'] =>
  async ({ subject, wabaId, registerAttemptedAt, registeredAt, connectedAt }) => {
    const { tenant, request } = subject;
    const written = await deps.store.ledgers.list(subject);
    const readFundingId = async (): Promise<string | null> => {
      const graph = await deps.graphFor(tenant, request.destination.credential, wabaId);
      return (await readWaba(graph, wabaId)).primaryFundingId;
    };
    const rows = cutoverRows({
      ...{ registerAttemptedAt, registeredAt, connectedAt },
      seenAt: deps.clock().toISOString(),
      sourceProvider: request.source.provider,
      sourceWabaId: request.source.wabaId,
      destinationWabaId: wabaId,
      destinationPayer: request.funding?.payer ?? 'client_card',
      fundingId: fundingIdIn(written) ?? (await readFundingId()),
      usageSeen: sawUsage(written),
    });
    for (const [kind, ofKind] of Object.entries(rows)) {
      await deps.store.ledgers.replaceKind(subject, kind, ofKind);
    }
    return { rows: (await deps.store.ledgers.list(subject)).length };
  };
