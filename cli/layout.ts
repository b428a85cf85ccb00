/** How answers are laid out for a terminal of the usual 80 columns. */
import Table from 'cli-table3';

const BORDERLESS = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

export type Cell = string | number | null | undefined;

/** Control characters of somebody else's words must not reach a terminal. */
const textOf = (cell: Cell): string => String(cell ?? '–').replace(/\p{Cc}+/gu, ' ');

export const table = (head: readonly string[], rows: readonly (readonly Cell[])[], none: string): string => {
  if (rows.length === 0) return none;
  const shown = new Table({ ...BORDERLESS, head: head.map((title) => title.toUpperCase()) });
  shown.push(...rows.map((row) => row.map(textOf)));
  return shown.toString().replace(/ +$/gm, '');
};

/** What a terminal of the usual 80 columns shows without breaking words. */
const WIDTH = 78;

/** Prose of any length, below what it is about. */
export const prose = (text: string): string =>
  textOf(text)
    .split(/ +/)
    .reduce<string[]>((lines, word) => {
      const line = lines.at(-1) ?? '';
      if (line !== '' && line.length + 1 + word.length <= WIDTH - 2) return lines.with(-1, `${line} ${word}`);
      return [...lines, word];
    }, [])
    .map((line) => `  ${line}`)
    .join('\n');

/** Several things of which each has sentences to say: a line of facts, then the sentences. */
export const blocks = (given: readonly { facts: readonly Cell[]; say: readonly string[] }[]): string =>
  given
    .map(({ facts, say }) => [facts.map(textOf).filter(Boolean).join('  '), ...say.map(prose)].join('\n'))
    .join('\n');

/** A titled part; nothing when there is nothing to say. */
export const section = (title: string, body: string): string[] =>
  body === '' ? [] : [`\n${title}\n${body}`];
