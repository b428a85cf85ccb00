import { GraphError, invalidParameter } from './errors';
import { text, wholeNumber, type GraphCall } from './request';

const LARGEST_PAGE = 1_000;

export interface Page<T> {
  readonly items: readonly T[];
  readonly paging: Record<string, unknown> | undefined;
}

/**
 * Cuts one page out of a list by cursor. A cursor names the item next to it, so that it survives insertions; one
 * whose item is gone, or which was never given, is answered 131059 from v24 on (meta §4.2).
 */
export function page<T>(call: GraphCall, items: readonly T[], idOf: (item: T) => string, size = 25): Page<T> {
  const limit = Math.min(wholeNumber(call.parameters, 'limit') ?? size, LARGEST_PAGE);
  if (limit === 0) throw invalidParameter('Param limit must be greater than 0');
  const after = text(call.parameters, 'after');
  const before = text(call.parameters, 'before');
  let start = 0;
  if (after !== null) start = position(call, items, idOf, after) + 1;
  else if (before !== null) start = Math.max(0, position(call, items, idOf, before) - limit);
  const cut = items.slice(start, start + limit);
  const first = cut[0];
  const last = cut.at(-1);
  if (first === undefined || last === undefined) return { items: cut, paging: undefined };
  const cursors = { before: cursor(idOf(first)), after: cursor(idOf(last)) };
  return {
    items: cut,
    paging: {
      cursors,
      ...(start + limit < items.length ? { next: link(call, 'after', cursors.after, limit) } : {}),
      ...(start > 0 ? { previous: link(call, 'before', cursors.before, limit) } : {}),
    },
  };
}

const cursor = (id: string): string => Buffer.from(`c:${id}`).toString('base64url');

function position<T>(call: GraphCall, items: readonly T[], idOf: (item: T) => string, given: string): number {
  const id = Buffer.from(given, 'base64url').toString('utf8');
  const index = items.findIndex((item) => `c:${idOf(item)}` === id);
  if (index >= 0) return index;
  if (call.version < 24) throw invalidParameter('Invalid cursor');
  throw new GraphError({ status: 400, code: 131059, message: '(#131059) Invalid or stale paging cursor' });
}

function link(call: GraphCall, name: 'after' | 'before', value: string, limit: number): string {
  const query = new URLSearchParams();
  for (const key of Object.keys(call.parameters)) {
    const kept = text(call.parameters, key);
    if (kept !== null && !['after', 'before', 'limit', 'access_token'].includes(key)) query.set(key, kept);
  }
  query.set('limit', String(limit));
  query.set(name, value);
  return `${call.address}?${query.toString()}`;
}
