/** What is wanted against what is there, and what people must do about the difference. Reads only. */
import type { TemplateReconciliation } from '../../../activities/contract';
import type { StepName } from '../../../shared/steps';
import { taskText } from '../../../shared/texts';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';

/** Where template work is done: before the cut-over, or, where that would keep a silent number waiting, after it. */
export type TemplateStep = Extract<StepName, 'templates' | 'acceptance' | 'remaining_templates'>;

export const reconcile = async (run: MigrationRun): Promise<TemplateReconciliation> => {
  const reconciliation = await effects.reconcileTemplates({ subject: run.subject, wabaId: run.wabaId });
  run.record('templates_reconciled', { reconciliation });
  return reconciliation;
};

const NONE = { count: 0, first: [] as string[] };

/** Opens a task of the client's for each kind of template that is not as it should be; closes those that are settled. */
export const tellWhatIsLeft = (run: MigrationRun, told: TemplateReconciliation): void => {
  const { requiredMissing: missing, oldFlows = NONE, noRoom = NONE } = told;
  tell(run, 'provide_required_templates', 'R7', { count: missing.length, first: missing });
  tell(run, 'repoint_flow_buttons', 'R12', oldFlows);
  tell(run, 'make_room_for_templates', 'P-8', noRoom);
};

/** So many names stand in a task; the report has all. */
const NAMED = 20;

export const namesOf = ({ count, first }: { count: number; first: readonly string[] }): string => {
  const shown = first.slice(0, NAMED);
  return `${shown.join(', ')}${count > shown.length ? `, +${count - shown.length}` : ''}`;
};

const tell = (
  run: MigrationRun,
  kind: 'provide_required_templates' | 'repoint_flow_buttons' | 'make_room_for_templates',
  requirement: string,
  templates: { count: number; first: readonly string[] },
): void => {
  if (templates.count === 0) {
    run.closeTask('templates', kind, 'no longer so');
    return;
  }
  const text = taskText(kind, { count: templates.count, names: namesOf(templates) });
  run.openTask({
    ...{ kind, party: 'client', requirement, step: 'templates', blocking: false, dueAt: null },
    ...text,
  });
};
