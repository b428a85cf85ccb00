/** Quality, limit and throughput of the number: kept, or better (R5, R14, P-21, meta §3.4, §3.6). Pure. */
import { inWords, shownAs } from '../../shared/texts/shown';
import type { Check } from '../contract';
import { kept, shown } from './check-kinds';

const QUALITIES: readonly string[] = ['RED', 'YELLOW', 'GREEN'];
/** The old tier of a thousand is shown as two thousand since v24 (meta §3.4). */
const LIMITS: readonly string[] = [
  ...['TIER_50', 'TIER_250', 'TIER_1K', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED'],
];

const isAtLeast = (ranks: readonly string[], before: string, after: string): boolean =>
  ranks.includes(before) && ranks.includes(after) && ranks.indexOf(after) >= ranks.indexOf(before);

/** Ratings are not known in the first day after a move (P-21, meta §11). */
const RATING_RETURNS_MS = 24 * 3_600_000;
const isUnrated = (rating: string | null): boolean =>
  rating === null || rating === 'UNKNOWN' || rating === 'NA';

export const qualityCheck = (
  before: string | null,
  after: string | null,
  at: { connectedAt: string | null; now: string },
): Check => {
  const check = kept('quality rating', before, after, 'check.quality');
  if (check.ok || before === null || isUnrated(before)) return { ...check, ok: true };
  if (after !== null && isAtLeast(QUALITIES, before, after)) return { ...check, ok: true };
  const returnsAt = at.connectedAt === null ? null : Date.parse(at.connectedAt) + RATING_RETURNS_MS;
  if (isUnrated(after) && returnsAt !== null && Date.parse(at.now) < returnsAt) {
    const observed = inWords('{rating|term}; it returns within 24 hours ({at})', {
      rating: check.observed,
      at: new Date(returnsAt).toISOString(),
    });
    return { ...check, ...shownAs(shown(before), observed), ok: true };
  }
  return check;
};

export const limitCheck = (before: string | null, after: string | null): Check => {
  const check = kept('messaging limit', before, after, 'check.messaging_limit');
  return before !== null && after !== null && isAtLeast(LIMITS, before, after)
    ? { ...check, ok: true }
    : check;
};

/**
 * A thousand messages a second instead of eighty: no page says that it moves (meta §1.6, §3.4), and whoever sends much
 * notices it in the first campaign. Meta raises it again by itself when the volume is there.
 */
export const throughputCheck = (before: string | null, after: string | null): Check => {
  const check = kept('throughput', before, after, 'check.throughput');
  return { ...check, requirement: 'R14', ok: before !== 'HIGH' || after === null || after === 'HIGH' };
};
