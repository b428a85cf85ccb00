import { z } from 'zod';
import type { Platform } from '../platform/platform';
import { liveRecordOf, recordsOf, subscriberByAnyForm, wabaOf } from '../world/lookups';
import type { NumberRecord, Subscriber, Waba } from '../world/schema';
import { ControlProblem } from './problem';

/** The number an act is about: by its opaque id, or by its phone number (in the body, never in an address). */
export const numberTarget = {
  number: z.string().optional(),
  phoneNumber: z
    .string()
    .regex(/^\+?[1-9]\d{6,14}$/)
    .optional(),
};

export interface NumberTarget {
  readonly number?: string | undefined;
  readonly phoneNumber?: string | undefined;
}

export function targetSubscriber(platform: Platform, target: NumberTarget): Subscriber {
  const found =
    target.number === undefined
      ? subscriberByAnyForm(platform.world, (target.phoneNumber ?? '').replace('+', ''))
      : platform.world.subscribers.find((subscriber) => subscriber.id === target.number);
  if (!found)
    throw new ControlProblem(404, 'there is no such number: give "number" (its id) or "phoneNumber"');
  return found;
}

/** The record where the number is live now; while it moves, the one that still stands as connected. */
export function holdingRecord(platform: Platform, subscriber: Subscriber): NumberRecord {
  const found =
    liveRecordOf(platform.world, subscriber.id) ??
    recordsOf(platform.world, subscriber.id).find(
      (record) => record.status === 'CONNECTED' && !record.vanished,
    ) ??
    recordsOf(platform.world, subscriber.id)[0];
  if (!found) throw new ControlProblem(409, 'this number is not listed in any account');
  return found;
}

export function targetWaba(platform: Platform, id: string): Waba {
  const waba = wabaOf(platform.world, id);
  if (!waba) throw new ControlProblem(404, `there is no account ${id}`);
  return waba;
}
