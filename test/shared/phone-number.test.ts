import fc from 'fast-check';
import {
  equivalenceKey,
  isSameNumber,
  isWrittenDifferently,
  maskPhoneNumber,
} from '../../shared/phone-number';

describe('one subscriber, written in several ways (R31, P-6)', () => {
  test.each([
    ["Brazil's ninth digit", '+55 31 99111-0000', '553191110000'],
    ["Mexico's 1", '+52 1 55 1234 5678', '+525512345678'],
    ["Argentina's 9", '+54 9 11 2345 6789', '+541123456789'],
  ])('%s', (_title, one, other) => {
    expect(isSameNumber(one, other)).toBe(true);
    expect(isWrittenDifferently(one, other)).toBe(true);
  });

  test('other countries have one form', () => {
    expect(isSameNumber('+16315550001', '+16315550002')).toBe(false);
    expect(equivalenceKey('+44 20 7946 0000')).toBe('442079460000');
  });

  test('the key of a key is itself, however the number is written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9][0-9]{7,13}$/), (number) => {
        expect(equivalenceKey(equivalenceKey(number))).toBe(equivalenceKey(number));
        expect(isSameNumber(number, number.slice(1))).toBe(true);
      }),
    );
  });

  test('a masked number shows the country and the last four digits', () => {
    expect(maskPhoneNumber('+5511987654321')).toBe('+55•••••••4321');
  });
});
