import { randomBytes } from 'node:crypto';
import { forgets } from '../behaviour/announcement';
import { businessesBehind } from '../behaviour/partner-access';
import type { Platform } from '../platform/platform';
import { appOf, tokenOf, wabaOf } from '../world/lookups';
import { tokenSchema, type App, type Token } from '../world/schema';
import { GraphError, invalidParameter } from './errors';
import { requiredText, type Parameters } from './request';

const DAY_MS = 86_400_000;
const wabaScopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** `GET /debug_token?input_token=` with a token of the same app; the newest WABA stands first (meta §2.1). */
export function debugToken(platform: Platform, asker: App, parameters: Parameters): Record<string, unknown> {
  const token = tokenOf(platform.world, requiredText(parameters, 'input_token'));
  if (!token) {
    const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
    return { data: { error, is_valid: false, scopes: [] } };
  }
  if (token.appId !== asker.id)
    throw invalidParameter('The access token and the input token must be of the same app');
  const valid = !token.revoked && (token.expiresAt === null || token.expiresAt > platform.now());
  return {
    data: {
      app_id: token.appId,
      type: token.kind === 'system' ? 'SYSTEM_USER' : 'USER',
      application: asker.name,
      data_access_expires_at: 0,
      expires_at: seconds(token.expiresAt),
      is_valid: valid,
      issued_at: seconds(token.issuedAt),
      scopes: token.scopes,
      granular_scopes: token.scopes.map((scope) => ({
        scope,
        target_ids: targetsOf(platform, token, scope),
      })),
      user_id: token.userId,
    },
  };
}

const seconds = (instant: number | null): number => Math.floor((instant ?? 0) / 1000);

function targetsOf(platform: Platform, token: Token, scope: string): string[] {
  const wabas = token.targetIds
    .map((id) => wabaOf(platform.world, id))
    .filter((waba) => waba !== null)
    .sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
    .map((waba) => waba.id);
  return wabaScopes.includes(scope) ? wabas : token.targetIds.filter((id) => !wabas.includes(id));
}

/**
 * `GET /oauth/access_token`: the 30-second code of Embedded Signup becomes a business token (meta §2.1). Meta's pages on
 * WhatsApp give no errors for it; these are the ones of Facebook Login as programs in public report them (UNVERIFIED here).
 */
export function exchangeCode(platform: Platform, parameters: Parameters): Record<string, unknown> {
  const app = appOf(platform.world, requiredText(parameters, 'client_id'));
  if (!app) throw loginError(101, null, 'Error validating application. Invalid application ID.');
  if (app.secret !== requiredText(parameters, 'client_secret')) {
    throw loginError(1, null, 'Error validating client secret.');
  }
  const code = requiredText(parameters, 'code');
  const issued = platform.state.signupCodes.find(
    (candidate) => candidate.code === code && candidate.appId === app.id,
  );
  if (!issued) throw loginError(100, 36_009, 'Invalid verification code format.');
  if (issued.used && !forgets(platform, 'signup_code')) {
    throw loginError(100, 36_009, 'This authorization code has been used.');
  }
  if (issued.expiresAt <= platform.now()) {
    throw loginError(100, 36_007, 'This authorization code has expired.');
  }
  issued.used = true;
  const token = issueBusinessToken(platform, app, issued.businessId, {
    name: `signup of ${issued.wabaId}`,
    scopes: issued.permissions,
    days: issued.tokenDays,
  });
  platform.effect('token_issued', { waba: issued.wabaId, app: app.id, grant: issued.id });
  return {
    access_token: token.value,
    token_type: 'bearer',
    ...(issued.tokenDays === null ? {} : { expires_in: (issued.tokenDays * DAY_MS) / 1000 }),
  };
}

const loginError = (code: number, subcode: number | null, message: string): GraphError =>
  new GraphError({ status: 400, code, message, ...(subcode === null ? {} : { subcode }) });

/** A token of an app for one client: it reaches every account of that client the app has been given (meta §2.1). */
export function issueBusinessToken(
  platform: Platform,
  app: App,
  businessId: string,
  asked: { readonly name: string; readonly scopes: readonly string[]; readonly days: number | null },
): Token {
  const { world } = platform;
  const partners = businessesBehind(world, app);
  const shared = world.wabas.filter(
    (waba) => waba.businessId === businessId && waba.sharedWith.some((id) => partners.includes(id)),
  );
  const token = tokenSchema.parse({
    name: asked.name,
    value: `EAA${randomBytes(60).toString('base64url')}`,
    kind: 'business',
    appId: app.id,
    userId: platform.newId(),
    businessId,
    scopes: [...asked.scopes],
    targetIds: [...shared.map((waba) => waba.id), businessId],
    issuedAt: platform.now(),
    expiresAt: asked.days === null ? null : platform.now() + asked.days * DAY_MS,
  });
  world.tokens.push(token);
  return token;
}
