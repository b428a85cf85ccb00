/**
 * The API keys of `API_KEYS_FILE`. Only hashes stand there: a key is 32 random bytes or more, so a plain SHA-256 is
 * enough. The file is looked at on every request and read again when it changed, so a revoked key is refused at once.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigurationError } from '../shared/config';

export const ROLES = ['backend', 'support', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const apiKeySchema = z.strictObject({
  /** The person or program; stands in the audit trail. */
  name: z.string().min(1).max(100),
  tenant: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  role: z.enum(ROLES),
  /** Hexadecimal SHA-256 of the key. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/i),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
const apiKeysSchema = z.array(apiKeySchema);
export type ApiKey = z.infer<typeof apiKeySchema>;

export interface ApiKeys {
  /** The unexpired key record that `key` belongs to. */
  find(key: string, now: Date): Promise<ApiKey | undefined>;
}

const parse = (path: string, content: string): ApiKey[] => {
  try {
    return apiKeysSchema.parse(JSON.parse(content));
  } catch (error) {
    const where =
      error instanceof z.ZodError ? error.issues.map((issue) => issue.path.join('.')).join(', ') : 'not JSON';
    throw new ConfigurationError(
      `API_KEYS_FILE ${path}: a list of {name, tenant, role, sha256, expiresAt?} was expected (${where})`,
    );
  }
};

const read = async (path: string): Promise<{ stamp: string; keys: ApiKey[] }> => {
  const { mtimeMs, size, ino } = await stat(path);
  return {
    stamp: `${String(mtimeMs)}/${String(size)}/${String(ino)}`,
    keys: parse(path, await readFile(path, 'utf8')),
  };
};

/** Compares with every key, always all of them, so that the time says nothing about which one was close. */
const match = (keys: readonly ApiKey[], presented: string): ApiKey | undefined => {
  const digest = createHash('sha256').update(presented).digest();
  return keys.filter((key) => timingSafeEqual(Buffer.from(key.sha256, 'hex'), digest)).at(-1);
};

/**
 * Opens the file; a mistake in it at this point is a `ConfigurationError`. A mistake made later is reported through
 * `onError` and the keys read last stay in force, because a half-written file must not lock everybody out.
 */
export const openApiKeys = async (
  path: string | undefined,
  onError: (error: unknown) => void,
): Promise<ApiKeys> => {
  if (path === undefined)
    throw new ConfigurationError('API_KEYS_FILE: the path of the list of API keys was expected');
  let current = await read(path).catch((error: unknown) => {
    throw error instanceof ConfigurationError
      ? error
      : new ConfigurationError(`API_KEYS_FILE ${path}: cannot be read`);
  });
  let latest = { stamp: current.stamp, read: Promise.resolve() };
  const refresh = async (): Promise<void> => {
    const { mtimeMs, size, ino } = await stat(path);
    const stamp = `${String(mtimeMs)}/${String(size)}/${String(ino)}`;
    if (stamp === current.stamp) return;
    if (stamp !== latest.stamp) {
      const replace = async (): Promise<void> => {
        current = await read(path);
      };
      latest = { stamp, read: replace().catch(onError) };
    }
    // Whoever asks while another request reads the changed file waits for it: a revoked key must not slip through.
    await latest.read;
  };
  return {
    find: async (key, now) => {
      await refresh().catch(onError);
      const found = match(current.keys, key);
      const expired = found?.expiresAt !== undefined && Date.parse(found.expiresAt) <= now.getTime();
      return expired ? undefined : found;
    },
  };
};
