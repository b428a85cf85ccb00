/**
 * Whether a change leaves a cut-over window long enough. Asked where the change is read, and again by the migration
 * itself: only it knows the window that then stands.
 */
/** Shorter windows cannot hold two-step off, announcement, code and registration. */
export const SHORTEST_WINDOW_MS = 15 * 60_000;

interface WindowEnds {
  /** RFC 3339; null: none; undefined: left as it is. */
  notBefore?: string | null | undefined;
  notAfter?: string | null | undefined;
}

interface ShortWindow {
  /** The end that the change moves, and what would have been possible there. */
  field: 'notBefore' | 'notAfter';
  expected: string;
}

/** Null: the window stays long enough, open at one end, or as it is. An end that is no instant is never long enough. */
export const shortWindowAfter = (change: WindowEnds, standing: WindowEnds): ShortWindow | null => {
  const { notBefore = standing.notBefore, notAfter = standing.notAfter } = change;
  const isMoved = change.notBefore !== undefined || change.notAfter !== undefined;
  if (!isMoved || !notBefore || !notAfter) return null;
  if (Date.parse(notAfter) - Date.parse(notBefore) >= SHORTEST_WINDOW_MS) return null;
  return change.notAfter === undefined
    ? { field: 'notBefore', expected: `an instant at least 15 minutes before notAfter (${notAfter})` }
    : { field: 'notAfter', expected: 'an instant at least 15 minutes after notBefore' };
};
