/** Where rows of the references are named in the sources: by the code that serves them, and by the tests that show them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Mention {
  /** Path from the top of the project, with slashes. */
  file: string;
  /** Titles of the describe and test blocks around it, outermost first; empty outside of tests. */
  titles: readonly string[];
}

/** `R19–R31` names a span and shows nothing about either end. */
const SPAN = /\b([REP]-?\d+)\s?(?:–|-|to|bis)\s?([REP]-?\d+)\b/g;
const ROW = /(?<![\w-])(R(?:[1-9]|[1-4]\d|50)|E[1-8]|P-(?:[1-9]|1\d|2[01]))(?![\w-])/g;

const rowsIn = (text: string): string[] =>
  [...text.replace(SPAN, '').matchAll(ROW)].flatMap(([, id]) => (id === undefined ? [] : [id]));

const filesUnder = (top: string, folder: string): string[] =>
  readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1));

const BLOCKS: readonly string[] = ['test', 'it', 'describe'];

/** `test`, `test.each(…)`, `describe.each(…)`: the name that stands first. */
const blockOf = (callee: ts.Expression): string => {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return blockOf(callee.expression);
  return '';
};

const titleOf = (node: ts.Node): string | null => {
  if (!ts.isCallExpression(node) || !BLOCKS.includes(blockOf(node.expression))) return null;
  const [title] = node.arguments;
  return title !== undefined && ts.isStringLiteralLike(title) ? title.text : null;
};

/** Every mention in comments and strings of a file, with the tests around it. */
const mentionsOf = (top: string, file: string): [string, Mention][] => {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(top, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: [string, Mention][] = [];
  const visit = (node: ts.Node, around: readonly string[]): void => {
    const title = titleOf(node);
    const titles = title === null ? around : [...around, title];
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      for (const id of rowsIn(node.text)) found.push([id, { file, titles }]);
    }
    for (const { pos, end } of ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []) {
      for (const id of rowsIn(source.text.slice(pos, end))) found.push([id, { file, titles: around }]);
    }
    ts.forEachChild(node, (child) => {
      visit(child, titles);
    });
  };
  visit(source, []);
  return found;
};

/** Mentions by row, without repetition, in the order of the files. */
export const mentionsIn = (
  top: string,
  folders: readonly string[],
): ReadonlyMap<string, readonly Mention[]> => {
  const byRow = new Map<string, Map<string, Mention>>();
  for (const file of folders.flatMap((folder) => filesUnder(top, folder)).sort()) {
    for (const [id, mention] of mentionsOf(top, file)) {
      const known = byRow.get(id) ?? new Map<string, Mention>();
      known.set([mention.file, ...mention.titles].join('\n'), mention);
      byRow.set(id, known);
    }
  }
  return new Map([...byRow].map(([id, mentions]) => [id, [...mentions.values()]]));
};
