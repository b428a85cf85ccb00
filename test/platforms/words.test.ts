import fc from 'fast-check';
import { redact } from '../../platforms/meta/redact';
import { waitInText, waitInUsage } from '../../platforms/meta/waits';

test.each([
  ['Please try again in 5 minutes.', 5 * 60_000],
  ['Try again in 1 hour and 30 minutes', 90 * 60_000],
  ['Tente novamente em 2 horas', 2 * 3_600_000],
  ['Vuelva a intentarlo en 45 segundos', 45_000],
  ['You must wait 1 day.', 86_400_000],
  ['Aguarde 3 días', 3 * 86_400_000],
  ['too many codes', undefined],
  ['code 136025 for number 17', undefined],
])('"%s" asks to wait %s ms', (text, wait) => {
  expect(waitInText(text)).toBe(wait);
});

test('an unreadable usage header is no wait', () => {
  expect(waitInUsage({})).toBe(0);
  expect(waitInUsage({ 'x-business-use-case-usage': 'not json' })).toBe(0);
  expect(waitInUsage({ 'x-business-use-case-usage': '{"1":[{"type":"x"}]}' })).toBe(0);
  expect(waitInUsage({ 'x-business-use-case-usage': '{"1":[{"estimated_time_to_regain_access":2}]}' })).toBe(
    120_000,
  );
});

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''));

test('no phone number, code or token survives, wherever it stands and however it is written', () => {
  fc.assert(
    fc.property(
      digits(12),
      digits(6),
      fc.string({
        unit: fc.constantFrom('a', 'b', 'c', 'X', 'Y', 'Z', '0', '1', '9'),
        minLength: 20,
        maxLength: 60,
      }),
      (number, code, tail) => {
        const token = `EAA${tail}`;
        const written = [`+${number}`, `${number.slice(0, 2)} ${number.slice(2, 7)}-${number.slice(7)}`];
        const text = `a ${written.join(' , ')} ; code ${code.slice(0, 3)}-${code.slice(3)}, ${code}. token ${token}!`;
        const clean = redact(text, [token]);
        expect(clean).not.toContain(number);
        expect(clean).not.toContain(written[1]);
        expect(clean).not.toContain(code);
        expect(clean).not.toContain(`${code.slice(0, 3)}-${code.slice(3)}`);
        expect(clean).not.toContain(token);
      },
    ),
  );
});

test('error codes stay readable', () => {
  expect(redact('(#80008) There have been too many calls, see #2388103')).toBe(
    '(#80008) There have been too many calls, see #2388103',
  );
});
