/** The rows as a table for a terminal, and as one for docs/reliability.md. */
import Table from 'cli-table3';
import type { Row } from './run';

const style = { head: [], border: [] };
const HEAD = ['part', 'what was tried', 'tried', 'held', 'broken', 'again', 'found', 'slowest', 'took'];
const NOTHING = '–';

const seconds = (ms: number | undefined): string =>
  ms === undefined ? NOTHING : `${(ms / 1000).toFixed(1)} s`;

/** A broken sentence stands for one case; a trial that did not come to an end has held nothing. */
const cellsOf = ({ part, name, outcome, seconds: took }: Row): string[] => {
  const broken = outcome.broken.length;
  if (outcome.leftOut !== undefined) return [part, `${name}: left out`, ...HEAD.slice(2).map(() => NOTHING)];
  return [
    part,
    name,
    String(outcome.tried),
    String(Math.max(0, outcome.tried - broken)),
    String(broken),
    String(outcome.repeated ?? NOTHING),
    String(outcome.adopted ?? NOTHING),
    seconds(outcome.slowestRecoveryMs),
    `${took.toFixed(0)} s`,
  ];
};

export const tableOf = (rows: readonly Row[]): string => {
  const table = new Table({ style, head: HEAD });
  for (const row of rows) table.push(cellsOf(row));
  return table.toString();
};

/** Every broken case, with what is needed to break it again. */
export const troubles = (rows: readonly Row[], seed: number): string =>
  rows
    .filter(({ outcome }) => outcome.broken.length > 0)
    .map(({ part, name, outcome, folder }) =>
      [
        `${part}: ${name} – make chaos ARGS="--seed ${String(seed)} --only ${part}", logs in ${folder}`,
        ...outcome.broken.map((sentence) => `  ${sentence}`),
      ].join('\n'),
    )
    .join('\n\n');

export const figuresLines = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ part, name, outcome }) =>
    Object.entries(outcome.figures ?? {}).map(
      ([what, value]) => `${part}, ${name}: ${what} ${String(value)}`,
    ),
  );

export const markdownTable = (rows: readonly Row[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(HEAD), line(HEAD.map(() => '---')), ...rows.map((row) => line(cellsOf(row)))].join('\n');
};
