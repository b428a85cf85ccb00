/** The half hours by which both sides' figures are told (meta §5.3), and those of them in which a number changed sides. Pure. */

export const HALF_HOUR_MS = 30 * 60_000;

/**
 * From the beginning of the half hour in which the registration was asked for to the end of the one in which the number was
 * seen live: nobody can say which side counted what of it, however many half hours the registration took. RFC 3339.
 */
export const cutoverHalfHours = (askedAt: string, liveAt: string | null): { from: string; to: string } => {
  const startOf = (instant: string) => Math.floor(Date.parse(instant) / HALF_HOUR_MS) * HALF_HOUR_MS;
  const last = Math.max(startOf(askedAt), startOf(liveAt ?? askedAt));
  return {
    from: new Date(startOf(askedAt)).toISOString(),
    to: new Date(last + HALF_HOUR_MS).toISOString(),
  };
};
