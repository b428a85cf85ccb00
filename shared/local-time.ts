/**
 * Instants on the clocks of a place, for people to read. Nothing is decided by them: a migration goes by instants, so
 * that two machines with different time-zone data may word a line differently and still do the same.
 */
import { z } from 'zod';

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** A name of the IANA time-zone database; an offset such as +02:00 knows no daylight saving and is refused. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(
    (name) => /^[A-Za-z]/.test(name) && isTimeZone(name),
    'an IANA time zone such as America/Sao_Paulo',
  );

const partsOf = (instant: string, timeZone: string): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, hourCycle: 'h23', timeZoneName: 'longOffset', weekday: 'short' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    })
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );

/** `+02:00`; UTC itself has no sign in the library's words. */
const offsetIn = (parts: Record<string, string>): string =>
  (parts['timeZoneName'] ?? '').replace(/^GMT/, '') || '+00:00';

export const offsetAt = (instant: string, timeZone: string): string => offsetIn(partsOf(instant, timeZone));

/** `Sun 2026-10-25 02:30 +02:00`; twice a year the offset is all that tells two readings apart. */
export const localTime = (instant: string, timeZone: string): string => {
  const parts = partsOf(instant, timeZone);
  const { weekday = '', year = '', month = '', day = '', hour = '', minute = '' } = parts;
  return `${weekday} ${year}-${month}-${day} ${hour}:${minute} ${offsetIn(parts)}`;
};

/** The instant as it is written, and beside it what the clocks of the place show; null stays null. */
export const withLocalTime = (instant: string, timeZone: string | null | undefined): string =>
  timeZone == null ? instant : `${instant} (${localTime(instant, timeZone)} ${timeZone})`;

/** Said of a window over which the clocks change, because its length on a wall clock is not its length. */
export const clockChangeNote = (from: string, to: string, timeZone: string): string | null => {
  const [before, after] = [offsetAt(from, timeZone), offsetAt(to, timeZone)];
  if (before === after) return null;
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  const length = `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
  return `The clocks of ${timeZone} change inside the window, from ${before} to ${after}. The instants count: it lasts ${length}.`;
};
