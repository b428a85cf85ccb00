/** Whether the cut-over may go on as things are: the window, and the approval that is bound to the plan it saw. Pure. */
import { withLocalTime } from '../../shared/local-time';
import { changesSinceApproval } from './plan';
import type { MigrationState } from './state';

interface Moment {
  state: MigrationState;
  /** Epoch milliseconds. */
  now: number;
}

export const isBeforeWindow = ({ state, now }: Moment): boolean => {
  const { notBefore } = state.migration.cutover;
  return notBefore !== null && Date.parse(notBefore) > now;
};

/** When the present window was over: as agreed, or when an activity found it so by a clock that is ahead. */
const overSince = ({ migration, windowSeenOver }: MigrationState): number => {
  const { notAfter } = migration.cutover;
  if (notAfter === null) return Infinity;
  const seen = windowSeenOver?.notAfter === notAfter ? Date.parse(windowSeenOver.at) : Infinity;
  return Math.min(Date.parse(notAfter), seen);
};

const isWindowOver = ({ state, now }: Moment): boolean => overSince(state) <= now;

/** An approval given after the window's end covers its being over; one given earlier does not. */
const coversLateness = (state: MigrationState): boolean => {
  const { approvedAt } = state.migration.cutover;
  return approvedAt !== null && Date.parse(approvedAt) > overSince(state);
};

/** Why a person must approve before anything that nobody can undo; null: nothing is lacking. */
export const whatLacksApproval = (moment: Moment): string | null => {
  const { state } = moment;
  const { approval, approvedAt, notAfter, timeZone } = state.migration.cutover;
  const isLate = isWindowOver(moment);
  if (notAfter !== null && isLate && !coversLateness(state)) {
    return `The cut-over window is over since ${withLocalTime(notAfter, timeZone)}: approve a late cut-over, or set a new window`;
  }
  if (approval === 'automatic' && !isLate) return null;
  if (approvedAt === null) return 'Approve the cut-over';
  const changes = changesSinceApproval(state);
  return changes.length === 0
    ? null
    : `The plan has changed since it was approved: ${changes.slice(0, 10).join('; ')}`;
};

/** After this instant nothing irreversible may start by itself; null: no end, or a person has approved going on. */
export const startBy = (moment: Moment): string | null => {
  const { notAfter } = moment.state.migration.cutover;
  return notAfter === null || coversLateness(moment.state) ? null : notAfter;
};

/** When the approval is asked for ahead of the window, so that nobody has to be awake when it opens. */
export const approvalAskedFrom = ({ state }: Moment): number => {
  const { notBefore } = state.migration.cutover;
  return notBefore === null ? 0 : Date.parse(notBefore) - state.policy.approvalAskedBefore;
};
