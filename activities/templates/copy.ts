/**
 * `copyTemplates`: one copy call at the destination, by page or by ids (meta §4.1).
 *
 * Does: copies up to 500 eligible templates; writes refusals with their reasons into the report.
 * Safe to repeat: Meta leaves the destination's templates alone. Before the call a note says that it is open; while
 * one is, the destination is listed first and only what is missing is asked for, by id.
 * Lost reply: part of the work may be done; the next try lists and compares.
 * Undone by: nobody; a deleted template's name is locked for 30 days.
 */
import { PlatformError } from '../../platforms/meta';
import { migrateTemplates, type TemplateCopy } from '../../platforms/meta/templates';
import type { TemplateRowChange } from '../../store';
import type { ActivityDeps } from '../context';
import type { Subject, TemplateActivities } from '../contract';
import { listByKey } from './destination';
import { templateKey, type TemplatePlan } from './plan';

type CopyInput = Parameters<TemplateActivities['copyTemplates']>[0];
type CopyOutcome = Awaited<ReturnType<TemplateActivities['copyTemplates']>>;

/** The most ids that one call takes (meta §4.1). */
const MOST_IDS = 500;
/** Meta's words about a template are kept, not a novel. */
const LONGEST_REASON = 500;
/** Plans whose templates we ask for; a refusal of any other is already explained in its row. */
const ASKED_FOR: ReadonlySet<TemplatePlan> = new Set(['copy', 'over_capacity', 'at_destination']);

const noteKey = ({ page, templateIds }: CopyInput): string =>
  `templates/copy-open/${templateIds === null ? `page-${String(page)}` : 'ids'}`;

/** Wanted, not at the destination, by source id. Null when the source was never seen and only pages can be asked for. */
const missingIds = async (deps: ActivityDeps, { subject, wabaId, templateIds }: CopyInput) => {
  const graph = await deps.graphFor(subject.tenant, subject.request.destination.credential, wabaId);
  const there = await listByKey(graph, wabaId);
  const named = templateIds === null ? null : new Set(templateIds);
  const missing: string[] = [];
  let rows = 0;
  for await (const row of deps.store.templateReports.stream(subject)) {
    rows += 1;
    if (row.sourceId === null || there.has(templateKey(row))) continue;
    if (named === null ? row.plan === 'copy' : named.has(row.sourceId)) missing.push(row.sourceId);
  }
  return rows === 0 ? null : missing.slice(0, MOST_IDS);
};

const writeRefusals = async (
  deps: ActivityDeps,
  subject: Subject,
  { failed }: TemplateCopy,
): Promise<void> => {
  const reasons = new Map(failed.map(({ id, reason }) => [id, reason.slice(0, LONGEST_REASON)]));
  const checkedAt = deps.clock().toISOString();
  const changes = async function* (): AsyncIterable<TemplateRowChange> {
    for await (const { name, language, plan, sourceId } of deps.store.templateReports.stream(subject)) {
      const reason = sourceId === null ? undefined : reasons.get(sourceId);
      if (sourceId === null || reason === undefined) continue;
      reasons.delete(sourceId);
      if (ASKED_FOR.has(plan)) yield { name, language, outcome: 'failed', reason, checkedAt };
    }
    // Refused templates of a source that could not be listed have no name here, only Meta's id.
    for (const [sourceId, reason] of reasons) {
      yield { name: sourceId, language: 'unknown', sourceId, outcome: 'failed', reason, checkedAt };
    }
  };
  if (reasons.size > 0) await deps.store.templateReports.upsert(subject, changes());
};

export const copyTemplates =
  (deps: ActivityDeps): TemplateActivities['copyTemplates'] =>
  async (input): Promise<CopyOutcome> => {
    const { subject, wabaId, page, pageSize, templateIds } = input;
    const { notes } = deps.store;
    const key = noteKey(input);
    const anOlderCallIsOpen = (await notes.read(subject.migrationId, key)) === true;
    const ids = anOlderCallIsOpen ? ((await missingIds(deps, input)) ?? templateIds) : templateIds;
    if (ids?.length === 0) {
      await notes.note(subject.migrationId, key, false);
      return { asked: 0, failed: 0 };
    }

    const graph = await deps.graphFor(subject.tenant, subject.request.destination.credential, wabaId);
    const { wabaId: sourceWabaId } = subject.request.source;
    await notes.note(subject.migrationId, key, true);
    try {
      const answer = await migrateTemplates(graph, wabaId, {
        sourceWabaId,
        ...(ids === null ? { page, count: pageSize } : { templateIds: ids }),
      });
      await writeRefusals(deps, subject, answer);
      await notes.note(subject.migrationId, key, false);
      return { asked: answer.migrated.length + answer.failed.length, failed: answer.failed.length };
    } catch (error) {
      const nothingDone = error instanceof PlatformError && error.problem.effect === 'none';
      if (nothingDone) await notes.note(subject.migrationId, key, false);
      throw error;
    }
  };
