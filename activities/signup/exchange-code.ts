/**
 * `exchangePopupCode`: the login's code for a token that the client has granted (meta §2.1).
 *
 * Does: marks the sealed code as used, exchanges it, stores the token sealed, removes the code.
 * Safe to repeat: the mark names who exchanges it; another execution finds it used, calls nobody, and does not know what
 * became of it. Only a connection that was never made is tried again, within the code's 30 seconds.
 * Lost reply: the code counts as used; the account is found by the other ways, with the partner's own token.
 * Database away: a token that has come cannot be had a second time; storing it is tried as long as the activity lasts.
 * Undone by: the client, in Business settings → Integrations.
 */
import { randomUUID } from 'node:crypto';
import { sleep } from '@temporalio/activity';
import { PlatformError } from '../../platforms/meta';
import { exchangePopupCode as exchange, type ClientToken } from '../../platforms/meta/oauth';
import { StoreUnavailableError } from '../../store';
import type { ActivityDeps, PartnerApp } from '../context';
import type { CodeExchange, SignupActivities, Subject } from '../contract';
import { inTime } from '../in-time';
import { keepClientToken } from './client-credential';

const TRIES = 3;
const REST_MS = 2_000;
/** The database is asked again this often. */
const ASK_AGAIN_MS = 500;
/** Of a code that lives 30 seconds, what is left after this is for the exchange. */
const MARK_WITHIN_MS = 15_000;
/** The last try to store the token begins by then: an unanswered one takes 15 seconds, and the activity has 60. */
const STORE_WITHIN_MS = 40_000;

/** Reads prove nothing about what they have used up: only these answers say that the code was not taken. */
const SAYS_NO: ReadonlySet<string> = new Set(['permanent', 'needs_party', 'quota']);

/** Tried while the database is away; none begins after `until` (by `performance.now()`). */
const insistently = async <T>(ask: () => Promise<T>, until: number): Promise<T> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || performance.now() + ASK_AGAIN_MS > until) throw error;
      await sleep(ASK_AGAIN_MS);
    }
  }
};

const exchanged = async (app: PartnerApp, code: string): Promise<ClientToken> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await exchange(app.anonymous(), app, code);
    } catch (error) {
      const unsent = error instanceof PlatformError && error.problem.code === 'PLATFORM_UNREACHABLE';
      if (!unsent || tried === TRIES) throw error;
      await sleep(REST_MS);
    }
  }
};

const withoutToken = (error: unknown): CodeExchange => {
  if (!(error instanceof PlatformError)) throw error;
  const { code, class: failureClass } = error.problem;
  const outcome = SAYS_NO.has(failureClass) || code === 'PLATFORM_UNREACHABLE' ? 'refused' : 'unknown';
  return { outcome, problem: code };
};

/** It is of no more use, and ends by itself: a database that is away is not waited for. */
const removeCode = async (
  { store, logger }: ActivityDeps,
  { tenant, migrationId }: Subject,
  codeRef: string,
): Promise<void> => {
  try {
    await inTime(store.popupCodes.spend(tenant, migrationId, codeRef));
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    logger.warn({ migrationId }, 'the database is away; the used code of the signup is removed at its end');
  }
};

export const exchangePopupCode =
  (deps: ActivityDeps): SignupActivities['exchangePopupCode'] =>
  async ({ subject, codeRef }) => {
    const { tenant, migrationId } = subject;
    const begun = performance.now();
    const user = randomUUID();
    const use = await insistently(
      () => deps.store.popupCodes.use(tenant, migrationId, codeRef, user),
      begun + MARK_WITHIN_MS,
    );
    if (use === null) return { outcome: 'refused', problem: 'SIGNUP_CODE_REFUSED' };
    // Whoever marked it may have died after Meta's answer, or before it.
    if (use.kind === 'used') return { outcome: 'unknown', problem: 'ANSWER_LOST' };
    if (deps.partnerApp === null || deps.partnerApp === undefined) {
      await removeCode(deps, subject, codeRef);
      return { outcome: 'refused', problem: 'APP_NOT_CONFIGURED' };
    }
    try {
      const { accessToken, expiresInSeconds } = await exchanged(deps.partnerApp, use.code);
      const expiry =
        expiresInSeconds === null
          ? {}
          : { expiresAt: new Date(deps.clock().getTime() + expiresInSeconds * 1000).toISOString() };
      const kept = await insistently(
        () => keepClientToken(deps, subject, { accessToken, ...expiry }),
        begun + STORE_WITHIN_MS,
      );
      return { outcome: 'stored', ...kept };
    } catch (error) {
      return withoutToken(error);
    } finally {
      await removeCode(deps, subject, codeRef);
    }
  };
