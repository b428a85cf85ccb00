/** Where the product names rows of the references: in what it decides with, or in the comment of what does it. */
import ts from 'typescript';
import { parsed, rowsIn, sourcesUnder } from './rows-named';

export interface Mention {
  /** Path from the top of the project, with slashes. */
  file: string;
  /** `data`: a string of the code is the row, which tasks, checks and refusals carry; `comment`: a comment says so. */
  as: 'data' | 'comment';
}

const mentionsOf = (top: string, file: string): [string, Mention['as']][] => {
  const source = parsed(top, file);
  const found: [string, Mention['as']][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) for (const id of rowsIn(node.text)) found.push([id, 'data']);
    for (const { pos, end } of ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []) {
      for (const id of rowsIn(source.text.slice(pos, end))) found.push([id, 'comment']);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

/** By row, each file once, in the order of the files. */
export const mentionsIn = (
  top: string,
  folders: readonly string[],
): ReadonlyMap<string, readonly Mention[]> => {
  const byRow = new Map<string, Map<string, Mention>>();
  for (const file of folders.flatMap((folder) => sourcesUnder(top, folder))) {
    for (const [id, as] of mentionsOf(top, file)) {
      const known = byRow.get(id) ?? new Map<string, Mention>();
      if (as === 'data' || !known.has(file)) known.set(file, { file, as });
      byRow.set(id, known);
    }
  }
  return new Map([...byRow].map(([id, mentions]) => [id, [...mentions.values()]]));
};
