/** How values are written down: the same value is always the same text, and what comes back is what was hashed. */

/** How JSON writes an unpaired surrogate or NUL; text about them looks the same, and does no harm. */
const UNSTORABLE = /\\u(?:d[89a-f]|0000)/;

const wellFormed = (text: string): string => Buffer.from(text).toString();

/**
 * JSON semantics (undefined vanishes, dates become text), and beyond them what MongoDB cannot hold is put right:
 * unpaired surrogates become U+FFFD, NUL in a field's name disappears.
 */
export const asStored = (value: unknown): unknown => {
  const text = JSON.stringify(value ?? null);
  if (!UNSTORABLE.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, part: unknown) => {
    if (typeof part === 'string') return wellFormed(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, inner]) => [wellFormed(name).replaceAll('\0', ''), inner]),
    );
  });
};

/** The same for what is a record and stays one. */
export const storedRecord = (record: Record<string, unknown>): Record<string, unknown> => {
  const stored = asStored(record);
  return typeof stored === 'object' && stored !== null ? { ...stored } : {};
};

/** JSON with sorted field names and no white space. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
