import { createHmac } from 'node:crypto';
import { isSameText } from '../same-text';

/** `X-Hub-Signature-256` over the bytes as they came: Meta escapes unicode, another rendering would not fit (meta §8.1). */
export const isSignedBy = (secret: string, header: unknown, rawBody: Buffer): boolean =>
  typeof header === 'string' &&
  isSameText(header, `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`);

export const isVerifyToken = (expected: string, given: unknown): boolean =>
  typeof given === 'string' && isSameText(given, expected);
