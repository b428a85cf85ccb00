import type { Platform } from '../platform/platform';
import { recordsOf, subscriberOf, wabaOfRecord } from '../world/lookups';
import type { NumberRecord } from '../world/schema';
import { revokeFunding } from './credit';
import { turnTwoStepOn } from './two-step';

/** What other people do just after the proof of ownership, when the knob `midFlight` asks for it (meta §12.5). */
export function raceMidFlight(platform: Platform, record: NumberRecord): void {
  const { world } = platform;
  const subscriber = subscriberOf(world, record);
  for (const race of world.knobs.midFlight) {
    if (race === 'two_step_on') {
      const source =
        recordsOf(world, subscriber.id).find((other) => other !== record && !other.vanished) ?? record;
      turnTwoStepOn(platform, source, '246810');
    }
    if (race === 'name_change') {
      subscriber.displayName.pending = { name: `${subscriber.displayName.name} 2`, since: platform.now() };
    }
    if (race === 'review_revoked') wabaOfRecord(world, record).reviewStatus = 'REJECTED';
    if (race === 'credit_revoked') revokeFunding(platform, wabaOfRecord(world, record));
  }
}
