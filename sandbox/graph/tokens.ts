import type { Platform } from '../platform/platform';
import { appOf, tokenOf, wabaOf } from '../world/lookups';
import type { App, Token } from '../world/schema';
import { badToken, invalidParameter } from './errors';
import { requiredText, type Parameters } from './request';

const SIXTY_DAYS_MS = 60 * 86_400_000;
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

/** `GET /oauth/access_token`: the 30-second code of Embedded Signup becomes a business token (meta §2.1). */
export function exchangeCode(platform: Platform, parameters: Parameters): Record<string, unknown> {
  const app = appOf(platform.world, requiredText(parameters, 'client_id'));
  if (!app || app.secret !== requiredText(parameters, 'client_secret')) {
    throw invalidParameter('Error validating client secret.');
  }
  const code = requiredText(parameters, 'code');
  const issued = platform.state.signupCodes.find(
    (candidate) => candidate.code === code && candidate.appId === app.id,
  );
  if (!issued || issued.used)
    throw invalidParameter('This authorization code has been used or is not valid.');
  if (issued.expiresAt <= platform.now()) throw badToken(463, 'This authorization code has expired.');
  issued.used = true;
  const value = `EAA${platform.newId()}signup`;
  platform.world.tokens.push({
    name: `signup of ${issued.wabaId}`,
    value,
    kind: 'business',
    appId: app.id,
    userId: platform.newId(),
    businessId: issued.businessId,
    scopes: wabaScopes,
    targetIds: [issued.wabaId, issued.businessId],
    financialRole: false,
    issuedAt: platform.now(),
    expiresAt: platform.now() + SIXTY_DAYS_MS,
    revoked: false,
    locale: 'en_US',
  });
  platform.effect('token_issued', { waba: issued.wabaId, app: app.id });
  return { access_token: value, token_type: 'bearer', expires_in: SIXTY_DAYS_MS / 1000 };
}
