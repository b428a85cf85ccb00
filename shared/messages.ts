/**
 * Names and values of everything that is said to a running migration. Sorted by intent: updates decide and answer,
 * signals hand in without waiting, the query reads.
 */
import { z } from 'zod';
import { actorSchema, type Action, type Migration } from './migration';
import type { MigrationId } from './ids';
import type { Policy } from './policy';
import type { AmendPatch, StartRequest } from './requests';
import type { MissingInStatement } from './person-and-time';
import type { SignupEvent, SignupObstacle } from './signup';
import type { StepName } from './steps';

export const WORKFLOW_TYPE = 'NumberMigration';
export const RECONCILE_WORKFLOW_TYPE = 'Reconcile';
export const RECONCILE_SCHEDULE_ID = 'carryover-reconcile';
export const TASK_QUEUE = 'carryover';

/** Who says it, when and why; `messageId` makes a repeated message have no effect. */
export const messageSchema = z.object({
  messageId: z.string().min(1).max(255),
  actor: actorSchema,
  at: z.string(),
  reason: z.string().max(2000).optional(),
});
export type Message = z.infer<typeof messageSchema>;

export const codeMessageSchema = messageSchema.extend({ code: z.string().regex(/^[0-9]{6}$/) });

export const UPDATES = {
  submitCode: 'submitVerificationCode',
  requestCode: 'requestVerificationCode',
  completeTask: 'completeTask',
  recheck: 'recheck',
  retry: 'retryStep',
  skip: 'skipStep',
  approveCutover: 'approveCutover',
  reschedule: 'reschedule',
  amend: 'amend',
  signupResult: 'submitSignupResult',
  abort: 'abort',
} as const;
export const SIGNALS = { code: 'verificationCode', platformHint: 'platformHint' } as const;
export const QUERIES = { migration: 'migration' } as const;

export interface CodeVerdict {
  outcome: 'verified' | 'wrong' | 'expired' | 'locked';
  guessesLeft: number;
  /** RFC 3339; only when locked. */
  retryAt?: string;
}

/** Argument of each update; the answer is the migration as it then is, but for the code: Meta's verdict. */
export interface UpdateArguments {
  submitCode: Message & { code: string };
  requestCode: Message & { method?: 'sms' | 'voice' | undefined; language?: string | undefined };
  completeTask: Message & { taskId: string; statement: string; evidenceUrl?: string | undefined };
  recheck: Message;
  retry: Message & { step?: StepName | undefined };
  skip: Message & { step: StepName };
  /** `planHash`: of the plan that was looked at; refused when it is not the present one. */
  approveCutover: Message & { planHash?: string | undefined; expectedRevision?: number | undefined };
  reschedule: Message & { notBefore: string; notAfter: string };
  amend: Message & { patch: AmendPatch; expectedRevision?: number | undefined };
  signupResult: Message & {
    /** Id of the link under which the popup was opened, or of the open task that asks for the account. */
    sessionId: string;
    /** Absent: the window's message was lost. */
    event?: SignupEvent | undefined;
    wabaId?: string | undefined;
    /** The number's record at the destination, as a finished window named it. */
    phoneNumberId?: string | undefined;
    businessId?: string | undefined;
    /** Names the code in the store, where it lies sealed: it never stands in a message. */
    codeRef?: string | undefined;
    currentStep?: string | undefined;
    obstacle?: SignupObstacle | undefined;
    /** What the popup said, numbers removed. */
    words?: string | undefined;
    /** Meta's ids of what the popup showed and of its session, for a ticket with Meta. */
    errorId?: string | undefined;
    metaSessionId?: string | undefined;
  };
  abort: Message;
}

export type UpdateAnswers = {
  [K in keyof UpdateArguments]: K extends 'submitCode'
    ? CodeVerdict
    : K extends 'amend'
      ? { migration: Migration; staleSteps: StepName[] }
      : Migration;
};

/**
 * A refused message: failure type of the rejected update, `code` of the HTTP problem. The failure's only detail is
 * a `RefusalDetail`.
 */
export const REFUSALS = {
  migration_closed: 'the migration is closed',
  not_waiting_for_code: 'the migration is not waiting for a verification code',
  guesses_used_up: 'no guess is left for this code; ask for a new one',
  code_requests_used_up: 'no further code may be requested for now',
  code_already_verified: 'ownership is already verified',
  unknown_task: 'there is no such task',
  task_closed: 'the task is already closed',
  statement_incomplete: 'the statement does not say all that the task asks for; the task stays open',
  step_not_blocked: 'the step is not blocked',
  step_not_skippable: 'the step cannot be skipped',
  nothing_to_recheck: 'there is nothing to check again now',
  nothing_to_approve: 'no cut-over waits for approval',
  plan_changed: 'the plan has changed since it was looked at',
  past_point_of_no_return: 'the registration has been attempted; the migration can only go forward',
  field_frozen: 'the field can no longer change',
  revision_changed: 'the migration has changed since it was read',
  not_waiting_for_signup: 'the migration is not waiting for a WABA',
  invalid_message: 'the message is malformed',
  verdict_unknown: 'it is not known whether the code was right; hand it in again or ask for a new one',
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** A field that an amendment can no longer change, and the step whose effect cannot be taken back. */
export interface FrozenField {
  field: string;
  step: StepName;
  why: 'done' | 'under_way' | 'registration_attempted';
}

/**
 * Failure type of an update whose fields do not fit what the migration has become; answered as the edge answers every
 * other mistake of a body.
 */
export const INVALID_FIELDS = 'invalid_request';

/** A place in the body of the message, and what was expected there. */
export interface InvalidField {
  path: string[];
  expected: string;
}

export interface RefusalDetail {
  allowedActions: Action[];
  /** Of the migration that a validator judged by; absent where the message had been taken. */
  revision?: number;
  /** `plan_changed`: the hash that was approved, and that of the plan as it is. */
  plan?: { given: string; present: string };
  retryAt?: string;
  /** Only of `field_frozen`. */
  frozen?: FrozenField[];
  /** Only of `statement_incomplete`. */
  missing?: MissingInStatement;
  /** Only of `INVALID_FIELDS`. */
  invalid?: InvalidField[];
}

/** What the workflow is started with. Contains no secret: credentials are named, never given. */
export interface MigrationInput {
  schema: 1;
  tenant: string;
  migrationId: MigrationId;
  attempt: number;
  request: StartRequest;
  policy: Policy;
  /** Country calling code of the number, so that the workflow needs no number plan. */
  callingCode: string;
  startedBy: z.infer<typeof actorSchema>;
  createdAt: string;
  /** Set by continue-as-new and by a replay; checked and upgraded by the workflow. */
  resumeFrom?: unknown;
  /** Only for a replay: the step to start again from, and why; which request asked for it (not in older inputs). */
  replay?: { fromStep: StepName | null; reason: string; notBefore: string; messageId?: string | undefined };
}

export interface MigrationResult {
  state: 'completed' | 'aborted';
  outcome: string;
}
