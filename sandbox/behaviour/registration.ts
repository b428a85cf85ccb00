import { GraphError, invalidParameter, platformError } from '../graph/errors';
import type { Platform } from '../platform/platform';
import type { StorageRegion } from '../world/knobs';
import { liveRecordOf, recordsOf, subscriberOf, wabaOfRecord } from '../world/lookups';
import type { NumberRecord, Subscriber, Waba } from '../world/schema';
import { forgets, isFunded, refuse, scheduleTemplateCopy } from './announcement';
import { minutes, verificationOf } from './codes';
import { completeIntents } from './intents';

const QUOTA_WINDOW_MS = 72 * 3_600_000;
const QUOTA = 10;

/** Counts one more (de)registration try, failures too; the eleventh in 72 hours blocks for 72 more (meta §1.5). */
function countAttempt(platform: Platform, subscriber: Subscriber, which: 'register' | 'deregister'): void {
  const now = platform.now();
  const blockedUntil =
    which === 'register' ? subscriber.registerBlockedUntil : subscriber.deregisterBlockedUntil;
  const earlier = which === 'register' ? subscriber.registerAttempts : subscriber.deregisterAttempts;
  const recent = earlier.filter((at) => at > now - QUOTA_WINDOW_MS);
  const blocked = blockedUntil !== null && blockedUntil > now;
  const spent = blocked || recent.length >= QUOTA;
  if (which === 'register') {
    platform.effect(
      'register_attempt',
      { subscriber: subscriber.id },
      { inWindow: recent.length + 1, blocked: spent },
    );
    subscriber.registerAttempts = spent ? recent : [...recent, now];
    if (spent && !blocked) subscriber.registerBlockedUntil = now + QUOTA_WINDOW_MS;
  } else {
    subscriber.deregisterAttempts = spent ? recent : [...recent, now];
    if (spent && !blocked) subscriber.deregisterBlockedUntil = now + QUOTA_WINDOW_MS;
  }
  if (!spent) return;
  throw platformError(
    133016,
    'Account register or deregister rate limit exceeded',
    `There were too many registration or deregistration attempts for this phone number. Wait 72 hours and try again.`,
  );
}

export interface Registration {
  readonly product: string | null;
  readonly pin: string | null;
  readonly storageRegion: StorageRegion | null;
}

/** `register`, the cut-over (meta §1.5): the checks of meta §12.3 row 5, then S5 and, after a while, S6. */
export function register(platform: Platform, record: NumberRecord, asked: Registration): void {
  const { world } = platform;
  const subscriber = subscriberOf(world, record);
  const waba = wabaOfRecord(world, record);
  countAttempt(platform, subscriber, 'register');
  if (asked.product !== 'whatsapp') throw invalidParameter('The parameter messaging_product is required.');
  if (asked.pin === null || !/^\d{6}$/.test(asked.pin))
    throw invalidParameter('Param pin must be a string of 6 digits');
  const problem = obstacle(platform, subscriber, record, waba);
  if (problem) throw problem;
  const replayed = record.registering || (record.everRegistered && record.status === 'CONNECTED');
  // What is registered keeps its region; deregistering clears it (meta §1.5).
  if (replayed && asked.storageRegion !== null && asked.storageRegion !== record.storageRegion)
    throw invalidParameter('Param data_localization_region cannot be changed while the number is registered');
  const keepsPin = settlePin(platform, subscriber, record, asked.pin, replayed);
  platform.effect(
    'registered',
    { subscriber: subscriber.id, phone: record.id, waba: waba.id },
    {
      replayed,
      twoStepOnElsewhere: twoStepOnElsewhere(subscriber, record),
      funded: isFunded(waba),
      verification: verificationOf(platform, record),
      pinChanged: !keepsPin,
      storageRegion: asked.storageRegion ?? record.storageRegion ?? null,
    },
  );
  if (asked.storageRegion !== null) record.storageRegion = asked.storageRegion;
  if (!keepsPin) subscriber.twoStep = { on: true, pin: asked.pin, holderWabaId: record.wabaId };
  if (!replayed) startRegistering(platform, subscriber, record);
}

function obstacle(
  platform: Platform,
  subscriber: Subscriber,
  record: NumberRecord,
  waba: Waba,
): GraphError | null {
  const held = platform.world.knobs.deletedNumberHoldMs;
  if (subscriber.deletedAt !== null && platform.now() < subscriber.deletedAt + held) {
    return platformError(
      133015,
      'Please wait to register',
      'The number was deleted a moment ago. Wait 5 minutes.',
      400,
      true,
    );
  }
  const verification = verificationOf(platform, record);
  if (verification !== 'VERIFIED' && !forgets(platform, 'verification')) {
    if (verification === 'NOT_VERIFIED') return refuse(platform, 'confirm_ownership');
    return platformError(
      133006,
      'Phone number needs to be verified',
      'Verify the phone number again before registering.',
    );
  }
  if (twoStepOnElsewhere(subscriber, record) && !forgets(platform, 'two_step')) {
    return refuse(platform, 'two_step_on');
  }
  if (!record.migrating && heldElsewhere(platform, subscriber, record))
    return refuse(platform, 'registered_elsewhere');
  if (!isFunded(waba) && !forgets(platform, 'payment')) {
    // meta §6.1: captured without sub-code, the cause only in the details.
    return new GraphError({
      status: 400,
      code: 100,
      message: '(#100) Invalid parameter',
      details: 'Cannot Migrate Phone Number: the WhatsApp Business account has no valid payment method.',
    });
  }
  return null;
}

/** The last checks of row 5 stand after the PIN: subscription, review and name may have gone meanwhile. */
function lateObstacle(platform: Platform, subscriber: Subscriber, waba: Waba): GraphError | null {
  if (waba.subscribedApps.length === 0) return refuse(platform, 'webhooks_missing');
  if (waba.reviewStatus !== 'APPROVED') return refuse(platform, 'destination_not_approved');
  if (subscriber.displayName.status !== 'APPROVED' || subscriber.displayName.pending !== null) {
    return refuse(platform, 'name_not_approved');
  }
  if (subscriber.coexistence) return refuse(platform, 'coexistence');
  return null;
}

/** The PIN that is on was set by the holder of another WABA. */
const twoStepOnElsewhere = (subscriber: Subscriber, record: NumberRecord): boolean =>
  subscriber.twoStep.on && subscriber.twoStep.holderWabaId !== record.wabaId;

function heldElsewhere(platform: Platform, subscriber: Subscriber, record: NumberRecord): boolean {
  return recordsOf(platform.world, subscriber.id).some(
    (other) => other !== record && !other.vanished && other.status === 'CONNECTED',
  );
}

/** Checks an own PIN; says whether the old PIN stays (a replay on a live number, by the knob `registerReplay`). */
function settlePin(
  platform: Platform,
  subscriber: Subscriber,
  record: NumberRecord,
  pin: string,
  replayed: boolean,
): boolean {
  const { registerReplay } = platform.world.knobs;
  if (replayed && registerReplay === 'keep_pin') return true;
  if (replayed && registerReplay === 'change_pin') return false;
  if (replayed && registerReplay === 'pin_mismatch') throw pinMismatch();
  if (replayed && registerReplay === 'error') throw refuse(platform, 'generic');
  if (subscriber.twoStep.on && !twoStepOnElsewhere(subscriber, record))
    checkOwnPin(platform, subscriber, pin);
  const late =
    replayed || !record.migrating
      ? null
      : lateObstacle(platform, subscriber, wabaOfRecord(platform.world, record));
  if (late) throw late;
  return subscriber.twoStep.on && subscriber.twoStep.pin === pin;
}

function checkOwnPin(platform: Platform, subscriber: Subscriber, pin: string): void {
  const now = platform.now();
  const { pinGuessLimit, pinGuessLockMs } = platform.world.knobs;
  if (subscriber.pinLockedUntil !== null && subscriber.pinLockedUntil > now) {
    throw tooManyPinGuesses(subscriber.pinLockedUntil - now);
  }
  if (subscriber.twoStep.pin === pin) {
    subscriber.pinGuesses = 0;
    return;
  }
  subscriber.pinGuesses += 1;
  if (subscriber.pinGuesses < pinGuessLimit) throw pinMismatch();
  subscriber.pinGuesses = 0;
  subscriber.pinLockedUntil = now + pinGuessLockMs;
  throw tooManyPinGuesses(pinGuessLockMs);
}

const pinMismatch = (): GraphError =>
  platformError(133005, 'Two step verification PIN mismatch', 'The two-step verification PIN is incorrect.');

const tooManyPinGuesses = (waitMs: number): GraphError =>
  platformError(133008, 'Too many two step verification PIN guesses', `Try again in ${minutes(waitMs)}.`);

/** S5: from here on nothing leads back; the old side stops now, the new one starts after `registerDelayMs`. */
function startRegistering(platform: Platform, subscriber: Subscriber, record: NumberRecord): void {
  const source = recordsOf(platform.world, subscriber.id).find(
    (other) => other !== record && !other.vanished && other.status === 'CONNECTED',
  );
  if (source && !forgets(platform, 'one_live_record')) source.live = false;
  record.registering = true;
  record.everRegistered = true;
  if (source && platform.world.knobs.autoTemplateCopy === 'at_register') {
    scheduleTemplateCopy(platform, source.wabaId, record.wabaId);
  }
  platform.schedule(platform.world.knobs.registerDelayMs, {
    kind: 'finish_registration',
    recordId: record.id,
    wabaId: record.wabaId,
  });
  platform.settle();
}

/** S6: live at the destination; what becomes of the source record is a knob (meta §12.5). */
export function finishRegistration(platform: Platform, record: NumberRecord): void {
  const { world } = platform;
  if (!record.registering) return;
  record.registering = false;
  record.migrating = false;
  record.status = 'CONNECTED';
  record.platformType = 'CLOUD_API';
  record.live = true;
  for (const other of recordsOf(world, record.subscriberId)) {
    if (other === record || other.vanished || other.status !== 'CONNECTED') continue;
    if (forgets(platform, 'one_live_record')) continue;
    other.live = false;
    other.platformType = 'NOT_APPLICABLE';
    if (world.knobs.profileAfterMove === 'kept') record.profile = other.profile;
    if (world.knobs.throughputAfterMove === 'kept') record.throughput = other.throughput;
    if (world.knobs.sourceRecordAfter === 'vanished') other.vanished = true;
    else other.status = world.knobs.sourceRecordAfter === 'migrated' ? 'MIGRATED' : 'DISCONNECTED';
  }
  completeIntents(platform, record);
  platform.effect('connected', { subscriber: record.subscriberId, phone: record.id, waba: record.wabaId });
}

/** `deregister` (meta §1.5): keeps the record and its PIN; own quota. */
export function deregister(platform: Platform, record: NumberRecord): void {
  const subscriber = subscriberOf(platform.world, record);
  countAttempt(platform, subscriber, 'deregister');
  if (subscriber.coexistence) throw refuse(platform, 'coexistence');
  if (record.status !== 'CONNECTED' || liveRecordOf(platform.world, subscriber.id) !== record) {
    throw platformError(
      133010,
      'Phone number not registered',
      'The phone number is not linked to this account.',
    );
  }
  record.status = 'DISCONNECTED';
  record.platformType = 'NOT_APPLICABLE';
  record.live = false;
  delete record.storageRegion;
  platform.effect('deregistered', { subscriber: subscriber.id, phone: record.id, waba: record.wabaId });
}
