/** docs/reliability.md: the promises as the parts state them, and the figures of a run, between markers. */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PROJECT_ROOT } from '../scripts/launch/project';
import { PARTS } from './parts';
import { figuresLines, markdownTable } from './report';
import type { Row } from './run';

export const RELIABILITY_PAGE = join(PROJECT_ROOT, 'docs', 'reliability.md');

const between = (name: string): RegExp =>
  new RegExp(`(<!-- ${name}: made by make chaos -->\n)[\\s\\S]*?(<!-- end of ${name} -->)`);

const replaced = (page: string, name: string, text: string): string => {
  if (!between(name).test(page)) throw new Error(`docs/reliability.md has no place for the ${name}`);
  return page.replace(between(name), (_whole, start: string, end: string) => `${start}\n${text}\n\n${end}`);
};

/** What each part promises and how it is tried. */
export const promises = (): string =>
  PARTS.map(({ name, promise, how }) => `- **${name}**: ${promise} ${how}`).join('\n');

const machine = (): string => {
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return `${String(cpus().length)} cores, ${String(gigabytes)} GB, Node ${process.versions.node}`;
};

export interface Run {
  rows: readonly Row[];
  seed: number;
  tookMs: number;
}

/** The page with the present promises, and with the figures of the run when there is one. */
export const pageWith = (page: string, run: Run | null): string => {
  const told = replaced(page, 'promises', promises());
  if (run === null) return told;
  const { rows, seed, tookMs } = run;
  const minutes = (tookMs / 60_000).toFixed(1);
  const head = `Seed ${String(seed)}, ${minutes} minutes, ${new Date().toISOString().slice(0, 10)}, ${machine()}.`;
  const more = figuresLines(rows).map((line) => `- ${line}`);
  const figures = [head, markdownTable(rows), ...(more.length === 0 ? [] : [more.join('\n')])];
  return replaced(told, 'figures', figures.join('\n\n'));
};

export const writeFigures = async (run: Run): Promise<void> => {
  const page = pageWith(await readFile(RELIABILITY_PAGE, 'utf8'), run);
  const style = await resolveConfig(RELIABILITY_PAGE);
  await writeFile(RELIABILITY_PAGE, await format(page, { ...style, filepath: RELIABILITY_PAGE }));
};
