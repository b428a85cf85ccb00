/** When a message is refused, as pure functions: the update validators and `allowedActions` ask the same questions. */
import { shortWindowAfter } from '../../shared/cutover-window';
import type { InvalidField, RefusalCode } from '../../shared/messages';
import { missingIn, type MissingInStatement } from '../../shared/person-and-time';
import { CLOSED_STATES, type StepView } from '../../shared/migration';
import { SKIPPABLE_STEPS, type StepName } from '../../shared/steps';
import type { AmendPatch } from '../../shared/requests';
import { frozenFields } from './amendments';
import { planOfState } from './plan';
import type { MigrationState } from './state';
import { NO_LONGER_NEEDED } from './state-edits';

type Verdict = RefusalCode | null;

/** What whoever approves has looked at. */
interface SeenPlan {
  planHash?: string | undefined;
  expectedRevision?: number | undefined;
}

const stepOf = (state: MigrationState, name: StepName): StepView | undefined =>
  state.migration.steps.find((step) => step.name === name);

const open = (state: MigrationState): Verdict =>
  CLOSED_STATES.includes(state.migration.state) || state.abort !== null ? 'migration_closed' : null;

const isUnderWay = (state: MigrationState, name: StepName): boolean => {
  const status = stepOf(state, name)?.status;
  return status === 'running' || status === 'waiting' || status === 'blocked';
};

/** While the account of a finished window is looked for, its code may still come under the task it was done for. */
const asksForAccount = ({ migration, signup }: MigrationState, taskId: string): boolean =>
  migration.tasks.some(
    ({ id, step, blocking, status }) =>
      id === taskId &&
      step === 'destination' &&
      blocking &&
      (status === 'open' || (status === 'done' && (signup.finishedAt ?? null) !== null)),
  );

/**
 * A popup that was opened ends when the client ends it: on that route its result is taken also while an earlier step is
 * done again, because its code and the number's silence do not wait.
 */
const awaitsSignup = (state: MigrationState): boolean =>
  isUnderWay(state, 'destination') ||
  (state.migration.route === 'embedded_signup' && stepOf(state, 'destination')?.status === 'pending');

const isParked = (state: MigrationState, name: StepName): boolean =>
  stepOf(state, name)?.status === 'blocked';

/** Code requests of the moving window, oldest first; their number is the platform's patience (meta §1.4). */
const recentCodeRequests = (state: MigrationState, now: number): number[] =>
  state.codes.requestedAt
    .map((at) => Date.parse(at))
    .filter((at) => at > now - state.policy.codeRequests.per);

const budgetReopensAt = (state: MigrationState, now: number): number => {
  const recent = recentCodeRequests(state, now);
  const [oldest] = recent;
  return recent.length < state.policy.codeRequests.max || oldest === undefined
    ? now
    : oldest + state.policy.codeRequests.per;
};

/** When the next code may be asked for; null: now. While guessing is locked, a new code is of no use (meta §1.4). */
export const codeRequestRetryAt = (state: MigrationState, now: number): string | null => {
  const { lockedUntil, notBefore = null } = state.codes;
  const instants = [lockedUntil, notBefore].flatMap((at) => (at === null ? [] : [Date.parse(at)]));
  const latest = Math.max(budgetReopensAt(state, now), ...instants);
  return latest <= now ? null : new Date(latest).toISOString();
};

const isLocked = (state: MigrationState, now: number): boolean =>
  state.codes.lockedUntil !== null && Date.parse(state.codes.lockedUntil) > now;

/** A step that has waited, looks again and will wait again: another message, or the time, made it look just now. */
const isLookingAgain = (state: MigrationState, name: StepName): boolean =>
  stepOf(state, name)?.status === 'running' &&
  (state.deadlines[name] !== undefined || (name === 'aftercare' && state.aftercareUntil !== null));

/**
 * An approval that was asked for is taken also while a webhook or a person makes an earlier step look again: it is bound
 * to the plan it saw, so that what the look finds makes it void.
 */
const isApprovalAsked = ({ migration }: MigrationState): boolean => {
  const asked = migration.tasks.filter(({ kind }) => kind === 'approve_cutover').at(-1);
  if (asked === undefined || asked.status === 'open') return asked !== undefined;
  const { approvedAt } = migration.cutover;
  const isWithdrawn = asked.evidence?.statement === NO_LONGER_NEEDED;
  return (
    isWithdrawn && migration.registerAttemptedAt === null && (approvedAt === null || approvedAt < asked.since)
  );
};

/** What the statement to a task leaves out of what the task cannot do without (R19, P-7). */
export const missingInStatement = (
  { migration }: MigrationState,
  taskId: string,
  statement: string,
): MissingInStatement | null =>
  migration.tasks.some(({ id, kind }) => id === taskId && kind === 'appoint_code_receiver')
    ? missingIn(statement)
    : null;

export const refusalOf = {
  open,

  submitCode: (state: MigrationState, now: number): Verdict => {
    const closed = open(state);
    if (closed !== null) return closed;
    if (!isUnderWay(state, 'ownership') || isParked(state, 'ownership') || state.codes.underWay === null) {
      return 'not_waiting_for_code';
    }
    if (isLocked(state, now)) return 'guesses_used_up';
    return state.codes.underWay.wrongGuesses >= state.policy.guessesPerCode ? 'guesses_used_up' : null;
  },

  requestCode: (state: MigrationState, now: number): Verdict => {
    const closed = open(state);
    if (closed !== null) return closed;
    if (!isUnderWay(state, 'ownership')) return 'not_waiting_for_code';
    return codeRequestRetryAt(state, now) === null ? null : 'code_requests_used_up';
  },

  completeTask: (state: MigrationState, taskId: string, statement: string): Verdict => {
    const closed = open(state);
    if (closed !== null) return closed;
    const task = state.migration.tasks.find(({ id }) => id === taskId);
    if (task === undefined) return 'unknown_task';
    if (task.status !== 'open') return 'task_closed';
    return missingInStatement(state, taskId, statement) === null ? null : 'statement_incomplete';
  },

  recheck: (state: MigrationState): Verdict =>
    open(state) ??
    (state.migration.steps.some(({ name, status }) => status === 'waiting' || isLookingAgain(state, name))
      ? null
      : 'nothing_to_recheck'),

  retry: (state: MigrationState, step: StepName | undefined): Verdict =>
    open(state) ??
    (state.migration.steps.some(
      ({ name, status }) => status === 'blocked' && (step === undefined || step === name),
    )
      ? null
      : 'step_not_blocked'),

  skip: (state: MigrationState, step: StepName): Verdict => {
    const closed = open(state);
    if (closed !== null) return closed;
    if (!SKIPPABLE_STEPS.includes(step)) return 'step_not_skippable';
    const status = stepOf(state, step)?.status;
    return status === 'blocked' || status === 'waiting' || isLookingAgain(state, step)
      ? null
      : 'step_not_blocked';
  },

  approveCutover: (state: MigrationState, seen: SeenPlan = {}): Verdict => {
    const closed = open(state);
    if (closed !== null) return closed;
    if (!isApprovalAsked(state)) return 'nothing_to_approve';
    if (seen.expectedRevision !== undefined && seen.expectedRevision !== state.migration.revision) {
      return 'revision_changed';
    }
    return seen.planHash === undefined || seen.planHash === planOfState(state).planHash
      ? null
      : 'plan_changed';
  },

  reschedule: (state: MigrationState): Verdict =>
    open(state) ?? (state.migration.registerAttemptedAt === null ? null : 'past_point_of_no_return'),

  amend: (state: MigrationState, patch: AmendPatch, expectedRevision: number | undefined): Verdict => {
    const closed = open(state);
    if (closed !== null) return closed;
    if (expectedRevision !== undefined && expectedRevision !== state.migration.revision)
      return 'revision_changed';
    return frozenFields(state, patch).length === 0 ? null : 'field_frozen';
  },

  /** The session is a link that the server has opened, or is named by the open task that asks for the account. */
  signupResult: (state: MigrationState, sessionId?: string): Verdict => {
    const closed = open(state);
    if (closed !== null) return closed;
    if (!awaitsSignup(state) || state.signup.known === null) return 'not_waiting_for_signup';
    const isOpenedLink = sessionId?.startsWith('lnk_') ?? true;
    return isOpenedLink || asksForAccount(state, sessionId ?? '') ? null : 'unknown_task';
  },

  /** The point of no return is `registerAttemptedAt`: after it the work only goes forward. */
  abort: (state: MigrationState): Verdict =>
    open(state) ?? (state.migration.registerAttemptedAt === null ? null : 'past_point_of_no_return'),
} as const;

type WindowChange = NonNullable<AmendPatch['cutover']>;

/** What no window can be that is left after this: judged by the one that stands now, which the edge may not know yet. */
export const invalidWindowEnds = (
  state: MigrationState,
  change: Pick<WindowChange, 'notBefore' | 'notAfter'> | undefined,
  at: readonly string[],
): InvalidField[] => {
  const short = change === undefined ? null : shortWindowAfter(change, state.migration.cutover);
  return short === null ? [] : [{ path: [...at, short.field], expected: short.expected }];
};
