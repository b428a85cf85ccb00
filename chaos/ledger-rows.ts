/** The rows that the ledger of every moved number has, whatever happened on the way. */
import type { Migration, StartRequestBody } from '../client';
import type { LedgerRow } from '../shared/answers';

type Side = LedgerRow['side'];

/** Kind and side of each; `once`: an interval has one row, usage has as many as there are figures and doubts. */
const ROWS: readonly { readonly kind: string; readonly side: Side; readonly once: boolean }[] = [
  { kind: 'funding', side: 'destination', once: true },
  { kind: 'usage_before', side: 'source', once: false },
  { kind: 'cutover', side: 'destination', once: true },
  { kind: 'payer_before', side: 'source', once: true },
  { kind: 'in_flight', side: 'source', once: true },
  { kind: 'payer_after', side: 'destination', once: true },
  { kind: 'doubt', side: 'destination', once: false },
];

const isInstant = (text: string | null): text is string => text !== null && Number.isFinite(Date.parse(text));

export interface MovedNumber extends Pick<Migration, 'source' | 'registerAttemptedAt'> {
  readonly cutover: Pick<Migration['cutover'], 'registeredAt' | 'connectedAt'>;
}

/** The cut-over lies between the call and the number's being seen connected. */
const cutoverIn = (
  rows: readonly LedgerRow[],
  { registerAttemptedAt, cutover: { connectedAt } }: MovedNumber,
): string[] =>
  rows
    .filter(({ kind }) => kind === 'cutover')
    .filter(
      ({ from, to }) =>
        from !== registerAttemptedAt ||
        !isInstant(from) ||
        !isInstant(to) ||
        Date.parse(to) < Date.parse(from) ||
        (connectedAt !== null && to !== connectedAt),
    )
    .map(
      ({ from, to }) =>
        `the ledger’s cut-over is from ${String(from)} to ${String(to)}, and it was asked for at ` +
        `${String(registerAttemptedAt)} and seen at ${String(connectedAt)}`,
    );

/** A sentence for each row that lacks, is there too often, or names another payer; of a migration that has moved its number. */
export const wrongInLedger = (
  rows: readonly LedgerRow[],
  migration: MovedNumber,
  { funding }: Pick<StartRequestBody, 'funding'>,
): string[] => {
  // Found at the destination: who registered it knows when the bill changed sides.
  if (migration.cutover.registeredAt === null || migration.registerAttemptedAt === null) return [];
  const payers = { source: migration.source.provider, destination: funding?.payer ?? 'client_card' };
  return [
    ...ROWS.flatMap(({ kind, side, once }) => {
      const ofKind = rows.filter((row) => row.kind === kind);
      const strangers = ofKind.filter((row) => row.side !== side || row.payer !== payers[side]);
      const isWrong = ofKind.length === 0 || (once && ofKind.length > 1);
      return [
        ...(isWrong ? [`the ledger has ${String(ofKind.length)} rows ${kind}`] : []),
        ...strangers.map((row) => `the ledger’s ${kind} is the ${row.side}’s and paid by ${row.payer}`),
      ];
    }),
    ...cutoverIn(rows, migration),
  ];
};
