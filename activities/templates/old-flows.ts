/** Copies whose buttons still open flows of the old account: ids of flows are an account's own (meta §1.6, §4.3). Pure. */
import type { TemplateRow } from '../../store';
import { flowIdsIn } from './content';
import type { Existing } from './destination';

type Row = Pick<TemplateRow, 'flowIds' | 'flowEdit'>;

/** Ids, at the source, of the flows that the copy opens. */
const oldFlowsIn = ({ flowIds }: Row, existing: Pick<Existing, 'content'> | undefined): string[] =>
  flowIds.length === 0 ? [] : flowIdsIn(existing?.content ?? []).filter((id) => flowIds.includes(id));

/** As it stands in the report. */
export const REPOINTED = {
  code: 'FLOW_REPOINTED',
  reason: 'its button was pointed at the flow of this account, an edit that Meta reviews',
} as const;

/** Whether listings show the new content while Meta reviews an edit is not published: ours counts from then on. */
export const isUnderReview = ({ flowEdit }: Row, existing: Pick<Existing, 'status'>): boolean =>
  existing.status === 'PENDING' && (flowEdit === 'begun' || flowEdit === 'done');

/** None where our edit is being reviewed. */
export const openedAtSource = (row: Row, existing: Existing | undefined): string[] =>
  existing === undefined || isUnderReview(row, existing) ? [] : oldFlowsIn(row, existing);

/** Nobody has tried yet, or the reply to it is not known, and every flow has moved. */
export const isToBeRepointed = (
  row: Row,
  opened: readonly string[],
  flows: ReadonlyMap<string, string>,
): boolean =>
  row.flowEdit !== 'done' &&
  row.flowEdit !== 'refused' &&
  opened.length > 0 &&
  opened.every((id) => flows.has(id));
