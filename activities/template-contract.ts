/** What a migration does with templates, as the workflow sees it; the part of `contract.ts` that is about them. */
import type { WabaId } from '../shared/ids';
import type { TemplateReason, WorthRecreating } from '../shared/template-report';
import type { Subject } from './contract';

export interface TemplateInventory {
  source: number;
  /** APPROVED and of a quality that is copied (meta §4.1, as the policy says). */
  eligible: number;
  ineligible: number;
  collisions: number;
  /** Free places at the destination; null when it does not say. */
  capacityLeft: number | null;
  /** Eligible, not at the destination yet, within capacity. */
  predicted: number;
  /** `name/language` of required templates that cannot arrive by copying. */
  requiredNotCopyable: string[];
  pages: number;
  /** Eligible, without a place: what has one is asked for by id, required ones first. Absent in older histories. */
  overCapacity?: number;
  /** Flows, at the source, that buttons of wanted templates open. */
  flows?: number;
  /** Collisions with another content that nobody has decided about, and the first of them (R9). */
  undecided?: { count: number; first: string[] };
  /** Collisions that are created under another name. */
  renamed?: number;
}

export interface TemplateReconciliation {
  copied: number;
  kept: number;
  /** Failed with a reason, or not there after the copy. */
  failed: number;
  /** Source ids worth asking for again, one page at most. */
  retryIds: string[];
  /** `name/language` of required templates not approved at the destination. */
  requiredMissing: string[];
  /** Created from their content. Absent in older histories, as what follows. */
  recreated?: number;
  leftBehind?: number;
  recategorised?: number;
  /** Copies whose button still opens a flow of the old account, and the first of them. */
  oldFlows?: { count: number; first: string[] };
  /** Of `oldFlows`: those whose flows have moved and that nobody has tried to edit yet. */
  toRepoint?: number;
  /** The destination is full. */
  noRoom?: { count: number; first: string[] };
}

export interface TemplateActivities {
  /**
   * Reads both sides with paging, writes the report's rows, returns counts only (thousands must not enter a history).
   * `pages` counts copy calls of `pageSize` templates (default 500, the most that Meta takes).
   */
  inventoryTemplates(input: {
    subject: Subject;
    /** Null in a dry run for an account that is still to be made: it is empty, and its capacity is not known. */
    wabaId: WabaId | null;
    pageSize?: number;
    copyQualities?: readonly string[];
    /** A person let the destination's templates stay where nothing else was decided. */
    keepRest?: boolean;
    /** The signup has made the account: what is in it, with the source's content, is Meta's own copy (meta §2.2). */
    accountIsNew?: boolean;
  }): Promise<TemplateInventory>;
  /** Flows that wanted templates open are at the destination, under new ids (meta §1.6). Lists before it asks. */
  migrateFlows(input: { subject: Subject; wabaId: WabaId }): Promise<{
    moved: number;
    /** Found at the destination under the same name (4233041). */
    adopted: number;
    failed: number;
  }>;
  /**
   * One copy call, or several smaller ones after a time-out; lists and diffs first after an unknown outcome. `more`: its
   * time is over and it wants to be called again. `pick: 'missing'` asks by id for what is planned, required ones first.
   */
  copyTemplates(input: {
    subject: Subject;
    wabaId: WabaId;
    page: number;
    pageSize: number;
    templateIds: string[] | null;
    pick?: 'page' | 'missing';
  }): Promise<{ asked: number; failed: number; more?: boolean }>;
  /** Compares by (name, language) what is wanted with what is there; finishes the report. */
  reconcileTemplates(input: { subject: Subject; wabaId: WabaId }): Promise<TemplateReconciliation>;
  /**
   * Creates at the destination, from their content, what was not copied and is worth it, required ones first, within
   * Meta's hundred an hour. `left` is what is still to be created; `waitMs` how long the quota has to be waited for.
   */
  recreateTemplates(input: {
    subject: Subject;
    wabaId: WabaId;
    /** By reason code, as the policy says; absent: `TEMPLATE_REASONS`. */
    worth?: Partial<Record<TemplateReason, WorthRecreating>>;
    perHour?: number;
    /** Of required templates only; `left` counts no others. */
    onlyRequired?: boolean;
  }): Promise<{ created: number; refused: number; left: number; waitMs: number | null }>;
  /**
   * Edits copies whose buttons still open flows of the old account, so that they open the moved ones, required ones first
   * (meta §4.3). Reads the destination first: what opens the moved flow already is done. Meta reviews every edit.
   */
  repointFlowButtons(input: { subject: Subject; wabaId: WabaId; onlyRequired?: boolean }): Promise<{
    repointed: number;
    /** Too many edits, not to be edited now, or not accepted: the report has Meta's words. */
    refused: number;
    /** Still to be edited: the attempt's time was over. */
    left: number;
  }>;
}
