/** ISO 8601 durations in milliseconds. Deadlines are told in days and hours; a year is 365 days, a month 30. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = {
  years: 365 * DAY,
  months: 30 * DAY,
  weeks: 7 * DAY,
  days: DAY,
  hours: HOUR,
  minutes: MINUTE,
  seconds: SECOND,
};

const FORM = new RegExp(
  '^P(?:(?<years>[\\d.,]+)Y)?(?:(?<months>[\\d.,]+)M)?(?:(?<weeks>[\\d.,]+)W)?(?:(?<days>[\\d.,]+)D)?' +
    '(?:T(?:(?<hours>[\\d.,]+)H)?(?:(?<minutes>[\\d.,]+)M)?(?:(?<seconds>[\\d.,]+)S)?)?$',
);

/** `P14D`, `PT36H`, `P1DT12H`; of a well-formed duration (`z.iso.duration`). */
export const durationMs = (duration: string): number => {
  const parts = FORM.exec(duration)?.groups ?? {};
  return Math.round(
    Object.entries(UNITS).reduce(
      (sum, [unit, ms]) => sum + ms * Number((parts[unit] ?? '0').replace(',', '.')),
      0,
    ),
  );
};
