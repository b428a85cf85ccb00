/** What MongoDB may hold but nobody may read there: sealed values, and keyed hashes where only equality is needed. */
import { Binary } from 'mongodb';
import type { KeyRing } from '../shared/encryption/key-ring';
import { equivalenceKey } from '../shared/phone-number';

export interface SealedValue {
  keyId: string;
  data: Binary;
}

/** `context` names the place, so that a sealed value moved elsewhere does not open. */
export const sealValue = (keys: KeyRing, context: string, value: unknown): SealedValue => {
  const sealed = keys.seal(Buffer.from(JSON.stringify(value ?? null)), context);
  return { keyId: sealed.keyId, data: new Binary(sealed.data) };
};

export const openValue = (keys: KeyRing, context: string, sealed: SealedValue): unknown =>
  JSON.parse(keys.open({ keyId: sealed.keyId, data: Buffer.from(sealed.data.value()) }, context).toString());

/** One hash for every way of writing a number; made with the oldest key, so that rotation does not change it. */
export const numberHashOf = (keys: KeyRing, phoneNumber: string): string =>
  keys.mac('phone-number', equivalenceKey(phoneNumber), keys.hashingKeyId);

/** An idempotency key is the caller's text and may contain anything. */
export const idempotencyHashOf = (keys: KeyRing, tenant: string, key: string): string =>
  keys.mac('idempotency-key', JSON.stringify([tenant, key]), keys.hashingKeyId);
