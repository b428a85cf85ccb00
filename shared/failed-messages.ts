/**
 * Messages of the moved number that Meta told of by webhook, and when too many of them failed (P-21, meta §8.2): the quality
 * of a number dips after a move, a template is not there yet, a payment does not hold, and only statuses show it. Pure.
 */
import { z } from 'zod';

const HOUR_MS = 3_600_000;

/** All durations in milliseconds. */
export const failedMessagesSettings = z.object({
  /** What is counted together: what lies further back says nothing of how it is now. */
  per: z
    .number()
    .int()
    .min(HOUR_MS)
    .default(24 * HOUR_MS),
  /** So many of all messages, from 0 to 1, when `least` failed … */
  share: z.number().min(0).max(1).default(0.1),
  least: z.number().int().positive().default(20),
  /** … or so many as such, but for those that failed because of whom they were written to. */
  number: z.number().int().positive().default(500),
});
export type FailedMessagesSettings = z.infer<typeof failedMessagesSettings>;

/** What Meta tells of a message that was sent, of each as it comes: one that was read was sent and delivered before. */
export const MESSAGE_STATUSES = ['sent', 'delivered', 'read', 'failed'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

const figure = z.number().int().nonnegative();

/** Messages by what was told of them, each kind by itself: a status that never came is in none of them. Estimates. */
export const watchFiguresSchema = z.object({
  /** The first instant of which a status was told. */
  since: z.string(),
  /** Of which any status was told. */
  messages: figure,
  sent: figure,
  delivered: figure,
  read: figure,
  /** Exact up to a few hundred. */
  failed: figure,
});
export type WatchFigures = z.infer<typeof watchFiguresSchema>;

export const messageFiguresSchema = z.object({
  /** The hour from which on was counted. */
  since: z.string(),
  /** Messages of which a status was told: an estimate, exact to a few in a hundred. */
  messages: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** By Meta's error code, the most frequent first; of a flood of failures, a sample. 0: no code was told. */
  byCode: z.array(z.object({ code: z.number().int(), count: z.number().int().positive() })),
  /** The whole of the watch, which `messages` and `failed` are the end of; absent in states of an earlier version. */
  watch: watchFiguresSchema.optional(),
});
export type MessageFigures = z.infer<typeof messageFiguresSchema>;

/** The receiver is not on WhatsApp, is the sender, wrote too long ago, or wants no marketing (meta §6.2): no move does that. */
const RECEIVERS_OWN: readonly number[] = [131021, 131026, 131047, 131050];
export const isReceiversOwn = (code: number): boolean => RECEIVERS_OWN.includes(code);

/** Whether so many failed that somebody must look. */
export const areTooMany = (
  { messages, failed, byCode }: MessageFigures,
  { share, least, number }: FailedMessagesSettings,
): boolean => {
  const notSenders = byCode.reduce((sum, { code, count }) => sum + (isReceiversOwn(code) ? count : 0), 0);
  return (failed >= least && failed >= share * messages) || failed - notSenders >= number;
};
