import { randomBytes } from 'node:crypto';
import { KeyRing } from '../../shared/encryption/key-ring';

const K1 = randomBytes(32).toString('base64');
const K2 = randomBytes(32).toString('base64');
const plain = Buffer.from('a secret');

describe('a key ring', () => {
  test('opens what an older key sealed, and seals with the first', () => {
    const old = KeyRing.parse(`k1:${K1}`);
    const rotated = KeyRing.parse(`k2:${K2},k1:${K1}`);
    expect(rotated.open(old.seal(plain)).toString()).toBe('a secret');
    expect(rotated.seal(plain).keyId).toBe('k2');
  });

  test('hashes the same before, during and after a rotation without a stop', () => {
    const hash = (list: string) => {
      const ring = KeyRing.parse(list);
      return ring.mac('phone-number', '5511987654321', ring.hashingKeyId);
    };
    const before = hash(`k1*:${K1}`);
    expect(hash(`k1*:${K1},k2:${K2}`)).toBe(before);
    expect(hash(`k2:${K2},k1*:${K1}`)).toBe(before);
  });

  test('does not open what was sealed for another place, or was changed', () => {
    const ring = KeyRing.parse(`k1:${K1}`);
    const sealed = ring.seal(plain, 'acme/meta-source');
    expect(() => ring.open(sealed, 'other/meta-source')).toThrow();
    sealed.data.writeUInt8(sealed.data.readUInt8(14) ^ 1, 14);
    expect(() => ring.open(sealed, 'acme/meta-source')).toThrow();
  });

  test.each([
    ['no key', ''],
    ['a short key', 'k1:c2hvcnQ='],
    ['the same id twice', `k1:${K1},k1:${K2}`],
    ['two marks', `k1*:${K1},k2*:${K2}`],
  ])('refuses %s without repeating it', (_title, list) => {
    expect(() => KeyRing.parse(list)).toThrow(/ENCRYPTION_KEYS/);
    try {
      KeyRing.parse(list);
    } catch (error) {
      expect(String(error)).not.toContain('c2hvcnQ');
    }
  });

  test('names the key it lacks', () => {
    const sealed = KeyRing.parse(`k2:${K2}`).seal(plain);
    expect(() => KeyRing.parse(`k1:${K1}`).open(sealed)).toThrow(/"k2"/);
  });
});
