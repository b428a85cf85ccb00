import fc from 'fast-check';
import { durationMs } from '../../shared/duration';
import { createLogger } from '../../server/logging';
import { maskNumbers } from '../../server/masking';
import { pointerOf, receivedText } from '../../server/received';

describe('what an error repeats of what was sent', () => {
  test.each([
    ['route', 'by_post', '"by_post"'],
    ['route', undefined, 'nothing'],
    ['hours', 9000, '9000'],
    ['source', [1, 2], 'a list of 2 entries'],
    ['source', [1], 'a list of 1 entry'],
    ['source', {}, 'an object'],
    ['code', '73915', 'a string of 5 characters'],
    ['code', 739154, 'a number'],
    ['accessToken', 'EAAG', 'a string of 4 characters'],
    ['credential', 'EAAG', 'a string of 4 characters'],
    ['phoneNumber', '5531991110000', '\"55•••••••0000"'],
    ['phoneNumber', '739154', 'a string of 6 characters'],
    ['phoneNumber', '7391542', 'a string of 7 characters'],
    ['method', '739154', 'a string of 6 characters'],
    ['note', 'call +55 31 99111-0000 now', '"call +55•••••••0000 now"'],
    ['note', 'x'.repeat(61), 'a string of 61 characters'],
  ])('in %s of %j is %j', (field, value, text) => {
    expect(receivedText(field, value)).toBe(text);
  });

  test('is never the code, whatever else it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{5,8}$/), (digits) => {
        expect(receivedText('code', digits)).not.toContain(digits);
        expect(receivedText('code', Number(digits))).not.toContain(digits);
      }),
    );
  });

  test('names places as JSON pointers, without the numbers somebody put into them', () => {
    expect(pointerOf(['templates', 'required', 0])).toBe('/templates/required/0');
    expect(pointerOf(['a/b', 'c~d'])).toBe('/a~1b/c~0d');
    expect(pointerOf(['+5531991110000'])).toBe('/+55•••••••0000');
    expect(pointerOf(['739154', 10_000])).toBe('/••••••/10000');
  });
});

describe('masking', () => {
  const own = '+5531991110000';
  test.each([
    ['+5531991110000', '+55•••••••0000'],
    ['553191110000 is how the profile shows it', '+55••••••0000 is how the profile shows it'],
    ['ask for 31 99111-0000', 'ask for +31•••••0000'],
    ['or +49 30 123456', 'or +49••••3456'],
    [
      'WABA 102290129340398 since 2026-11-22T12:00:00.000Z',
      'WABA 102290129340398 since 2026-11-22T12:00:00.000Z',
    ],
  ])('turns %j into %j', (text, masked) => {
    expect(maskNumbers({ deep: [text] }, own)).toEqual({ deep: [masked] });
  });
});

describe('a log', () => {
  test('of an error hides numbers, codes and tokens in its message, its stack and its causes', () => {
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line) => void lines.push(line) });
    const token = `EAAG${'x1'.repeat(40)}`;
    const cause = new Error(`Bearer ck_short and ${token}`);
    logger.error({ err: new Error('the code 739154 of +5531991110000 at mig_0123', { cause }) }, 'failed');
    const text = lines.join('');
    for (const secret of ['739154', '991110000', 'ck_short', token]) expect(text).not.toContain(secret);
    expect(text).toContain('mig_0123');
  });
});

describe('a duration', () => {
  test.each([
    ['P14D', 1_209_600_000],
    ['PT36H', 129_600_000],
    ['P1DT12H', 129_600_000],
    ['P2W', 1_209_600_000],
    ['PT0.5S', 500],
    ['P1M', 2_592_000_000],
    ['PT1M', 60_000],
  ])('%s is %d ms', (duration, ms) => {
    expect(durationMs(duration)).toBe(ms);
  });
});
