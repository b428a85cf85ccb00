/**
 * A window as people say it: local times of a place. Twice a year a local time means two instants or none; those are
 * refused with both readings, because a guess would move the cut-over by an hour.
 */
import { DateTime } from 'luxon';
import { timeZoneSchema } from '../shared/local-time';
import { UsageError } from './exit-codes';

const FORM = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)\/(?:(\d{4}-\d\d-\d\d)[ T])?(\d\d:\d\d)$/;
const LOCAL = 'yyyy-MM-dd HH:mm';

const utc = (time: DateTime): string => time.toUTC().toISO({ suppressMilliseconds: true }) ?? '';
const reading = (time: DateTime): string => `${utc(time)} (offset ${time.toFormat('ZZ')})`;

/** In a gap the clocks jump over the time: as the offset before it reads it, and as the offset after it does. */
const readingsInGap = (local: string, zone: string): string[] => {
  const noon = DateTime.fromFormat(local, LOCAL, { zone: 'utc' });
  const offsets = [-1, 1].map((days) => noon.plus({ days }).setZone(zone).offset);
  return offsets.map((offset) => utc(noon.minus({ minutes: offset })));
};

const instantOf = (local: string, zone: string): DateTime => {
  const time = DateTime.fromFormat(local, LOCAL, { zone });
  if (!time.isValid) throw new UsageError(`--window: ${local} is no date and time`);
  if (time.toFormat(LOCAL) !== local) {
    const readings = readingsInGap(local, zone).join(' or ');
    throw new UsageError(
      `--window: ${local} does not exist in ${zone}, the clocks jump over it; say --not-before and --not-after: ${readings}`,
    );
  }
  const possible = time.getPossibleOffsets();
  if (possible.length > 1) {
    throw new UsageError(
      `--window: ${local} comes twice in ${zone}; say --not-before and --not-after: ${possible.map(reading).join(' or ')}`,
    );
  }
  return time;
};

export interface LocalWindow {
  notBefore: string;
  notAfter: string;
  timeZone: string;
}

/** `2026-10-25 01:30/04:00` of `zone`; an end that is earlier than the beginning is on the next day. */
export const windowIn = (window: string, zone: string): LocalWindow => {
  if (!timeZoneSchema.safeParse(zone).success) {
    throw new UsageError(`--zone ${zone}: an IANA time zone such as America/Sao_Paulo was expected`);
  }
  const [, date = '', from = '', endDate, to = ''] = FORM.exec(window) ?? [];
  if (date === '') throw new UsageError(`--window ${window}: "2026-10-25 01:30/04:00" was expected`);
  const nextDay = DateTime.fromFormat(date, 'yyyy-MM-dd').plus({ days: 1 }).toFormat('yyyy-MM-dd');
  const lastDay = endDate ?? (to <= from ? nextDay : date);
  return {
    notBefore: utc(instantOf(`${date} ${from}`, zone)),
    notAfter: utc(instantOf(`${lastDay} ${to}`, zone)),
    timeZone: zone,
  };
};

/** The flags of a window: instants, or local times with their zone, not both. */
export const windowFlags = (flags: {
  window?: string | undefined;
  zone?: string | undefined;
  notBefore?: string | undefined;
  notAfter?: string | undefined;
}): Partial<LocalWindow> => {
  const { window, zone, notBefore, notAfter } = flags;
  if (window === undefined) {
    return Object.fromEntries(
      Object.entries({ notBefore, notAfter, timeZone: zone }).filter(([, value]) => value !== undefined),
    );
  }
  if (zone === undefined) throw new UsageError('--window needs --zone, such as --zone America/Sao_Paulo');
  if (notBefore !== undefined || notAfter !== undefined) {
    throw new UsageError('--window stands instead of --not-before and --not-after');
  }
  return windowIn(window, zone);
};
