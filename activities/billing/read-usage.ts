/** What one side counted for the number (meta §5.3): its buckets, or why nobody could see them. */
import { PlatformError } from '../../platforms/meta';
import { readPricing } from '../../platforms/meta/analytics';
import { readWaba } from '../../platforms/meta/wabas';
import type { WabaId } from '../../shared/ids';
import { isSameNumber } from '../../shared/phone-number';
import type { ActivityDeps } from '../context';
import type { Subject } from '../contract';
import type { UsageBucket } from './usage-rows';

export interface UsageAsk {
  wabaId: WabaId;
  /** Null: the request names none for this side. */
  credential: string | null;
  from: string;
  to: string;
  granularity: 'HALF_HOUR' | 'DAILY';
}

export interface UsageRead {
  buckets: UsageBucket[];
  currency: string | null;
  /** Null: it was read. */
  whyUnseen: string | null;
}

const unseen = (whyUnseen: string): UsageRead => ({ buckets: [], currency: null, whyUnseen });

/** A side that does not let us look must not hold anything up; it is written down instead. */
const whyRefused = (error: unknown): string => {
  if (!(error instanceof PlatformError)) throw error;
  const { class: failureClass, code, title } = error.problem;
  if (failureClass !== 'needs_party' && failureClass !== 'permanent') throw error;
  return `${code}: ${title}`;
};

/** Two calls at the WABA. Trouble that passes is thrown and tried again. */
export const readUsage = async (
  deps: ActivityDeps,
  { tenant, request }: Subject,
  { wabaId, credential, from, to, granularity }: UsageAsk,
): Promise<UsageRead> => {
  if (credential === null) return unseen('no credential for this side is named in the request');
  try {
    const graph = await deps.graphFor(tenant, credential, wabaId);
    const { currency } = await readWaba(graph, wabaId);
    const points = await readPricing(graph, wabaId, { from: new Date(from), to: new Date(to), granularity });
    const buckets = points
      .filter(({ phoneNumber }) => phoneNumber !== null && isSameNumber(phoneNumber, request.phoneNumber))
      .map(({ start, end, volume, cost, country, pricingCategory, pricingType, tier }) => ({
        ...{ from: start, to: end, volume, cost, country, tier },
        ...{ category: pricingCategory, type: pricingType },
      }));
    return { buckets, currency, whyUnseen: null };
  } catch (error) {
    return unseen(whyRefused(error));
  }
};
