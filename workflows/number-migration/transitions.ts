/** Every way in which a migration's state can change, as a table of pure functions over plain data. */
import { ANNOUNCED_NUMBER_WAITS, withLeftNumber, withoutLeftNumber } from '../../shared/announced-number';
import { taskIdOf } from '../../shared/ids';
import type { Actor, MigrationEvent } from '../../shared/migration';
import { PROBLEM } from '../../shared/problems';
import type { StepName } from '../../shared/steps';
import { ACCOUNT_AGE_TRANSITIONS, withAccountAge } from './account-age';
import { withAmendment } from './amendments';
import { told, type ChangeName, type Changes } from './changes';
import { derived, provesOwnership } from './derived';
import { hinted } from './known-pin';
import { withTraffic } from './observed';
import { withFlowsHere } from './what-stays';
import { withParking } from './patience';
import { basisOfState } from './plan';
import { withoutPreparation } from './preparation-tasks';
import { clientsRouteAmended, signupBegunAnew, signupOfAccount, SIGNUP_TRANSITIONS } from './signup-changes';
import type { MigrationState, Transition } from './state';
import {
  closeBlockingTasksOf,
  closeTasks,
  finishStep,
  inNewAttempt,
  mergeFindings,
  RESOLVE_PROBLEM,
  reopenedOnceMore,
  templateCounts,
  unchanged,
  unparkBlocked,
  unparked,
  withCodes,
  withCutover,
  withKnown,
  withMigration,
  withNameSeen,
  withoutForgotten,
  withoutOpenTasks,
  withSeen,
  withStep,
  withTask,
  errorOf,
  codesBegunAnew,
} from './state-edits';

/** Verdicts after which one guess less is left: Meta may have counted it. */
const COUNTED_GUESSES: readonly Changes['code_verdict']['outcome'][] = ['wrong', 'expired', 'unknown'];

const TRANSITIONS: { [K in ChangeName]: Transition<Changes[K]> } = {
  attempt_started: (state, data, at) => inNewAttempt(state, data, at),
  step_started: (state, { step }, at) =>
    withStep(state, step, (old) => ({
      status: 'running',
      attempts: old.attempts + 1,
      startedAt: old.startedAt ?? at,
      finishedAt: null,
      error: null,
    })),
  // What it was parked for is over: it has come as far as to wait for something else.
  step_waiting: (state, { step }, at, actor) =>
    closeTasks(
      withStep(state, step, () => ({ status: 'waiting' })),
      (task) => task.step === step && task.kind === RESOLVE_PROBLEM,
      at,
      actor,
    ),
  step_resumed: (state, { step }) => withStep(state, step, () => ({ status: 'running' })),
  step_done: (state, { step }, at, actor) => finishStep(state, step, 'done', at, actor),
  step_skipped: (state, { step }, at, actor) => finishStep(state, step, 'skipped', at, actor),
  step_parked: (state, { step, problem, wakesAt }) => ({
    ...withStep(state, step, () => ({ status: 'blocked', error: errorOf(problem) })),
    ...withParking(state, step, problem.code, wakesAt),
  }),
  step_decided: (state, { step, verb }) => ({ ...state, decision: { step, verb } }),
  // The task of a problem that time may cure stays: it is reminded of, or over with the step.
  step_unparked: (state, { step, decided }, at, actor) => ({
    ...(decided
      ? unparked(state, step, at, actor)
      : withStep(state, step, () => ({ status: 'pending', error: null }))),
    decision: null,
    parkedUntil: null,
    recheckAt: null,
  }),
  step_overtaken: (state, { step, ...failed }, at, actor) =>
    closeBlockingTasksOf(
      withStep(state, step, () => ({ status: 'pending', ...failed })),
      step,
      at,
      actor,
    ),
  // What was parked behind them is tried again when they are done, whether or not a run waits there at this moment.
  steps_reopened: (state, { steps, because }, at, actor) =>
    unparkBlocked(
      steps.reduce<MigrationState>(
        (sofar, step) => ({
          ...closeBlockingTasksOf(
            withStep(sofar, step, () => ({ status: 'pending', finishedAt: null, error: null })),
            step,
            at,
            actor,
          ),
          reopenings: reopenedOnceMore(sofar, step, because),
          decision: null,
          parkedUntil: null,
          recheckAt: null,
          ...(step === 'two_step_off' ? { twoStepSettlesAt: null } : {}),
          ...(step === provesOwnership(sofar) ? { verifiedAt: null, codes: codesBegunAnew(sofar) } : {}),
          deadlines: { ...sofar.deadlines, [step]: undefined },
          ...(step === 'destination' && sofar.migration.route === 'embedded_signup'
            ? { signup: signupBegunAnew(sofar.signup) }
            : {}),
          ...(step === 'templates' ? { templates: { inventory: null, pagesCopied: 0 } } : {}),
        }),
        because === PROBLEM.windowOver
          ? { ...state, windowSeenOver: { notAfter: state.migration.cutover.notAfter, at } }
          : state,
      ),
      at,
      actor,
    ),
  task_opened: (state, spec, at) => ({
    ...withMigration(state, {
      tasks: [
        ...withoutForgotten(state.migration.tasks, spec),
        {
          ...spec,
          id: taskIdOf(state.migration.id, state.taskCount + 1),
          status: 'open',
          since: at,
          remindersSent: 0,
          evidence: null,
        },
      ],
    }),
    taskCount: state.taskCount + 1,
  }),
  task_closed: (state, { taskId, status, statement, evidenceUrl }, at, actor) =>
    withTask(state, taskId, () => ({
      status,
      evidence: { statement, by: actor, at, ...(evidenceUrl === undefined ? {} : { evidenceUrl }) },
    })),
  task_reminded: (state, { taskId }) =>
    withTask(state, taskId, (task) => ({ remindersSent: task.remindersSent + 1 })),
  task_renewed: (state, { taskId, party, dueAt, title, howTo, text }) =>
    withTask(state, taskId, () => ({ party, dueAt, title, howTo, text })),
  source_stalls: (state, { taskId }) => ({ ...state, stalled: [...(state.stalled ?? []), taskId] }),
  preparation_over: (state, _data, at, actor) =>
    withMigration(state, { tasks: withoutPreparation(state.migration.tasks, { at, by: actor }) }),
  deadline_set: (state, { step, at: until }) => ({
    ...state,
    deadlines: { ...state.deadlines, [step]: { at: until, escalated: false } },
  }),
  deadline_escalated: (state, { step, until }) => ({
    ...state,
    deadlines: { ...state.deadlines, [step]: { at: until, escalated: true } },
  }),
  findings_recorded: (state, { scope, findings, judgement }) =>
    withMigration(withAccountAge(withSeen(state, scope, judgement), judgement), {
      findings: mergeFindings(state.migration.findings, findings, judgement.judged),
      baseline: withNameSeen(state.migration.baseline, judgement.baseline),
      source: {
        ...state.migration.source,
        phoneNumberId: judgement.sourcePhoneNumberId ?? state.migration.source.phoneNumberId,
      },
    }),
  recheck_planned: (state, { at }) => ({ ...state, recheckAt: at }),
  recheck_asked: (state) => ({ ...state, recheckAsked: true }),
  attested: (state, { requirement, statement }, at) => ({
    ...state,
    request: {
      ...state.request,
      attestations: [
        ...state.request.attestations.filter((given) => given.requirement !== requirement),
        { requirement, statement, attestedAt: at },
      ],
    },
    recheckAsked: true,
  }),
  ...SIGNUP_TRANSITIONS,
  ...ACCOUNT_AGE_TRANSITIONS,
  destination_established: (state, { wabaId, businessId, adopted }) => ({
    ...withMigration(state, { destination: { ...state.migration.destination, wabaId, businessId } }),
    made: { ...state.made, waba: !adopted },
    signup: signupOfAccount(state, wabaId),
  }),
  app_subscribed: (state, { alreadySubscribed }) => ({
    ...withMigration(state, {
      findings: state.migration.findings.filter(({ code }) => code !== PROBLEM.appNotSubscribed),
    }),
    made: { ...state.made, subscription: state.made.subscription || !alreadySubscribed },
  }),
  templates_unseen: (state, { why }) => withKnown(state, { templatesUnseen: why }),
  templates_inventoried: (state, { inventory }) => ({
    ...state,
    templates: { ...state.templates, inventory, pagesCopied: 0 },
  }),
  flows_moved: (state, told) => withFlowsHere(state, told),
  template_collisions_kept: unchanged,
  templates_recreated: (state, { goesOnAt }) => ({
    ...state,
    templates: { ...state.templates, goesOnAt },
  }),
  flow_buttons_repointed: unchanged,
  template_page_copied: (state, { page }) => ({
    ...state,
    templates: { ...state.templates, pagesCopied: page + 1 },
  }),
  templates_reconciled: (state, { reconciliation }) =>
    withMigration(state, {
      templates: templateCounts(reconciliation),
    }),
  cutover_approved: (state, _data, at) => ({
    ...withCutover(state, { approvedAt: at }),
    approvedBasis: basisOfState(state),
  }),
  rescheduled: (state, { notBefore, notAfter }) => ({
    ...withCutover(state, { notBefore, notAfter, approvedAt: null }),
    request: { ...state.request, cutover: { ...state.request.cutover, notBefore, notAfter } },
  }),
  two_step_settling: (state, { until }) => ({ ...state, twoStepSettlesAt: until }),
  funding_attached: (state, { fundingId, alreadyAttached }) => ({
    ...state,
    made: { ...state.made, funding: alreadyAttached ? state.made.funding : fundingId },
  }),
  number_announced: (state, { phoneNumberId }, at) =>
    withMigration(state, {
      destination: { ...state.migration.destination, phoneNumberId },
      cutover: { ...state.migration.cutover, announcedAt: state.migration.cutover.announcedAt ?? at },
    }),
  code_wanted: (state, wanted) => withCodes(state, { wanted }),
  code_requested: (state, underWay) =>
    withCodes(state, {
      underWay,
      wanted: null,
      sentInVain: false,
      lockedUntil: null,
      // The budget asks for no more of them.
      requestedAt: [...state.codes.requestedAt, underWay.sentAt].slice(-state.policy.codeRequests.max),
    }),
  code_request_refused: (state, { retryAt }) => withCodes(state, { wanted: null, notBefore: retryAt }),
  code_verdict: (state, { outcome, retryAt }) =>
    withCodes(state, {
      underWay:
        state.codes.underWay === null || outcome === 'verified'
          ? null
          : {
              ...state.codes.underWay,
              wrongGuesses: state.codes.underWay.wrongGuesses + (COUNTED_GUESSES.includes(outcome) ? 1 : 0),
            },
      lockedUntil: outcome === 'locked' ? retryAt : state.codes.lockedUntil,
    }),
  ownership_verified: (state, _data, at) => ({
    ...withCodes(state, { underWay: null, wanted: null, lockedUntil: null }),
    verifiedAt: at,
  }),
  usage_snapshot_taken: unchanged,
  point_of_no_return_crossed: (state, _data, at) => withMigration(state, { registerAttemptedAt: at }),
  point_of_no_return_withdrawn: (state) => withMigration(state, { registerAttemptedAt: null }),
  registered: (state, { registeredAt }, at, actor) =>
    closeTasks(
      withMigration(withCutover(state, { registeredAt }), {
        findings: withoutLeftNumber(state.migration.findings),
      }),
      ({ kind }) => kind === ANNOUNCED_NUMBER_WAITS,
      at,
      actor,
    ),
  found_at_destination: (state, { phoneNumberId, wabaId }, at) =>
    withMigration(state, {
      destination: { ...state.migration.destination, phoneNumberId, wabaId },
      steps: state.migration.steps.map((step) =>
        step.status === 'done' ||
        step.status === 'running' ||
        step.name === 'acceptance' ||
        step.name === 'billing' ||
        step.name === 'aftercare'
          ? step
          : { ...step, status: 'skipped', finishedAt: at, error: null },
      ),
    }),
  connected: (state, { connectedAt }) => withCutover(state, { connectedAt }),
  acceptance_checked: (state, { checks }) => withMigration(state, { acceptance: checks }),
  platform_hinted: hinted,
  traffic_observed: (state, { observed }) => withTraffic(state, observed),
  ledger_opened: unchanged,
  aftercare_started: (state, { until }) => ({ ...state, aftercareUntil: until }),
  drift_found: (state, { findings }) =>
    withMigration(state, {
      findings: mergeFindings(
        state.migration.findings,
        findings,
        findings.map(({ code }) => code),
      ),
    }),
  drift_cleared: (state, { codes }) =>
    withMigration(state, { findings: mergeFindings(state.migration.findings, [], codes) }),
  // From here on only the ledger is read: the projection frees the claim with this event.
  invoice_tail_opened: (state, { until }, at) => ({
    ...withMigration(state, { numberFreedAt: at }),
    tailUntil: until,
  }),
  amended: (state, { patch }) => ({ ...withAmendment(state, patch), ...clientsRouteAmended(state, patch) }),
  events_retold: unchanged,
  message_dropped: unchanged,
  cancel_ignored: unchanged,
  abort_requested: (state, { reason }, _at, actor) => ({ ...state, abort: { actor, reason } }),
  closed: (state, { state: closedAs, outcome, leftInPlace }, at, actor) =>
    withMigration(state, {
      state: closedAs,
      outcome,
      leftInPlace,
      findings: closedAs === 'completed' ? state.migration.findings : withLeftNumber(state.migration, at),
      tasks: withoutOpenTasks(state.migration.tasks, closedAs, actor, at),
    }),
};

const stepOf = (state: MigrationState, data: unknown): StepName | null => {
  if (typeof data === 'object' && data !== null && 'step' in data && typeof data.step === 'string') {
    const named = state.migration.steps.find((step) => step.name === data.step);
    if (named !== undefined) return named.name;
  }
  return state.migration.step;
};

/** Every change there is, for what must be shown of each. */
export const CHANGE_NAMES: readonly string[] = Object.keys(TRANSITIONS);

/** The state after a change, with its event appended to the outbox and everything derived brought up to date. */
export const changed = <K extends ChangeName>(
  state: MigrationState,
  type: K,
  data: Changes[K],
  actor: Actor,
  at: string,
): MigrationState => {
  const next = TRANSITIONS[type](state, data, at, actor);
  const sequence = state.sequence + 1;
  const migration = { ...next.migration, revision: state.migration.revision + 1, updatedAt: at };
  const event: MigrationEvent = {
    sequence,
    type,
    at,
    actor,
    step: stepOf(state, data),
    data: told(type, data),
  };
  const recorded: MigrationState = { ...next, migration, sequence, outbox: [...next.outbox, event] };
  return { ...recorded, migration: { ...migration, ...derived(recorded) } };
};
