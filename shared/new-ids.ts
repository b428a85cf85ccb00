/** Random ids. Apart from `ids.ts`, because workflow code must not reach a source of randomness. */
import { randomBytes } from 'node:crypto';
import { migrationIdSchema, type MigrationId } from './ids';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const randomSuffix = (length: number): string =>
  Array.from(randomBytes(length), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');

/** 120 random bits: two ids never meet, and an id cannot be guessed. */
export const newMigrationId = (): MigrationId => migrationIdSchema.parse(`mig_${randomSuffix(24)}`);

/** 256 random bits: what a browser's cookie is made of. */
export const newLinkSecret = (): string => randomBytes(32).toString('base64url');

export const newRequestId = (): string => `req_${randomSuffix(16)}`;
