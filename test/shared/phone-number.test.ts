import fc from 'fast-check';
import {
  equivalenceKey,
  findNumber,
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

  test('a landline of Brazil and the mobile that differs by the ninth digit alone are two subscribers', () => {
    expect(isSameNumber('+55 11 3456-7890', '+55 11 93456-7890')).toBe(false);
    expect(isSameNumber('+55 11 5456-7890', '+55 11 95456-7890')).toBe(false);
    expect(isSameNumber('+55 11 6456-7890', '+55 11 96456-7890')).toBe(true);
  });

  test('of several numbers of an account the one that is written just so is meant, before one of the same class', () => {
    const [old, moved] = ['+55 11 9111-0000', '+55 11 99111-0000'].map((displayPhoneNumber) => ({
      displayPhoneNumber,
    }));
    const numbers = [old, moved].filter((one) => one !== undefined);
    expect(findNumber(numbers, '+5511991110000')).toBe(moved);
    expect(findNumber(numbers, '551191110000')).toBe(old);
    expect(findNumber(numbers.slice(0, 1), '+5511991110000')).toBe(old);
    expect(findNumber(numbers, '+5511999990000')).toBeUndefined();
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
