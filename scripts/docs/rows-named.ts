/** Rows of the references that a text names, and the sources they are looked for in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** `R19–R31` names a span and shows nothing about either end. */
const SPAN = /\b([REP]-?\d+)\s?(?:–|-|to|bis)\s?([REP]-?\d+)\b/g;
const ROW = /(?<![\w-])(R(?:[1-9]|[1-4]\d|50)|E[1-8]|P-(?:[1-9]|1\d|2[01]))(?![\w-])/g;

/** Each row once, in the order of the text. */
export const rowsIn = (text: string): string[] => [
  ...new Set([...text.replace(SPAN, '').matchAll(ROW)].flatMap(([, id]) => (id === undefined ? [] : [id]))),
];

/** Paths of the TypeScript files under a folder, from the top of the project, sorted. */
export const sourcesUnder = (top: string, folder: string): string[] =>
  readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1))
    .sort();

export const parsed = (top: string, file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(join(top, file), 'utf8'), ts.ScriptTarget.Latest, true);
