import { invalidParameter, noSuchField } from './errors';

/** One entry of `fields=`: `name`, `name{sub,sub}`, `name.modifier(argument)`. */
export interface FieldRequest {
  readonly name: string;
  readonly modifiers: Readonly<Record<string, string>>;
  readonly sub: readonly FieldRequest[] | null;
}

/** Parses `id,owner_business_info{id},pricing_analytics.start(1).end(2)`. @throws GraphError 100 on bad syntax. */
export function parseFields(source: string): FieldRequest[] {
  return splitTop(source).map(parseOne);
}

function parseOne(source: string): FieldRequest {
  const match = /^([a-z_0-9]+)/i.exec(source);
  const name = match?.[1];
  if (name === undefined) throw invalidParameter(`Syntax error in fields near "${source}"`);
  const modifiers: Record<string, string> = {};
  let sub: FieldRequest[] | null = null;
  let rest = source.slice(name.length);
  while (rest !== '') {
    const modifier = /^\.([a-z_]+)\(/i.exec(rest);
    if (modifier?.[1] !== undefined) {
      const end = closing(rest, modifier[0].length - 1, '(', ')');
      modifiers[modifier[1]] = rest.slice(modifier[0].length, end);
      rest = rest.slice(end + 1);
    } else if (rest.startsWith('{')) {
      const end = closing(rest, 0, '{', '}');
      sub = parseFields(rest.slice(1, end));
      rest = rest.slice(end + 1);
    } else {
      throw invalidParameter(`Syntax error in fields near "${rest}"`);
    }
  }
  return { name, modifiers, sub };
}

function splitTop(source: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of source) {
    if ('({['.includes(character)) depth += 1;
    if (')}]'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else {
      part += character;
    }
  }
  parts.push(part.trim());
  return parts.filter((candidate) => candidate !== '');
}

function closing(source: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let index = from; index < source.length; index += 1) {
    if (source[index] === open) depth += 1;
    if (source[index] === close) depth -= 1;
    if (depth === 0) return index;
  }
  throw invalidParameter('Syntax error in fields: missing bracket');
}

/** How each field of a node type is read; `undefined` leaves a field out, as the platform does with empty ones. */
export type FieldTable<T> = Readonly<Record<string, (object: T, request: FieldRequest) => unknown>>;

/**
 * Reads the chosen fields, `id` always with them.
 *
 * @throws GraphError 100 "nonexisting field" for a name the node type does not have.
 */
export function selectFields<T>(
  object: T,
  table: FieldTable<T>,
  requested: string | null,
  defaults: readonly string[],
  nodeType: string,
): Record<string, unknown> {
  const requests =
    requested === null
      ? defaults.map((name): FieldRequest => ({ name, modifiers: {}, sub: null }))
      : parseFields(requested);
  const answer: Record<string, unknown> = {};
  for (const request of withId(requests)) {
    const read = Object.hasOwn(table, request.name) ? table[request.name] : undefined;
    if (!read) throw noSuchField(request.name, nodeType);
    const value = read(object, request);
    if (value !== undefined) answer[request.name] = narrowed(value, request.sub);
  }
  return answer;
}

function withId(requests: readonly FieldRequest[]): readonly FieldRequest[] {
  if (requests.some((request) => request.name === 'id')) return requests;
  return [...requests, { name: 'id', modifiers: {}, sub: null }];
}

function narrowed(value: unknown, sub: readonly FieldRequest[] | null): unknown {
  if (sub === null || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const wanted = new Set([...sub.map((request) => request.name), 'id']);
  return Object.fromEntries(Object.entries(value).filter(([name]) => wanted.has(name)));
}
