import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SetUpError } from '../servers/set-up-error';

/** The tenant a launched Carryover works for. */
export const TENANT = 'demo';

/** Everything secret a launched Carryover needs; each is a file of mode 0600, made once and kept. */
export interface LaunchSecrets {
  readonly encryptionKeys: string;
  readonly backendKey: string;
  readonly supportKey: string;
  readonly uiPassword: string;
  /** What Meta shows when it asks for the webhook address. */
  readonly webhookVerifyToken: string;
  readonly files: {
    readonly apiKeys: string;
    readonly backendKey: string;
    readonly supportKey: string;
    readonly credentials: string;
    readonly uiPassword: string;
  };
}

const worldTokensSchema = z.object({
  partnerAppId: z.string(),
  apps: z.array(
    z.object({
      id: z.string(),
      secret: z.string(),
      configurations: z.array(z.object({ id: z.string() })).default([]),
    }),
  ),
  tokens: z.array(z.object({ name: z.string(), value: z.string() })),
});
/** What a partner knows of the practice platform: its own app and the access tokens it was given. */
export type WorldAccess = z.infer<typeof worldTokensSchema>;

export async function readWorldAccess(worldFile: string): Promise<WorldAccess> {
  return worldTokensSchema.parse(JSON.parse(await readFile(worldFile, 'utf8')));
}

/** The partner's app in the words of the environment table; `META_SIGNUP_CONFIG_ID` when it can open a signup. */
export function metaEnvironment(access: WorldAccess): Record<string, string> {
  const app = access.apps.find(({ id }) => id === access.partnerAppId);
  if (app === undefined) throw new SetUpError('The world has no app with the id in its partnerAppId.');
  const [configuration] = app.configurations;
  return {
    META_APP_ID: app.id,
    META_APP_SECRET: app.secret,
    ...(configuration === undefined ? {} : { META_SIGNUP_CONFIG_ID: configuration.id }),
  };
}

/** The popup of the practice platform, at the address where a browser reaches it. */
export const rehearsedSignup = (sandboxOrigin: string): Record<string, string> => ({
  META_SDK_URL: `${sandboxOrigin}/sandbox/sdk.js`,
  META_SIGNUP_ORIGINS: sandboxOrigin,
});

/** Makes what is missing in `folder` and answers with all of it. Credentials are the world's tokens under their own names. */
export async function ensureSecrets(folder: string, access: WorldAccess): Promise<LaunchSecrets> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = (name: string) => join(folder, name);
  const encryptionKeys = await keep(
    file('encryption-keys'),
    () => `k1:${randomBytes(32).toString('base64')}`,
  );
  const backendKey = await keep(file('backend-key'), () => newKey('backend'));
  const supportKey = await keep(file('support-key'), () => newKey('support'));
  const uiPassword = await keep(file('ui-password'), () => randomBytes(18).toString('base64url'));
  const webhookVerifyToken = await keep(file('webhook-verify-token'), () =>
    randomBytes(18).toString('base64url'),
  );
  const apiKeys = [
    { name: 'launcher-backend', tenant: TENANT, role: 'backend', sha256: sha256(backendKey) },
    { name: 'launcher-support', tenant: TENANT, role: 'support', sha256: sha256(supportKey) },
  ];
  const credentials = access.tokens.map(({ name, value }) => [`${TENANT}/${name}`, { accessToken: value }]);
  await writeSecret(file('api-keys.json'), JSON.stringify(apiKeys, null, 2));
  await writeSecret(file('credentials.json'), JSON.stringify(Object.fromEntries(credentials), null, 2));
  return {
    encryptionKeys,
    backendKey,
    supportKey,
    uiPassword,
    webhookVerifyToken,
    files: {
      apiKeys: file('api-keys.json'),
      backendKey: file('backend-key'),
      supportKey: file('support-key'),
      credentials: file('credentials.json'),
      uiPassword: file('ui-password'),
    },
  };
}

const newKey = (role: string) => `${role}_${randomBytes(32).toString('base64url')}`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const writeSecret = (path: string, content: string) => writeFile(path, content, { mode: 0o600 });

async function keep(path: string, make: () => string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const made = make();
    await writeFile(path, `${made}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  }
}
