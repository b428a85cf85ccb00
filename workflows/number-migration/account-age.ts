/**
 * The clock of a destination account that its provider takes only while it is young (R46, P-16). The rule
 * DESTINATION_WABA_TOO_OLD says how old it is, and nothing else does; what it says holds for the moment, so a migration that
 * waits is woken when the next words are due. Only where the request names a limit, and until the number is announced.
 */
import type { Judgement } from '../../activities/contract';
import { ACCOUNT_AGE_MARKS } from '../../shared/account-age';
import type { StepName } from '../../shared/steps';
import { BEFORE_CUTOVER, nextStep } from './derived';
import type { MigrationRun } from './migration-run';
import type { MigrationState, Transition } from './state';

const HOUR_MS = 3_600_000;
/** These may wait for days, and the account ages on. */
const BEFORE_ANNOUNCEMENT: readonly StepName[] = [...BEFORE_CUTOVER, 'two_step_off', 'funding'];
/** A look comes after the mark by the clock of whoever looks, too. */
const MARGIN_MS = 60_000;

export interface AccountAgeChanges {
  account_ages: { madeAt: string; limitHours: number };
}

export const ACCOUNT_AGE_TRANSITIONS: {
  [K in keyof AccountAgeChanges]: Transition<AccountAgeChanges[K]>;
} = {
  account_ages: (state, { madeAt }, at) => ({
    ...state,
    accountAge: { madeAt, judgedAt: at },
    recheckAsked: true,
  }),
};

/** What a look saw of the account's beginning; one that could not see it leaves what is known. */
export const withAccountAge = (
  state: MigrationState,
  { destinationAge = null }: Judgement,
): MigrationState => (destinationAge === null ? state : { ...state, accountAge: destinationAge });

/** When the account's age is to be looked at next, in epoch milliseconds; Infinity: never again. */
export const nextAgeMark = (state: MigrationState): number => {
  const { accountAge, request, migration } = state;
  const limitHours = request.destination.maxWabaAgeHours;
  const next = nextStep(state);
  const isYetToGo =
    migration.mode === 'execute' &&
    migration.cutover.announcedAt === null &&
    next !== null &&
    BEFORE_ANNOUNCEMENT.includes(next);
  if (accountAge === undefined || limitHours === null || !isYetToGo) return Infinity;
  const judgedAt = Date.parse(accountAge.judgedAt);
  const marks = Object.values(ACCOUNT_AGE_MARKS).map(
    (part) => Date.parse(accountAge.madeAt) + part * limitHours * HOUR_MS + MARGIN_MS,
  );
  return Math.min(...marks.filter((mark) => mark > judgedAt));
};

/** Asks for a look, once a mark; a step that does not look at the account's age leads back to the one that does. */
export const heedAge = (run: MigrationRun): void => {
  const { accountAge, request } = run.state;
  const limitHours = request.destination.maxWabaAgeHours;
  if (accountAge === undefined || limitHours === null || nextAgeMark(run.state) > run.now) return;
  run.record('account_ages', { madeAt: accountAge.madeAt, limitHours });
  const next = nextStep(run.state);
  const looksAtAge =
    next === 'eligibility' || (next === 'destination' && run.state.migration.route !== 'embedded_signup');
  if (!looksAtAge) run.record('steps_reopened', { steps: ['eligibility'], because: 'ACCOUNT_AGES' });
};
