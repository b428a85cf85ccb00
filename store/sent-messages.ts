/**
 * What became of the messages that a moved number sends, by the hour and in all (P-21). Of messages that went well nothing is
 * kept but how many there were of each status; of failed ones a keyed hash beside Meta's code, because a message's id holds
 * the receiver's number. An hour is one row of bounded size, whatever was sent in it, and so is the whole; a row is gone 30
 * days after the last of it.
 */
import type { MessageFigures } from '../shared/failed-messages';
import type { SentMessageStore, ToldMessage } from './contract';
import { distinctIn, mergedRegisters, registersOf, type Registers } from './distinct-count';
import type { Room } from './room';
import type { SentMessagesRow } from './rows';

const HOUR_MS = 3_600_000;
const KEPT_MS = 30 * 86_400_000;
/** Failed messages of an hour that are told apart; above, how many there were is estimated. */
const TOLD_APART = 300;
const HASH_LENGTH = 16;

/** The row of all messages of a migration. */
const WATCH = 'watch';
const BY_STATUS = ['sent', 'delivered', 'read'] as const;

const hourOf = (at: string): number => Math.floor(Date.parse(at) / HOUR_MS) * HOUR_MS;

const byHourOf = (told: readonly ToldMessage[]): Map<number, ToldMessage[]> => {
  const byHour = new Map<number, ToldMessage[]>();
  for (const one of told) {
    const hour = hourOf(one.at);
    const those = byHour.get(hour);
    if (those === undefined) byHour.set(hour, [one]);
    else those.push(one);
  }
  return byHour;
};

const raised = (field: string, registers: Registers) =>
  Object.fromEntries(
    Object.entries(registers).map(([register, run]) => [
      `${field}.${register}`,
      { $max: [`$${field}.${register}`, run] },
    ]),
  );

const failedIn = ({ failedMarks, failedRegisters }: SentMessagesRow): number =>
  failedMarks.length < TOLD_APART
    ? failedMarks.length
    : Math.max(failedMarks.length, distinctIn(failedRegisters ?? {}));

const byCodeIn = (rows: readonly SentMessagesRow[]): MessageFigures['byCode'] => {
  const counts = new Map<number, number>();
  for (const mark of rows.flatMap(({ failedMarks }) => failedMarks)) {
    const code = Number(mark.split(':', 1)[0]);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((one, other) => other.count - one.count || one.code - other.code);
};

export const createSentMessageStore = ({ database, rows, keys }: Room): SentMessageStore => {
  const markOf = (migrationId: string, { messageId, failedWith }: ToldMessage): string =>
    `${String(failedWith)}:${keys.mac('message', `${migrationId}/${messageId}`, keys.hashingKeyId).slice(0, HASH_LENGTH)}`;

  /** What a row of either kind counts by. */
  const counted = (migrationId: string, told: readonly ToldMessage[]) => {
    const failed = told.filter(({ failedWith }) => failedWith !== null);
    const marks = [...new Set(failed.slice(0, TOLD_APART).map((one) => markOf(migrationId, one)))];
    return {
      ...raised('registers', registersOf(told.map(({ messageId }) => messageId))),
      ...raised('failedRegisters', registersOf(failed.map(({ messageId }) => messageId))),
      failedMarks: {
        $slice: [{ $setUnion: [{ $ifNull: ['$failedMarks', []] }, { $literal: marks }] }, TOLD_APART],
      },
    };
  };

  /** One statement a row, so that what several servers tell at once is all there. */
  const written = (migrationId: string, row: string, keptFrom: number, set: Record<string, unknown>) => {
    const expiresAt = new Date(Math.max(keptFrom, Date.now()) + KEPT_MS);
    return {
      updateOne: {
        filter: { _id: `${migrationId}/${row}` },
        update: [{ $set: { migrationId: { $literal: migrationId }, expiresAt, ...set } }],
        upsert: true,
      },
    };
  };

  const ofHour = (migrationId: string, hour: number, told: readonly ToldMessage[]) => {
    const at = new Date(hour);
    return written(migrationId, at.toISOString(), hour, { hour: at, ...counted(migrationId, told) });
  };

  const ofWatch = (migrationId: string, told: readonly ToldMessage[]) => {
    const instants = told.map(({ at }) => Date.parse(at)).sort((one, other) => one - other);
    const [first = Date.now()] = instants;
    const byStatus = BY_STATUS.flatMap((status) => {
      const those = told.filter((one) => one.status === status).map(({ messageId }) => messageId);
      return Object.entries(raised(`byStatus.${status}`, registersOf(those)));
    });
    return written(migrationId, WATCH, instants.at(-1) ?? first, {
      since: { $min: ['$since', new Date(first)] },
      ...counted(migrationId, told),
      ...Object.fromEntries(byStatus),
    });
  };

  return {
    observe: (migrationId, told) =>
      database.untilNotDuplicate(async () => {
        const byHour = byHourOf(told);
        if (byHour.size === 0) return;
        await rows.sentMessages.bulkWrite(
          [
            ...[...byHour].map(([hour, those]) => ofHour(migrationId, hour, those)),
            ofWatch(migrationId, told),
          ],
          { ordered: false },
        );
      }),

    read: (migrationId, since) =>
      database.guard(async () => {
        const from = new Date(hourOf(since));
        const found = await rows.sentMessages.find({ migrationId, hour: { $gte: from } }).toArray();
        const failed = found.reduce((sum, row) => sum + failedIn(row), 0);
        const messages = distinctIn(mergedRegisters(found.map(({ registers }) => registers ?? {})));
        return {
          since: from.toISOString(),
          messages: Math.max(messages, failed),
          failed,
          byCode: byCodeIn(found),
        };
      }),

    readWatch: (migrationId) =>
      database.guard(async () => {
        const row = await rows.sentMessages.findOne({ _id: `${migrationId}/${WATCH}` });
        if (row?.since === undefined) return null;
        const { since, registers = {}, byStatus = {} } = row;
        const failed = failedIn(row);
        return {
          since: since.toISOString(),
          messages: Math.max(distinctIn(registers), failed),
          sent: distinctIn(byStatus.sent ?? {}),
          delivered: distinctIn(byStatus.delivered ?? {}),
          read: distinctIn(byStatus.read ?? {}),
          failed,
        };
      }),
  };
};
