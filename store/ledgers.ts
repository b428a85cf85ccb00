import type { LedgerRow, LedgerStore } from './report-contract';
import type { Room } from './room';
import type { LedgerEntryRow } from './rows';
import { storedRecord } from './stored-form';

const entryOf = (row: LedgerEntryRow): LedgerRow => ({
  kind: row.kind,
  side: row.side,
  payer: row.payer,
  from: row.from,
  to: row.to,
  quantity: row.quantity,
  amount: row.amount,
  currency: row.currency,
  evidence: row.evidence,
  seenAt: row.seenAt,
  precision: row.precision,
  note: row.note,
});

/** The billing ledger, written kind by kind: what an activity says again replaces what it said before. */
export const createLedgerStore = ({ database, rows }: Room): LedgerStore => ({
  replaceKind: ({ tenant, migrationId }, kind, entries) =>
    database.transaction(async (session) => {
      const first = await rows.ledger.findOne(
        { migrationId, tenant, kind },
        { session, projection: { kindSince: 1 } },
      );
      const kindSince = first?.kindSince ?? new Date();
      await rows.ledger.deleteMany({ migrationId, tenant, kind }, { session });
      const added = entries.map((entry, ordinal): LedgerEntryRow => ({
        ...{
          _id: `${migrationId}/${kind}/${String(ordinal)}`,
          tenant,
          migrationId,
          kind,
          kindSince,
          ordinal,
        },
        ...{ side: entry.side, payer: entry.payer, from: entry.from, to: entry.to, quantity: entry.quantity },
        ...{ amount: entry.amount, currency: entry.currency, evidence: storedRecord(entry.evidence) },
        ...{ seenAt: entry.seenAt, precision: entry.precision, note: entry.note },
      }));
      if (added.length > 0) await rows.ledger.insertMany(added, { session });
    }),

  list: ({ tenant, migrationId }) =>
    database.guard(async () => {
      const found = await rows.ledger
        .find({ migrationId, tenant })
        .sort({ kindSince: 1, kind: 1, ordinal: 1 })
        .toArray();
      return found.map(entryOf);
    }),
});
