/**
 * Attempts counted before the call, per number, over all migrations and tenants: Meta allows ten registrations in a
 * moving 72 hours and then blocks the number for as long (meta §6.4, 133016), failures included.
 */
import type { Collection, Document } from 'mongodb';
import type { AttemptCounter, AttemptRequest, AttemptVerdict } from './contract';
import { upserted } from './database';
import type { Room } from './room';
import type { AttemptRow } from './rows';
import { numberHashOf } from './sealing';

/** Attempts are remembered this long, so that a late repetition of an effect is still not counted twice. */
const REMEMBERED_MS = 30 * 86_400_000;

/** One update: forgets what is old, then adds this attempt if it is not there yet and the window has a place left. */
const countingPipeline = (x: AttemptRequest, now: Date): Document[] => {
  const known = { $ifNull: ['$attempts', []] };
  const since = (ms: number, input: unknown) => ({
    $filter: { input, as: 'one', cond: { $gt: ['$$one.at', new Date(now.getTime() - ms)] } },
  });
  return [
    { $set: { attempts: since(Math.max(REMEMBERED_MS, x.windowMs), known) } },
    {
      $set: {
        attempts: {
          $cond: [
            {
              $or: [
                { $in: [{ $literal: x.effectKey }, '$attempts.key'] },
                { $gte: [{ $size: since(x.windowMs, '$attempts') }, x.limit] },
              ],
            },
            '$attempts',
            { $concatArrays: ['$attempts', [{ key: { $literal: x.effectKey }, at: now }]] },
          ],
        },
        lastAt: now,
      },
    },
  ];
};

const verdictOf = (row: AttemptRow, x: AttemptRequest, now: Date): AttemptVerdict => {
  const windowStart = now.getTime() - x.windowMs;
  const recent = row.attempts.filter(({ at }) => at.getTime() > windowStart);
  if (row.attempts.some(({ key }) => key === x.effectKey)) return { allowed: true, count: recent.length };
  const times = recent.map(({ at }) => at.getTime()).sort((one, other) => one - other);
  const freesAPlace = times[times.length - x.limit] ?? now.getTime();
  return { allowed: false, retryAt: new Date(freesAPlace + x.windowMs).toISOString() };
};

export const createAttemptCounter = ({ database, rows, keys }: Room): AttemptCounter => {
  const countIn = (collection: Collection<AttemptRow>) => (x: AttemptRequest) =>
    database.untilNotDuplicate(async () => {
      const now = x.now ?? new Date();
      const row = await collection.findOneAndUpdate(
        { _id: numberHashOf(keys, x.phoneNumber) },
        countingPipeline(x, now),
        { upsert: true, returnDocument: 'after' },
      );
      return verdictOf(upserted(row), x, now);
    });
  return {
    countRegisterAttempt: countIn(rows.registerAttempts),
    countCodeRequest: countIn(rows.codeRequests),
  };
};
