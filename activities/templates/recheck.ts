/**
 * Looking again at what arrived: hours after a copy Meta's category check may turn templates REJECTED or give them another
 * category (R8, meta §1.6, §4.1), and ratings come back after a day (P-21). Brings the report up to date.
 */
import { checkText } from '../../shared/texts';
import { inWords, shownAs } from '../../shared/texts/shown';
import { templateKey } from '../../shared/template-report';
import { StoreUnavailableError, type TemplateRow, type TemplateRowChange } from '../../store';
import type { ActivityDeps } from '../context';
import type { Check, Subject } from '../contract';
import { inTime } from '../in-time';
import { campaignCheck, CampaignTemplates, type CampaignsNeed, type Difference } from './campaign-templates';
import type { Existing } from './destination';
import { keyAtDestination, whatArrived } from './reconcile';

/** So many names stand in a check; the report has all. */
const FIRST_NAMED = 20;

export interface Rechecked {
  arrived: number;
  /** `name/language` of those that were turned down, the first of them. */
  rejected: string[];
  rejectedCount: number;
  recategorised: number;
  campaigns: Difference;
}

const ARRIVED: ReadonlySet<TemplateRow['outcome']> = new Set(['copied', 'recreated', 'rejected']);

const changeOf = (row: TemplateRow, existing: Existing, checkedAt: string): TemplateRowChange | null => {
  const isSame =
    row.destinationStatus === existing.status &&
    row.destinationCategory === existing.category &&
    row.destinationQuality === (existing.quality ?? null);
  if (isSame) return null;
  const result = whatArrived(existing, row);
  return {
    ...{ name: row.name, language: row.language, checkedAt },
    // What was said about a copy that is well stays: its button may still open an old flow.
    ...(result.outcome === row.outcome ? {} : result),
    ...{ destinationId: existing.id, destinationStatus: existing.status },
    ...{ destinationCategory: existing.category, destinationQuality: existing.quality ?? null },
  };
};

const recheck = async (
  { store, clock }: ActivityDeps,
  subject: Subject,
  there: ReadonlyMap<string, Existing>,
  campaignsNeed: CampaignsNeed,
): Promise<Rechecked> => {
  const campaigns = new CampaignTemplates(subject.request.templates.required, there, campaignsNeed);
  const sum = { arrived: 0, rejected: [] as string[], rejectedCount: 0, recategorised: 0 };
  const checkedAt = clock().toISOString();
  const changes = async function* (): AsyncIterable<TemplateRowChange> {
    for await (const row of store.templateReports.stream(subject)) {
      const existing = there.get(keyAtDestination(row));
      campaigns.see(row);
      if (!ARRIVED.has(row.outcome) || existing === undefined) continue;
      sum.arrived += 1;
      if (existing.status === 'REJECTED') {
        sum.rejectedCount += 1;
        if (sum.rejected.length < FIRST_NAMED) sum.rejected.push(templateKey(row));
      }
      if (row.category !== null && existing.category !== null && existing.category !== row.category)
        sum.recategorised += 1;
      const change = changeOf(row, existing, checkedAt);
      if (change !== null) yield change;
    }
  };
  await store.templateReports.upsert(subject, changes());
  return { ...sum, campaigns: campaigns.found };
};

/** Null while the database is away: acceptance does not wait for it, the next look knows. */
export const recheckTemplates = async (
  deps: ActivityDeps,
  subject: Subject,
  there: ReadonlyMap<string, Existing>,
  campaignsNeed: CampaignsNeed = 'all',
): Promise<Rechecked | null> => {
  try {
    await inTime(deps.store.templateReports.counts(subject));
    return await recheck(deps, subject, there, campaignsNeed);
  } catch (error) {
    if (error instanceof StoreUnavailableError) return null;
    throw error;
  }
};

export const recheckChecks = (found: Rechecked | null): Check[] =>
  found === null ? [] : [...copyChecks(found), campaignCheck(found.campaigns)];

/** Told, and not held against the number: what it cannot do without is named in `templates.required`. */
const copyChecks = (found: Rechecked): Check[] => {
  if (found.arrived === 0) return [];
  const { arrived, rejected, rejectedCount, recategorised } = found;
  const more = rejectedCount > rejected.length ? `, +${String(rejectedCount - rejected.length)}` : '';
  const names = `${rejected.join(', ')}${more}`;
  return [
    {
      name: 'template copies',
      ...shownAs(
        inWords('none turned down', {}),
        rejectedCount === 0 ? inWords('none turned down', {}) : inWords('turned down: {names}', { names }),
      ),
      ok: rejectedCount === 0,
      ...{ required: false, requirement: 'R8', party: 'client' },
      ...checkText('check.copies', { templates: names }),
    },
    {
      name: 'template categories',
      ...shownAs(
        inWords('as at the source', {}),
        recategorised === 0
          ? inWords('as at the source', {})
          : inWords('{count} of {arrived} have another category, which is priced differently', {
              count: recategorised,
              arrived,
            }),
      ),
      ok: recategorised === 0,
      ...{ required: false, requirement: 'R8', party: 'client' },
      ...checkText('check.categories', { count: recategorised, arrived }),
    },
  ];
};
