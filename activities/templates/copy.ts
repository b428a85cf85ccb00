/**
 * `copyTemplates`: copies at the destination, by page or by ids (meta §4.1).
 *
 * Does: one call of up to 500 eligible templates, or several smaller ones after a time-out; writes refusals with their
 * reasons into the report.
 * Safe to repeat: Meta leaves the destination's templates alone. Before the call a note says that it is open; while
 * one is, the destination is listed first and only what is missing is asked for, by id.
 * Lost reply: part of the work may be done; the next try lists, compares and asks for less at once.
 * Undone by: nobody; a deleted template's name is locked for 30 days.
 */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { migrateTemplates, type TemplateCopy } from '../../platforms/meta/templates';
import type { TemplateRow, TemplateRowChange } from '../../store';
import type { ActivityDeps } from '../context';
import type { Subject, TemplateActivities } from '../contract';
import { copyNotes } from './copy-size';
import { listByKey } from './destination';
import { templateKey, type TemplatePlan } from './plan';

type CopyInput = Parameters<TemplateActivities['copyTemplates']>[0];
type CopyOutcome = Awaited<ReturnType<TemplateActivities['copyTemplates']>>;

/** Meta's words about a template are kept, not a novel. */
const LONGEST_REASON = 500;
/** After this long no further call is begun: one takes up to 200 seconds, and the attempt has five minutes. */
const BEGIN_WITHIN_MS = 80_000;
/** Meta gives no number with a refused copy, only words (meta §4.1). */
const NO_ROOM = /limit (?:was )?(?:exceeded|reached)|too many templates/i;
/** Plans whose templates we ask for; a refusal of any other is already explained in its row. */
const ASKED_FOR: ReadonlySet<TemplatePlan> = new Set(['copy', 'over_capacity', 'at_destination']);

const noteKey = ({ page, templateIds, pick }: CopyInput): string => {
  if (templateIds !== null) return 'templates/copy-open/ids';
  return `templates/copy-open/${pick === 'missing' ? 'missing' : `page-${String(page)}`}`;
};

/** By source id, required ones first: wanted, not at the destination, not refused or asked for since the inventory. */
const missingIds = async (
  deps: ActivityDeps,
  { subject, templateIds }: CopyInput,
  there: ReadonlyMap<string, unknown>,
): Promise<string[]> => {
  const named = templateIds === null ? null : new Set(templateIds);
  const isWanted = ({ plan, outcome, askedAt }: TemplateRow): boolean =>
    plan === 'copy' && outcome === 'pending' && askedAt === null;
  const missing: { required: string[]; others: string[] } = { required: [], others: [] };
  for await (const row of deps.store.templateReports.stream(subject)) {
    if (row.sourceId === null || there.has(templateKey(row))) continue;
    if (named === null ? !isWanted(row) : !named.has(row.sourceId)) continue;
    missing[row.required ? 'required' : 'others'].push(row.sourceId);
  }
  return [...missing.required, ...missing.others];
};

/** Null while the source was never seen: then templates have no ids, and only pages can be asked for. */
const knowsIds = async (deps: ActivityDeps, { subject }: CopyInput): Promise<boolean> =>
  subject.request.source.credential !== undefined &&
  (await deps.store.templateReports.counts(subject)).total > 0;

const writeAnswer = async (
  deps: ActivityDeps,
  subject: Subject,
  { failed }: TemplateCopy,
  asked: readonly string[] | null,
): Promise<void> => {
  const reasons = new Map(failed.map(({ id, reason }) => [id, reason.slice(0, LONGEST_REASON)]));
  const askedFor = new Set(asked ?? []);
  const checkedAt = deps.clock().toISOString();
  const changes = async function* (): AsyncIterable<TemplateRowChange> {
    for await (const { name, language, plan, sourceId } of deps.store.templateReports.stream(subject)) {
      if (sourceId === null) continue;
      const reason = reasons.get(sourceId);
      reasons.delete(sourceId);
      const wasAsked = askedFor.has(sourceId) ? { askedAt: checkedAt } : null;
      if (reason !== undefined && ASKED_FOR.has(plan)) {
        const code = NO_ROOM.test(reason) ? 'NO_ROOM' : 'COPY_REFUSED';
        const refused = { outcome: 'failed', code, reason } as const;
        yield { name, language, ...refused, ...wasAsked, checkedAt };
      } else if (wasAsked !== null) {
        yield { name, language, ...wasAsked, checkedAt };
      }
    }
    // Refused templates of a source that could not be listed have no name here, only Meta's id.
    for (const [sourceId, reason] of reasons) {
      const refused = { outcome: 'failed', code: 'COPY_REFUSED', reason } as const;
      yield { name: sourceId, language: 'unknown', sourceId, ...refused, checkedAt };
    }
  };
  if (reasons.size > 0 || askedFor.size > 0) await deps.store.templateReports.upsert(subject, changes());
};

interface Wish {
  ids: readonly string[] | null;
  page: number;
  count: number;
}

/** What is to be asked for in turn. Pages of a source nobody may read are cut into parts that meet. */
const pageParts = ({ page, pageSize }: CopyInput, size: number, done: number): Wish[] => {
  const parts: Wish[] = [];
  for (let offset = done; offset < pageSize; offset += size) {
    parts.push({ ids: null, page: Math.floor((page * pageSize + offset) / size), count: size });
  }
  return parts;
};

const idParts = (ids: readonly string[], size: number): Wish[] => {
  const parts: Wish[] = [];
  for (let from = 0; from < ids.length; from += size) {
    parts.push({ ids: ids.slice(from, from + size), page: 0, count: size });
  }
  return parts;
};

const wishesOf = async (
  deps: ActivityDeps,
  input: CopyInput,
  graph: GraphClient,
  note: { open: boolean; done: number },
  size: number,
): Promise<Wish[]> => {
  const { templateIds, pick = 'page', pageSize, wabaId } = input;
  const isWholePage = templateIds === null && pick === 'page' && !note.open && size === pageSize;
  if (isWholePage) return pageParts(input, size, 0);
  if (templateIds !== null && !note.open) return idParts(templateIds, size);
  if (!(await knowsIds(deps, input))) {
    return templateIds === null ? pageParts(input, size, note.done) : idParts(templateIds, size);
  }
  return idParts(await missingIds(deps, input, await listByKey(graph, wabaId)), size);
};

export const copyTemplates =
  (deps: ActivityDeps): TemplateActivities['copyTemplates'] =>
  async (input): Promise<CopyOutcome> => {
    const { subject, wabaId, pageSize } = input;
    const notes = copyNotes(deps.store, subject.migrationId, noteKey(input));
    const size = await notes.size(pageSize);
    const note = await notes.read();
    const graph = await deps.graphFor(subject.tenant, subject.request.destination.credential, wabaId);
    const wishes = await wishesOf(deps, input, graph, note, size);
    const { wabaId: sourceWabaId } = subject.request.source;
    const begun = performance.now();
    const sum = { asked: 0, failed: 0 };
    let done = note.done;

    for (const [index, { ids, page, count }] of wishes.entries()) {
      if (index > 0 && performance.now() - begun > BEGIN_WITHIN_MS) return { ...sum, more: true };
      await notes.write({ open: true, done });
      try {
        const answer = await migrateTemplates(graph, wabaId, {
          sourceWabaId,
          ...(ids === null ? { page, count } : { templateIds: ids }),
        });
        await writeAnswer(deps, subject, answer, ids);
        sum.asked += answer.migrated.length + answer.failed.length;
        sum.failed += answer.failed.length;
        done += count;
        await notes.write({ open: false, done });
      } catch (error) {
        if (error instanceof PlatformError && error.problem.effect === 'none') {
          await notes.write({ open: false, done });
        } else {
          await notes.shrink(size);
        }
        throw error;
      }
    }
    await notes.write({ open: false, done: 0 });
    return sum;
  };
