/** How many numbers the destination's portfolio has and may have (meta §1.1). */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { listWabasOfBusiness } from '../../platforms/meta/businesses';
import { listPhoneNumbers, type PhoneNumber } from '../../platforms/meta/phone-numbers';
import type { BusinessId, WabaId } from '../../shared/ids';
import { isSameNumber } from '../../shared/phone-number';
import type { WabaFacts } from '../contract';
import { unseenBecause } from './unseen';

const NEW_PORTFOLIO_CAP = 2;
const GROWN_PORTFOLIO_CAP = 20;
/** A portfolio has at most 20 WABAs at first (meta §3.1); reading more would eat a new WABA's 200 calls an hour. */
export const MOST_WABAS = 20;

const GROWN_LIMITS: readonly string[] = ['TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED'];

/** Registered, so that it counts towards the cap. */
const isRegistered = (number: PhoneNumber): boolean =>
  number.platformType !== 'NOT_APPLICABLE' && number.status !== 'MIGRATED' && number.status !== 'DELETED';

export interface Portfolio {
  /** Registered numbers that can be seen, other than the one that moves: inside one portfolio it is counted already. */
  otherNumbers: number;
  /** The published cap; support may have raised it, so the real one is never lower. */
  cap: number;
}

/** An account of the same portfolio that this token may not read leaves the count a lower bound. */
export const numbersIfVisible = async (client: GraphClient, wabaId: WabaId): Promise<PhoneNumber[]> => {
  try {
    return await listPhoneNumbers(client, wabaId);
  } catch (error) {
    if (error instanceof PlatformError && unseenBecause(error.problem) !== null) return [];
    throw error;
  }
};

/** Null when the portfolio is too large to be counted politely. */
export const portfolioOf = async (
  client: GraphClient,
  given: {
    businessId: BusinessId;
    /** What was read of the destination WABA already. */
    seen: { waba: WabaFacts; numbers: PhoneNumber[]; messagingLimit: string | null };
    phoneNumber: string;
  },
): Promise<Portfolio | null> => {
  const wabas = await listWabasOfBusiness(client, given.businessId, 'owned');
  if (wabas.length > MOST_WABAS) return null;
  const numbers = [...given.seen.numbers];
  for (const { id } of wabas) {
    if (id !== given.seen.waba.id) numbers.push(...(await numbersIfVisible(client, id)));
  }
  const { waba, messagingLimit } = given.seen;
  const grown = waba.businessVerificationStatus === 'verified' || GROWN_LIMITS.includes(messagingLimit ?? '');
  return {
    otherNumbers: numbers.filter(
      (number) => isRegistered(number) && !isSameNumber(number.displayPhoneNumber, given.phoneNumber),
    ).length,
    cap: grown ? GROWN_PORTFOLIO_CAP : NEW_PORTFOLIO_CAP,
  };
};
