/** Which accounts a business has, and which of them is the new one (R42, R43). */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { listWabasOfBusiness } from '../../platforms/meta/businesses';
import type { BusinessId, WabaId } from '../../shared/ids';
import { unseenBecause } from '../eligibility/unseen';

export interface ListedWaba {
  id: WabaId;
  name: string | null;
}

/** Both edges; one that this token may not read counts as empty, because a token usually sees only one of them. */
export const wabasOfBusiness = async (client: GraphClient, businessId: BusinessId): Promise<ListedWaba[]> => {
  const found = new Map<WabaId, ListedWaba>();
  for (const edge of ['owned', 'client'] as const) {
    try {
      for (const waba of await listWabasOfBusiness(client, businessId, edge)) found.set(waba.id, waba);
    } catch (error) {
      if (!(error instanceof PlatformError) || unseenBecause(error.problem) === null) throw error;
    }
  }
  return [...found.values()];
};

export type Search =
  { kind: 'none' } | { kind: 'one'; wabaId: WabaId } | { kind: 'several'; candidates: WabaId[] };

/**
 * The new account: there now, not there before, not the source. Of several, the only one that has the proposed name;
 * otherwise a person must say.
 */
export const newWabaAmong = (
  listed: readonly ListedWaba[],
  before: { known: readonly WabaId[]; source: WabaId; proposedName: string },
): Search => {
  const fresh = listed.filter(({ id }) => id !== before.source && !before.known.includes(id));
  const named = fresh.filter(({ name }) => name === before.proposedName);
  const candidates = (named.length === 1 ? named : fresh).map(({ id }) => id);
  const [first] = candidates;
  if (first === undefined) return { kind: 'none' };
  return candidates.length === 1 ? { kind: 'one', wabaId: first } : { kind: 'several', candidates };
};
