/** Where a command reads and writes; a test hands in its own streams. */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable, type Readable } from 'node:stream';
import { UsageError } from './exit-codes';

export interface Terminal {
  input: Readable & { isTTY?: boolean };
  output: Writable & { isTTY?: boolean };
  errors: Writable;
  environment: Record<string, string | undefined>;
}

export const processTerminal = (): Terminal => ({
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  environment: process.env,
});

const readAll = async (input: Readable): Promise<string> => {
  let text = '';
  for await (const chunk of input) text += String(chunk);
  return text;
};

export const readText = async (terminal: Terminal, path: string): Promise<string> => {
  if (path === '-') return readAll(terminal.input);
  return readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} cannot be read`);
  });
};

export const readJson = async (terminal: Terminal, path: string): Promise<unknown> => {
  const text = await readText(terminal, path);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path === '-' ? 'standard input' : path} is not JSON`);
  }
};

/** Asks without showing what is typed. */
const ask = async (terminal: Terminal, question: string): Promise<string> => {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: terminal.input, output: silent, terminal: true });
  terminal.errors.write(question);
  try {
    return await lines.question('');
  } finally {
    lines.close();
    terminal.errors.write('\n');
  }
};

/**
 * A secret, from a file, from standard input or typed in: never from an argument, which everybody on the machine can
 * see in the list of processes.
 */
export const readSecret = async (
  terminal: Terminal,
  file: string | undefined,
  question: string,
): Promise<string> => {
  const isTyped = file === undefined && terminal.input.isTTY === true;
  const secret = (isTyped ? await ask(terminal, question) : await readText(terminal, file ?? '-')).trim();
  if (secret === '') throw new UsageError(`${question.replace(/:? *$/, '')}: nothing was given`);
  return secret;
};
