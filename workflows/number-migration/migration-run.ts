/**
 * One run of a migration: its state, and the few things a step may do with it – record a change, try an effect, wait
 * for a party. Everything that must happen at fixed points (projection, reminders, deadlines, continue-as-new, the
 * answer to an abort) happens here, so that steps read like the procedure.
 */
import { condition, continueAsNew, patched, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Subject } from '../../activities/contract';
import { phoneNumberIdSchema, wabaIdSchema, type PhoneNumberId, type WabaId } from '../../shared/ids';
import { isBetweenSides } from '../../shared/announced-number';
import { LONG_WAIT_MS } from '../../shared/policy';
import type { CodeVerdict, MigrationInput } from '../../shared/messages';
import type { Actor, Task } from '../../shared/migration';
import type { StepName } from '../../shared/steps';
import { leftInPlace } from './abort';
import { alertDue, alertedAnew, alertTask } from './announced-number';
import { nextStep, statusOf } from './derived';
import { currentDetails } from './details';
import { AbortRequested, MigrationEnded, StepOvertaken, StepSkipped } from './parking';
import { Projection } from './projection';
import { openState, reviveState, type MigrationState } from './state';
import { decisionAfterDeadline, withoutStep } from './state-edits';
import { subjectOf } from './subject';
import type { ChangeName, Changes, TaskSpec } from './changes';
import { nextTending, tend } from './tending';
import { changed } from './transitions';
import { timerSummary, type WaitName } from './waits';

export const SYSTEM: Actor = { kind: 'system', name: 'workflow' };

/** A run that was just continued has about this many events; it must not continue again before it has waited. */
const EVENTS_WORTH_DROPPING = 25;
/** Looks every ten minutes for days are short waits all, and together a history that no server keeps. */
const EVENTS_TOO_MANY = 500;

/** Changes that messages bring, and after which a step that is under way waits for its turn again. */
const LEADING_BACK: readonly ChangeName[] = ['steps_reopened', 'route_changed'];

/** A code on its way to Meta. Held in memory only: it enters neither state nor read model. */
export interface CodeInHand {
  code: string;
  by: Actor;
  verdict: CodeVerdict | 'unknown' | null;
}

export interface WaitOptions {
  /** What is waited for; its words are the timer's in the UI. */
  for: WaitName;
  /** Wake at this instant at the latest, without escalating. */
  wakeAt?: string | null;
  /** Whether the step's deadline bounds the wait; it escalates to the operator, then fails the run. */
  bounded?: boolean;
}

/**
 * Asked at the very beginning, so that a migration keeps the steps it began with. One that began with an older version does
 * all about its templates before `register`.
 */
const opened = (input: MigrationInput): MigrationState => {
  const state = openState(input);
  const hasLaterStep = statusOf(state, 'remaining_templates') !== undefined;
  if (!hasLaterStep || input.request.mode === 'dry_run' || patched('templates-after-acceptance'))
    return state;
  return withoutStep(state, 'remaining_templates');
};

export class MigrationRun {
  state: MigrationState;
  readonly codesInHand: CodeInHand[] = [];
  readonly projection: Projection;
  /** Messages without effect have made the history long. */
  private isGrown = false;
  /** A message has led back to an earlier step, or changed the route, while a step was under way. */
  private hasOvertaken = false;

  constructor(private readonly input: MigrationInput) {
    this.state = input.resumeFrom === undefined ? opened(input) : reviveState(input.resumeFrom);
    this.projection = new Projection(this);
    if (input.replay !== undefined && this.state.migration.attempt < input.attempt) {
      const { fromStep, reason } = input.replay;
      this.record('attempt_started', { attempt: input.attempt, fromStep, reason }, input.startedBy);
      if (isBetweenSides(this.state.migration) && patched('alert-in-each-attempt'))
        this.state = alertedAnew(this.state, this.after(0));
    }
  }

  get subject(): Subject {
    return subjectOf(this.state);
  }

  /** The ids found on the way; a step that needs one comes after the step that finds it. */
  get wabaId(): WabaId {
    return wabaIdSchema.parse(this.state.migration.destination.wabaId);
  }

  get phoneNumberId(): PhoneNumberId {
    return phoneNumberIdSchema.parse(this.state.migration.destination.phoneNumberId);
  }

  get now(): number {
    return Date.now();
  }

  after(durationMs: number): string {
    return new Date(this.now + durationMs).toISOString();
  }

  record<K extends ChangeName>(type: K, data: Changes[K], actor: Actor = SYSTEM): void {
    this.state = changed(this.state, type, data, actor, new Date(this.now).toISOString());
    setCurrentDetails(currentDetails(this.state));
  }

  /** As `record`, of what a message brings. */
  hear<K extends ChangeName>(type: K, data: Changes[K], actor?: Actor): void {
    this.projection.hear();
    const isUnderWay = this.state.migration.steps.some(({ status }) => status === 'running');
    // The patch is asked for where the message stands: what it overtakes may fail after a local activity.
    if (isUnderWay && LEADING_BACK.includes(type)) this.hasOvertaken ||= patched('overtaken-and-failed');
    this.record(type, data, actor);
  }

  /**
   * A message that changes nothing has its events all the same, and wakes nobody: one who repeats himself for weeks would
   * fill the history up to what a server keeps. The patch is asked for where the message stands.
   */
  hearInVain(): void {
    if (!this.isGrown && workflowInfo().historyLength > EVENTS_TOO_MANY)
      this.isGrown = patched('messages-in-vain');
  }

  throwIfAborting(): void {
    if (this.state.abort !== null) throw new AbortRequested();
  }

  /** After an effect and before one: what was said meanwhile may have ended the run or led back to an earlier step. */
  throwUnlessNext(step: StepName): void {
    this.throwIfAborting();
    if (this.isOvertaken(step)) throw new StepOvertaken();
  }

  /** What was asked for so far is answered by the look that now begins; what is asked meanwhile, by the next one. */
  beginLook(): void {
    this.state = { ...this.state, recheckAt: null, recheckAsked: false };
  }

  /** Nobody will ask Meta about these any more; whoever handed one in must not wait for ever. */
  dismissCodes(): void {
    for (const inHand of this.codesInHand.splice(0)) inHand.verdict = 'unknown';
  }

  // ------------------------------------------------------------------------------------------------ tasks

  openTask(spec: TaskSpec): void {
    const known = this.taskOf(spec.step, spec.kind);
    if (known === undefined) this.record('task_opened', spec);
  }

  taskOf(step: StepName, kind: string): Task | undefined {
    return this.state.migration.tasks.find(
      (task) => task.step === step && task.kind === kind && task.status === 'open',
    );
  }

  closeTask(step: StepName, kind: string, statement: string): void {
    const task = this.taskOf(step, kind);
    if (task !== undefined) this.record('task_closed', { taskId: task.id, status: 'done', statement });
  }

  // ------------------------------------------------------------------------------------------------ waits

  /**
   * Waits in `step` until `met` holds or `wakeAt` has come. Reminders go out on the way; a passed deadline escalates
   * to the operator and then ends the run – before the point of no return. Throws AbortRequested when asked to.
   */
  async wait(step: StepName, met: () => boolean, options: WaitOptions): Promise<'met' | 'woken'> {
    this.throwIfAborting();
    if (met()) return 'met';
    if (options.bounded) this.deadlineOf(step);
    if (statusOf(this.state, step) === 'running') this.record('step_waiting', { step });
    const wakeAt =
      options.wakeAt === undefined || options.wakeAt === null ? Infinity : Date.parse(options.wakeAt);
    let isEntered = false;
    try {
      for (;;) {
        this.throwIfAborting();
        if (this.isSkipped(step)) throw new StepSkipped();
        if (this.isOvertaken(step)) throw new StepOvertaken();
        if (met()) return 'met';
        if (this.now >= wakeAt) return 'woken';
        const isNews = isEntered && this.state.outbox.length > 0;
        const deadline = options.bounded ? this.state.deadlines[step] : undefined;
        tend(this);
        if (alertDue(this.state) <= this.now) this.openTask(alertTask(this.state, step, this.after(0)));
        if (deadline !== undefined && Date.parse(deadline.at) <= this.now) this.escalate(step, deadline);
        const alarm = this.nextAlarm(options.bounded ? this.state.deadlines[step]?.at : undefined);
        const until = Math.min(wakeAt, alarm);
        if (isNews) this.projection.followUp();
        else await this.projection.flush();
        isEntered = true;
        await this.sleepUntil(until, step, met, timerSummary(options.for, step));
      }
    } finally {
      if (statusOf(this.state, step) === 'waiting') this.record('step_resumed', { step });
    }
  }

  /** Until when the parties of a step have time; set when it is first asked for, with the first task or wait. */
  deadlineOf(step: StepName): string {
    const set = this.state.deadlines[step]?.at;
    if (set !== undefined) return set;
    const { deadlines } = this.state.policy;
    const span = step in deadlines ? deadlines[step as keyof typeof deadlines] : deadlines.parked;
    const at = this.after(span);
    this.record('deadline_set', { step, at });
    return at;
  }

  /** A parked step is skipped by its own wait for a decision. */
  private isSkipped(step: StepName): boolean {
    const { decision } = this.state;
    return decision?.step === step && decision.verb === 'skip' && statusOf(this.state, step) !== 'blocked';
  }

  /** Of a step whose effect has failed: it is the turn of an earlier one, or of another meaning of this one. */
  wasOvertaken(step: StepName): boolean {
    return this.hasOvertaken && this.isOvertaken(step);
  }

  private isOvertaken(step: StepName): boolean {
    return nextStep(this.state) !== step || statusOf(this.state, step) === 'pending';
  }

  private async sleepUntil(until: number, step: StepName, met: () => boolean, why: string): Promise<void> {
    // A message that changes nothing here still has its event, and the event is written by the waiting step.
    const hasNews = () => this.projection.isBehind;
    const ends = () => met() || this.state.abort !== null || this.isSkipped(step) || this.isOvertaken(step);
    const wakes = () => ends() || hasNews();
    if (this.isLong(until) && !wakes()) await this.continueFresh(ends, wakes);
    // While the database is away there is nothing to be gained: a run continues only when everything is told.
    const isToContinue = () => this.isGrown && this.state.outbox.length === 0;
    const wakesOrContinues = () => wakes() || isToContinue();
    if (until === Infinity) await condition(wakesOrContinues);
    else await condition(wakesOrContinues, Math.max(1, until - this.now), { summary: why });
  }

  /** The history is worth dropping before a wait until then. */
  private isLong(until: number): boolean {
    const worthIt = until - this.now > LONG_WAIT_MS ? EVENTS_WORTH_DROPPING : EVENTS_TOO_MANY;
    return workflowInfo().historyLength > worthIt;
  }

  /**
   * Drains and continues as new into the same wait, unless a message turns up while draining: a code's handler is
   * finished only when the waiting step has asked Meta.
   */
  private async continueFresh(ends: () => boolean, wakes: () => boolean): Promise<void> {
    await this.projection.drain(ends);
    if (wakes()) return;
    // A wait is re-entered by the step that made it: its status tells the fresh run that it is not a new start.
    await continueAsNew<(input: MigrationInput) => Promise<unknown>>({
      ...this.input,
      resumeFrom: this.state,
    });
  }

  private nextAlarm(deadline: string | undefined): number {
    return Math.min(
      nextTending(this.state),
      alertDue(this.state),
      deadline === undefined ? Infinity : Date.parse(deadline),
    );
  }

  private escalate(step: StepName, deadline: { escalated: boolean }): void {
    const { migration, policy } = this.state;
    if (!deadline.escalated || migration.registerAttemptedAt !== null) {
      this.record('deadline_escalated', { step, until: this.after(policy.deadlines.escalation) });
      this.openTask(decisionAfterDeadline(step, this.deadlineOf(step)));
      return;
    }
    this.record('closed', {
      state: 'failed',
      outcome: 'deadline_passed',
      leftInPlace: leftInPlace(this.state),
    });
    throw new MigrationEnded();
  }
}
