/**
 * Whether Meta keeps the data of the number where the request asked (meta §1.5). It is told before the registration, in one
 * of two ways of which Meta's pages contradict each other: what holds is known only by reading it back afterwards. Pure.
 */
import { checkText } from '../../shared/texts';
import { asIs, inWords, shownAs, type Shown } from '../../shared/texts/shown';
import type { StorageRegion } from '../../shared/requests';
import type { Check } from '../contract';
import { UNSEEN } from './check-kinds';

/** `region` null: wherever Meta keeps it. */
export interface StorageSeen {
  asked: StorageRegion;
  /** Null: its token may not see it. */
  kept: { region: string | null } | null;
}

/** Local storage is enabled within about five minutes (meta §1.5). */
const ENABLED_WITHIN_MS = 10 * 60_000;

const observedIn = ({ kept }: StorageSeen): Shown => {
  if (kept === null) return inWords(UNSEEN, {});
  return kept.region === null ? inWords('where Meta keeps it by default', {}) : asIs(kept.region);
};

export const storageRegionCheck = (
  seen: StorageSeen,
  { connectedAt, now }: { connectedAt: string | null; now: string },
): Check => {
  const { asked, kept } = seen;
  const region = kept?.region ?? null;
  const mayStillCome =
    connectedAt !== null && Date.parse(now) < Date.parse(connectedAt) + ENABLED_WITHIN_MS && region === null;
  return {
    name: 'data region',
    ...shownAs(asIs(asked), observedIn(seen)),
    ok: kept === null || region === asked || mayStillCome,
    ...{ required: false, requirement: 'meta §1.5', party: 'operator' },
    ...(region === null
      ? checkText('check.data_region.default', { expected: asked })
      : checkText('check.data_region', { expected: asked, observed: region })),
  };
};
