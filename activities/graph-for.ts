/**
 * Clients of Graph for activities: credential by name, calls counted per app and WABA over all workers. A database that
 * is away or hangs stops no call: a code expires and a number is silent while it is waited for (docs/decisions.md).
 */
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { GraphClient, ownProblem, PlatformError, UsageGauge } from '../platforms/meta';
import { StoreUnavailableError, type CallBudget, type Credential, type CredentialResolver } from '../store';
import { attemptSignal } from './attempt';
import type { CallStanding, GraphFor } from './context';
import { inTime } from './in-time';

const HOUR_MS = 3_600_000;
/** Calls per app, WABA and rolling hour: of a new WABA, and of one with a connected number (meta §7). */
export const CALLS_OF_NEW_WABA = 200;
export const CALLS_OF_ACTIVE_WABA = 5_000;
/** Up to which part of an account's hour a call is made: what is left is kept for whoever can wait less. */
export const SHARES: Readonly<Record<CallStanding, number>> = {
  waiting: 0.6,
  before_announcement: 0.8,
  cutover: 1,
};
/**
 * Calls of a whole look, and of what begins a cut-over: who is told to come back at the first free call is stopped again
 * at the second, and many who wait would spend the hour on looks that none of them finishes.
 */
const ROOM: Readonly<Record<CallStanding, number>> = { waiting: 16, before_announcement: 4, cutover: 1 };
/** Those who wait for the same account come back one after the other, not all in the same second. */
const SPREAD_MS: Readonly<Record<CallStanding, number>> = {
  waiting: 3 * 60_000,
  before_announcement: 10_000,
  cutover: 0,
};
/** What is not counted per WABA (businesses, credit lines) has 5,000 an hour (meta §7). */
const APP_SCOPE = 'app';
/** Tokens and accounts that a process remembers: more than it has migrations at a time, and a few megabytes at most. */
const REMEMBERED = 10_000;

export interface GraphForOptions {
  credentials: CredentialResolver;
  callBudget: CallBudget;
  baseUrl: string;
  version: string;
  appId: string | null;
  clock: () => Date;
  logger: Logger;
  fetchTimeoutMs?: number;
}

/** The answer of the store or, while it has none, `otherwise`. */
const orElse =
  <T>(otherwise: () => T) =>
  (error: unknown): T => {
    if (!(error instanceof StoreUnavailableError)) throw error;
    return otherwise();
  };

/** One per process: it remembers tokens as last seen, which accounts are active and which are throttled. */
export const createGraphFor = (options: GraphForOptions): GraphFor => {
  const gauge = new UsageGauge(() => options.clock().getTime());
  const active = new LRUCache<string, true>({ max: REMEMBERED });
  const lastSeen = new LRUCache<string, Credential>({ max: REMEMBERED });

  const credentialOf = async (tenant: string, name: string): Promise<Credential | null> => {
    const key = `${tenant}/${name}`;
    const known = lastSeen.get(key);
    const asked = options.credentials.get(tenant, name).then((credential) => {
      // That there is none is not kept: it is stored the next moment, and an old "none" would stop the migration.
      if (credential === null) lastSeen.delete(key);
      else lastSeen.set(key, credential);
      return credential;
    });
    if (known === undefined) {
      return asked.catch(
        orElse(() => {
          throw new PlatformError(ownProblem('STORE_UNAVAILABLE'));
        }),
      );
    }
    return inTime(asked).catch(orElse(() => known));
  };

  const takeCall = async (scope: string, standing: CallStanding): Promise<void> => {
    const isActive = scope === APP_SCOPE || active.get(scope) === true;
    const capacity = isActive ? CALLS_OF_ACTIVE_WABA : CALLS_OF_NEW_WABA;
    const key = `${options.appId ?? 'app'}/${scope}`;
    const asked = options.callBudget.take(
      key,
      { capacity, perMs: HOUR_MS, share: SHARES[standing], room: ROOM[standing] },
      options.clock(),
    );
    // Meta refuses by itself what is too much, and its usage headers have filled the gauge.
    const verdict = await inTime(asked).catch(orElse(() => ({ granted: true }) as const));
    if (verdict.granted) return;
    throw new PlatformError(
      ownProblem('CALL_BUDGET_SPENT', {
        waitMs: verdict.waitMs + Math.floor(Math.random() * SPREAD_MS[standing]),
      }),
    );
  };

  return async (tenant, credentialName, wabaId, standing = 'cutover') => {
    const credential = await credentialOf(tenant, credentialName);
    if (credential === null) {
      throw new PlatformError(ownProblem('CREDENTIAL_MISSING', { evidence: { credential: credentialName } }));
    }
    const signal = attemptSignal();
    return new GraphClient({
      baseUrl: options.baseUrl,
      version: options.version,
      accessToken: credential.accessToken,
      credential: credentialName,
      scope: wabaId ?? APP_SCOPE,
      callBudget: (scope) => takeCall(scope, standing),
      gauge,
      onActive: (scope) => active.set(scope, true),
      logger: options.logger,
      ...(signal === undefined ? {} : { signal }),
      ...(options.fetchTimeoutMs === undefined ? {} : { fetchTimeoutMs: options.fetchTimeoutMs }),
    });
  };
};
