/** What was sent and what it cost, by number (meta §5.3). Figures are approximate and only of numbers now attached. */
import { z } from 'zod';
import type { WabaId } from '../../shared/ids';
import type { GraphClient } from './graph-client';

const pointSchema = z
  .looseObject({
    start: z.number(),
    end: z.number(),
    phone_number: z.coerce.string().nullish(),
    country: z.string().nullish(),
    pricing_type: z.string().nullish(),
    pricing_category: z.string().nullish(),
    tier: z.string().nullish(),
    volume: z.number().catch(0),
    cost: z.number().nullish(),
  })
  .transform((point) => ({
    start: new Date(point.start * 1000).toISOString(),
    end: new Date(point.end * 1000).toISOString(),
    phoneNumber: point.phone_number ?? null,
    country: point.country ?? null,
    pricingType: point.pricing_type ?? null,
    pricingCategory: point.pricing_category ?? null,
    tier: point.tier ?? null,
    volume: point.volume,
    cost: point.cost ?? null,
  }));

/** One bucket of one number, country and category. `cost` in the account's currency; null when it is withheld. */
export type PricingPoint = z.output<typeof pointSchema>;

const pricingSchema = z.looseObject({
  pricing_analytics: z
    .looseObject({
      data: z.array(z.looseObject({ data_points: z.array(pointSchema).default([]) })).default([]),
    })
    .nullish(),
});

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/**
 * `GET /{waba}?fields=pricing_analytics…` of the whole account, broken down by number. Meta would filter by number,
 * but then the number would stand in a URL; filter the answer instead. Look-back one year.
 */
export const readPricing = async (
  client: GraphClient,
  wabaId: WabaId,
  wish: { from: Date; to: Date; granularity: 'HALF_HOUR' | 'DAILY' },
): Promise<PricingPoint[]> => {
  const fields = [
    'pricing_analytics',
    `start(${String(seconds(wish.from))})`,
    `end(${String(seconds(wish.to))})`,
    `granularity(${wish.granularity})`,
    'metric_types(COST,VOLUME)',
    'dimensions(COUNTRY,PHONE,PRICING_CATEGORY,PRICING_TYPE,TIER)',
  ].join('.');
  const answer = await client.get(wabaId, { fields }, pricingSchema, { scope: wabaId });
  return (answer.pricing_analytics?.data ?? []).flatMap((series) => series.data_points);
};
