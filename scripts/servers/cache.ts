import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Folder shared by all checkouts of this user: `$XDG_CACHE_HOME/carryover` or `~/.cache/carryover`. */
export function cacheDirectory(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'carryover');
}

/** Where a binary of this version lives once it was fetched. */
export function cachedPath(executable: string, version: string): string {
  return join(cacheDirectory(), `${executable}-${version}-${process.platform}-${process.arch}`, executable);
}

export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/**
 * Fills the cache entry of `target` in one step: `fetch` works in a private folder and answers with the
 * binary's path there, which is then renamed into place. Two runs at once, or one that dies half-way, never
 * leave a partial binary behind.
 */
export async function installIntoCache(
  target: string,
  fetch: (workFolder: string) => Promise<string>,
): Promise<string> {
  const work = join(cacheDirectory(), `tmp-${String(process.pid)}-${randomBytes(4).toString('hex')}`);
  await mkdir(work, { recursive: true });
  try {
    const binary = await fetch(work);
    await chmod(binary, 0o755);
    await mkdir(dirname(target), { recursive: true });
    await rename(binary, target);
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
