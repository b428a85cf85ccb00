import { randomInt } from 'node:crypto';
import { invalidParameter, platformError } from '../graph/errors';
import type { Platform } from '../platform/platform';
import { subscriberOf } from '../world/lookups';
import type { NumberRecord } from '../world/schema';
import { refuse } from './announcement';
import { raceMidFlight } from './mid-flight';

/** A proof of ownership lasts 14 days (meta §1.4). */
const PROOF_LASTS_MS = 14 * 86_400_000;

export type CodeMethod = 'SMS' | 'VOICE';

/** What `code_verification_status` says now: a proof that was not used for a registration lapses. */
export function verificationOf(platform: Platform, record: NumberRecord): NumberRecord['verification'] {
  if (record.verification !== 'VERIFIED' || record.everRegistered) return record.verification;
  const lapsesAt = (record.verifiedAt ?? 0) + PROOF_LASTS_MS;
  return platform.now() >= lapsesAt ? 'EXPIRED' : 'VERIFIED';
}

/** A record that can be sent a code: on the move, or new here and not yet proved. */
const awaitsProof = (record: NumberRecord): boolean =>
  record.migrating || (record.origin === 'new' && !record.everRegistered);

/** `request_code` (meta §1.4, §12.3 row 3). A new code replaces an earlier one. */
export function requestCode(
  platform: Platform,
  record: NumberRecord,
  method: CodeMethod,
  language: string,
): void {
  const verification = verificationOf(platform, record);
  if (!awaitsProof(record) && !(record.status === 'CONNECTED' && verification === 'VERIFIED')) {
    throw refuse(platform, 'cannot_receive_code');
  }
  if (verification === 'VERIFIED') {
    throw platformError(136024, 'Request code error', 'This phone number has already been verified.');
  }
  holdFlood(platform, record);
  sendCode(platform, record, method, language);
}

function holdFlood(platform: Platform, record: NumberRecord): void {
  const { codeRequestLimit, codeRequestWindowMs } = platform.world.knobs;
  const now = platform.now();
  record.codeRequests = record.codeRequests.filter((at) => at > now - codeRequestWindowMs);
  const oldest = record.codeRequests[0];
  if (record.codeRequests.length < codeRequestLimit || oldest === undefined) return;
  throw platformError(
    136024,
    'Request code error',
    `You have requested too many codes. Please try again in ${minutes(oldest + codeRequestWindowMs - now)}.`,
  );
}

function sendCode(platform: Platform, record: NumberRecord, method: CodeMethod, language: string): void {
  const { codeTtlMs, codeDelivery, codeDeliveryMs } = platform.world.knobs;
  const now = platform.now();
  const earlier = record.code;
  const value = String(randomInt(0, 1_000_000)).padStart(6, '0');
  record.codeRequests.push(now);
  platform.effect(
    'code_sent',
    { subscriber: record.subscriberId, phone: record.id, waba: record.wabaId },
    { method, language, earlierStillValid: earlier !== null && !earlier.used && earlier.expiresAt > now },
  );
  record.code = { value, expiresAt: now + codeTtlMs, used: false };
  record.codeGuesses = 0;
  if (codeDelivery === 'never') return;
  const shown =
    codeDelivery === 'wrong_digits' ? String((Number(value) + 111_111) % 1_000_000).padStart(6, '0') : value;
  platform.schedule(codeDeliveryMs, {
    kind: 'deliver_code',
    subscriberId: subscriberOf(platform.world, record).id,
    channel: method === 'SMS' ? 'sms' : 'voice',
    text: method === 'SMS' ? smsText(shown) : callTranscript(shown),
  });
  platform.settle();
}

const smsText = (code: string): string => `WhatsApp code ${code.slice(0, 3)}-${code.slice(3)}`;

const callTranscript = (code: string): string => {
  const digits = code.split('').join(', ');
  return `Hello. Your WhatsApp verification code is: ${digits}. Once again, your code is: ${digits}. Goodbye.`;
};

/** `verify_code` (meta §1.4, §12.3 row 4): single use, short-lived, and guessing locks. */
export function verifyCode(platform: Platform, record: NumberRecord, code: string): void {
  if (!/^\d{6}$/.test(code)) throw invalidParameter('Param code must be a string of 6 digits');
  if (!awaitsProof(record)) throw refuse(platform, 'cannot_verify_code');
  const now = platform.now();
  if (record.codeLockedUntil !== null && record.codeLockedUntil > now)
    throw locked(record.codeLockedUntil - now);
  const wrong = platformError(136025, 'Verify code error', 'The code you entered is wrong or has expired.');
  const issued = record.code;
  if (issued?.value !== code) {
    record.codeGuesses += 1;
    const lock = record.codeGuesses >= platform.world.knobs.codeGuessLimit;
    platform.effect(
      'code_guess_wrong',
      { subscriber: record.subscriberId, phone: record.id },
      { guesses: record.codeGuesses, locked: lock },
    );
    if (!lock) throw wrong;
    record.codeLockedUntil = now + platform.world.knobs.codeGuessLockMs;
    record.codeGuesses = 0;
    throw locked(record.codeLockedUntil - now);
  }
  if (issued.used || issued.expiresAt <= now) throw wrong;
  issued.used = true;
  record.verification = 'VERIFIED';
  record.verifiedAt = now;
  platform.effect('code_verified', {
    subscriber: record.subscriberId,
    phone: record.id,
    waba: record.wabaId,
  });
  raceMidFlight(platform, record);
}

const locked = (waitMs: number): Error =>
  platformError(
    136025,
    'Verify code error',
    `You have guessed too many times. Please try again in ${minutes(waitMs)}.`,
  );

/** A wait as the platform words it. */
export function minutes(waitMs: number): string {
  const whole = Math.max(1, Math.ceil(waitMs / 60_000));
  return whole < 120 ? `${String(whole)} minutes` : `${String(Math.ceil(whole / 60))} hours`;
}
