import type { Platform } from '../platform/platform';
import type { BilledMessage } from '../platform/state';
import { listedRecords } from '../world/lookups';
import type { Waba } from '../world/schema';
import { digitsOf } from '../behaviour/messaging';
import { invalidParameter } from './errors';

const granularities = { HALF_HOUR: 1_800, DAILY: 86_400, MONTHLY: 0 } as const;
const dimensionNames = ['COUNTRY', 'PHONE', 'PRICING_CATEGORY', 'PRICING_TYPE', 'TIER'] as const;
const LOOK_BACK_SECONDS = 365 * 86_400;

type Dimension = (typeof dimensionNames)[number];

/** `pricing_analytics` of a WABA (meta §5.3): its numbers of now only, unless the knob keeps history. */
export function pricingAnalytics(
  platform: Platform,
  waba: Waba,
  given: Readonly<Record<string, string>>,
): { data_points: Record<string, unknown>[] }[] {
  const start = unixTime(given, 'start');
  const end = unixTime(given, 'end');
  const granularity = given['granularity'];
  if (granularity !== 'HALF_HOUR' && granularity !== 'DAILY' && granularity !== 'MONTHLY') {
    throw invalidParameter('granularity must be one of HALF_HOUR, DAILY, MONTHLY');
  }
  if (end <= start) throw invalidParameter('end must be after start');
  if (start < platform.now() / 1000 - LOOK_BACK_SECONDS)
    throw invalidParameter('start may be at most one year ago');
  const dimensions = dimensionsOf(given);
  const metrics = choices(given, 'metric_types') ?? ['COST', 'VOLUME'];
  const points = new Map<string, Record<string, unknown> & { volume: number; cost: number }>();
  for (const message of messagesOf(platform, waba, given)) {
    const at = Math.floor(message.sentAt / 1000);
    if (at < start || at >= end) continue;
    const bucket = bucketOf(at, granularity);
    const labels = labelsOf(platform, message, dimensions);
    const key = JSON.stringify([bucket, labels]);
    const point = points.get(key) ?? { ...bucket, ...labels, volume: 0, cost: 0 };
    point.volume += message.volume;
    point.cost = Math.round((point.cost + message.cost) * 10_000) / 10_000;
    points.set(key, point);
  }
  return [{ data_points: [...points.values()].map((point) => withMetrics(point, metrics)) }];
}

function withMetrics(
  { volume, cost, ...labels }: Record<string, unknown> & { volume: number; cost: number },
  metrics: readonly string[],
): Record<string, unknown> {
  return {
    ...labels,
    ...(metrics.includes('VOLUME') ? { volume } : {}),
    ...(metrics.includes('COST') ? { cost } : {}),
  };
}

function unixTime(given: Readonly<Record<string, string>>, name: string): number {
  const value = given[name];
  if (value === undefined || !/^\d{9,11}$/.test(value))
    throw invalidParameter(`${name} must be a UNIX time in seconds`);
  return Number(value);
}

/** `([a,b])`, `(["a"])` or `(a)` as a list; null when absent or empty. */
function choices(given: Readonly<Record<string, string>>, name: string): string[] | null {
  const value = given[name];
  if (value === undefined) return null;
  const parts = value.replace(/[[\]"'\s]/g, '').split(',');
  const named = parts.filter((part) => part !== '');
  return named.length > 0 ? named : null;
}

function dimensionsOf(given: Readonly<Record<string, string>>): Dimension[] {
  const wanted = choices(given, 'dimensions') ?? [];
  const unknown = wanted.find((name) => !dimensionNames.some((known) => known === name));
  if (unknown !== undefined) throw invalidParameter(`dimensions does not know ${unknown}`);
  return dimensionNames.filter((name) => wanted.includes(name));
}

function messagesOf(
  platform: Platform,
  waba: Waba,
  given: Readonly<Record<string, string>>,
): BilledMessage[] {
  const attached = new Set(
    listedRecords(platform.world, waba.id)
      .filter((record) => record.status !== 'MIGRATED' && record.status !== 'DISCONNECTED')
      .map((record) => record.subscriberId),
  );
  const kept = platform.world.knobs.sourceAnalyticsAfter === 'kept';
  const phones = choices(given, 'phone_numbers')?.map((phone) => phone.replace(/\D/g, ''));
  const countries = choices(given, 'country_codes');
  const types = choices(given, 'pricing_types');
  const categories = choices(given, 'pricing_categories');
  return platform.state.messages.filter(
    (message) =>
      message.billedTo.includes(waba.id) &&
      (message.deliveredAt === undefined || message.deliveredAt <= platform.now()) &&
      (kept || attached.has(message.subscriberId)) &&
      (phones === undefined || phones.includes(phoneOf(platform, message))) &&
      (countries === null || countries.includes(message.country)) &&
      (types === null || types.includes(message.pricingType)) &&
      (categories === null || categories.includes(message.category)),
  );
}

function phoneOf(platform: Platform, message: BilledMessage): string {
  const record = platform.world.records.find((other) => other.subscriberId === message.subscriberId);
  return record ? digitsOf(platform, record) : '';
}

function bucketOf(at: number, granularity: keyof typeof granularities): { start: number; end: number } {
  if (granularity !== 'MONTHLY') {
    const width = granularities[granularity];
    const start = Math.floor(at / width) * width;
    return { start, end: start + width };
  }
  const date = new Date(at * 1000);
  const month = (add: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + add, 1) / 1000;
  return { start: month(0), end: month(1) };
}

function labelsOf(
  platform: Platform,
  message: BilledMessage,
  dimensions: readonly Dimension[],
): Record<string, unknown> {
  const labels: Record<Dimension, readonly [string, string]> = {
    PHONE: ['phone_number', phoneOf(platform, message)],
    COUNTRY: ['country', message.country],
    TIER: ['tier', '0:750000'],
    PRICING_TYPE: ['pricing_type', message.pricingType],
    PRICING_CATEGORY: ['pricing_category', message.category],
  };
  return Object.fromEntries(dimensions.map((dimension) => labels[dimension]));
}
