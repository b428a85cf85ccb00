/**
 * Every way in which a migration can change, by name. A change is also the event of the same name in the audit trail;
 * `told` says which part of it may stand there.
 */
import type { Judgement, TemplateInventory, TemplateReconciliation } from '../../activities/contract';
import type { BusinessId, PhoneNumberId, TaskId, WabaId } from '../../shared/ids';
import type { AcceptanceCheck, ObservedTraffic, Outcome, StepError } from '../../shared/migration';
import type { Reaction } from '../../shared/platform-hints';
import type { Problem } from '../../shared/problems';
import type { AmendPatch } from '../../shared/requests';
import type { StepName } from '../../shared/steps';
import type { Addressed, AddressedFinding, AddressedLeftover } from '../../shared/texts/addressed';
import type { AccountAgeChanges } from './account-age';
import type { SignupChanges } from './signup-changes';
import type { CodeUnderWay, CodeWanted } from './state';
import type { TaskKind } from './task-kinds';

interface TaskFrame {
  kind: TaskKind;
  requirement: string | null;
  step: StepName;
  blocking: boolean;
  dueAt: string | null;
  title: string;
  howTo: string;
}
/** A task as it is asked for: a client's cannot be made without a text in every language. */
export type TaskSpec = TaskFrame & Addressed;
/** What of a known task is said anew. */
type Renewal = Pick<TaskFrame, 'dueAt' | 'title' | 'howTo'> & Addressed;

export interface Changes extends SignupChanges, AccountAgeChanges {
  attempt_started: { attempt: number; fromStep: StepName | null; reason: string };
  step_started: { step: StepName };
  step_waiting: { step: StepName };
  step_resumed: { step: StepName };
  step_done: { step: StepName };
  step_skipped: { step: StepName; reason: string };
  step_parked: { step: StepName; problem: Problem; wakesAt: string | null };
  step_decided: { step: StepName; verb: 'retry' | 'skip'; reason: string };
  /** `decided`: by a person; otherwise the platform's own wait is over. */
  step_unparked: { step: StepName; decided: boolean };
  /** An earlier step has to be done again first. `error`: what this one came to, when it had failed by then. */
  step_overtaken: { step: StepName; error?: StepError };
  steps_reopened: { steps: StepName[]; because: string };
  task_opened: TaskSpec;
  task_closed: {
    taskId: TaskId;
    status: 'done' | 'waived';
    statement: string;
    evidenceUrl?: string | undefined;
  };
  task_reminded: { taskId: TaskId };
  task_renewed: Renewal & { taskId: TaskId };
  /** The source has not done in time what only it can do (R23). */
  source_stalls: { taskId: TaskId; kind: string; since: string; remindersSent: number };
  /** The number has moved; what was to be prepared is over. */
  preparation_over: Record<never, never>;
  deadline_set: { step: StepName; at: string };
  deadline_escalated: { step: StepName; until: string };
  findings_recorded: { scope: string; findings: AddressedFinding[]; judgement: Judgement };
  recheck_planned: { at: string | null };
  recheck_asked: Record<never, never>;
  attested: { requirement: string; statement: string };
  destination_established: { wabaId: WabaId; businessId: BusinessId; adopted: boolean };
  app_subscribed: { alreadySubscribed: boolean };
  templates_inventoried: { inventory: TemplateInventory };
  /** A dry run could not look at them. */
  templates_unseen: { why: string };
  template_page_copied: { page: number; asked: number; failed: number };
  flows_moved: { moved: number; adopted: number; failed: number };
  template_collisions_kept: { count: number };
  templates_recreated: { created: number; refused: number; left: number; goesOnAt: string | null };
  flow_buttons_repointed: { repointed: number; refused: number; left: number };
  templates_reconciled: { reconciliation: TemplateReconciliation };
  /** `planHash`: of the plan that was approved. */
  cutover_approved: { reason: string; planHash: string };
  rescheduled: { notBefore: string; notAfter: string; reason: string };
  two_step_settling: { until: string };
  funding_attached: { payer: string; fundingId: string; alreadyAttached: boolean };
  number_announced: { phoneNumberId: PhoneNumberId; adopted: boolean };
  code_wanted: CodeWanted;
  code_requested: CodeUnderWay;
  code_request_refused: { code: string; retryAt: string | null };
  code_verdict: {
    outcome: 'verified' | 'wrong' | 'expired' | 'locked' | 'unknown' | 'undelivered';
    retryAt: string | null;
  };
  ownership_verified: { how: 'code' | 'already_verified' | 'signup' };
  usage_snapshot_taken: { buckets: number; whyUnseen: string | null };
  point_of_no_return_crossed: Record<never, never>;
  point_of_no_return_withdrawn: { code: string };
  registered: { outcome: 'registered' | 'adopted'; registeredAt: string };
  found_at_destination: { phoneNumberId: PhoneNumberId; wabaId: WabaId };
  connected: { connectedAt: string };
  acceptance_checked: { checks: AcceptanceCheck[] };
  /** A webhook made the migration look; what it said is not believed. */
  platform_hinted: {
    step: StepName;
    kind: string;
    event: string | null;
    at: string;
    receiptId: string;
    reaction: Reaction['kind'];
  };
  traffic_observed: { observed: ObservedTraffic };
  ledger_opened: { rows: number };
  aftercare_started: { until: string };
  drift_found: { findings: AddressedFinding[] };
  /** What had drifted is again what it was. */
  drift_cleared: { codes: string[] };
  invoice_tail_opened: { until: string };
  amended: { patch: AmendPatch; reason: string };
  /** Entries of this run from that number on that were written before this one belong to a task that never counted. */
  events_retold: { from: number; count: number };
  message_dropped: { kind: string; why: string };
  cancel_ignored: Record<never, never>;
  abort_requested: { reason: string };
  closed: { state: 'completed' | 'aborted' | 'failed'; outcome: Outcome; leftInPlace: AddressedLeftover[] };
}
export type ChangeName = keyof Changes;

/** What of a change stands in the audit trail, where it is not the whole: no contact data, no bulk. */
const TOLD: { [K in ChangeName]?: (data: Changes[K]) => Record<string, unknown> } = {
  findings_recorded: ({ scope, findings, judgement }) => ({
    scope,
    triage: judgement.triage,
    findings: findings.map((finding) => ({ code: finding.code, severity: finding.severity })),
  }),
  task_opened: ({ text: _key, ...task }) => task,
  task_renewed: ({ text: _key, ...task }) => task,
  drift_found: ({ findings }) => ({ findings: findings.map((finding) => finding.code) }),
  acceptance_checked: ({ checks }) => ({
    passed: checks.filter((check) => check.ok).map((check) => check.name),
    failed: checks.filter((check) => !check.ok).map((check) => check.name),
  }),
  amended: ({ patch, reason }) => ({ fields: Object.keys(patch), reason }),
  templates_reconciled: ({
    reconciliation: { retryIds: _ids, toRepoint: _left, oldFlows, noRoom, ...counts },
  }) => ({
    ...counts,
    ...(oldFlows === undefined || oldFlows.count === 0 ? {} : { oldFlows: oldFlows.count }),
    ...(noRoom === undefined || noRoom.count === 0 ? {} : { noRoom: noRoom.count }),
  }),
};

/** What a task as it is now wanted says anew of the one that is open. */
export const renewalOf = (
  { kind: _kind, requirement: _requirement, step: _step, blocking: _blocking, ...said }: TaskSpec,
  taskId: TaskId,
): Changes['task_renewed'] => ({ ...said, taskId });

/** The data of the change's event. */
export const told = <K extends ChangeName>(type: K, data: Changes[K]): Record<string, unknown> =>
  TOLD[type]?.(data) ?? { ...data };
