/** Clients of Graph for activities: credential by name, calls counted per app and WABA over all workers. */
import type { Logger } from 'pino';
import { GraphClient, ownProblem, PlatformError, UsageGauge } from '../platforms/meta';
import type { CallBudget, CredentialResolver } from '../store';
import { attemptSignal } from './attempt';
import type { GraphFor } from './context';

const HOUR_MS = 3_600_000;
/** Calls per app, WABA and rolling hour: of a new WABA, and of one with a connected number (meta §7). */
export const CALLS_OF_NEW_WABA = 200;
export const CALLS_OF_ACTIVE_WABA = 5_000;
/** What is not counted per WABA (businesses, credit lines) has 5,000 an hour (meta §7). */
const APP_SCOPE = 'app';

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

/** One per process: it remembers which accounts are active and which are throttled. */
export const createGraphFor = (options: GraphForOptions): GraphFor => {
  const gauge = new UsageGauge(() => options.clock().getTime());
  const active = new Set<string>([APP_SCOPE]);

  const takeCall = async (scope: string): Promise<void> => {
    const capacity = active.has(scope) ? CALLS_OF_ACTIVE_WABA : CALLS_OF_NEW_WABA;
    const key = `${options.appId ?? 'app'}/${scope}`;
    const verdict = await options.callBudget.take(key, { capacity, perMs: HOUR_MS }, options.clock());
    if (verdict.granted) return;
    throw new PlatformError(ownProblem('CALL_BUDGET_SPENT', { waitMs: verdict.waitMs }));
  };

  return async (tenant, credentialName, wabaId) => {
    const credential = await options.credentials.get(tenant, credentialName);
    if (credential === null) {
      throw new PlatformError(ownProblem('CREDENTIAL_MISSING', { evidence: { credential: credentialName } }));
    }
    const signal = attemptSignal();
    return new GraphClient({
      baseUrl: options.baseUrl,
      version: options.version,
      accessToken: credential.accessToken,
      scope: wabaId ?? APP_SCOPE,
      callBudget: takeCall,
      gauge,
      onActive: (scope) => active.add(scope),
      logger: options.logger,
      ...(signal === undefined ? {} : { signal }),
      ...(options.fetchTimeoutMs === undefined ? {} : { fetchTimeoutMs: options.fetchTimeoutMs }),
    });
  };
};
