/**
 * How long Meta asks to wait. No Retry-After is documented; waits stand in the usage header in minutes, in the
 * `details` of 133004, 133008 and 133009, or are fixed (meta §6.3).
 */
import { z } from 'zod';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** English, Portuguese and Spanish unit names, because user texts follow the user's locale (meta §6.1). */
const UNITS: readonly [RegExp, number][] = [
  [/^(s|secs?|seconds?|segundos?)$/, SECOND],
  [/^(m|mins?|minutes?|minutos?)$/, MINUTE],
  [/^(h|hrs?|hours?|horas?)$/, HOUR],
  [/^(d|days?|dias?)$/, DAY],
];

const unitMs = (word: string): number | undefined => UNITS.find(([pattern]) => pattern.test(word))?.[1];

/** Lower case, without accents and curly quotes: the form in which texts are compared. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[‘’]/g, "'").replace(/\s+/g, ' ').toLowerCase();

/** Milliseconds named in a text such as `try again in 1 hour and 30 minutes`; undefined when none is named. */
export const waitInText = (text: string): number | undefined => {
  let total: number | undefined;
  for (const [, amount, word] of plain(text).matchAll(/(\d{1,5})[ -]?([a-z]+)/g)) {
    const unit = unitMs(word ?? '');
    if (unit !== undefined) total = (total ?? 0) + Number(amount) * unit;
  }
  return total;
};

const businessUsage = z.record(
  z.string(),
  z.array(z.looseObject({ estimated_time_to_regain_access: z.coerce.number().nonnegative().catch(0) })),
);

/** Milliseconds until access is regained, from `X-Business-Use-Case-Usage` (minutes, meta §7); 0 when not throttled. */
export const waitInUsage = (headers: Record<string, string>): number => {
  const raw = headers['x-business-use-case-usage'];
  if (raw === undefined) return 0;
  try {
    const usage = businessUsage.parse(JSON.parse(raw));
    const minutes = Object.values(usage).flatMap((entries) =>
      entries.map((entry) => entry.estimated_time_to_regain_access),
    );
    return Math.max(0, ...minutes) * MINUTE;
  } catch {
    // A header in an unknown form is no reason to fail a call that succeeded.
    return 0;
  }
};
