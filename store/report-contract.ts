/** Reports a migration leaves: one row a template, and the billing ledger. */
import type { Page, PageOf } from './pages';

export const TEMPLATE_PLANS = ['copy', 'collision', 'ineligible', 'over_capacity', 'at_destination'] as const;
export type TemplatePlan = (typeof TEMPLATE_PLANS)[number];

export const TEMPLATE_OUTCOMES = ['pending', 'copied', 'kept', 'failed', 'missing', 'rejected'] as const;
export type TemplateOutcome = (typeof TEMPLATE_OUTCOMES)[number];

export interface TemplateRow {
  name: string;
  language: string;
  category: string | null;
  sourceId: string | null;
  sourceStatus: string | null;
  sourceQuality: string | null;
  plan: TemplatePlan;
  outcome: TemplateOutcome;
  reason: string | null;
  destinationId: string | null;
  destinationStatus: string | null;
  checkedAt: string;
}

/** Fields left out keep what an earlier upsert said; a new row takes null, `pending` and `copy` for them. */
export type TemplateRowChange = Pick<TemplateRow, 'name' | 'language' | 'checkedAt'> & Partial<TemplateRow>;

export interface TemplateFilter {
  plan?: TemplatePlan | undefined;
  outcome?: TemplateOutcome | undefined;
}

export interface ReportRef {
  tenant: string;
  migrationId: string;
}

export interface TemplateReportStore {
  upsert(ref: ReportRef, rows: Iterable<TemplateRowChange> | AsyncIterable<TemplateRowChange>): Promise<void>;
  /** All rows by (name, language), read as they come. */
  stream(ref: ReportRef, filter?: TemplateFilter): AsyncIterable<TemplateRow>;
  counts(ref: ReportRef): Promise<{
    total: number;
    plans: Record<TemplatePlan, number>;
    outcomes: Record<TemplateOutcome, number>;
  }>;
  /** By (name, language). Throws `InvalidCursorError`. */
  list(ref: ReportRef, page: Page & TemplateFilter): Promise<PageOf<TemplateRow>>;
}

export interface LedgerRow {
  /** `usage_before`, `cutover`, `in_flight`, `funding`, `usage_after`, `invoice_task`, … */
  kind: string;
  side: 'source' | 'destination';
  /** Who pays: `partner_credit`, `client_card`, the source's provider, … */
  payer: string;
  from: string | null;
  to: string | null;
  quantity: number | null;
  /** Decimal, as a string: money is not a floating-point number. */
  amount: string | null;
  currency: string | null;
  evidence: Record<string, unknown>;
  seenAt: string;
  /** How exactly it is known, e.g. `exact`, `half_hour`, `unknown`. */
  precision: string;
  note: string | null;
}

export interface LedgerStore {
  /** One transaction: the rows of this kind are these and no others. */
  replaceKind(ref: ReportRef, kind: string, rows: readonly Omit<LedgerRow, 'kind'>[]): Promise<void>;
  /** All rows: kind by kind in the order in which the kinds first came, each in the order given. */
  list(ref: ReportRef): Promise<LedgerRow[]>;
}
