/**
 * AES-256-GCM under named keys. The first key encrypts, all decrypt: rotation is putting a new key first and keeping
 * the old ones until nothing carries their id any more.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { ConfigurationError } from '../config';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Sealed {
  keyId: string;
  /** nonce ‖ ciphertext ‖ tag */
  data: Buffer;
}

export class UnknownKeyError extends Error {
  override name = 'UnknownKeyError';
  constructor(keyId: string) {
    super(`no encryption key with id "${keyId}" is configured; add it to ENCRYPTION_KEYS`);
  }
}

export class KeyRing {
  private constructor(
    private readonly keys: ReadonlyMap<string, Buffer>,
    readonly activeKeyId: string,
    /** The key whose hashes are compared over the years (numbers, idempotency keys); it must not change. */
    readonly hashingKeyId: string,
  ) {}

  /** `id:base64[,id:base64…]`, each key 32 bytes; `id*:base64` marks the hashing key, else it is the last one. */
  static parse(list: string): KeyRing {
    const keys = new Map<string, Buffer>();
    const marked: string[] = [];
    for (const entry of list.split(',').map((part) => part.trim())) {
      const separator = entry.indexOf(':');
      const written = entry.slice(0, Math.max(0, separator));
      const id = written.replace(/\*$/, '');
      if (id !== written) marked.push(id);
      const key = Buffer.from(entry.slice(separator + 1), 'base64');
      if (!/^[A-Za-z0-9_-]{1,32}$/.test(id) || key.length !== 32 || keys.has(id)) {
        throw new ConfigurationError(
          'ENCRYPTION_KEYS: a comma-separated list of id:base64 with distinct ids and keys of 32 bytes was expected',
        );
      }
      keys.set(id, key);
    }
    const [active] = keys.keys();
    const hashing = marked[0] ?? [...keys.keys()].at(-1);
    if (active === undefined || hashing === undefined || marked.length > 1) {
      throw new ConfigurationError(
        'ENCRYPTION_KEYS: at least one key, and one at most marked with "*", was expected',
      );
    }
    return new KeyRing(keys, active, hashing);
  }

  /** `context` binds the ciphertext to its place (a secret's name, a payload), so that it cannot be moved to another. */
  seal(plain: Uint8Array, context = ''): Sealed {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.activeKeyId), nonce);
    cipher.setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
    return { keyId: this.activeKeyId, data: Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]) };
  }

  /** Throws when the key is unknown or the data was tampered with or stood elsewhere. */
  open(sealed: Sealed, context = ''): Buffer {
    const data = Buffer.from(sealed.data);
    const decipher = createDecipheriv('aes-256-gcm', this.key(sealed.keyId), data.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
    return Buffer.concat([
      decipher.update(data.subarray(NONCE_BYTES, data.length - TAG_BYTES)),
      decipher.final(),
    ]);
  }

  /** Keyed hash for equality without disclosure, e.g. of a phone number; stable while the key with `keyId` is kept. */
  mac(purpose: string, value: string | Uint8Array, keyId = this.activeKeyId): string {
    const derived = hkdfSync('sha256', this.key(keyId), '', purpose, 32);
    return createHmac('sha256', Buffer.from(derived)).update(value).digest('hex');
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (key === undefined) throw new UnknownKeyError(id);
    return key;
  }
}
