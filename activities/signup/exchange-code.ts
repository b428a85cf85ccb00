/**
 * `exchangePopupCode`: the login's code for a token that the client has granted (meta §2.1).
 *
 * Does: takes the sealed code out of the store, exchanges it, stores the token sealed.
 * Safe to repeat: the code is gone with the first look, so a second try finds none, and does not know what became of it.
 * Only a connection that was never made is tried again, within the code's 30 seconds.
 * Lost reply: the code counts as used; the account is found by the other ways, with the partner's own token.
 * Undone by: the client, in Business settings → Integrations.
 */
import { setTimeout as rest } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { PlatformError } from '../../platforms/meta';
import { exchangePopupCode as exchange, type ClientToken } from '../../platforms/meta/oauth';
import type { ActivityDeps, PartnerApp } from '../context';
import type { CodeExchange, SignupActivities } from '../contract';
import { keepClientToken } from './client-credential';

const TRIES = 3;
const REST_MS = 2_000;

/** Reads prove nothing about what they have used up: only these answers say that the code was not taken. */
const SAYS_NO: ReadonlySet<string> = new Set(['permanent', 'needs_party', 'quota']);

const exchanged = async (app: PartnerApp, code: string): Promise<ClientToken> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await exchange(app.anonymous(), app, code);
    } catch (error) {
      const unsent = error instanceof PlatformError && error.problem.code === 'PLATFORM_UNREACHABLE';
      if (!unsent || tried === TRIES) throw error;
      await rest(REST_MS);
    }
  }
};

const withoutToken = (error: unknown): CodeExchange => {
  if (!(error instanceof PlatformError)) throw error;
  const { code, class: failureClass } = error.problem;
  const outcome = SAYS_NO.has(failureClass) || code === 'PLATFORM_UNREACHABLE' ? 'refused' : 'unknown';
  return { outcome, problem: code };
};

export const exchangePopupCode =
  (deps: ActivityDeps): SignupActivities['exchangePopupCode'] =>
  async ({ subject, codeRef }) => {
    const code = await deps.store.popupCodes.take(subject.tenant, subject.migrationId, codeRef);
    if (code === null) {
      // The worker that took it out may have died after Meta's answer, or before it.
      if (Context.current().info.attempt > 1) return { outcome: 'unknown', problem: 'ANSWER_LOST' };
      return { outcome: 'refused', problem: 'SIGNUP_CODE_REFUSED' };
    }
    if (deps.partnerApp === null || deps.partnerApp === undefined) {
      return { outcome: 'refused', problem: 'APP_NOT_CONFIGURED' };
    }
    try {
      const { accessToken, expiresInSeconds } = await exchanged(deps.partnerApp, code);
      const kept = await keepClientToken(deps, subject, {
        accessToken,
        ...(expiresInSeconds === null
          ? {}
          : { expiresAt: new Date(deps.clock().getTime() + expiresInSeconds * 1000).toISOString() }),
      });
      return { outcome: 'stored', ...kept };
    } catch (error) {
      return withoutToken(error);
    }
  };
