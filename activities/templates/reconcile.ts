/**
 * `reconcileTemplates`: what is wanted against what is there, by name and language (meta §1.8, §4.1).
 *
 * Does: reads the destination; finishes the report's rows.
 * Safe to repeat: the report is a function of both lists. Lost reply: repeat. Undone by: nothing to undo.
 */
import type { TemplateRow, TemplateRowChange } from '../../store';
import type { ActivityDeps } from '../context';
import type { TemplateActivities, TemplateReconciliation } from '../contract';
import { listByKey, type Existing } from './destination';
import { movedFlows } from './flows';
import { isToBeRepointed, isUnderReview, openedAtSource, REPOINTED } from './old-flows';
import { templateKey } from './plan';
import { destinationBefore } from './unseen-source';

/** One page of ids, the most a copy call takes (meta §4.1). */
const MOST_IDS = 500;
/** So many names stand in a task; the report has all. */
const FIRST_NAMED = 20;

type Outcome = Pick<TemplateRow, 'outcome' | 'reason' | 'code'>;

/** How it came to be there: its own creation and an edit are reviewed, a copy is re-checked. */
type Making = Partial<Pick<TemplateRow, 'recreation' | 'flowEdit'>>;

export const whatArrived = (
  existing: Pick<Existing, 'status' | 'rejectedReason'>,
  { recreation, flowEdit }: Making = {},
): Outcome => {
  const recreated = recreation === 'created';
  if (existing.status !== 'REJECTED')
    return { outcome: recreated ? 'recreated' : 'copied', reason: null, code: null };
  const given = existing.rejectedReason === 'NONE' ? null : existing.rejectedReason;
  return recreated || flowEdit === 'done'
    ? { outcome: 'rejected', code: 'REVIEW_REJECTED', reason: given ?? 'rejected by the review' }
    : {
        outcome: 'rejected',
        code: 'RECHECK_REJECTED',
        reason: given ?? 'rejected by the re-check after the copy',
      };
};

type Known = Pick<TemplateRow, 'plan' | 'outcome' | 'reason' | 'code'> &
  Making &
  Partial<Pick<TemplateRow, 'createAs'>>;

/** What became of a source template; the destination's own one of the same name and language wins (R9). */
export const outcomeOf = (row: Known, existing?: Existing): Outcome => {
  const { outcome, reason, code } = row;
  const recreated = row.recreation === 'created';
  if (row.recreation === 'refused') return { outcome: 'failed', reason, code };
  if (existing !== undefined) {
    const isTheirs = row.plan === 'collision' || ((row.createAs ?? null) !== null && !recreated);
    return isTheirs ? { outcome: 'kept', reason, code } : whatArrived(existing, row);
  }
  if (row.plan === 'ineligible') return { outcome: 'left_behind', reason, code };
  if (outcome === 'failed') return { outcome, reason, code };
  return {
    outcome: 'missing',
    reason: reason ?? 'not at the destination after the copy',
    code: code ?? 'COPY_MISSING',
  };
};

/** Ineligible ones were never asked for, so their absence is no failure; the report says why they stay behind. */
const isFailure = ({ outcome }: Outcome): boolean =>
  outcome === 'failed' || outcome === 'missing' || outcome === 'rejected';

const worthAnotherTry = ({ plan }: TemplateRow, { outcome, code }: Outcome): boolean =>
  (plan === 'copy' || plan === 'at_destination') &&
  code !== 'NO_ROOM' &&
  (outcome === 'failed' || outcome === 'missing');

const countIn = (sum: { count: number; first: string[] }, row: TemplateRow): void => {
  sum.count += 1;
  if (sum.first.length < FIRST_NAMED) sum.first.push(templateKey(row));
};

/** Where the template is looked for: under the name it was created by. */
export const keyAtDestination = (row: TemplateRow): string =>
  row.recreation === 'created' && row.createAs !== null
    ? templateKey({ name: row.createAs, language: row.language })
    : templateKey(row);

const OLD_FLOW = 'its button still opens the flow of the old account';

/** What is said of a copy whose button opens a flow; what Meta said about an edit that it refused stays. */
const saidOfFlows = (
  row: TemplateRow,
  opened: readonly string[],
  flows: ReadonlyMap<string, string>,
): Outcome | null => {
  const isEdited = row.flowEdit === 'begun' || row.flowEdit === 'done';
  if (opened.length === 0) return isEdited ? { outcome: 'copied', ...REPOINTED } : null;
  const staying = opened.filter((id) => !flows.has(id));
  const why = staying.length === 0 ? OLD_FLOW : `${OLD_FLOW}: ${staying.join(', ')} was not moved`;
  const reason = row.flowEdit === 'refused' ? (row.reason ?? why) : why;
  return { outcome: 'copied', code: 'FLOW_OF_OLD_ACCOUNT', reason };
};

const hasFlows = async ({ store }: ActivityDeps, ref: { tenant: string; migrationId: string }) => {
  for await (const { flowIds } of store.templateReports.stream(ref)) if (flowIds.length > 0) return true;
  return false;
};

export const reconcileTemplates =
  (deps: ActivityDeps): TemplateActivities['reconcileTemplates'] =>
  async ({ subject, wabaId }): Promise<TemplateReconciliation> => {
    const { request } = subject;
    const graph = await deps.graphFor(subject.tenant, request.destination.credential, wabaId);
    const content = await hasFlows(deps, subject);
    const there = await listByKey(graph, wabaId, { content });
    const flows = content ? await movedFlows(deps.store, subject) : new Map<string, string>();
    const before = await destinationBefore(deps.store, subject);
    const checkedAt = deps.clock().toISOString();
    const counts = { copied: 0, kept: 0, failed: 0, recreated: 0, leftBehind: 0, recategorised: 0 };
    const oldFlows = { count: 0, first: [] as string[] };
    const noRoom = { count: 0, first: [] as string[] };
    let toRepoint = 0;
    const inReview = new Set<string>();
    const retry: { missing: string[]; failed: string[] } = { missing: [], failed: [] };
    const reported = new Set<string>();

    const account = (row: TemplateRow, result: Outcome, existing: Existing | undefined): void => {
      if (result.outcome === 'copied') counts.copied += 1;
      if (result.outcome === 'recreated') counts.recreated += 1;
      if (result.outcome === 'kept') counts.kept += 1;
      if (result.outcome === 'left_behind') counts.leftBehind += 1;
      if (isFailure(result)) counts.failed += 1;
      if (isFailure(result) && result.code === 'NO_ROOM') countIn(noRoom, row);
      const isOurs = result.outcome === 'copied' || result.outcome === 'recreated';
      if (isOurs && row.category !== null && existing?.category && existing.category !== row.category)
        counts.recategorised += 1;
      if (row.sourceId === null || !worthAnotherTry(row, result)) return;
      retry[result.outcome === 'failed' ? 'failed' : 'missing'].push(row.sourceId);
    };

    const withFlows = (row: TemplateRow, result: Outcome, existing: Existing | undefined): Outcome => {
      if (result.outcome !== 'copied') return result;
      if (existing !== undefined && isUnderReview(row, existing)) inReview.add(templateKey(row));
      const opened = openedAtSource(row, existing);
      if (opened.length > 0) countIn(oldFlows, row);
      if (isToBeRepointed(row, opened, flows)) toRepoint += 1;
      return saidOfFlows(row, opened, flows) ?? result;
    };

    const sideOf = (existing: Existing | undefined) => ({
      destinationId: existing?.id ?? null,
      destinationStatus: existing?.status ?? null,
      destinationCategory: existing?.category ?? null,
      destinationQuality: existing?.quality ?? null,
    });

    const changes = async function* (): AsyncIterable<TemplateRowChange> {
      for await (const row of deps.store.templateReports.stream(subject)) {
        const existing = there.get(keyAtDestination(row));
        const result = withFlows(row, outcomeOf(row, existing), existing);
        reported.add(templateKey(row));
        account(row, result, existing);
        const { name, language } = row;
        yield { name, language, ...result, ...sideOf(existing), checkedAt };
      }
      if (before === null) return;
      // Of a source that could not be listed, the copies are what is new at the destination.
      for (const [key, existing] of there) {
        if (before.has(key) || reported.has(key)) continue;
        const { name, language, category } = existing;
        const result = whatArrived(existing);
        counts[result.outcome === 'copied' ? 'copied' : 'failed'] += 1;
        yield { name, language, category, plan: 'at_destination', ...result, ...sideOf(existing), checkedAt };
      }
    };
    await deps.store.templateReports.upsert(subject, changes());

    return {
      ...counts,
      oldFlows,
      toRepoint,
      noRoom,
      retryIds: [...retry.missing, ...retry.failed].slice(0, MOST_IDS),
      // Our own edit of one is reviewed; acceptance waits for it.
      requiredMissing: request.templates.required.filter(
        (key) => there.get(key)?.status !== 'APPROVED' && !inReview.has(key),
      ),
    };
  };
