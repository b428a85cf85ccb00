import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const FILES = ['scripts/bootstrap.sh', 'scripts/up-to-date.mjs', 'package.json', 'package-lock.json'];
/** What the script itself runs beside node and npm. */
const TOOLS = ['bash', 'sh', 'dirname', 'uname', 'mkdir', 'flock', 'tail', 'grep', 'rm', 'cat'];

let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'carryover-bootstrap-'));
  for (const folder of ['scripts', 'bin']) mkdirSync(join(checkout, folder));
  for (const file of [...FILES, 'tsconfig.build.json']) copyFileSync(join(ROOT, file), join(checkout, file));
  for (const tool of TOOLS) symlinkSync(pathOf(tool), join(checkout, 'bin', tool));
});

afterEach(() => {
  rmSync(checkout, { recursive: true });
});

const pathOf = (tool: string) =>
  spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();

/** A program on the PATH of the checkout. */
function put(name: string, script: string): void {
  const path = join(checkout, 'bin', name);
  rmSync(path, { force: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const realNode = () => {
  put('node', `exec '${process.execPath}' "$@"`);
};

function bootstrap(): { code: number | null; said: string; printed: string } {
  const { status, stderr, stdout } = spawnSync('bash', [join(checkout, 'scripts', 'bootstrap.sh')], {
    encoding: 'utf8',
    env: { PATH: join(checkout, 'bin') },
  });
  return { code: status, said: stderr.trim(), printed: stdout };
}

test('without Node.js it says which version to install', () => {
  expect(bootstrap()).toMatchObject({
    code: 1,
    said: 'carryover: Node.js is missing: install version 20.19 or newer (https://nodejs.org).',
  });
});

test('with a Node.js that is too old it says which version to install', () => {
  put('npm', '');
  put('node', 'case "$1" in --version) echo v18.20.0 ;; *) exit 1 ;; esac');
  expect(bootstrap()).toMatchObject({
    code: 1,
    said: 'carryover: Node.js v18.20.0 is too old: install version 20.19 or newer (https://nodejs.org).',
  });
});

test('on a system with musl it says which image to use', () => {
  put('npm', '');
  put('node', 'case "$2" in *glibcVersionRuntime*) exit 1 ;; esac');
  put('uname', 'echo Linux');
  expect(bootstrap().said).toMatch(/^carryover: this system has musl .* use a Debian or Ubuntu based image/);
});

test('without network it says so instead of showing a stack', () => {
  realNode();
  put('npm', 'echo "npm error code ENOTFOUND" >&2; exit 1');
  const { code, said } = bootstrap();
  expect(code).toBe(1);
  expect(said).toMatch(
    /carryover: the npm registry could not be reached: connect this machine to the network/,
  );
});

test('what is installed and built already is not installed and built again', () => {
  realNode();
  put(
    'npm',
    `case "$1" in
       ci) mkdir -p node_modules && cat package-lock.json >node_modules/.package-lock.json ;;
       run) mkdir -p dist ;;
     esac`,
  );
  expect(bootstrap()).toMatchObject({
    code: 0,
    said: '',
    printed: 'Installing packages (npm ci) …\nBuilding …\n',
  });
  expect(bootstrap()).toMatchObject({ code: 0, said: '', printed: '' });
  writeFileSync(join(checkout, 'tsconfig.build.json'), '{ "include": [] }');
  expect(bootstrap()).toMatchObject({ code: 0, printed: 'Building …\n' });
});
