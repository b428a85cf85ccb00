/**
 * `repointFlowButtons`: copies open the moved flows instead of those of the old account (meta §1.6, §4.3).
 *
 * Does: lists the destination with its contents, edits each copy that still opens an old flow, files of its header uploaded
 * again. Meta reviews every edit.
 * Safe to repeat: what opens the moved flow already is done; a row says that an edit was begun before it is made, and has its
 * result before the next one is begun.
 * Lost reply: the next try lists first; what is being reviewed then is ours. Undone by: nobody; a person may edit it again.
 */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { MediaUnavailable } from '../../platforms/meta/media';
import { editTemplate, type Component } from '../../platforms/meta/templates';
import type { WabaId } from '../../shared/ids';
import type { Problem } from '../../shared/problems';
import type { TemplateRow, TemplateRowChange } from '../../store';
import type { ActivityDeps } from '../context';
import type { Subject, TemplateActivities } from '../contract';
import { repointed } from './content';
import { listByKey, type Existing } from './destination';
import { movedFlows } from './flows';
import { uploadHeaderFiles } from './header-files';
import { isToBeRepointed, openedAtSource, REPOINTED } from './old-flows';
import { keyAtDestination } from './reconcile';
import { wordsOf } from './refusal-words';

/** After this long no further one is begun: an attempt has five minutes, and a file may take three of them. */
const BEGIN_WITHIN_MS = 60_000;
const EDITABLE: readonly string[] = ['APPROVED', 'REJECTED', 'PAUSED'];

/** Answers that are about this template, by call and code; anything else is about the account, or passes. */
const REFUSALS: ReadonlySet<string> = new Set([
  'POST node TEMPLATE_REFUSED',
  'POST node TEMPLATE_NOT_EDITABLE',
  'POST node INVALID_PARAMETER',
  'POST node UNCLASSIFIED',
  'POST node OBJECT_NOT_VISIBLE',
  'POST uploads INVALID_PARAMETER',
  'POST upload INVALID_PARAMETER',
]);

type Result = Pick<TemplateRow, 'flowEdit' | 'code' | 'reason'>;

const DONE: Result = { flowEdit: 'done', ...REPOINTED };

const refused = (why: string): Result => ({
  flowEdit: 'refused',
  code: 'FLOW_OF_OLD_ACCOUNT',
  reason: `its button still opens the flow of the old account: ${why}`,
});

/** Meta words a status and a limit alike: what it allows stands beside its words. */
const LIMITS = 'an approved template takes one edit in 24 hours and ten in 30 days (2388039)';

const whyRefused = (problem: Problem): string =>
  problem.code === 'TEMPLATE_NOT_EDITABLE' ? `${wordsOf(problem)}; ${LIMITS}` : wordsOf(problem);

interface Desk {
  deps: ActivityDeps;
  subject: Subject;
  wabaId: WabaId;
  destination: GraphClient;
  flows: ReadonlyMap<string, string>;
}

const write = async ({ deps, subject }: Desk, row: TemplateRow, change: Partial<Result>): Promise<void> => {
  const { name, language } = row;
  const written: TemplateRowChange = { name, language, ...change, checkedAt: deps.clock().toISOString() };
  await deps.store.templateReports.upsert(subject, [written]);
};

const contentFor = async (
  { deps, destination, flows }: Desk,
  components: readonly Component[],
): Promise<Component[] | null> =>
  repointed(components, { flows, handles: await uploadHeaderFiles(deps, destination, components) });

const edit = async (desk: Desk, row: TemplateRow, existing: Existing): Promise<Result> => {
  if (!EDITABLE.includes(existing.status))
    return refused(`Meta lets nobody edit a template that is ${existing.status}`);
  try {
    const components = await contentFor(desk, existing.content ?? []);
    if (components === null) return refused('the file of its header was not uploaded');
    if (row.flowEdit !== 'begun') await write(desk, row, { flowEdit: 'begun' });
    await editTemplate(desk.destination, existing.id, desk.wabaId, components);
    return DONE;
  } catch (error) {
    if (error instanceof MediaUnavailable) return refused(error.message);
    if (!(error instanceof PlatformError) || error.problem.effect === 'unknown') throw error;
    const { code, evidence } = error.problem;
    if (!REFUSALS.has(`${String(evidence?.['call'])} ${code}`)) throw error;
    return refused(whyRefused(error.problem));
  }
};

interface Candidate {
  row: TemplateRow;
  existing: Existing;
  isOpen: boolean;
}

/** Copies that an edit was begun of, or is to be. */
const candidatesIn = async (
  { deps, subject, flows }: Desk,
  there: ReadonlyMap<string, Existing>,
): Promise<Record<'required' | 'others', Candidate[]>> => {
  const found: Record<'required' | 'others', Candidate[]> = { required: [], others: [] };
  for await (const row of deps.store.templateReports.stream(subject, { outcome: 'copied' })) {
    const existing = there.get(keyAtDestination(row));
    if (existing === undefined) continue;
    const isOpen = isToBeRepointed(row, openedAtSource(row, existing), flows);
    if (isOpen || row.flowEdit === 'begun')
      found[row.required ? 'required' : 'others'].push({ row, existing, isOpen });
  }
  return found;
};

export const repointFlowButtons =
  (deps: ActivityDeps): TemplateActivities['repointFlowButtons'] =>
  async ({ subject, wabaId, onlyRequired = false }) => {
    const { tenant, request } = subject;
    const destination = await deps.graphFor(tenant, request.destination.credential, wabaId);
    const flows = await movedFlows(deps.store, subject);
    const desk: Desk = { deps, subject, wabaId, destination, flows };
    const there = await listByKey(destination, wabaId, { content: true });
    const { required, others } = await candidatesIn(desk, there);
    const candidates = onlyRequired ? required : [...required, ...others];
    const sum = { repointed: 0, refused: 0 };
    const begun = performance.now();
    for (const [index, { row, existing, isOpen }] of candidates.entries()) {
      if (index > 0 && performance.now() - begun > BEGIN_WITHIN_MS)
        return { ...sum, left: candidates.length - index };
      const result = isOpen ? await edit(desk, row, existing) : DONE;
      await write(desk, row, result);
      sum[result.flowEdit === 'done' ? 'repointed' : 'refused'] += 1;
    }
    return { ...sum, left: 0 };
  };
