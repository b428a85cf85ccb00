import type { Platform } from '../platform/platform';
import { subscriberOf, wabaOfRecord } from '../world/lookups';
import type { NumberRecord } from '../world/schema';
import { tellSecurity } from '../webhooks/queue';

/** A PIN is set or changed: webhook `PIN_CHANGED` (meta §1.2). */
export function turnTwoStepOn(platform: Platform, record: NumberRecord, pin: string): void {
  const subscriber = subscriberOf(platform.world, record);
  subscriber.twoStep = { on: true, pin, holderWabaId: record.wabaId };
  subscriber.pinGuesses = 0;
  subscriber.pinLockedUntil = null;
  platform.effect('pin_set', { subscriber: subscriber.id, phone: record.id });
  tellSecurity(platform, record, wabaOfRecord(platform.world, record), 'PIN_CHANGED');
}

/** The button in WhatsApp Manager is pressed: a mail goes to the portfolio (meta §1.2). */
export function askTwoStepOff(platform: Platform, record: NumberRecord): void {
  tellSecurity(platform, record, wabaOfRecord(platform.world, record), 'PIN_RESET_REQUEST');
}

/** The link in the mail is followed: two-step verification is off. */
export function turnTwoStepOff(platform: Platform, record: NumberRecord): void {
  const subscriber = subscriberOf(platform.world, record);
  subscriber.twoStep = { on: false, pin: null, holderWabaId: null };
  tellSecurity(platform, record, wabaOfRecord(platform.world, record), 'PIN_REQUEST_SUCCESS');
}
