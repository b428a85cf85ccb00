/** From a failed effect to what the migration does about it. */
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import { PROBLEM, problemSchema, type Problem } from '../../shared/problems';
import type { StepName } from '../../shared/steps';

/** Thrown out of a wait or before an effect when an abort was asked for; never caught by a step. */
export class AbortRequested extends Error {
  override name = 'AbortRequested';
}

/** Thrown by a step to end the migration: nothing of the rest of the route applies. */
export class MigrationEnded extends Error {
  override name = 'MigrationEnded';
}

/** Thrown out of a wait when an earlier step has to be done again first: an amendment, a new window. */
export class StepOvertaken extends Error {
  override name = 'StepOvertaken';
}

/** Thrown out of a wait when a person decided to leave the step out. */
export class StepSkipped extends Error {
  override name = 'StepSkipped';
}

/** An effect failed with a problem that a person or time must solve. */
export class StepProblem extends Error {
  override name = 'StepProblem';
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

const OUTCOME_UNKNOWN: Problem = {
  code: PROBLEM.outcomeUnknown,
  class: 'unknown_outcome',
  title: 'It is not known whether the last call had its effect',
  remedy: 'Look at the platform, then retry the step: it reads the state before it calls again.',
  party: 'operator',
  retryable: true,
  effect: 'unknown',
};

const NOT_STARTED: Problem = {
  code: PROBLEM.noWorker,
  class: 'transient',
  title: 'No worker took the call up in time; nothing was done',
  remedy: 'Start a worker, then retry the step.',
  party: 'operator',
  retryable: true,
  effect: 'none',
};

/** The problem an activity failed with. Rethrows what is not an effect's failure: that is a defect of ours. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof StepProblem) return error.problem;
  if (!(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    const told = problemSchema.safeParse(cause.details?.[0]);
    if (told.success) return told.data;
    return {
      ...OUTCOME_UNKNOWN,
      code: PROBLEM.defect,
      title: 'An activity failed in a way nobody foresaw',
      remedy: 'Read the failure in the Temporal UI, repair the cause, then retry the step.',
      evidence: { type: cause.type ?? 'Error' },
    };
  }
  // START_TO_CLOSE and HEARTBEAT: the call was under way. SCHEDULE_TO_START: it never was (architecture, "Effects").
  if (cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START') return NOT_STARTED;
  return OUTCOME_UNKNOWN;
};

/**
 * Problems whose cure is an earlier step of the route, not a repetition of the one that met them. Ownership is proven
 * by another step on each route (`provesOwnership`).
 */
export const LEADS_BACK_TO: Readonly<Partial<Record<string, StepName>>> = {
  [PROBLEM.twoStepStillOn]: 'two_step_off',
  [PROBLEM.paymentMethodMissing]: 'funding',
  [PROBLEM.appNotSubscribed]: 'destination',
  [PROBLEM.windowOver]: 'window',
  // Met late: the triage looks again, and ends the migration when the source does not hold the number any more (E3).
  [PROBLEM.noMigrationNeeded]: 'eligibility',
};

/** After this many times round, a person looks before the next one: each try costs quota. */
export const REOPENINGS_BEFORE_PARKING = 3;
