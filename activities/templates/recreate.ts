/**
 * `recreateTemplates`: creates at the destination, from their content at the source, what Meta does not copy (R7, meta §4.3).
 *
 * Does: reads each template afresh, uploads the files of its headers again, re-points its flow buttons, creates it.
 * Safe to repeat: the destination is listed before the first creation of every try, a template is looked for by name and
 * language when Meta says that it exists, and every result is written into its row before the next one is begun.
 * Lost reply: the next try lists first. Undone by: nobody; a deleted template's name is locked for 30 days.
 * Meta takes a hundred an hour per account: they are counted over all workers, and the wait is the workflow's.
 */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { MediaUnavailable } from '../../platforms/meta/media';
import { createTemplate, readTemplate, type Template } from '../../platforms/meta/templates';
import type { WabaId } from '../../shared/ids';
import { TEMPLATE_REASONS, type TemplateReason, type WorthRecreating } from '../../shared/template-report';
import type { TemplateRow, TemplateRowChange } from '../../store';
import type { ActivityDeps } from '../context';
import type { Subject, TemplateActivities } from '../contract';
import { draftOf, whyNotDraftable } from './content';
import { findAtDestination, listByKey, type Existing } from './destination';
import { movedFlows } from './flows';
import { uploadHeaderFiles } from './header-files';
import { templateKey } from './plan';
import { wordsOf } from './refusal-words';

/** Meta's creation limit (meta §4.3). */
const PER_HOUR = 100;
const HOUR_MS = 3_600_000;
/** After this long no further one is begun: an attempt has five minutes, and a file may take three of them. */
const BEGIN_WITHIN_MS = 60_000;
const SHORTEST_WAIT_MS = 60_000;

type Input = Parameters<TemplateActivities['recreateTemplates']>[0];
type Worth = Partial<Record<TemplateReason, WorthRecreating>>;

const STAYED_BEHIND: ReadonlySet<TemplateRow['outcome']> = new Set(['left_behind', 'failed', 'missing']);

/** Whether a template is to be created: it was given another name, or it stays behind for a reason that is worth it. */
export const isToBeRecreated = (
  row: Pick<TemplateRow, 'outcome' | 'code' | 'required' | 'createAs' | 'recreation' | 'sourceId'>,
  given: { recreateIneligible: boolean; worth?: Worth | undefined },
): boolean => {
  if (row.sourceId === null || row.recreation === 'created' || row.recreation === 'refused') return false;
  if (row.createAs !== null || row.recreation === 'begun') return true;
  if (!given.recreateIneligible || !STAYED_BEHIND.has(row.outcome) || row.code === null) return false;
  const worth = given.worth?.[row.code] ?? TEMPLATE_REASONS[row.code].recreate;
  return worth === 'always' || (worth === 'required' && row.required);
};

/** Answers that are about this template, by call and code; anything else is about the account, or passes. */
const REFUSALS: Readonly<Record<string, TemplateReason>> = {
  'POST message_templates TEMPLATE_REFUSED': 'CONTENT_REFUSED',
  'POST message_templates TEMPLATE_NOT_EDITABLE': 'CONTENT_REFUSED',
  'POST message_templates INVALID_PARAMETER': 'CONTENT_REFUSED',
  'POST message_templates UNCLASSIFIED': 'CONTENT_REFUSED',
  'POST message_templates TEMPLATE_EXISTS': 'NAME_LOCKED',
  'POST message_templates TEMPLATE_LIMIT_REACHED': 'NO_ROOM',
  'POST uploads INVALID_PARAMETER': 'MEDIA_UNAVAILABLE',
  'POST upload INVALID_PARAMETER': 'MEDIA_UNAVAILABLE',
  'GET node OBJECT_NOT_VISIBLE': 'CONTENT_UNREADABLE',
  'GET node INVALID_PARAMETER': 'CONTENT_UNREADABLE',
};

type Result = Omit<TemplateRowChange, 'name' | 'language' | 'checkedAt'>;

const refused = (code: TemplateReason, reason: string): Result => ({
  ...{ plan: 'recreate', outcome: 'failed', recreation: 'refused', code, reason },
});

const created = ({ id, status, category }: Pick<Template, 'id' | 'status' | 'category'>): Result => ({
  ...{ plan: 'recreate', outcome: 'recreated', recreation: 'created', code: null, reason: null },
  ...{ destinationId: id, destinationStatus: status, destinationCategory: category },
  destinationQuality: null,
});

/** What is there already: ours where we began to create it, otherwise somebody else's. */
const arrived = (row: TemplateRow, existing: Existing): Result =>
  row.recreation === 'begun'
    ? created(existing)
    : refused('OTHER_AT_DESTINATION', 'the destination has a template of this name meanwhile');

/** The hour's hundred are used up, or Meta says so. */
class QuotaSpent extends Error {
  constructor(readonly waitMs: number) {
    super('the hour’s creations are used up');
  }
}

class Workshop {
  constructor(
    private readonly deps: ActivityDeps,
    private readonly subject: Subject,
    private readonly wabaId: WabaId,
    private readonly source: GraphClient,
    private readonly destination: GraphClient,
    private readonly flows: ReadonlyMap<string, string>,
    private readonly perHour: number,
  ) {}

  async make(row: TemplateRow, sourceId: string): Promise<Result> {
    try {
      const template = await readTemplate(this.source, sourceId, this.subject.request.source.wabaId);
      const hindrance = whyNotDraftable(template, this.flows);
      if (hindrance !== null) return refused(hindrance.code, hindrance.reason);
      await this.takePlace();
      const handles = await this.upload(template);
      const drafted = draftOf(template, { flows: this.flows, handles, name: row.createAs ?? undefined });
      if ('code' in drafted) return refused(drafted.code, drafted.reason);
      await this.noteBegun(row);
      const made = await createTemplate(this.destination, this.wabaId, drafted.draft);
      return created({ ...made, status: made.status ?? 'PENDING', category: made.category ?? row.category });
    } catch (error) {
      if (error instanceof MediaUnavailable) return refused('MEDIA_UNAVAILABLE', error.message);
      if (!(error instanceof PlatformError)) throw error;
      return this.afterRefusal(row, error);
    }
  }

  /** What the destination has under this name when the reply is lost is then known to be ours. */
  private async noteBegun({ name, language, recreation }: TemplateRow): Promise<void> {
    if (recreation === 'begun') return;
    const checkedAt = this.deps.clock().toISOString();
    await this.deps.store.templateReports.upsert(this.subject, [
      { name, language, recreation: 'begun', checkedAt },
    ]);
  }

  /** Counted before the call, over all workers. */
  private async takePlace(): Promise<void> {
    const { callBudget } = this.deps.store;
    const key = `template-creations/${this.wabaId}`;
    const budget = { capacity: this.perHour, perMs: HOUR_MS };
    const verdict = await callBudget.take(key, budget, this.deps.clock());
    if (!verdict.granted) throw new QuotaSpent(verdict.waitMs);
  }

  private async upload({ category, components }: Template): Promise<Map<string, string>> {
    if (category === 'AUTHENTICATION') return new Map();
    return uploadHeaderFiles(this.deps, this.destination, components ?? []);
  }

  private async afterRefusal(row: TemplateRow, error: PlatformError): Promise<Result> {
    const { problem } = error;
    if (problem.class === 'quota') throw new QuotaSpent(problem.waitMs ?? SHORTEST_WAIT_MS);
    if (problem.effect === 'unknown') throw error;
    if (problem.code === 'TEMPLATE_EXISTS') {
      const wanted = { name: row.createAs ?? row.name, language: row.language };
      const found = await findAtDestination(this.destination, this.wabaId, wanted);
      if (found !== null) return arrived(row, found);
    }
    const code = REFUSALS[`${String(problem.evidence?.['call'])} ${problem.code}`];
    if (code === undefined) throw error;
    return refused(code, wordsOf(problem));
  }
}

const candidatesOf = async (
  deps: ActivityDeps,
  { subject, worth, onlyRequired = false }: Input,
): Promise<TemplateRow[]> => {
  const { recreateIneligible } = subject.request.templates;
  const found: { required: TemplateRow[]; others: TemplateRow[] } = { required: [], others: [] };
  for await (const row of deps.store.templateReports.stream(subject)) {
    if (isToBeRecreated(row, { recreateIneligible, worth }))
      found[row.required ? 'required' : 'others'].push(row);
  }
  return onlyRequired ? found.required : [...found.required, ...found.others];
};

export const recreateTemplates =
  (deps: ActivityDeps): TemplateActivities['recreateTemplates'] =>
  async (input) => {
    const { subject, wabaId, perHour = PER_HOUR } = input;
    const { tenant, request } = subject;
    const candidates = await candidatesOf(deps, input);
    const sum = { created: 0, refused: 0 };
    if (candidates.length === 0) return { ...sum, left: 0, waitMs: null };

    const write = async (row: TemplateRow, result: Result): Promise<void> => {
      const { name, language } = row;
      const change = { name, language, ...result, checkedAt: deps.clock().toISOString() };
      await deps.store.templateReports.upsert(subject, [change]);
      sum[result.recreation === 'created' ? 'created' : 'refused'] += 1;
    };
    const { credential } = request.source;
    if (credential === undefined) {
      for (const row of candidates)
        await write(row, refused('CONTENT_UNREADABLE', 'no credential may read the source'));
      return { ...sum, left: 0, waitMs: null };
    }

    const destination = await deps.graphFor(tenant, request.destination.credential, wabaId);
    const source = await deps.graphFor(tenant, credential, request.source.wabaId);
    const there = await listByKey(destination, wabaId);
    const flows = await movedFlows(deps.store, subject);
    const workshop = new Workshop(deps, subject, wabaId, source, destination, flows, perHour);
    const begun = performance.now();
    let isFull = false;
    for (const [index, row] of candidates.entries()) {
      const left = candidates.length - index;
      if (index > 0 && performance.now() - begun > BEGIN_WITHIN_MS) return { ...sum, left, waitMs: null };
      const existing = there.get(templateKey({ name: row.createAs ?? row.name, language: row.language }));
      try {
        if (existing !== undefined) await write(row, arrived(row, existing));
        else if (isFull) await write(row, refused('NO_ROOM', 'the destination has no place left for it'));
        else {
          const result = await workshop.make(row, row.sourceId ?? '');
          isFull = result.code === 'NO_ROOM';
          await write(row, result);
        }
      } catch (error) {
        if (!(error instanceof QuotaSpent)) throw error;
        return { ...sum, left, waitMs: Math.max(SHORTEST_WAIT_MS, error.waitMs) };
      }
    }
    return { ...sum, left: 0, waitMs: null };
  };
