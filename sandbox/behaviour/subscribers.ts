import type { Platform } from '../platform/platform';
import { subscriberSchema, type Subscriber } from '../world/schema';

/** A number the platform had not known; its display name waits for its review. */
export function newSubscriber(
  platform: Platform,
  digits: string,
  displayName: string,
  title: string,
): Subscriber {
  const subscriber = subscriberSchema.parse({
    id: `sub_new_${String(platform.count('subscriber'))}`,
    title,
    digits,
    displayName: { name: displayName, status: 'PENDING_REVIEW' },
    quality: 'UNKNOWN',
  });
  platform.world.subscribers.push(subscriber);
  return subscriber;
}
