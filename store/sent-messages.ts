/**
 * What became of the messages that a moved number sends, by the hour (P-21). Of messages that went well nothing is kept but how
 * many there were; of failed ones a keyed hash beside Meta's code, because a message's id holds the receiver's number. An
 * hour is one row of bounded size, whatever was sent in it, and is gone after 30 days.
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

  /** One statement a row, so that what several servers tell at once is all there. */
  const written = (migrationId: string, hour: number, told: readonly ToldMessage[]) => {
    const failed = told.filter(({ failedWith }) => failedWith !== null);
    const marks = [...new Set(failed.slice(0, TOLD_APART).map((one) => markOf(migrationId, one)))];
    return {
      updateOne: {
        filter: { _id: `${migrationId}/${new Date(hour).toISOString()}` },
        update: [
          {
            $set: {
              migrationId: { $literal: migrationId },
              hour: new Date(hour),
              expiresAt: new Date(Math.max(hour, Date.now()) + KEPT_MS),
              ...raised('registers', registersOf(told.map(({ messageId }) => messageId))),
              ...raised('failedRegisters', registersOf(failed.map(({ messageId }) => messageId))),
              failedMarks: {
                $slice: [{ $setUnion: [{ $ifNull: ['$failedMarks', []] }, { $literal: marks }] }, TOLD_APART],
              },
            },
          },
        ],
        upsert: true,
      },
    };
  };

  return {
    observe: (migrationId, told) =>
      database.untilNotDuplicate(async () => {
        const byHour = byHourOf(told);
        if (byHour.size === 0) return;
        await rows.sentMessages.bulkWrite(
          [...byHour].map(([hour, those]) => written(migrationId, hour, those)),
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
  };
};
