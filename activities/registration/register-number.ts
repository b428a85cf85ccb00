/**
 * `registerNumber`: the cut-over (meta §1.5).
 *
 * Does: registers the number at the destination with a two-step PIN of our making.
 * Safe to repeat: a number that is CONNECTED on CLOUD_API is never registered again. The PIN is stored before the
 * first call and the same one is used by every call of the attempt. Each call is counted first, per number over all
 * migrations, and none is made beyond eight in 72 hours, because Meta blocks the number after ten (failures count).
 * Lost reply: the number's state is read for about a minute before anything else is done. Connected by then: registered,
 * with our PIN. Not connected: the call is made again, under the next ordinal and within the quota.
 * Undone by: nobody.
 */
import { randomInt } from 'node:crypto';
import { ownProblem, PlatformError, type GraphClient } from '../../platforms/meta';
import { readPhoneNumber, register } from '../../platforms/meta/phone-numbers';
import type { Problem } from '../../shared/problems';
import { StoreUnavailableError } from '../../store';
import type { ActivityDeps } from '../context';
import type { RegistrationActivities, Subject } from '../contract';
import { inTime } from '../in-time';
import { refuseToStartAfter } from '../start-by';
import { effectKeyOf, readCalls, writeCalls, type CallRecord } from './call-record';
import { isConnected } from './connected';
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

/** Meta has neither seen nor counted such a call. */
const neverLeft = ({ code, evidence }: Problem): boolean =>
  code === 'PLATFORM_UNREACHABLE' || code === 'CALL_BUDGET_SPENT' || evidence?.['made'] === false;

export interface RegistrationTiming {
  /** How long a lost reply is followed by reading: a registration may take up to a minute (meta §11). */
  lostReplyReadMs: number;
  /** How long a call without a known end may still be going on elsewhere: its own time-out of 60 s, and a little. */
  openCallMs: number;
}
/** Waiting for an open call, a call of 60 s and reading after it stay within a start-to-close time-out of three minutes. */
export const REGISTRATION_TIMING: RegistrationTiming = { lostReplyReadMs: 50_000, openCallMs: 65_000 };

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
      if (await this.becameConnected(graph, mayRunUntil)) return await this.foundConnected();
      return await this.call(graph);
    } catch (error) {
      // Whatever was refused or could not be read: after one unanswered call nobody can say that nothing happened.
      if (!(error instanceof PlatformError) || !this.record.everUnanswered) throw error;
      throw new PlatformError({ ...error.problem, effect: 'unknown' }, { cause: error });
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
    const pin = newTwoStepPin();
    const kept = await store.secrets.putTwoStepPin(tenant, request.phoneNumber, {
      migrationId,
      attempt,
      pin,
    });
    const before = this.record;
    const calls = before.calls + 1;
    await this.count(calls);
    await this.note({ ...before, calls, openSince: clock().toISOString(), everUnanswered: true });
    try {
      await register(graph, this.input.phoneNumberId, kept.pin, isToldByCall ? region : undefined);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const { problem } = error;
      if (problem.effect === 'unknown') return this.unanswered(graph, error);
      // A call that never left gives its ordinal back: the next one is not counted again.
      await this.note({ ...before, calls: neverLeft(problem) ? before.calls : calls, openSince: null });
      if (before.everUnanswered && (await this.becameConnected(graph, 0))) return this.succeeded();
      if (problem.class !== 'transient' || neverLeft(problem)) throw error;
      throw new PlatformError({ ...problem, waitMs: this.restFor(problem) }, { cause: error });
    }
    return this.succeeded();
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
    const until = this.deps.clock().getTime() + this.timing.lostReplyReadMs;
    const connected = await this.becameConnected(graph, until).catch((unread: unknown) => {
      if (unread instanceof PlatformError) return false;
      throw unread;
    });
    if (connected) return this.succeeded();
    throw new PlatformError({ ...error.problem, waitMs: this.restFor(error.problem) }, { cause: error });
  }

  private restFor({ waitMs = 0 }: Problem): number {
    return Math.max(restAfter(this.record.calls), waitMs);
  }

  /** Reads at least once, and until `until` (epoch milliseconds) while the number is not connected. */
  private async becameConnected(graph: GraphClient, until: number): Promise<boolean> {
    const now = () => this.deps.clock().getTime();
    const read = () => readPhoneNumber(graph, this.input.phoneNumberId);
    return isConnected(await readUntil(read, isConnected, until, now));
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
