/**
 * The tests as the sources tell them: each with its titles, a table of `each` written out row by row as far as it is
 * literal, and with the codes that it asks for.
 */
import ts from 'typescript';
import { parsed, sourcesUnder } from './rows-named';

export interface ToldTest {
  /** Path from the top of the project, with slashes. */
  file: string;
  /** Of the describe blocks and of the test, outermost first. */
  titles: readonly string[];
  /** Words of its strings and of its row of a table, in upper case; what it says is absent is not among them. */
  words: ReadonlySet<string>;
  /** Those that it says of anything but an outcome, or the error of a step, whose codes findings may have too. */
  wordsOfNoError: ReadonlySet<string>;
}

const BLOCKS: readonly string[] = ['test', 'it', 'describe'];
const ABSENCE: readonly string[] = ['not', 'toBeUndefined', 'toBeNull', 'toBeFalsy'];

interface Block {
  kind: string;
  /** The table of `each`; absent: not a table. */
  table?: ts.Expression;
}

/** `test(…)`, `describe.skip(…)`, `test.each(…)(…)`: what it is, and its table. */
const blockOf = (callee: ts.Expression): Block | null => {
  if (ts.isIdentifier(callee)) return BLOCKS.includes(callee.text) ? { kind: callee.text } : null;
  if (ts.isPropertyAccessExpression(callee)) return blockOf(callee.expression);
  if (!ts.isCallExpression(callee)) return null;
  const inner = blockOf(callee.expression);
  const [table] = callee.arguments;
  return inner === null || table === undefined ? inner : { ...inner, table };
};

const plain = (node: ts.Expression): ts.Expression =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
    ? plain(node.expression)
    : node;

/** What a constant of the file is, the nearest of that name. */
const valueOf = (name: ts.Identifier): ts.Expression | null => {
  let scope: ts.Node = name;
  while (!ts.isSourceFile(scope)) {
    scope = scope.parent;
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    for (const { declarationList } of scope.statements.filter(ts.isVariableStatement)) {
      const found = declarationList.declarations.find((one) => one.name.getText() === name.text);
      if (found !== undefined) return found.initializer ?? null;
    }
  }
  return null;
};

/** The elements of a literal table, or of a constant that is one; none when it is computed. */
const elementsOf = (table: ts.Expression): readonly ts.Expression[] => {
  const node = plain(table);
  if (ts.isArrayLiteralExpression(node))
    return node.elements.flatMap((element) =>
      ts.isSpreadElement(element) ? elementsOf(element.expression) : [plain(element)],
    );
  const value = ts.isIdentifier(node) ? valueOf(node) : null;
  return value === null ? [] : elementsOf(value);
};

const literalOf = (node: ts.Expression): string | null =>
  ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) ? node.text : null;

/** `%s` in the order of the cells, `$name` by the name; what is no literal keeps its mark. */
const filled = (title: string, element: ts.Expression): string => {
  if (ts.isObjectLiteralExpression(element)) {
    const values = new Map(
      element.properties.flatMap((property) => {
        if (!ts.isPropertyAssignment(property)) return [];
        const value = literalOf(plain(property.initializer));
        return value === null ? [] : [[property.name.getText(), value] as const];
      }),
    );
    return title.replace(/\$(\w+)/g, (mark, name: string) => values.get(name) ?? mark);
  }
  const cells = ts.isArrayLiteralExpression(element) ? element.elements.map(plain) : [element];
  let place = 0;
  return title.replace(/%[sdifjop]/g, (mark) => {
    const cell = cells[place++];
    return (cell && literalOf(cell)) ?? mark;
  });
};

/** Of a template the parts that stand fast. */
const textOf = (node: ts.Expression | undefined): string | null => {
  if (node === undefined) return null;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
};

/** Asked for in a statement that says it is not there. */
const isOfAbsence = (literal: ts.Node): boolean => {
  let node: ts.Node = literal;
  while (!ts.isStatement(node)) {
    if (ts.isFunctionLike(node)) return false;
    if (
      ts.isCallExpression(node.parent) &&
      ts.isPropertyAccessExpression(node.parent.expression) &&
      namesIn(node.parent.expression).some((name) => ABSENCE.includes(name))
    )
      return true;
    node = node.parent;
  }
  return false;
};

/** `expect(x).not.toContain` → `toContain`, `not`. */
const namesIn = (node: ts.Expression): string[] => {
  if (ts.isPropertyAccessExpression(node)) return [node.name.text, ...namesIn(node.expression)];
  return ts.isCallExpression(node) ? namesIn(node.expression) : [];
};

const OUTCOMES: readonly string[] = ['outcome', 'endsAs'];

/** `{ outcome: … }`, and statements that speak of the error of a step. */
const isOfOutcomeOrError = (literal: ts.Node): boolean => {
  if (ts.isPropertyAssignment(literal.parent) && OUTCOMES.includes(literal.parent.name.getText()))
    return true;
  let node: ts.Node = literal;
  while (!ts.isStatement(node)) {
    if (ts.isFunctionLike(node.parent)) return false;
    node = node.parent;
  }
  return ts.isExpressionStatement(node) && /\b(?:errorOf|error)\b/.test(node.getText());
};

interface Word {
  text: string;
  ofNoError: boolean;
}

const wordsIn = (node: ts.Node): Word[] => {
  if (ts.isStringLiteralLike(node)) {
    if (isOfAbsence(node)) return [];
    const ofNoError = !isOfOutcomeOrError(node);
    return [...node.text.matchAll(/\w+/g)].map(([word]) => ({ text: word.toUpperCase(), ofNoError }));
  }
  const words: Word[] = [];
  ts.forEachChild(node, (child) => {
    words.push(...wordsIn(child));
  });
  return words;
};

interface Around {
  titles: readonly string[];
  words: readonly Word[];
}

const testsOf = (top: string, file: string): ToldTest[] => {
  const source = parsed(top, file);
  const told: ToldTest[] = [];
  const visit = (node: ts.Node, around: Around): void => {
    const block = ts.isCallExpression(node) ? blockOf(node.expression) : null;
    const [first, ...rest] = ts.isCallExpression(node) ? node.arguments : [];
    const title = textOf(first);
    if (block === null || title === null) {
      ts.forEachChild(node, (child) => {
        visit(child, around);
      });
      return;
    }
    const elements = block.table === undefined ? [] : elementsOf(block.table);
    const rounds: Around[] =
      elements.length === 0
        ? [{ titles: [...around.titles, title], words: around.words }]
        : elements.map((element) => ({
            titles: [...around.titles, filled(title, element)],
            words: [...around.words, ...wordsIn(element)],
          }));
    for (const round of rounds) {
      if (block.kind === 'describe') for (const body of rest) visit(body, round);
      else {
        const words = [...round.words, ...rest.flatMap((body) => wordsIn(body))];
        told.push({
          file,
          titles: round.titles,
          words: new Set(words.map(({ text }) => text)),
          wordsOfNoError: new Set(words.filter(({ ofNoError }) => ofNoError).map(({ text }) => text)),
        });
      }
    }
  };
  visit(source, { titles: [], words: [] });
  return told;
};

/** In the order of files and lines. */
export const testsIn = (top: string, folders: readonly string[]): readonly ToldTest[] =>
  folders
    .flatMap((folder) => sourcesUnder(top, folder))
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => testsOf(top, file));
