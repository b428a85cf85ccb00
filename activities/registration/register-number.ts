/**
 * `registerNumber`: the cut-over (meta §1.5).
 *
 * Does: registers the number at the destination with a two-step PIN of our making.
 * Safe to repeat: a number that is CONNECTED on CLOUD_API is never registered again. The PIN is stored before the
 * first call and the same one is used by every call of the attempt. Each call is counted first, per number over all
 * migrations, and none is made beyond eight in 72 hours, because Meta blocks the number after ten (failures count).
 * Lost reply: the number's state is read for about a minute before anything else is done. Connected by then: registered,
 * with our PIN. Not connected: the call is made again, under the next ordinal and within the quota. A refusal of that one
 * proves that nothing happened only when the lost one can act no more and the number is still shown as announced.
 * Undone by: nobody.
 */
import { randomInt } from 'node:crypto';
import { sleep } from '@temporalio/activity';
import { ownProblem, PlatformError, type GraphClient } from '../../platforms/meta';
import {
  listPhoneNumbers,
  readPhoneNumber,
  register,
  type PhoneNumber,
} from '../../platforms/meta/phone-numbers';
import { PROBLEM, type Problem } from '../../shared/problems';
import { StoreUnavailableError } from '../../store';
import { snapshotUsage } from '../billing/snapshot-usage';
import type { ActivityDeps } from '../context';
import type { RegistrationActivities, Subject } from '../contract';
import { inTime } from '../in-time';
import { refuseToStartAfter } from '../start-by';
import { effectKeyOf, readCalls, writeCalls, type CallRecord } from './call-record';
import { isConnected, isStillAnnounced } from './connected';
import { readUntil } from './pace';
import { settleStorageRegion } from './storage-region';

type Registered = Awaited<ReturnType<RegistrationActivities['registerNumber']>>;

/** Two fewer than Meta's ten: somebody else may have used some (meta §1.5). */
const REGISTER_LIMIT = 8;
const REGISTER_WINDOW_MS = 72 * 3_600_000;
/** Calls are repeated after a minute; from the third on the rests double, or an outage would eat the quota. */
const FIRST_LONG_REST_AFTER = 3;
const SHORT_REST_MS = 60_000;
const LONG_REST_MS = 30 * 60_000;
const restAfter = (calls: number): number =>
  calls < FIRST_LONG_REST_AFTER ? SHORT_REST_MS : LONG_REST_MS * 2 ** (calls - FIRST_LONG_REST_AFTER);

const USAGE_PATIENCE_MS = 5_000;

/** Meta has neither seen nor counted such a call. */
const neverLeft = ({ code, evidence }: Problem): boolean =>
  code === 'PLATFORM_UNREACHABLE' || code === 'CALL_BUDGET_SPENT' || evidence?.['made'] === false;

/** When the last call began of which nobody has seen the end. */
const lastUnanswered = ({ openSince, unansweredAt }: CallRecord): string | null => openSince ?? unansweredAt;

export interface RegistrationTiming {
  /** How long a lost reply is followed by reading: a registration may take up to a minute (meta §11). */
  lostReplyReadMs: number;
  /** How long a call without a known end may still be going on elsewhere: its own time-out of 60 s, and a little. */
  openCallMs: number;
  /** From its beginning, until when such a call can still make the number connected: another minute (meta §11, §12.2 S5). */
  actsWithinMs: number;
}
/** Waiting for an open call, a call of 60 s and reading after it stay within a start-to-close time-out of three minutes. */
export const REGISTRATION_TIMING: RegistrationTiming = {
  ...{ lostReplyReadMs: 50_000, openCallMs: 65_000, actsWithinMs: 125_000 },
};

/** Six digits, none more likely than another. */
const newTwoStepPin = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0');

class Registration {
  private record: CallRecord;

  constructor(
    private readonly deps: ActivityDeps,
    private readonly timing: RegistrationTiming,
    private readonly input: Parameters<RegistrationActivities['registerNumber']>[0],
    record: CallRecord,
  ) {
    this.record = record;
  }

  private get subject(): Subject {
    return this.input.subject;
  }

  async run(): Promise<Registered> {
    const { registeredAt, openSince } = this.record;
    if (registeredAt !== null) return { outcome: 'registered', registeredAt };
    try {
      // A call of which nobody here has seen the end: its worker may have died a moment ago.
      const graph = await this.connectToGraph();
      const mayRunUntil = openSince === null ? 0 : Date.parse(openSince) + this.timing.openCallMs;
      return await this.lookAndCall(graph, mayRunUntil);
    } catch (error) {
      // Whatever could not be done or read: after an unanswered call that nothing refutes, nobody can say what happened.
      if (!(error instanceof PlatformError) || !this.record.everUnanswered) throw error;
      throw new PlatformError({ ...error.problem, effect: 'unknown' }, { cause: error });
    }
  }

  private async lookAndCall(graph: GraphClient, mayRunUntil: number): Promise<Registered> {
    try {
      if (isConnected(await this.readNumber(graph, mayRunUntil))) return await this.foundConnected();
      return await this.call(graph);
    } catch (error) {
      const isUnseen = error instanceof PlatformError && error.problem.code === PROBLEM.objectNotVisible;
      if (isUnseen && this.record.everUnanswered && (await this.isGone(graph))) await this.noteRefuted();
      throw error;
    }
  }

  private connectToGraph(): Promise<GraphClient> {
    const { tenant, request } = this.subject;
    return this.deps.graphFor(tenant, request.destination.credential, this.input.wabaId);
  }

  private async call(graph: GraphClient): Promise<Registered> {
    const { store, clock } = this.deps;
    const { tenant, migrationId, attempt, request } = this.subject;
    // Once a call was made the work only goes forward, however late it has become.
    if (this.record.calls === 0) refuseToStartAfter(this.input.startBy, clock());
    const region = request.destination.dataLocalizationRegion;
    const isToldByCall = this.input.storageRegionAt === 'register';
    // After an unanswered call the number may be registered, and then it has its region.
    if (region !== undefined && !isToldByCall && !this.record.everUnanswered)
      await settleStorageRegion(graph, this.input.phoneNumberId, region);
    if (this.record.calls > 0) await this.keepUsage();
    const pin = newTwoStepPin();
    const kept = await store.secrets.putTwoStepPin(tenant, request.phoneNumber, {
      migrationId,
      attempt,
      pin,
    });
    const before = this.record;
    const calls = before.calls + 1;
    await this.count(calls);
    const unansweredAt = lastUnanswered(before);
    await this.note({
      ...{ ...before, calls, unansweredAt },
      ...{ openSince: clock().toISOString(), everUnanswered: true },
    });
    try {
      await register(graph, this.input.phoneNumberId, kept.pin, isToldByCall ? region : undefined);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const { problem } = error;
      if (problem.effect === 'unknown') return this.unanswered(graph, error);
      // A call that never left gives its ordinal back: the next one is not counted again.
      const made = neverLeft(problem) ? before.calls : calls;
      await this.note({ ...before, calls: made, unansweredAt, openSince: null });
      if (before.everUnanswered && (await this.isDoneAfterAll(graph, problem))) return this.succeeded();
      if (problem.class !== 'transient' || neverLeft(problem)) throw error;
      throw new PlatformError({ ...problem, waitMs: this.restFor(problem) }, { cause: error });
    }
    return this.succeeded();
  }

  /**
   * The source may have gone on sending for the hours that the registration has dragged on, and shows nothing of it once the
   * number is gone (meta §5.3). Nothing waits for it longer than a moment: the number may be silent.
   */
  private async keepUsage(): Promise<void> {
    const { subject, usageFrom } = this.input;
    if (usageFrom === undefined) return;
    const { clock, logger } = this.deps;
    const { migrationId, attempt } = subject;
    const kept = snapshotUsage(this.deps)({ subject, from: usageFrom, to: clock().toISOString() }).catch(
      (error: unknown) => {
        if (!(error instanceof PlatformError) && !(error instanceof StoreUnavailableError)) throw error;
        logger.warn(
          { migrationId, attempt },
          'the usage at the source was not kept again; what was kept stands',
        );
      },
    );
    await Promise.race([kept, sleep(USAGE_PATIENCE_MS)]);
  }

  private async count(ordinal: number): Promise<void> {
    const now = this.deps.clock();
    const verdict = await this.deps.store.attempts.countRegisterAttempt({
      phoneNumber: this.subject.request.phoneNumber,
      effectKey: effectKeyOf(this.subject, ordinal),
      limit: REGISTER_LIMIT,
      windowMs: REGISTER_WINDOW_MS,
      now,
    });
    if (verdict.allowed) return;
    const waitMs = Math.max(0, Date.parse(verdict.retryAt) - now.getTime());
    throw new PlatformError(
      ownProblem('REGISTER_BUDGET_SPENT', { waitMs, evidence: { retryAt: verdict.retryAt } }),
    );
  }

  private async unanswered(graph: GraphClient, error: PlatformError): Promise<Registered> {
    const until = this.now() + this.timing.lostReplyReadMs;
    const number = await this.readNumber(graph, until).catch((unread: unknown) => {
      if (unread instanceof PlatformError) return null;
      throw unread;
    });
    if (number !== null && isConnected(number)) return this.succeeded();
    throw new PlatformError({ ...error.problem, waitMs: this.restFor(error.problem) }, { cause: error });
  }

  private restFor({ waitMs = 0 }: Problem): number {
    return Math.max(restAfter(this.record.calls), waitMs);
  }

  /**
   * Whether an earlier call without an answer is what made this one be refused. Read until it can act no more; a number
   * that is then still shown as announced refutes it. A call that never left is no word of the platform's on it.
   */
  private async isDoneAfterAll(graph: GraphClient, refusal: Problem): Promise<boolean> {
    const number = await this.readNumber(graph, neverLeft(refusal) ? 0 : this.settledAt());
    if (isConnected(number)) return true;
    if (!neverLeft(refusal) && isStillAnnounced(number)) await this.noteRefuted();
    return false;
  }

  /** Its account can be read, and does not show it: somebody has removed the announced number. */
  private async isGone(graph: GraphClient): Promise<boolean> {
    const { wabaId, phoneNumberId } = this.input;
    const isListed = (numbers: readonly PhoneNumber[]) =>
      numbers.some((number) => number.phoneNumberId === phoneNumberId);
    const list = () => listPhoneNumbers(graph, wabaId);
    return !isListed(await readUntil(list, isListed, this.settledAt(), () => this.now()));
  }

  /** Epoch milliseconds; of what was noted before that was kept, nothing is known but that it is over. */
  private settledAt(): number {
    const at = lastUnanswered(this.record);
    return at === null ? 0 : Date.parse(at) + this.timing.actsWithinMs;
  }

  /** Nothing has happened, as after a refusal of the first call: a connection found later is not ours. */
  private noteRefuted(): Promise<void> {
    return this.note({ ...this.record, openSince: null, unansweredAt: null, everUnanswered: false });
  }

  private now(): number {
    return this.deps.clock().getTime();
  }

  /** Reads at least once, and until `until` (epoch milliseconds) while the number is not connected. */
  private readNumber(graph: GraphClient, until: number): Promise<PhoneNumber> {
    const read = () => readPhoneNumber(graph, this.input.phoneNumberId);
    return readUntil(read, isConnected, until, () => this.now());
  }

  private async foundConnected(): Promise<Registered> {
    if (this.record.everUnanswered) return this.succeeded();
    const { store, clock } = this.deps;
    const { tenant, migrationId, attempt } = this.subject;
    // Somebody else registered it: a PIN that we stored for a call we never made is not the number's.
    if ((await store.secrets.getTwoStepPin(tenant, migrationId, attempt)) !== null) {
      await store.secrets.doubtTwoStepPin(tenant, migrationId, attempt);
    }
    return { outcome: 'adopted', registeredAt: clock().toISOString() };
  }

  /** The number is over: a database that is away now must not hold up what follows; acceptance confirms the PIN too. */
  private async succeeded(): Promise<Registered> {
    const { store, clock, logger } = this.deps;
    const { tenant, migrationId, attempt } = this.subject;
    const registeredAt = clock().toISOString();
    const keep = async () => {
      await this.note({ ...this.record, openSince: null, everUnanswered: true, registeredAt });
      await store.secrets.confirmTwoStepPin(tenant, migrationId, attempt);
    };
    try {
      await inTime(keep());
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      logger.warn(
        { migrationId, attempt },
        'registered, but the database is away; the PIN is confirmed later',
      );
    }
    return { outcome: 'registered', registeredAt };
  }

  private async note(record: CallRecord): Promise<void> {
    await writeCalls(this.deps.store, this.subject, record);
    this.record = record;
  }
}

export const registerNumber =
  (deps: ActivityDeps, timing: RegistrationTiming): RegistrationActivities['registerNumber'] =>
  async (input) =>
    new Registration(deps, timing, input, await readCalls(deps.store, input.subject)).run();
