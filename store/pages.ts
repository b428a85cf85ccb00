/** Pages of lists: an opaque cursor holds the sort key of the last item, so that a list may grow while it is read. */
import type { z } from 'zod';
import { InvalidCursorError } from './errors';

export interface Page {
  /** 1 to 200. */
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
}

export interface PageOf<T> {
  items: T[];
  nextCursor: string | null;
}

const LARGEST_PAGE = 200;

export const limitOf = (page: Page): number => Math.min(Math.max(Math.trunc(page.limit), 1), LARGEST_PAGE);

const encode = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Null without a cursor. Throws `InvalidCursorError`. */
export const readCursor = <T>(page: Page, schema: z.ZodType<T>): T | null => {
  if (page.cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(page.cursor, 'base64url').toString()));
  } catch {
    throw new InvalidCursorError();
  }
};

/** `rows` holds one more than the page when there is a next one. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  keyOf: (row: Row) => unknown,
): PageOf<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encode(keyOf(last)) : null,
  };
};
