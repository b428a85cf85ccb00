import { createHmac, timingSafeEqual } from 'node:crypto';

/** Both sides hashed first, so that neither content nor length shows in the time it takes. */
const isEqual = (one: string, other: string): boolean => {
  const digest = (text: string): Buffer => createHmac('sha256', 'comparison').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
};

/** `X-Hub-Signature-256` over the bytes as they came: Meta escapes unicode, another rendering would not fit (meta §8.1). */
export const isSignedBy = (secret: string, header: unknown, rawBody: Buffer): boolean =>
  typeof header === 'string' &&
  isEqual(header, `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`);

export const isVerifyToken = (expected: string, given: unknown): boolean =>
  typeof given === 'string' && isEqual(given, expected);
