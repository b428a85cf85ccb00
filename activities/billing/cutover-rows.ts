/** Ledger rows of the cut-over and of who pays what from then on (R15 to R17, meta §5.2). Pure. */
import type { Row } from './usage-rows';

export interface CutoverSeen {
  registerAttemptedAt: string;
  registeredAt: string;
  /** Null while nobody has seen the number connected. */
  connectedAt: string | null;
  seenAt: string;
  sourceProvider: string;
  sourceWabaId: string;
  destinationWabaId: string;
  destinationPayer: 'partner_credit' | 'client_card';
  fundingId: string | null;
  /** Whether the source's usage before the cut-over is in the ledger. */
  usageSeen: boolean;
}

/** Every kind is written anew each time, so that an earlier opinion of ours does not stay beside a later one. */
export type CutoverRows = Record<'cutover' | 'payer_before' | 'in_flight' | 'payer_after' | 'doubt', Row[]>;

const rule = (
  row: Pick<Row, 'side' | 'payer' | 'from' | 'to' | 'note'>,
  requirement: string,
  seenAt: string,
  evidence: Record<string, unknown> = {},
): Row => ({
  ...row,
  quantity: null,
  amount: null,
  currency: null,
  evidence: { requirement, ...evidence },
  seenAt,
  precision: 'rule',
});

/** The instant lies between asking for the registration and seeing the number connected; Meta publishes none. */
const cutover = (seen: CutoverSeen): Row => {
  const { registerAttemptedAt, registeredAt, connectedAt } = seen;
  const to = connectedAt ?? seen.seenAt;
  return {
    side: 'destination',
    payer: seen.destinationPayer,
    from: registerAttemptedAt,
    to,
    quantity: null,
    amount: null,
    currency: null,
    evidence: {
      edge: 'register',
      registerAttemptedAt,
      registeredAt,
      connectedAt,
      widthMs: Date.parse(to) - Date.parse(registerAttemptedAt),
    },
    seenAt: seen.seenAt,
    precision: connectedAt === null ? 'open_interval' : 'interval',
    note: 'The cut-over lies inside this interval; a message is billed by the side it was sent on.',
  };
};

const doubts = (seen: CutoverSeen): string[] => [
  ...(seen.usageSeen ? [] : ['The usage at the source before the cut-over was not seen.']),
  ...(seen.connectedAt === null
    ? ['The number has not been seen connected; the interval is still open.']
    : []),
  ...(seen.fundingId === null ? ['No payment method was seen at the destination.'] : []),
  'Messages sent inside the cut-over interval may be on either side; the pricing in their status webhooks decides.',
];

export const cutoverRows = (seen: CutoverSeen): CutoverRows => {
  const { registerAttemptedAt, sourceProvider, destinationPayer, seenAt } = seen;
  const end = seen.connectedAt ?? seen.registeredAt;
  const source = { side: 'source', payer: sourceProvider } as const;
  const destination = { side: 'destination', payer: destinationPayer } as const;
  return {
    cutover: [cutover(seen)],
    payer_before: [
      rule(
        {
          ...source,
          from: null,
          to: registerAttemptedAt,
          note: 'Sent before the cut-over: the source is charged.',
        },
        'R15',
        seenAt,
        { wabaId: seen.sourceWabaId },
      ),
    ],
    in_flight: [
      rule(
        {
          ...source,
          from: registerAttemptedAt,
          to: null,
          note: 'Sent before and delivered after: the source is charged on delivery; a last invoice from it is normal.',
        },
        'R17',
        seenAt,
        { wabaId: seen.sourceWabaId },
      ),
    ],
    payer_after: [
      rule(
        { ...destination, from: end, to: null, note: 'Sent after the cut-over: the destination is charged.' },
        'R16',
        seenAt,
        { wabaId: seen.destinationWabaId, fundingId: seen.fundingId },
      ),
    ],
    doubt: doubts(seen).map((note) =>
      rule({ ...destination, from: registerAttemptedAt, to: seen.connectedAt, note }, 'R17', seenAt),
    ),
  };
};
