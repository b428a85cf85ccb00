import type { Platform } from '../platform/platform';
import type { BilledMessage } from '../platform/state';
import { countryOf } from '../world/number-formats';
import { liveRecordOf, recordsOf, subscriberOf, wabaOfRecord } from '../world/lookups';
import type { NumberRecord, Subscriber, Waba } from '../world/schema';
import { metadataOf, tellMessages } from '../webhooks/queue';
import { forgets } from './announcement';

const PRICES: Readonly<Record<string, number>> = {
  AUTHENTICATION: 0.0315,
  MARKETING: 0.0625,
  UTILITY: 0.008,
  SERVICE: 0,
};

/** One outgoing message, billed to the side that holds the number when it is sent (meta §5.2). */
export function bill(
  platform: Platform,
  record: NumberRecord,
  message: {
    id: string;
    category: string;
    volume: number;
    sentAt: number;
    to: string;
    deliveredAt?: number;
  },
): BilledMessage {
  const { world } = platform;
  const waba = wabaOfRecord(world, record);
  const free = message.category === 'SERVICE';
  const cost = (PRICES[message.category] ?? 0) * message.volume;
  const billed: BilledMessage = {
    id: message.id,
    subscriberId: record.subscriberId,
    wabaId: waba.id,
    sentAt: message.sentAt,
    country: countryOf(message.to),
    category: message.category,
    pricingType: free ? 'FREE_CUSTOMER_SERVICE' : 'REGULAR',
    volume: message.volume,
    cost: Math.round(cost * 10_000) / 10_000,
    billedTo: payers(platform, record, waba),
    ...(message.deliveredAt === undefined ? {} : { deliveredAt: message.deliveredAt }),
  };
  platform.state.messages.push(billed);
  platform.effect(
    'message_sent',
    { subscriber: record.subscriberId, phone: record.id, waba: waba.id, message: message.id },
    { billedTo: billed.billedTo.join(' '), volume: message.volume },
  );
  return billed;
}

function payers(platform: Platform, record: NumberRecord, waba: Waba): string[] {
  if (!forgets(platform, 'single_bill')) return [waba.id];
  return recordsOf(platform.world, record.subscriberId).map((other) => other.wabaId);
}

/** `sent` and `delivered`, and `read` of one that was, with the price that says who was billed (meta §5.2). */
export function tellStatuses(
  platform: Platform,
  record: NumberRecord,
  billed: BilledMessage,
  to: string,
  isRead = false,
): void {
  for (const status of ['sent', 'delivered', ...(isRead ? ['read'] : [])]) {
    tellMessages(platform, record, {
      messaging_product: 'whatsapp',
      metadata: metadataOf(platform, record),
      statuses: [
        {
          id: billed.id,
          status,
          timestamp: String(Math.floor(platform.now() / 1000)),
          recipient_id: to,
          pricing: {
            billable: billed.pricingType === 'REGULAR',
            pricing_model: 'PMP',
            category: billed.category.toLowerCase(),
            type: billed.pricingType.toLowerCase(),
          },
        },
      ],
    });
  }
}

/** Titles of the error page for what a message may fail of (meta §6.2); any other code comes with its number alone. */
const FAILURES: Readonly<Record<number, string>> = {
  131026: 'Message undeliverable',
  131042: 'Business eligibility payment issue',
  131048: 'Spam rate limit hit',
  131049: 'This message was not delivered to maintain healthy ecosystem engagement.',
  132001: 'Template name does not exist in the translation',
};

/** Messages of which the platform took each and could not deliver it: `sent` is never told of one, and nobody pays. */
export function tellFailures(
  platform: Platform,
  record: NumberRecord,
  failures: readonly { id: string; to: string; code: number }[],
): void {
  const timestamp = String(Math.floor(platform.now() / 1000));
  tellMessages(platform, record, {
    messaging_product: 'whatsapp',
    metadata: metadataOf(platform, record),
    statuses: failures.map(({ id, to, code }) => {
      const title = FAILURES[code] ?? `Error ${String(code)}`;
      return {
        ...{ id, status: 'failed', timestamp, recipient_id: to },
        errors: [{ code, title, message: title, error_data: { details: title } }],
      };
    }),
  });
}

/** Somebody writes to the number: the live side hears it; during the cut-over a knob decides (meta §12.5). */
export function receiveMessage(
  platform: Platform,
  subscriber: Subscriber,
  from: string,
  body: string,
): string[] {
  const { world } = platform;
  const live = liveRecordOf(world, subscriber.id);
  const records = recordsOf(world, subscriber.id).filter((record) => !record.vanished);
  const underWay = records.find((record) => record.registering || record.migrating);
  const sides = new Set<NumberRecord>(live ? [live] : []);
  if (underWay && world.knobs.inboundDuringCutover === 'both')
    for (const record of records) sides.add(record);
  if (underWay && !live && world.knobs.inboundDuringCutover === 'once') sides.add(underWay);
  const id = `wamid.IN${platform.newId()}`;
  for (const record of sides) {
    tellMessages(platform, record, {
      messaging_product: 'whatsapp',
      metadata: metadataOf(platform, record),
      contacts: [{ profile: { name: 'A customer' }, wa_id: from }],
      messages: [
        { from, id, timestamp: String(Math.floor(platform.now() / 1000)), type: 'text', text: { body } },
      ],
    });
  }
  return [...sides].map((record) => record.wabaId);
}

/** Digits of the number a record stands for, as metadata and analytics show them. */
export const digitsOf = (platform: Platform, record: NumberRecord): string =>
  subscriberOf(platform.world, record).digits;
