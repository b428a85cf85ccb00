import { windowFlags, windowIn } from '../../cli/local-window';
import { clockChangeNote, localTime, timeZoneSchema } from '../../shared/local-time';

describe('a window in local times', () => {
  test('is taken as instants, with the zone for showing them', () => {
    expect(windowIn('2026-11-22 22:00/02:00', 'America/Sao_Paulo')).toEqual({
      notBefore: '2026-11-23T01:00:00Z',
      notAfter: '2026-11-23T05:00:00Z',
      timeZone: 'America/Sao_Paulo',
    });
  });

  test('that begins at a time which comes twice is refused with both readings', () => {
    expect(() => windowIn('2026-10-25 02:30/04:00', 'Europe/Berlin')).toThrow(
      /comes twice.*2026-10-25T00:30:00Z \(offset \+02:00\) or 2026-10-25T01:30:00Z \(offset \+01:00\)/,
    );
  });

  test('that begins at a time the clocks jump over is refused with both readings', () => {
    expect(() => windowIn('2026-03-29 02:30/04:00', 'Europe/Berlin')).toThrow(
      /does not exist.*2026-03-29T01:30:00Z or 2026-03-29T00:30:00Z/,
    );
  });

  test('over a change of the clocks lasts as long as its instants say, and that is told', () => {
    const { notBefore, notAfter } = windowIn('2026-10-25 01:30/04:00', 'Europe/Berlin');
    expect(Date.parse(notAfter) - Date.parse(notBefore)).toBe(3.5 * 3_600_000);
    expect(clockChangeNote(notBefore, notAfter, 'Europe/Berlin')).toContain(
      'from +02:00 to +01:00. The instants count: it lasts 3 h 30 min',
    );
    expect(localTime(notBefore, 'Europe/Berlin')).toBe('Sun 2026-10-25 01:30 +02:00');
  });

  test.each([
    [{ window: '2026-10-25 01:30/04:00' }, /needs --zone/],
    [{ window: 'tonight', zone: 'Europe/Berlin' }, /was expected/],
    [{ window: '2026-10-25 01:30/04:00', zone: 'Berlin' }, /IANA time zone/],
    [{ window: '2026-10-25 01:30/04:00', zone: 'UTC', notAfter: '2026-10-25T05:00:00Z' }, /instead of/],
  ])('%j is refused with what was expected', (flags, expected) => {
    expect(() => windowFlags(flags)).toThrow(expected);
  });

  test.each([
    ['America/Sao_Paulo', true],
    ['UTC', true],
    ['+02:00', false],
    ['Mars/Olympus', false],
  ])('the zone %s is accepted: %s', (zone, accepted) => {
    expect(timeZoneSchema.safeParse(zone).success).toBe(accepted);
  });
});
