/** Zod issues as the `errors` of a problem: all of them, each with its place, what was expected and what came. */
import { z } from 'zod';
import type { FieldError } from '../shared/answers';
import { HttpProblem, type ProblemCode } from './problems';
import { kindText, pointerOf, receivedText } from './received';

/** A hostile body may be wrong in ten thousand places; a person reads the first hundred. */
const MOST_ERRORS = 100;

const TYPE_NAMES: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';

const oneOf = (values: readonly unknown[]): string =>
  `${values.length > 1 ? 'one of ' : ''}${values.map((value) => JSON.stringify(value)).join(', ')}`;

/** Zod's error map: the `message` of an issue becomes the phrase after "expected". A schema's own message wins. */
const expectedText: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}${unitOf(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'regex' ? 'another form' : `a valid ${issue.format}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? oneOf(issue.options) : 'another form';
    default:
      return 'another value';
  }
};

export const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    data,
  );

/** What was expected at a place of the body, beside what came. */
export const errorAt = (data: unknown, path: readonly PropertyKey[], expected: string): FieldError => ({
  pointer: pointerOf(path),
  expected,
  received: receivedText(String(path.at(-1) ?? ''), valueAt(data, path)),
});

/**
 * What was sent is repeated only where the request has such a field and a value of its type stood there: a body that is
 * a bare string, and a field nobody knows, may be a code or a token by any name.
 */
const errorOf = (data: unknown, issue: z.core.$ZodIssue): FieldError => {
  const isOfAnotherType = issue.code === 'invalid_type' && issue.expected !== 'int';
  return isOfAnotherType || issue.path.length === 0
    ? unrepeated(data, issue.path, issue.message)
    : errorAt(data, issue.path, issue.message);
};

const unrepeated = (data: unknown, path: readonly PropertyKey[], expected: string): FieldError => ({
  pointer: pointerOf(path),
  expected,
  received: kindText(valueAt(data, path)),
});

/** Every place at which `data` does not fit, and the value when there is none. */
export const check = <S extends z.ZodType>(
  schema: S,
  data: unknown,
): { value: z.output<S>; errors: [] } | { value: undefined; errors: FieldError[] } => {
  const parsed = schema.safeParse(data, { error: expectedText });
  if (parsed.success) return { value: parsed.data, errors: [] };
  const errors = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unrepeated(data, [...issue.path, key], 'no field of this name'))
      : [errorOf(data, issue)],
  );
  return { value: undefined, errors };
};

export const invalid = (code: ProblemCode, errors: readonly FieldError[]): HttpProblem =>
  new HttpProblem(code, {
    errors: errors.slice(0, MOST_ERRORS),
    ...(errors.length > MOST_ERRORS
      ? { detail: `the first ${String(MOST_ERRORS)} of ${String(errors.length)} errors` }
      : {}),
  });

/** One place is named once, by what was found first. */
const firstOfEachPlace = (errors: readonly FieldError[]): FieldError[] =>
  errors.filter((error, index) => errors.findIndex(({ pointer }) => pointer === error.pointer) === index);

/**
 * The body, when its form and its meaning are right. Throws 422 with every mistake: of the form and, of the fields that
 * are well-formed, of what they say (`meaning`).
 */
export const readBody = <S extends z.ZodType>(
  schema: S,
  body: unknown,
  meaning: readonly FieldError[],
): z.output<S> => {
  const { value, errors } = check(schema, body ?? null);
  const all = firstOfEachPlace([...errors, ...meaning]);
  if (value === undefined || all.length > 0) throw invalid('invalid_request', all);
  return value;
};

/** Fastify's compiler for every route: bodies answer 422, ids of a wrong form are unknown ids, the rest is 400. */
export const validatorCompiler =
  ({ schema, httpPart }: { schema: z.ZodType; httpPart?: string }) =>
  (data: unknown): { value: unknown } | { error: Error } => {
    const { value, errors } = check(schema, data);
    if (errors.length === 0) return { value };
    if (httpPart === 'params') return { error: new HttpProblem('not_found') };
    return { error: invalid(httpPart === 'body' ? 'invalid_request' : 'invalid_parameter', errors) };
  };

/** For a route whose handler checks its body with `readBody`: what it says is checked together with how it is written. */
export const unchecked = ({ schema, httpPart }: { schema: unknown; httpPart?: string | undefined }) =>
  httpPart === undefined || httpPart === 'body' || !(schema instanceof z.ZodType)
    ? (value: unknown) => ({ value })
    : validatorCompiler({ schema, httpPart });
