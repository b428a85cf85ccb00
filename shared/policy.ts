/**
 * The figures a migration is run by. They are resolved once at the start and travel in the workflow's input, so that
 * a change of configuration never changes a history. All durations in milliseconds.
 */
import { z } from 'zod';
import { preparationSettings } from './preparation';
import { eligibilitySettings } from './eligibility-settings';
import { failedMessagesSettings } from './failed-messages';
import { templateReasonSchema, worthRecreatingSchema } from './template-report';

const minutes = (n: number) => n * 60_000;
const hours = (n: number) => n * 3_600_000;
const days = (n: number) => n * 86_400_000;
const ms = (value: number) => z.number().int().nonnegative().default(value);

export const policySchema = z.object({
  /**
   * How long each phase may wait for parties before it escalates to the operator. People repeat a signup that fails, so
   * that none is shorter than days (R40).
   */
  deadlines: z
    .object({
      eligibility: ms(days(14)),
      destination: ms(days(14)),
      preparation: ms(days(14)),
      two_step_off: ms(days(3)),
      ownership: ms(days(3)),
      funding: ms(days(7)),
      /** A parked step that nobody decides about. */
      parked: ms(days(14)),
      acceptance: ms(days(7)),
      /** After an escalation, how long the operator has before the run fails (only before the point of no return). */
      escalation: ms(days(7)),
    })
    .prefault({}),
  /** Reminders while a task is open: the first after, then every. */
  firstReminderAfter: ms(hours(24)),
  reminderEvery: ms(hours(24)),
  /**
   * Tasks that keep nothing waiting: reminded so long before they are due, and so often every `overdueEvery` when they
   * are overdue; without a due time, so often at most.
   */
  optionalTasks: z
    .object({
      remindBeforeDue: z.array(z.number().int().nonnegative()).default([hours(72), hours(24), 0]),
      overdueEvery: ms(days(7)),
      reminders: z.number().int().nonnegative().default(5),
    })
    .prefault({}),
  /** How often a wait on an outside fact re-reads it without being asked. Meta allows a new WABA 200 calls an hour. */
  recheckEvery: ms(hours(24)),
  twoStepRecheckEvery: ms(minutes(10)),
  /** The client's card, while the number is announced already and may be silent (meta §1.7, §2.2). */
  cardRecheckEvery: ms(minutes(10)),
  /** While the client is in the popup, where nothing else tells that it is finished; Business settings may take days. */
  signupRecheckEvery: ms(minutes(10)),
  /** How long the account of a finished popup is looked for before the client is asked to go through it again. */
  signupSoughtFor: ms(minutes(5)),
  intentRecheckEvery: ms(minutes(30)),
  /** How long an account that a webhook told of waits for the popup's own result; its code lives 30 seconds (meta §2.1). */
  signupCodeGrace: ms(15_000),
  acceptanceRecheckEvery: ms(minutes(10)),
  /** After a registration refused for two-step verification: switching it off takes time to spread (P-1). */
  twoStepSettles: ms(minutes(5)),
  /** A code lives about ten minutes (meta §1.4, UNVERIFIED): a setting, not a fact. */
  codeLifetime: ms(minutes(10)),
  guessesPerCode: z.number().int().positive().default(3),
  codeRequests: z.object({ max: z.number().int().positive().default(5), per: ms(hours(24)) }).prefault({}),
  /** Verified ownership must be used within 14 days (meta §1.4). */
  verificationValidity: ms(days(14)),
  /** How long after `register` the number may take to be connected before the operator is told. */
  connectDeadline: ms(minutes(10)),
  /** How long a number may be announced and not registered before the operator is told: it may be silent (meta §1.7). */
  announcedAlertAfter: ms(hours(2)),
  /** How long before the window opens its approval is asked for. */
  approvalAskedBefore: ms(hours(12)),
  /** Template copy: templates asked for per call (at most 500, meta §4.1) and rounds of single retries. */
  templatePageSize: z.number().int().min(1).max(500).default(500),
  /**
   * On the route `embedded_signup`, where the number may be silent already (meta §1.7): how long copies are begun before
   * `register`; what is left is done when the number is accepted.
   */
  copyBeforeRegistration: ms(minutes(10)),
  /** Qualities that the copy takes: its page says GREEN and UNKNOWN (meta §4.1), the older one GREEN only (meta §1.6). */
  templateCopyQualities: z.array(z.enum(['GREEN', 'UNKNOWN', 'YELLOW', 'RED'])).default(['GREEN', 'UNKNOWN']),
  /** Which templates are created anew when asked for, where it differs from `TEMPLATE_REASONS`. */
  templateRecreation: z.partialRecord(templateReasonSchema, worthRecreatingSchema).default({}),
  /** New templates that Meta takes per account and hour (meta §4.3). */
  templateCreationsPerHour: z.number().int().positive().default(100),
  /**
   * Whether copies that still open a flow of the old account are edited (meta §4.3). An edit is reviewed, and the template is
   * not to be sent meanwhile; `left`: the client edits them when it suits.
   */
  templateFlowButtons: z.enum(['repointed', 'left']).default('repointed'),
  templateRetryRounds: z.number().int().nonnegative().default(2),
  /** Traffic that must have been heard of by webhook before the number is accepted; none is needed by default. */
  acceptanceNeeds: z.array(z.enum(['first_inbound', 'first_outbound'])).default([]),
  /** Hosts (`name` or `name:port`), beside that of the app's own address, to which messages of a moved number may go (P-10). */
  webhookHosts: z.array(z.string().min(1).max(253)).default([]),
  aftercareEvery: ms(hours(24)),
  /** Of the messages that the moved number sends, how many may fail before somebody is told (P-21). */
  failedMessages: failedMessagesSettings.prefault({}),
  /**
   * How a line of credit comes to an account (meta §5.1): in one call with the system token, or in the newer two, shared
   * with the system token and attached with the destination's.
   */
  creditSharing: z.enum(['one_call', 'two_calls']).default('one_call'),
  /**
   * By which call Meta is told where to keep a number's data (meta §1.5): its changelog says `settings`, its page of the
   * call still says `register`, and which holds is UNVERIFIED (meta §14, question 7). A refusal of the first comes before
   * anything is registered.
   */
  storageRegionAt: z.enum(['settings', 'register']).default('settings'),
  /**
   * How long after the cut-over the migration stays live for what follows it: the source's last invoice and the end of
   * its subscription (R15 to R18). 0: it is completed with the aftercare.
   */
  invoiceTail: ms(days(45)),
  eligibility: eligibilitySettings.prefault({}),
  preparation: preparationSettings.prefault({}),
  /** How long the source's provider may take with two-step verification before it is escalated to Meta (R23). */
  sourceStallsAfter: ms(hours(24)),
});
export type Policy = z.infer<typeof policySchema>;

/** A wait longer than this drains the run and continues as new into itself (architecture, "The workflow"). */
export const LONG_WAIT_MS = hours(1);
