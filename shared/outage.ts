/**
 * How long the number was silent around the cut-over, from what was observed and nothing else: null unless traffic was
 * seen at both sides. Meta has two readings of when the source stops (§1.7): at `register`, as documented, or already
 * at the announcement, as reported from the field. What was observed fits one of them, and that is told, too. Pure.
 */
import { z } from 'zod';

export const outageSchema = z.object({
  /** The last message at the source, and the first at the destination: between them lies the outage. */
  from: z.string(),
  to: z.string(),
  /**
   * `source_until_register`: the source was heard after the announcement; `source_silent_since_announcement`: it was
   * silent, or nobody wrote; `order_unknown`: it was last heard in the very second of the announcement.
   */
  reading: z.enum(['source_until_register', 'source_silent_since_announcement', 'order_unknown']),
  /** An upper bound: the silence may be shorter than the time between two messages. */
  explanation: z.string(),
});
export type Outage = z.infer<typeof outageSchema>;

export interface CutoverSeen {
  announcedAt: string | null;
  registeredAt: string | null;
  lastInboundAtSource: string | null;
  firstInboundAtDestination: string | null;
  firstOutboundAtDestination: string | null;
}

const earliest = (instants: readonly (string | null)[]): string | null =>
  instants.reduce<string | null>(
    (first, at) => (at !== null && (first === null || Date.parse(at) < Date.parse(first)) ? at : first),
    null,
  );

/** Meta tells when a message was in whole seconds (meta §8.2): it was some time in that second. */
const MESSAGE_PRECISION_MS = 1_000;

const readingOf = (lastHeard: string, announcedAt: string | null): Outage['reading'] => {
  if (announcedAt === null) return 'source_until_register';
  const heard = Date.parse(lastHeard);
  const announced = Date.parse(announcedAt);
  if (heard >= announced) return 'source_until_register';
  return heard + MESSAGE_PRECISION_MS > announced ? 'order_unknown' : 'source_silent_since_announcement';
};

const SAYS: Readonly<Record<Outage['reading'], string>> = {
  source_until_register: 'The source still worked after the announcement.',
  source_silent_since_announcement:
    'Nothing reached the source after the announcement: it was silent from then on, or nobody wrote.',
  order_unknown:
    'The last message reached the source in the second of the announcement: which was first cannot be told.',
};

export const outageOf = (seen: CutoverSeen): { outageMs: number | null; outage: Outage | null } => {
  const from = seen.lastInboundAtSource;
  const to = earliest([seen.firstInboundAtDestination, seen.firstOutboundAtDestination]);
  if (from === null || to === null || seen.registeredAt === null) return { outageMs: null, outage: null };
  const reading = readingOf(from, seen.announcedAt);
  const kind = to === seen.firstInboundAtDestination ? 'reached' : 'was sent from';
  return {
    outageMs: Math.max(0, Date.parse(to) - Date.parse(from)),
    outage: {
      from,
      to,
      reading,
      explanation:
        `The last message reached the source at ${from}, the first one ${kind} the destination at ${to}: the outage was ` +
        `at most as long, to the second. ${SAYS[reading]}`,
    },
  };
};
