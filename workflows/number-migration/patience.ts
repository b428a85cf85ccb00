/**
 * Refusals that pass by themselves, or so Meta says: how often a parked step tries again before a person is asked, and how
 * long it waits in between. A try of `register` costs one of ten in 72 hours, failed ones too (meta §1.5): at a steady pace
 * of minutes the trouble of an hour would shut the number out for three days, silent as it may be. Pure.
 */
import type { Problem } from '../../shared/problems';
import type { StepName } from '../../shared/steps';
import type { MigrationState } from './state';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The waits before each further try, few and long enough for the ten of the registration; afterwards it is the operator's. */
const BEFORE_A_PERSON: Readonly<Partial<Record<string, readonly number[]>>> = {
  // E6, "try later, then support".
  MIGRATION_FAILED_FOR_NOW: [HOUR_MS / 6, HOUR_MS, 3 * HOUR_MS],
  // 133000 (meta §6.2): it may finish by itself, otherwise somebody deregisters the number once more.
  DEREGISTRATION_UNFINISHED: [HOUR_MS / 6, HOUR_MS, 3 * HOUR_MS],
};
/** Somebody forgets to retry, and what was asked of others may be done. */
const AFTER_A_PERSON_MS = DAY_MS;

/** Each wait is twice the one before, where the step is the registration. */
const DOUBLED_AT_REGISTRATION: readonly string[] = ['MAINTENANCE', 'NUMBER_JUST_DELETED'];
const LONGEST_DOUBLED_MS = 12 * HOUR_MS;

/** Good news that came to nothing, such as "already verified" of a number that is not: it would wait for no one, for ever. */
const isNobodys = ({ party, class: failureClass, waitMs }: Problem): boolean =>
  party === 'system' && waitMs === undefined && failureClass !== 'transient';

type Parkings = NonNullable<MigrationState['parkings']>;

const timesBefore = ({ parkings }: MigrationState, step: StepName, code: string): number => {
  const known = parkings?.[step];
  return known?.code === code ? known.times : 0;
};

/** The problem with the wait, and the party, that follow from how often the step was parked on it in a row. */
export const patientWith = (state: MigrationState, step: StepName, problem: Problem): Problem => {
  const before = timesBefore(state, step, problem.code);
  const waits = BEFORE_A_PERSON[problem.code];
  // One without a wait was met by a worker of before this code had one: it parked for a person, and its replay does so too.
  if (waits !== undefined && problem.waitMs !== undefined) {
    const waitMs = waits[before];
    return waitMs === undefined
      ? { ...problem, party: 'operator', waitMs: AFTER_A_PERSON_MS }
      : { ...problem, waitMs };
  }
  if (isNobodys(problem)) return { ...problem, party: 'operator' };
  if (step !== 'registration' || problem.waitMs === undefined) return problem;
  if (!DOUBLED_AT_REGISTRATION.includes(problem.code)) return problem;
  return { ...problem, waitMs: Math.min(LONGEST_DOUBLED_MS, problem.waitMs * 2 ** before) };
};

/** One more parking of the step on that problem, until then; another problem begins anew. */
export const withParking = (
  state: MigrationState,
  step: StepName,
  code: string,
  wakesAt: string | null,
): Pick<MigrationState, 'parkedUntil'> & { parkings: Parkings } => ({
  parkedUntil: wakesAt,
  parkings: { ...state.parkings, [step]: { code, times: timesBefore(state, step, code) + 1 } },
});

/** A person has decided, or the step is over: what comes next is met with fresh patience. */
export const withoutParkings = (
  { deadlines, parkings }: MigrationState,
  step: StepName,
): Pick<MigrationState, 'deadlines'> & { parkings: Parkings } => ({
  deadlines: { ...deadlines, [step]: undefined },
  parkings: { ...parkings, [step]: undefined },
});
