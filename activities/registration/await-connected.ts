/**
 * `awaitConnected`: reads until the number is live at the destination (meta §1.5).
 *
 * Does: reads. Safe to repeat, nothing to undo. A reading that is lost is made again at the next turn: only a refusal
 * that a party must lift, and the deadline, end the waiting.
 */
import { Context } from '@temporalio/activity';
import { z } from 'zod';
import { readPhoneNumber } from '../../platforms/meta/phone-numbers';
import { rememberForNextAttempt } from '../attempt';
import type { ActivityDeps } from '../context';
import type { RegistrationActivities } from '../contract';
import { isConnected } from './connected';
import { passes, readUntil } from './pace';

/** Meta's own word for a state that it does not tell (meta §3.4). */
const UNSEEN = 'UNKNOWN';

const rememberedSchema = z.object({ until: z.number() });

/** The first attempt's deadline stands, whatever became of its worker. */
const deadlineOf = (fresh: number): number => {
  const remembered = rememberedSchema.safeParse(Context.current().info.heartbeatDetails);
  return remembered.success ? remembered.data.until : fresh;
};

export const awaitConnected =
  (deps: ActivityDeps): RegistrationActivities['awaitConnected'] =>
  async ({ subject, phoneNumberId, deadlineMs }) => {
    const { credential, wabaId } = subject.request.destination;
    const now = () => deps.clock().getTime();
    const until = deadlineOf(now() + deadlineMs);
    rememberForNextAttempt({ until });
    const read = async () =>
      readPhoneNumber(await deps.graphFor(subject.tenant, credential, wabaId), phoneNumberId);
    try {
      const reading = await readUntil(read, isConnected, until, now);
      return {
        connectedAt: isConnected(reading) ? deps.clock().toISOString() : null,
        status: reading.status ?? UNSEEN,
      };
    } catch (error) {
      if (!passes(error)) throw error;
      return { connectedAt: null, status: UNSEEN };
    }
  };
