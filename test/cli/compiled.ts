/** The command line as programs meet it: compiled, in a process of its own. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { transformFile } from '@swc/core';
import { atEndOfFile } from '../support/after-each-file';

const ROOT = resolve(__dirname, '..', '..');
/** What the command line may import; the linter holds it to this. */
const ROOMS = ['cli', 'client', 'shared'];

const sourcesOf = async (room: string): Promise<string[]> => {
  const entries = await readdir(join(ROOT, room), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
};

/** Path of the compiled entry; beside `node_modules`, so that it finds its libraries. */
export const compileCli = async (): Promise<string> => {
  await mkdir(join(ROOT, '.carryover'), { recursive: true });
  const folder = await mkdtemp(join(ROOT, '.carryover', 'test-cli-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  for (const source of (await Promise.all(ROOMS.map(sourcesOf))).flat()) {
    const target = join(folder, relative(ROOT, source).replace(/\.ts$/, '.js'));
    const { code } = await transformFile(source, {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs', ignoreDynamic: true },
    });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code);
  }
  return join(folder, 'cli', 'main.js');
};

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export const runCli = (
  entry: string,
  args: readonly string[],
  {
    environment = {},
    input = '',
    onOutput = () => undefined,
  }: {
    environment?: Record<string, string>;
    input?: string;
    /** All that it has said so far, whenever it says more. */
    onOutput?: (out: string) => void;
  } = {},
): Promise<Ran> =>
  new Promise((ended, failed) => {
    const child = spawn(process.execPath, [entry, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
    });
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      ran.out += chunk.toString();
      onOutput(ran.out);
    });
    child.stderr.on('data', (chunk: Buffer) => (ran.err += chunk.toString()));
    child.on('error', failed);
    child.on('close', (code) => {
      ended({ ...ran, code });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
