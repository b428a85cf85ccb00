/**
 * Meta's webhook envelope, read tolerantly: what is known is reduced to what routing needs, what is not known is named.
 * Neither message content nor anybody's phone number leaves this file but the business's own, for its keyed hash.
 */
import { z } from 'zod';
import { MESSAGE_STATUSES } from '../../shared/failed-messages';
import { HINT_KINDS, type HintKind } from '../../shared/platform-hints';
import type { ToldMessage } from '../../store';

/** A change that may concern migrations. */
export interface ReadChange {
  kind: HintKind;
  event: string | null;
  at: string;
  /** `waba:…`, `business:…`, `solution:…` */
  keys: string[];
  phoneNumber?: string;
  /** The whole change as it came, for telling a repetition from a new one. */
  identity: string;
}

/** Traffic of one number at one account, of one delivery. */
export interface SeenTraffic {
  wabaId: string;
  phoneNumberId: string | null;
  phoneNumber: string | null;
  firstInboundAt: string | null;
  lastInboundAt: string | null;
  firstOutboundAt: string | null;
  /** What became of messages that were sent. An id holds the receiver's number: to be counted by, and never to be kept. */
  sent: ToldMessage[];
}

/** A change that this version does not understand; `content` only where it cannot be a user's. */
export interface UnreadChange {
  field: string;
  why: 'unknown_field' | 'unreadable';
  at: string;
  content: unknown;
  identity: string;
}

export interface ReadDelivery {
  changes: ReadChange[];
  traffic: SeenTraffic[];
  unread: UnreadChange[];
}

const id = z.union([z.string().min(1).max(64), z.number().int()]).transform(String);
const envelopeSchema = z.looseObject({
  entry: z.array(z.unknown()),
});
const entrySchema = z.looseObject({
  id,
  time: z.number().positive().optional(),
  changes: z.array(z.unknown()),
});
const changeSchema = z.looseObject({ field: z.string(), value: z.unknown() });

const word = z
  .string()
  .regex(/^[A-Za-z0-9_]{1,64}$/)
  .optional()
  .catch(undefined);
/** What routing reads of any value but `messages`; every part may be missing. */
const valueSchema = z.looseObject({
  event: word,
  decision: word,
  display_phone_number: z
    .union([z.string().max(64), z.number()])
    .transform(String)
    .optional(),
  entity_id: id.optional().catch(undefined),
  solution_id: id.optional().catch(undefined),
  waba_info: z.looseObject({ waba_id: id.optional(), owner_business_id: id.optional() }).optional(),
});

const seconds = z.union([z.string().regex(/^\d{1,12}$/), z.number().int().positive()]).transform(Number);
const statusSchema = z.looseObject({
  id: z.string().min(1).max(256).optional().catch(undefined),
  timestamp: seconds,
  status: z.string(),
  errors: z
    .array(z.looseObject({ code: z.number().int() }))
    .optional()
    .catch(undefined),
});
const messagesSchema = z.looseObject({
  metadata: z.looseObject({
    phone_number_id: id.optional(),
    display_phone_number: z
      .union([z.string().max(64), z.number()])
      .transform(String)
      .optional(),
  }),
  messages: z.array(z.looseObject({ timestamp: seconds })).optional(),
  statuses: z.array(statusSchema).optional(),
});

/** Kinds whose value names a number; every other concerns an account or a business as a whole. */
const OF_ONE_NUMBER: readonly HintKind[] = [
  'security',
  'phone_number_name_update',
  'phone_number_quality_update',
];

const isKnown = (field: string): field is HintKind => HINT_KINDS.some((kind) => kind === field);

/** UNIX seconds; no entry of this century's Meta is in milliseconds, but one that is does no harm. */
const instantOf = (time: number | undefined, now: Date): string => {
  if (time === undefined) return now.toISOString();
  return new Date(time > 100_000_000_000 ? time : time * 1000).toISOString();
};

const nameOf = (field: string): string => (/^[a-z0-9_]{1,64}$/.test(field) ? field : 'unnamed');

const earliest = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one;
const latest = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one;

const FAILED = 'failed';

/** A status without the id of its message tells of nothing that could be counted once. */
const toldOf = ({
  id: messageId,
  timestamp,
  status,
  errors,
}: z.output<typeof statusSchema>): ToldMessage[] =>
  messageId === undefined
    ? []
    : [
        {
          messageId,
          at: instantOf(timestamp, new Date()),
          status: MESSAGE_STATUSES.find((one) => one === status) ?? null,
          failedWith: status === FAILED ? (errors?.[0]?.code ?? 0) : null,
        },
      ];

const trafficOf = (wabaId: string, value: unknown): SeenTraffic | null => {
  const parsed = messagesSchema.safeParse(value);
  if (!parsed.success) return null;
  const { metadata, messages = [], statuses = [] } = parsed.data;
  const inbound = messages.map(({ timestamp }) => instantOf(timestamp, new Date())).sort();
  // A message that failed was not sent: it proves nothing about the side that tried.
  const outbound = statuses
    .filter(({ status }) => status !== FAILED)
    .map(({ timestamp }) => instantOf(timestamp, new Date()))
    .sort();
  return {
    wabaId,
    phoneNumberId: metadata.phone_number_id ?? null,
    phoneNumber: metadata.display_phone_number ?? null,
    firstInboundAt: inbound[0] ?? null,
    lastInboundAt: inbound.at(-1) ?? null,
    firstOutboundAt: outbound[0] ?? null,
    sent: statuses.flatMap(toldOf),
  };
};

/** A thousand updates about one number are one observation. */
const mergedTraffic = (seen: readonly SeenTraffic[]): SeenTraffic[] => {
  const byNumber = new Map<string, SeenTraffic>();
  for (const one of seen) {
    const key = JSON.stringify([one.wabaId, one.phoneNumberId, one.phoneNumber]);
    const known = byNumber.get(key);
    const sofar = known ?? one;
    byNumber.set(key, {
      ...one,
      sent: known === undefined ? one.sent : [...known.sent, ...one.sent],
      firstInboundAt: earliest(sofar.firstInboundAt, one.firstInboundAt),
      lastInboundAt: latest(sofar.lastInboundAt, one.lastInboundAt),
      firstOutboundAt: earliest(sofar.firstOutboundAt, one.firstOutboundAt),
    });
  }
  return [...byNumber.values()];
};

const readChange = (kind: HintKind, entryId: string, at: string, value: unknown): ReadChange | null => {
  const parsed = valueSchema.safeParse(value);
  if (!parsed.success) return null;
  const {
    event,
    decision,
    display_phone_number: phoneNumber,
    waba_info: info,
    entity_id: entity,
    solution_id: solution,
  } = parsed.data;
  const named = [info?.waba_id, entity, entryId].flatMap((found) =>
    found === undefined ? [] : [`waba:${found}`],
  );
  // PARTNER_* come under the business; the rest of an account's life concerns nobody else of its business.
  const ofBusiness = [
    info?.owner_business_id,
    kind === 'account_update' || kind === 'partner_solutions' ? entryId : undefined,
  ];
  return {
    kind,
    event: event ?? decision ?? null,
    at,
    keys: [
      ...new Set([
        ...named,
        ...ofBusiness.flatMap((found) => (found === undefined ? [] : [`business:${found}`])),
        // It comes under the partner's business, which no migration is known by.
        ...(kind === 'partner_solutions' && solution !== undefined ? [`solution:${solution}`] : []),
      ]),
    ],
    ...(phoneNumber !== undefined && /\d{5}/.test(phoneNumber) && OF_ONE_NUMBER.includes(kind)
      ? { phoneNumber }
      : {}),
    identity: JSON.stringify([entryId, at, kind, value]),
  };
};

/** Null: not an envelope at all. */
export const readDelivery = (body: unknown, now: Date): ReadDelivery | null => {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return null;
  const read: ReadDelivery = { changes: [], traffic: [], unread: [] };
  const traffic: SeenTraffic[] = [];
  for (const given of envelope.data.entry) {
    const entry = entrySchema.safeParse(given);
    if (!entry.success) {
      const identity = JSON.stringify(given);
      read.unread.push({
        field: 'entry',
        why: 'unreadable',
        at: now.toISOString(),
        content: undefined,
        identity,
      });
      continue;
    }
    const at = instantOf(entry.data.time, now);
    for (const raw of entry.data.changes) {
      const change = changeSchema.safeParse(raw);
      const identity = JSON.stringify([entry.data.id, at, raw]);
      if (!change.success) {
        read.unread.push({ field: 'change', why: 'unreadable', at, content: undefined, identity });
        continue;
      }
      const { field, value } = change.data;
      if (!isKnown(field)) {
        read.unread.push({ field: nameOf(field), why: 'unknown_field', at, content: undefined, identity });
      } else if (field === 'messages') {
        const seen = trafficOf(entry.data.id, value);
        if (seen === null) read.unread.push({ field, why: 'unreadable', at, content: undefined, identity });
        else traffic.push(seen);
      } else {
        const understood = readChange(field, entry.data.id, at, value);
        if (understood === null) read.unread.push({ field, why: 'unreadable', at, content: value, identity });
        else read.changes.push(understood);
      }
    }
  }
  read.traffic = mergedTraffic(traffic);
  return read;
};
