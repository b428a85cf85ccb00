/**
 * A number that is announced and not registered may be silent (meta §1.7, the second reading), and nobody may notice:
 * the operator is told when the window is over or it has taken too long, and told again in a new attempt, and when the
 * number still waits after somebody has reported the alert done. Pure.
 */
import { ANNOUNCED_NUMBER_WAITS, isBetweenSides } from '../../shared/announced-number';
import { withLocalTime } from '../../shared/local-time';
import type { StepName } from '../../shared/steps';
import type { TaskSpec } from './changes';
import { isClosed } from './closed';
import type { MigrationState } from './state';

/** An alert that is open tells it still; one of before `alertFrom` is answered, or that of an attempt that is over. */
const isTold = ({ migration, alertFrom }: MigrationState): boolean => {
  const from = Date.parse(alertFrom ?? migration.cutover.announcedAt ?? '');
  return migration.tasks.some(
    ({ kind, status, since }) =>
      kind === ANNOUNCED_NUMBER_WAITS && (status === 'open' || Date.parse(since) >= from),
  );
};

/** When the operator is to be told, in epoch milliseconds; Infinity: never, or told already. */
export const alertDue = (state: MigrationState): number => {
  const { announcedAt, notAfter } = state.migration.cutover;
  if (announcedAt === null || !isBetweenSides(state.migration) || isTold(state) || isClosed(state))
    return Infinity;
  const tooLong = Date.parse(announcedAt) + state.policy.announcedAlertAfter;
  const due = notAfter === null ? tooLong : Math.min(tooLong, Date.parse(notAfter));
  return state.alertFrom === undefined ? due : Math.max(due, Date.parse(state.alertFrom));
};

const HOW_OUT =
  'Find out whether messages still reach the source. Move whoever is waited for (the code, an approval, a parked step), ' +
  'or abort: then an admin of the business portfolio removes the pending number in WhatsApp Manager. Reported done, this ' +
  'task comes again if the number still waits.';

export const alertTask = (state: MigrationState, step: StepName, now: string): TaskSpec => {
  const { announcedAt, notAfter, timeZone } = state.migration.cutover;
  const window = notAfter === null ? '' : ` The window ends ${withLocalTime(notAfter, timeZone)}.`;
  return {
    kind: ANNOUNCED_NUMBER_WAITS,
    party: 'operator',
    requirement: 'meta §1.7',
    step,
    blocking: false,
    dueAt: now,
    title: `The number is announced since ${announcedAt === null ? 'an unknown time' : withLocalTime(announcedAt, timeZone)} and not registered: it may be silent.${window}`,
    howTo: HOW_OUT,
  };
};

/** From now on earlier alerts do not count: an attempt begins that asks anew. */
export const alertedAnew = (state: MigrationState, at: string): MigrationState => ({
  ...state,
  alertFrom: at,
});

/** Somebody has reported the alert done: they have until then to be right. */
export const alertAnswered = (state: MigrationState, now: number): MigrationState => ({
  ...state,
  alertFrom: new Date(now + state.policy.announcedAlertAfter).toISOString(),
});
