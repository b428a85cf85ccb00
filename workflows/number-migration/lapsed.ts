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

/** What follows `two_step_off` on one route or another, up to the announcement: nothing of it moves a number by itself. */
const AFTER_TWO_STEP: readonly StepName[] = ['destination', 'funding', 'announcement'];

const wasBegun = ({ migration }: MigrationState, name: StepName): boolean =>
  migration.steps.some((step) => step.name === name && step.attempts > 0);

/**
 * Whoever switches two-step verification off, or adds a card, may take weeks, and only two-step verification itself and what
 * its look repeats were followed meanwhile. Nothing irreversible has happened as long as no announcement was begun: the
 * reply to one may have been lost. A state from before the looks told of it has none that is over.
 */
const hasLapsedInCutover = (next: StepName, state: MigrationState, now: number): boolean =>
  state.announceBy !== undefined &&
  Date.parse(state.announceBy) <= now &&
  AFTER_TWO_STEP.includes(next) &&
  statusOf(state, 'two_step_off') === 'done' &&
  !isOnItsWay(state) &&
  !wasBegun(state, 'announcement');

/** Null: everything before `next` still holds. */
export const lapsedBefore = (next: StepName, state: MigrationState, now: number): Lapsed | null => {
  const status = statusOf(state, next);
  if (next === 'two_step_off' && status === 'pending' && hasLookLapsed(state, now)) {
    return { steps: ['eligibility', 'window'], because: FINDINGS_STALE };
  }
  if (status === 'pending' && hasLapsedInCutover(next, state, now)) {
    return { steps: ['eligibility', 'window', 'two_step_off'], because: FINDINGS_STALE };
  }
  // While the registration is parked, a code would lapse as well: it is asked for when somebody has decided.
  if (next === 'registration' && status !== 'blocked' && hasVerificationLapsed(state, now)) {
    const proves = provesOwnership(state);
    return proves === null ? null : { steps: [proves], because: 'VERIFICATION_LAPSED' };
  }
  return null;
};
