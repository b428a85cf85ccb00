import { randomBytes } from 'node:crypto';
import type { Platform } from '../../platform/platform';
import type { SignupEvent, SignupResult, SignupSession } from '../../platform/signup-session';
import { configurationOf, recordsOf } from '../../world/lookups';
import type { NumberRecord, Waba } from '../../world/schema';
import { scheduleTemplateCopy } from '../announcement';
import { shareAccount, tellAccountAdded } from '../partner-access';
import { accountFor, recordOfSession } from './number';
import { accountOfSession, appOfSession, appsGranted } from './portfolio';

/** The popup's code lives 30 seconds (meta §2.1). */
const CODE_LIVES_MS = 30_000;

/** The last button: the partner gets the account, the browser the ids and the code (meta §2.1, §2.2). */
export function grant(platform: Platform, session: SignupSession, codeAgeMs = 0): SignupResult {
  const waba = accountFor(platform, session);
  const record = recordOfSession(platform, session);
  const apps = appsGranted(platform, session);
  if (session.solutionId !== null) waba.solutionId = session.solutionId;
  shareAccount(platform, waba, apps);
  tellAccountAdded(platform, waba, apps);
  if (record?.migrating === true) letGo(platform, record);
  platform.effect(
    'act',
    { waba: waba.id, business: waba.businessId, app: session.appId },
    { act: 'complete-signup' },
  );
  const { event, data } = finished(session, waba, record);
  const { code, expiresAt } = issueCode(platform, session, waba, codeAgeMs);
  return close(session, {
    message: session.tellsMessage ? { type: 'WA_EMBEDDED_SIGNUP', event, version: 3, data } : null,
    code,
    codeExpiresAt: expiresAt,
  });
}

/** What ES does to the old side: nothing until `register`, or silence from here on (meta §1.7, knob `sourceOutage`). */
function letGo(platform: Platform, record: NumberRecord): void {
  const { knobs } = platform.world;
  const sources = recordsOf(platform.world, record.subscriberId).filter(
    (other) => other !== record && !other.vanished && other.status === 'CONNECTED',
  );
  for (const source of sources) {
    if (knobs.sourceOutage === 'at_announcement') source.live = false;
    if (knobs.autoTemplateCopy === 'at_announcement') {
      scheduleTemplateCopy(platform, source.wabaId, record.wabaId);
    }
  }
}

function finished(
  session: SignupSession,
  waba: Waba,
  record: NumberRecord | null,
): { event: SignupEvent; data: Record<string, unknown> } {
  if (session.featureType === 'whatsapp_business_app_onboarding') {
    return { event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', data: { waba_id: waba.id } };
  }
  const account = { waba_id: waba.id, business_id: waba.businessId };
  if (!record) return { event: 'FINISH_ONLY_WABA', data: account };
  const assets = { ad_account_ids: [], page_ids: [], dataset_ids: [] };
  return { event: 'FINISH', data: { phone_number_id: record.id, ...account, ...assets } };
}

function issueCode(
  platform: Platform,
  session: SignupSession,
  waba: Waba,
  ageMs: number,
): { code: string; expiresAt: number } {
  const code = `AQ${randomBytes(48).toString('base64url')}`;
  const expiresAt = platform.now() + CODE_LIVES_MS - ageMs;
  const configuration =
    session.configurationId === null
      ? null
      : configurationOf(appOfSession(platform, session), session.configurationId);
  platform.state.signupCodes.push({
    id: `grant_${String(platform.count('grant'))}`,
    code,
    expiresAt,
    wabaId: waba.id,
    businessId: waba.businessId,
    appId: session.appId,
    permissions: configuration?.permissions ?? [
      'whatsapp_business_management',
      'whatsapp_business_messaging',
    ],
    tokenDays: configuration ? configuration.tokenDays : 60,
    used: false,
  });
  return { code, expiresAt };
}

/** The window is closed: `CANCEL` says on which screen; before the first one nothing is told (meta §2.1). */
export function leave(platform: Platform, session: SignupSession): SignupResult {
  shareAbandoned(platform, session);
  const told = session.tellsMessage && session.step !== 'LOGIN';
  return close(session, {
    message: told ? cancelled({ current_step: session.step }) : null,
    code: null,
    codeExpiresAt: null,
  });
}

/** The client reports the error on the screen and closes (meta §2.1, second `CANCEL`). */
export function report(platform: Platform, session: SignupSession): SignupResult {
  shareAbandoned(platform, session);
  const { refusal } = session;
  const data = {
    error_message: refusal?.text ?? 'An unknown error has occurred.',
    error_id: refusal?.errorId ?? '524100',
    session_id: session.id,
    timestamp: String(Math.floor(platform.now() / 1000)),
  };
  return close(session, {
    message: session.tellsMessage ? cancelled(data) : null,
    code: null,
    codeExpiresAt: null,
  });
}

const cancelled = (data: Readonly<Record<string, unknown>>): SignupResult['message'] => ({
  type: 'WA_EMBEDDED_SIGNUP',
  event: 'CANCEL',
  version: 3,
  data,
});

/** An account made in a popup that was given up stays with its owner; whether the partner sees it is a knob (E1). */
function shareAbandoned(platform: Platform, session: SignupSession): void {
  const waba = accountOfSession(platform, session);
  const made = waba !== null && waba.sharedWith.length === 0;
  if (!made || platform.world.knobs.signupAbandonedAccount === 'unshared') return;
  shareAccount(platform, waba, [appOfSession(platform, session)]);
}

function close(session: SignupSession, result: SignupResult): SignupResult {
  session.result = result;
  session.step = 'CLOSED';
  return result;
}
