/**
 * Calls per (app, WABA) over all processes: a new WABA allows 200 in a rolling hour (meta §10). A refilled bucket would
 * let twice as many through around a burst, so calls are counted in slots of a sixtieth of the window, and a slot
 * counts until it has left the window as a whole: never more than the capacity in any window.
 */
import type { Document } from 'mongodb';
import type { CallBudget } from './contract';
import { upserted } from './database';
import type { Room } from './room';

const SLOTS = 60;

/** One update decides and counts. A clock that runs behind the last one counts in the last one's slot. */
const takingPipeline = (capacity: number, share: number, slot: number, expiresAt: Date): Document[] => [
  // A process that has just started does not know yet that the account is an active one; the others told the row.
  { $set: { capacity: { $max: ['$capacity', capacity] } } },
  { $set: { slots: { $ifNull: ['$slots', []] } } },
  { $set: { slot: { $max: [slot, { $max: '$slots.slot' }] } } },
  {
    $set: {
      slots: {
        $filter: {
          input: '$slots',
          as: 'one',
          cond: { $gte: ['$$one.slot', { $subtract: ['$slot', SLOTS] }] },
        },
      },
    },
  },
  {
    $set: {
      granted: {
        $lt: [{ $sum: '$slots.calls' }, { $max: [1, { $floor: { $multiply: ['$capacity', share] } }] }],
      },
    },
  },
  {
    $set: {
      slots: {
        $cond: [
          '$granted',
          {
            $concatArrays: [
              { $filter: { input: '$slots', as: 'one', cond: { $ne: ['$$one.slot', '$slot'] } } },
              [
                {
                  slot: '$slot',
                  calls: {
                    $add: [
                      1,
                      {
                        $sum: {
                          $map: {
                            input: {
                              $filter: { input: '$slots', as: 'one', cond: { $eq: ['$$one.slot', '$slot'] } },
                            },
                            as: 'one',
                            in: '$$one.calls',
                          },
                        },
                      },
                    ],
                  },
                },
              ],
            ],
          },
          '$slots',
        ],
      },
      expiresAt: { $literal: expiresAt },
    },
  },
  { $unset: 'slot' },
];

/** The slot in which fewer than `limit` calls are left: the oldest ones leave first. */
const roomFrom = (slots: readonly { slot: number; calls: number }[], limit: number): number | null => {
  let left = slots.reduce((sum, { calls }) => sum + calls, 0);
  for (const { slot, calls } of [...slots].sort((one, other) => one.slot - other.slot)) {
    left -= calls;
    if (left < limit) return slot + SLOTS + 1;
  }
  return null;
};

export const createCallBudget = ({ database, rows }: Room): CallBudget => ({
  take: (key, { capacity, perMs, share = 1, room = 1 }, now = new Date()) =>
    database.untilNotDuplicate(async () => {
      const slotMs = Math.max(1, Math.ceil(perMs / SLOTS));
      const slot = Math.floor(now.getTime() / slotMs);
      const expiresAt = new Date(now.getTime() + 2 * perMs + slotMs);
      // Another window has other slots: the row is per key and slot length.
      const found = await rows.callBudgets.findOneAndUpdate(
        { _id: `${key}/${String(slotMs)}` },
        takingPipeline(capacity, share, slot, expiresAt),
        { upsert: true, returnDocument: 'after' },
      );
      const row = upserted(found);
      if (row.granted) return { granted: true };
      const limit = Math.max(1, Math.floor((row.capacity ?? capacity) * share));
      const enough = Math.max(1, limit - Math.max(1, room) + 1);
      const leavesAt = (roomFrom(row.slots, enough) ?? slot) * slotMs;
      return { granted: false, waitMs: Math.max(1, leavesAt - now.getTime()) };
    }),
});
