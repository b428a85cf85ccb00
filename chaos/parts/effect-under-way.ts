/** What Temporal knows to be under way of a migration. */
import { temporal as proto } from '@temporalio/proto';
import type { Site } from '../site';

/** What records goes on beside every call. */
const RECORDING = ['project'];
const { PENDING_ACTIVITY_STATE_STARTED: STARTED } = proto.api.enums.v1.PendingActivityState;

export interface EffectUnderWay {
  readonly type: string;
  /** From 1. */
  readonly attempt: number;
  /** False: a worker is still to take it. */
  readonly isStarted: boolean;
}

/** What this migration has Temporal do at the platform now; null: nothing. */
export const effectUnderWay = async (
  { temporalClient }: Site,
  id: string,
): Promise<EffectUnderWay | null> => {
  const { raw } = await temporalClient.workflow.getHandle(id).describe();
  const pending = (raw.pendingActivities ?? []).flatMap(({ activityType, attempt, state }) =>
    activityType?.name == null
      ? []
      : [{ type: activityType.name, attempt: attempt ?? 1, isStarted: state === STARTED }],
  );
  return pending.find(({ type }) => !RECORDING.includes(type)) ?? null;
};
