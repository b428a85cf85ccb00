/**
 * The template difference that campaigns wait for (P-8, R6, R7): what could be sent at the source, or is required, and cannot
 * be sent at the destination. Pure.
 */
import { checkText } from '../../shared/texts';
import { inWords, shownAs } from '../../shared/texts/shown';
import { CAMPAIGN_TEMPLATES } from '../../shared/preparation';
import type { Policy } from '../../shared/policy';
import { templateKey } from '../../shared/template-report';
import type { TemplateRow } from '../../store';
import type { Check } from '../contract';
import type { Existing } from './destination';
import { keyAtDestination } from './reconcile';

export type CampaignsNeed = Policy['preparation']['campaignsNeed'];

/** So many names stand in a check; the report has all. */
const FIRST_NAMED = 20;

export interface Difference {
  need: CampaignsNeed;
  count: number;
  /** `name/language`, the first of them. */
  first: string[];
}

/** Adds up row by row: required ones first, because nothing is sent without them. */
export class CampaignTemplates {
  private readonly required: ReadonlySet<string>;
  private readonly difference: Difference;

  constructor(
    required: readonly string[],
    private readonly there: ReadonlyMap<string, Pick<Existing, 'status'>>,
    need: CampaignsNeed,
  ) {
    this.required = new Set(required);
    this.difference = { need, count: 0, first: [] };
    for (const key of this.required) if (!this.isApproved(key)) this.add(key);
  }

  see(row: TemplateRow): void {
    const couldBeSent = row.sourceId !== null && row.sourceStatus === 'APPROVED';
    if (this.difference.need === 'required' || !couldBeSent || this.required.has(templateKey(row))) return;
    if (!this.isApproved(keyAtDestination(row))) this.add(templateKey(row));
  }

  get found(): Difference {
    return this.difference;
  }

  private isApproved(key: string): boolean {
    return this.there.get(key)?.status === 'APPROVED';
  }

  private add(key: string): void {
    this.difference.count += 1;
    if (this.difference.first.length < FIRST_NAMED) this.difference.first.push(key);
  }
}

/** Told, and not held against the number: campaigns wait for it, acceptance does not. */
export const campaignCheck = ({ need, count, first }: Difference): Check => {
  const templates = `${first.join(', ')}${count > first.length ? `, +${String(count - first.length)}` : ''}`;
  return {
    name: CAMPAIGN_TEMPLATES,
    ...shownAs(
      inWords(need === 'all' ? 'all that were approved at the source' : 'the required ones', {}),
      count === 0
        ? inWords('approved', {})
        : inWords('not approved: {count} ({templates})', { count, templates }),
    ),
    ok: count === 0,
    ...{ required: false, requirement: 'P-8', party: 'client' },
    ...checkText('check.campaigns', { count, templates }),
  };
};
