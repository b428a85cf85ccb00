/** Who pays what, in one piece: made from the rows of the ledger whenever it is read (R15 to R18, meta §5.2). Pure. */
import Big from 'big.js';
import { z } from 'zod';
import { ledgerRowSchema, type LedgerRow } from './answers';
import { cutoverHalfHours, HALF_HOUR_MS } from './half-hours';
import type { Task } from './migration';

const amountSchema = z.object({
  currency: z.string(),
  /** Decimal, as a string. */
  amount: z.string(),
});

export const billingStatementSchema = z.object({
  /** The cut-over lies in it; a message is billed by the side it was sent on. Null: not registered yet. */
  cutover: z.object({ from: z.string(), to: z.string().nullable() }).nullable(),
  sides: z.array(
    z.object({
      side: z.enum(['source', 'destination']),
      payer: z.string(),
      /** What the figures span; a bill's month is wider. */
      from: z.string().nullable(),
      to: z.string().nullable(),
      /** Null: nobody could see them. */
      messages: z.number().nullable(),
      /** What Meta told of the cost, by currency; empty: nothing. */
      amounts: z.array(amountSchema),
      /** When the figures were read; null: never. */
      asOf: z.string().nullable(),
    }),
  ),
  /**
   * The half hours from the first call of the registration until the number was seen live, mostly one, and what each side
   * counted in them: these messages the figures cannot split between the sides. Null: not registered yet; a side's null:
   * nobody could see, or has looked yet.
   */
  unsplit: z
    .object({
      from: z.string(),
      to: z.string(),
      source: z.number().nullable(),
      destination: z.number().nullable(),
    })
    .nullable(),
  /** Sent before the cut-over and delivered after it: the source is charged (R17). */
  inFlight: z
    .object({
      payer: z.string(),
      /** As the source counted them afterwards; null: it could not be counted. */
      messages: z.number().nullable(),
      /** What was said of them when the campaigns were stopped; null: nothing. */
      stated: z.string().nullable(),
      note: z.string(),
    })
    .nullable(),
  /** What is left to settle, and what was said about it. */
  tasks: z.array(z.object({ kind: z.string(), status: z.string(), statement: z.string().nullable() })),
  /** What these figures do not prove, in words. */
  doubts: z.array(z.string()),
});
export type BillingStatement = z.infer<typeof billingStatementSchema>;
type Side = BillingStatement['sides'][number];

const sumByCurrency = (rows: readonly LedgerRow[]): Side['amounts'] => {
  const sums = new Map<string, Big>();
  for (const { amount, currency } of rows) {
    if (amount !== null && currency !== null)
      sums.set(currency, (sums.get(currency) ?? new Big(0)).plus(amount));
  }
  return [...sums].map(([currency, sum]) => ({ currency, amount: sum.toFixed() }));
};

const earliest = (instants: readonly (string | null)[]): string | null =>
  instants.filter((one) => one !== null).sort()[0] ?? null;
const latest = (instants: readonly (string | null)[]): string | null =>
  instants
    .filter((one) => one !== null)
    .sort()
    .at(-1) ?? null;

const sideOf = (side: Side['side'], payer: string, rows: readonly LedgerRow[]): Side => {
  const counted = rows.filter(({ quantity }) => quantity !== null);
  return {
    ...{ side, payer },
    from: earliest(counted.map(({ from }) => from)),
    to: latest(counted.map(({ to }) => to)),
    messages: counted.length === 0 ? null : counted.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0),
    amounts: sumByCurrency(counted),
    asOf: latest(rows.map(({ seenAt }) => seenAt)),
  };
};

/** Counted again after the move, when the source still shows the number: it holds what the snapshot held, and more. */
const sourceFigures = (rows: readonly LedgerRow[]): LedgerRow[] => {
  const again = rows.filter(
    ({ kind, evidence }) => kind === 'usage_source_after' && evidence['recounted'] === true,
  );
  return again.length > 0 ? again : rows.filter(({ kind }) => kind === 'usage_before');
};

/** What a side counted in these half hours; it counts by half hours there. */
const countedIn = (rows: readonly LedgerRow[], span: { from: string; to: string }): number | null => {
  const seen = rows.filter(({ quantity }) => quantity !== null);
  const inside = seen.filter(
    ({ from, precision }) =>
      from !== null &&
      precision === 'half_hour' &&
      Date.parse(from) >= Date.parse(span.from) &&
      Date.parse(from) < Date.parse(span.to),
  );
  return seen.length === 0 ? null : inside.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
};

const unsplitIn = (
  rows: readonly LedgerRow[],
  cutover: BillingStatement['cutover'],
): BillingStatement['unsplit'] => {
  if (cutover === null) return null;
  const span = cutoverHalfHours(cutover.from, cutover.to);
  const of = (kind: string) =>
    countedIn(
      rows.filter((row) => row.kind === kind),
      span,
    );
  return {
    ...span,
    source: of('usage_before'),
    destination: of('usage_after'),
  };
};

/** The count that people take where no interface has it: asked for when the campaigns are stopped (R17). */
const statedIn = (tasks: readonly Task[]): string | null =>
  tasks.filter(({ kind, status }) => kind === 'freeze_campaigns' && status === 'done').at(-1)?.evidence
    ?.statement ?? null;

const figure = (messages: number | null): string => (messages === null ? 'not seen' : String(messages));

const unsplitDoubt = ({ from, to, source, destination }: NonNullable<BillingStatement['unsplit']>): string =>
  `${Date.parse(to) - Date.parse(from) > HALF_HOUR_MS ? `The half hours from ${from} to ${to} hold` : `The half hour from ${from} to ${to} holds`} the cut-over; figures are told by half hours, so that its messages cannot be split between the sides by them: ${figure(source)} at the source up to the snapshot, ${figure(destination)} at the destination.`;

const wasWithheld = (rows: readonly LedgerRow[]): boolean =>
  rows.some(({ quantity, amount }) => quantity !== null && quantity > 0 && amount === null);

/** Neither figure is a count of what was on its way: each is told with what it may hold besides, or leave out. */
const inFlightDoubt = ({ messages, stated }: NonNullable<BillingStatement['inFlight']>): string => {
  const said = stated === null ? '' : ` Stated when the campaigns were stopped: “${stated}”`;
  return messages === null
    ? `How many messages were on their way at the cut-over could not be counted; all of them were sent before it and stand on the last invoice of the source.${said}`
    : `In flight is what the source counted after the snapshot taken before the cut-over (${String(messages)}): messages on their way, and any that were sent between the two.${said}`;
};

const doubtsIn = (
  rows: readonly LedgerRow[],
  { cutover, unsplit, inFlight }: Pick<BillingStatement, 'cutover' | 'unsplit' | 'inFlight'>,
): string[] => {
  const of = (...kinds: string[]) => rows.filter(({ kind }) => kinds.includes(kind));
  const [source, destination, again] = [of('usage_before'), of('usage_after'), of('usage_source_after')];
  const figures = [...source, ...destination, ...again].some(({ quantity }) => (quantity ?? 0) > 0);
  return [
    ...of('doubt').flatMap(({ note }) => (note === null ? [] : [note])),
    ...(unsplit === null ? [] : [unsplitDoubt(unsplit)]),
    ...(figures ? ['Meta calls its figures approximate; an invoice may differ.'] : []),
    ...(wasWithheld(source) || wasWithheld(again)
      ? ['The cost at the source was not told; its messages are counted without a price.']
      : []),
    ...(wasWithheld(destination)
      ? ['The cost at the destination was not told; its messages are counted without a price.']
      : []),
    ...(cutover !== null && destination.length === 0
      ? ['The usage at the destination has not been read yet: it is read at the end of aftercare.']
      : []),
    ...destination
      .concat(again)
      .flatMap(({ precision, note }) => (precision === 'unknown' && note !== null ? [note] : [])),
    ...(again.some(({ evidence }) => evidence['recounted'] === true)
      ? [
          'The source still shows the number; that it does is not documented (meta §5.3, UNVERIFIED), and what it counts after the cut-over is not its to bill.',
        ]
      : []),
    ...(inFlight === null ? [] : [inFlightDoubt(inFlight)]),
  ];
};

export const billingStatement = (rows: readonly LedgerRow[], tasks: readonly Task[]): BillingStatement => {
  const row = (kind: string) => rows.find((one) => one.kind === kind);
  const from = row('cutover')?.from ?? null;
  const cutover = from === null ? null : { from, to: row('cutover')?.to ?? null };
  const sourcePayer = (row('payer_before') ?? row('usage_before'))?.payer;
  const destinationPayer = (row('payer_after') ?? row('funding'))?.payer;
  const flight = row('in_flight');
  const unsplit = unsplitIn(rows, cutover);
  const inFlight: BillingStatement['inFlight'] =
    flight === undefined
      ? null
      : {
          ...{ payer: flight.payer, messages: flight.quantity, note: flight.note ?? '' },
          stated: statedIn(tasks),
        };
  return {
    cutover,
    sides: [
      ...(sourcePayer === undefined ? [] : [sideOf('source', sourcePayer, sourceFigures(rows))]),
      ...(destinationPayer === undefined
        ? []
        : [
            sideOf(
              'destination',
              destinationPayer,
              rows.filter(({ kind }) => kind === 'usage_after'),
            ),
          ]),
    ],
    unsplit,
    inFlight,
    tasks: tasks
      .filter(({ step }) => step === 'billing')
      .map(({ kind, status, evidence }) => ({ kind, status, statement: evidence?.statement ?? null })),
    doubts: [...new Set(doubtsIn(rows, { cutover, unsplit, inFlight }))],
  };
};

/** The statement's figures as rows beneath the ledger's, for a spreadsheet: totals per side and currency, and the doubts. */
export const statementRows = (
  { cutover, sides, doubts }: BillingStatement,
  ledger: readonly LedgerRow[],
): LedgerRow[] => [
  ...sides.flatMap(({ side, payer, from, to, messages, amounts, asOf }) => {
    const common = { kind: 'total', side, payer, from, to, quantity: messages, evidence: {} };
    const told = amounts.length === 0 ? [{ currency: null, amount: null }] : amounts;
    return told.map((money) => ({
      ...common,
      ...money,
      ...{ seenAt: asOf ?? '', precision: messages === null ? 'unknown' : 'sum', note: null },
    }));
  }),
  ...doubts
    .filter((doubt) => !ledger.some(({ kind, note }) => kind === 'doubt' && note === doubt))
    .map((note) => ({
      ...{
        kind: 'doubt',
        side: 'source' as const,
        payer: '',
        from: cutover?.from ?? null,
        to: cutover?.to ?? null,
      },
      ...{
        quantity: null,
        amount: null,
        currency: null,
        evidence: {},
        seenAt: '',
        precision: 'unknown',
        note,
      },
    })),
];

/** `GET …/billing`: every row with its evidence, and what they come to. */
export const ledgerSchema = z.object({ items: z.array(ledgerRowSchema), statement: billingStatementSchema });
export type Ledger = z.infer<typeof ledgerSchema>;
