/** What an earlier step has shown does not stay true for ever: which steps are done again before the next one. Pure. */
import type { StepName } from '../../shared/steps';
import { hasVerificationLapsed, provesOwnership, statusOf } from './derived';
import type { MigrationState } from './state';
import { FINDINGS_STALE } from './state-edits';

interface Lapsed {
  steps: StepName[];
  because: string;
}

/** The number has arrived, or may be arriving in a popup that the client has open: the source proves nothing any more. */
const isOnItsWay = ({ migration }: MigrationState): boolean =>
  migration.cutover.announcedAt !== null ||
  migration.destination.phoneNumberId !== null ||
  (migration.route === 'embedded_signup' &&
    migration.steps.some(({ name, attempts }) => name === 'destination' && attempts > 0));

/**
 * Each rule says how long its answer stays fresh (360dialog §9.3). What the cut-over's own looks do not repeat is looked at
 * again before it begins, and the window asked whether it still stands: parties may have taken days. A state from before
 * the answers were dated has none that is over.
 */
const hasLookLapsed = (state: MigrationState, now: number): boolean =>
  state.freshUntil !== undefined && Date.parse(state.freshUntil) <= now && !isOnItsWay(state);

/** Null: everything before `next` still holds. */
export const lapsedBefore = (next: StepName, state: MigrationState, now: number): Lapsed | null => {
  const status = statusOf(state, next);
  if (next === 'two_step_off' && status === 'pending' && hasLookLapsed(state, now)) {
    return { steps: ['eligibility', 'window'], because: FINDINGS_STALE };
  }
  // While the registration is parked, a code would lapse as well: it is asked for when somebody has decided.
  if (next === 'registration' && status !== 'blocked' && hasVerificationLapsed(state, now)) {
    const proves = provesOwnership(state);
    return proves === null ? null : { steps: [proves], because: 'VERIFICATION_LAPSED' };
  }
  return null;
};
