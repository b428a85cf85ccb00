import type { IncomingHttpHeaders } from 'node:http';
import type { Platform } from '../platform/platform';
import { appOf, tokenOf } from '../world/lookups';
import type { App, Token } from '../world/schema';
import { badToken, GraphError } from './errors';
import { text, type Parameters } from './request';

/** The token as sent: `Authorization: Bearer`, or the `access_token` parameter. */
export function bearer(headers: IncomingHttpHeaders, parameters: Parameters): string | null {
  const match = /^(?:Bearer|OAuth) (.+)$/i.exec(headers.authorization ?? '');
  return match?.[1]?.trim() ?? text(parameters, 'access_token');
}

/** First of all checks (meta §12.3). @throws GraphError 104 (no token), 190 (unknown, expired, revoked). */
export function authenticate(platform: Platform, value: string | null): Token {
  if (value === null) {
    throw new GraphError({
      status: 400,
      code: 104,
      message: '(#104) An access token is required to request this resource.',
    });
  }
  const token = tokenOf(platform.world, value);
  if (!token) throw badToken(467, 'Invalid OAuth access token - Cannot parse access token');
  if (token.revoked) throw badToken(460, 'Error validating access token: The session has been invalidated.');
  if (token.expiresAt !== null && token.expiresAt <= platform.now()) {
    throw badToken(463, 'Error validating access token: Session has expired.');
  }
  return token;
}

/** `app-id|app-secret`, the token of an app itself. */
export function appOfToken(platform: Platform, value: string): App | null {
  const [id, secret] = value.split('|');
  if (id === undefined || secret === undefined) return null;
  const app = appOf(platform.world, id);
  return app !== null && app.secret === secret ? app : null;
}
