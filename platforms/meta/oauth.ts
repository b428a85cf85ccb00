/**
 * Tokens that a client grants in Embedded Signup (meta §2.1). Meta's form of both calls puts secrets into the query, so
 * nothing here may be logged with its URL; the client logs names of calls only.
 */
import { z } from 'zod';
import { wabaIdSchema, type WabaId } from '../../shared/ids';
import type { GraphClient } from './graph-client';

const SCOPE = 'app';

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.number().positive().nullish().catch(null),
});

export interface ClientToken {
  accessToken: string;
  /** Seconds; null: not told (the standard template's tokens last 60 days, meta §2.1). */
  expiresInSeconds: number | null;
}

/**
 * `GET /oauth/access_token`: the popup's code, within 30 seconds, once. Needs no token. A lost reply may have used the
 * code up. Errors: SIGNUP_CODE_REFUSED, APP_SECRET_WRONG.
 */
export const exchangePopupCode = async (
  client: GraphClient,
  app: { id: string; secret: string },
  code: string,
): Promise<ClientToken> => {
  const answer = await client.get(
    'oauth/access_token',
    { client_id: app.id, client_secret: app.secret, code },
    tokenSchema,
    { scope: SCOPE, secrets: [app.secret, code], timeoutMs: 20_000 },
  );
  return { accessToken: answer.access_token, expiresInSeconds: answer.expires_in ?? null };
};

const grantSchema = z.looseObject({
  data: z.looseObject({
    is_valid: z.boolean().nullish(),
    /** Unix seconds; 0: never. */
    expires_at: z.number().nullish().catch(null),
    granular_scopes: z
      .array(z.looseObject({ scope: z.string(), target_ids: z.array(z.string()).nullish() }))
      .nullish()
      .catch(null),
  }),
});

export interface Grant {
  isValid: boolean;
  /** RFC 3339; null: it does not expire, or Meta does not say. */
  expiresAt: string | null;
  /** Accounts that the token may manage, newest first (meta §2.1). */
  wabaIds: WabaId[];
}

/** `GET /debug_token?input_token=` with a token of the same app. */
export const readGrant = async (client: GraphClient, token: string): Promise<Grant> => {
  const { data } = await client.get('debug_token', { input_token: token }, grantSchema, {
    scope: SCOPE,
    secrets: [token],
  });
  const managed = data.granular_scopes?.find(({ scope }) => scope === 'whatsapp_business_management');
  return {
    isValid: data.is_valid === true,
    expiresAt:
      data.expires_at === null || data.expires_at === undefined || data.expires_at === 0
        ? null
        : new Date(data.expires_at * 1000).toISOString(),
    wabaIds: (managed?.target_ids ?? []).flatMap((id) => {
      const parsed = wabaIdSchema.safeParse(id);
      return parsed.success ? [parsed.data] : [];
    }),
  };
};
