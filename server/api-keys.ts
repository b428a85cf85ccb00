/**
 * The API keys of `API_KEYS_FILE`. Only hashes stand there: a key is 32 random bytes or more, so a plain SHA-256 is
 * enough. The file is looked at on every request and read again when it changed, so a revoked key is refused at once.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
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

interface Seen {
  /** Changes with the file. */
  stamp: string;
  content: string;
}

/** Stamp and content of one and the same file, also while another is put in its place. */
const read = async (path: string): Promise<Seen> => {
  const file = await open(path);
  try {
    const { mtimeMs, size, ino } = await file.stat();
    return { stamp: stampOf({ mtimeMs, size, ino }), content: await file.readFile('utf8') };
  } finally {
    await file.close();
  }
};

const stampOf = ({ mtimeMs, size, ino }: Pick<Stats, 'mtimeMs' | 'size' | 'ino'>): string =>
  `${String(mtimeMs)}/${String(size)}/${String(ino)}`;

/** Compares with every key, always all of them, so that the time says nothing about which one was close. */
const match = (keys: readonly ApiKey[], presented: string): ApiKey | undefined => {
  const digest = createHash('sha256').update(presented).digest();
  return keys.filter((key) => timingSafeEqual(Buffer.from(key.sha256, 'hex'), digest)).at(-1);
};

/**
 * Runs of `act` follow each other, so that an older result never comes after a newer one. Whoever calls gets a run that
 * began after the call; all who call before it begins share it. `act` does not reject.
 */
const oneAfterAnother = (act: () => Promise<void>): (() => Promise<void>) => {
  let last = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    if (next !== undefined) return next;
    last = last.then(() => {
      next = undefined;
      return act();
    });
    next = last;
    return next;
  };
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
  const first = await read(path).catch(() => {
    throw new ConfigurationError(`API_KEYS_FILE ${path}: cannot be read`);
  });
  let keys = parse(path, first.content);
  /** Of the file that was looked into last, whether or not it was of use. */
  let { stamp } = first;
  const replace = async (): Promise<void> => {
    const seen = await read(path);
    ({ stamp } = seen);
    keys = parse(path, seen.content);
  };
  const readAgain = oneAfterAnother(() => replace().catch(onError));
  const refresh = async (): Promise<void> => {
    if (stampOf(await stat(path)) !== stamp) await readAgain();
  };
  return {
    find: async (key, now) => {
      await refresh().catch(onError);
      const found = match(keys, key);
      const expired = found?.expiresAt !== undefined && Date.parse(found.expiresAt) <= now.getTime();
      return expired ? undefined : found;
    },
  };
};
