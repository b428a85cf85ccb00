/** Reports a migration leaves: one row a template, and the billing ledger. */
import type { TemplateOutcome, TemplatePlan, TemplateReason } from '../shared/template-report';
import type { Page, PageOf } from './pages';

export { TEMPLATE_OUTCOMES, TEMPLATE_PLANS } from '../shared/template-report';
export type { TemplateOutcome, TemplatePlan, TemplateReason };

export interface TemplateRow {
  name: string;
  language: string;
  category: string | null;
  sourceId: string | null;
  sourceStatus: string | null;
  sourceQuality: string | null;
  plan: TemplatePlan;
  outcome: TemplateOutcome;
  /** Why, in words (Meta's own where it gave some), and as a code of `TEMPLATE_REASONS`. */
  reason: string | null;
  code: TemplateReason | null;
  /** The request says that the number is not accepted without it. */
  required: boolean;
  destinationId: string | null;
  destinationStatus: string | null;
  destinationCategory: string | null;
  destinationQuality: string | null;
  /** Of a collision: whether the destination's content is another, and both (the components as JSON) if it is. */
  contentDiffers: boolean | null;
  sourceContent: string | null;
  destinationContent: string | null;
  /** The name under which it is, or is to be, created at the destination because its own is taken there. */
  createAs: string | null;
  /** Somebody looked at the collision with the destination's template of this id and lets it stay. */
  keptInFavourOf: string | null;
  /** When a copy call that answered asked for it by id, since the last inventory. */
  askedAt: string | null;
  /** Whether its creation at the destination was tried (`begun`: the reply is not known), and with what result. */
  recreation: 'begun' | 'created' | 'refused' | null;
  /** Ids, at the source, of the flows that its buttons open. */
  flowIds: string[];
  /** Whether its copy was edited to open the moved flows (`begun`: the reply is not known), and with what result. */
  flowEdit: 'begun' | 'done' | 'refused' | null;
  checkedAt: string;
}

/** Fields left out keep what an earlier upsert said; a new row takes null, `pending` and `copy` for them. */
export type TemplateRowChange = Pick<TemplateRow, 'name' | 'language' | 'checkedAt'> & Partial<TemplateRow>;

export interface TemplateFilter {
  plan?: TemplatePlan | undefined;
  outcome?: TemplateOutcome | undefined;
  required?: boolean | undefined;
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
