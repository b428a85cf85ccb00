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
import { templateKey } from './plan';
import { destinationBefore } from './unseen-source';

/** One page of ids, the most a copy call takes (meta §4.1). */
const MOST_IDS = 500;

type Outcome = Pick<TemplateRow, 'outcome' | 'reason'>;

const whatArrived = (existing: Pick<Existing, 'status' | 'rejectedReason'>): Outcome =>
  existing.status === 'REJECTED'
    ? { outcome: 'rejected', reason: existing.rejectedReason ?? 'rejected by the re-check after the copy' }
    : { outcome: 'copied', reason: null };

/** What became of a source template; the destination's own one of the same name and language wins (R9). */
export const outcomeOf = (
  row: Pick<TemplateRow, 'plan' | 'outcome' | 'reason'>,
  existing?: Existing,
): Outcome => {
  const ours = row.plan === 'copy' || row.plan === 'at_destination' || row.plan === 'over_capacity';
  if (existing !== undefined) return ours ? whatArrived(existing) : { outcome: 'kept', reason: row.reason };
  if (row.outcome === 'failed') return { outcome: 'failed', reason: row.reason };
  return { outcome: 'missing', reason: row.reason ?? 'not at the destination after the copy' };
};

/** Ineligible ones were never asked for, so their absence is no failure; the report says why they stay behind. */
const isFailure = ({ plan }: TemplateRow, { outcome }: Outcome): boolean =>
  plan !== 'ineligible' && (outcome === 'failed' || outcome === 'missing' || outcome === 'rejected');

const worthAnotherTry = ({ plan }: TemplateRow, { outcome }: Outcome): boolean =>
  (plan === 'copy' || plan === 'at_destination') && (outcome === 'failed' || outcome === 'missing');

export const reconcileTemplates =
  (deps: ActivityDeps): TemplateActivities['reconcileTemplates'] =>
  async ({ subject, wabaId }): Promise<TemplateReconciliation> => {
    const { request } = subject;
    const graph = await deps.graphFor(subject.tenant, request.destination.credential, wabaId);
    const there = await listByKey(graph, wabaId);
    const before = await destinationBefore(deps.store, subject);
    const checkedAt = deps.clock().toISOString();
    const counts = { copied: 0, kept: 0, failed: 0 };
    const retry: { missing: string[]; failed: string[] } = { missing: [], failed: [] };
    const reported = new Set<string>();

    const account = (row: TemplateRow, result: Outcome): void => {
      if (result.outcome === 'copied') counts.copied += 1;
      if (result.outcome === 'kept') counts.kept += 1;
      if (isFailure(row, result)) counts.failed += 1;
      if (row.sourceId === null || !worthAnotherTry(row, result)) return;
      retry[result.outcome === 'failed' ? 'failed' : 'missing'].push(row.sourceId);
    };

    const changes = async function* (): AsyncIterable<TemplateRowChange> {
      for await (const row of deps.store.templateReports.stream(subject)) {
        const key = templateKey(row);
        const existing = there.get(key);
        const result = outcomeOf(row, existing);
        reported.add(key);
        account(row, result);
        const { name, language } = row;
        const at = { destinationId: existing?.id ?? null, destinationStatus: existing?.status ?? null };
        yield { name, language, ...result, ...at, checkedAt };
      }
      if (before === null) return;
      // Of a source that could not be listed, the copies are what is new at the destination.
      for (const [key, { id, name, language, category, status, rejectedReason }] of there) {
        if (before.has(key) || reported.has(key)) continue;
        const result = whatArrived({ status, rejectedReason });
        counts[result.outcome === 'copied' ? 'copied' : 'failed'] += 1;
        const at = { destinationId: id, destinationStatus: status };
        yield { name, language, category, plan: 'at_destination', ...result, ...at, checkedAt };
      }
    };
    await deps.store.templateReports.upsert(subject, changes());

    return {
      ...counts,
      retryIds: [...retry.missing, ...retry.failed].slice(0, MOST_IDS),
      requiredMissing: request.templates.required.filter((key) => there.get(key)?.status !== 'APPROVED'),
    };
  };
