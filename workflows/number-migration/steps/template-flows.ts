/**
 * Flows that buttons of templates open: they move first, under new ids; a copy brings the old ones, and is edited to open the
 * moved one (R12, meta §1.6, §4.3). Meta takes few edits of an approved template and reviews each: what it refuses stays
 * the client's to do. `templateFlowButtons: "left"` edits none.
 */
import type { TemplateInventory, TemplateReconciliation } from '../../../activities/contract';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';
import { reconcile, type TemplateStep } from './template-check';

/** Before the templates, because a button of a template that is created names the moved flow. */
export const moveFlows = async (
  run: MigrationRun,
  step: TemplateStep,
  { flows = 0 }: TemplateInventory,
  migrateFlows = effects.migrateFlows,
): Promise<void> => {
  if (flows === 0 || run.state.templates.flowsMoved === true) return;
  run.throwUnlessNext(step);
  run.record('flows_moved', await migrateFlows({ subject: run.subject, wabaId: run.wabaId }));
};

/** Every look says which are left; each is tried once. */
export const repointFlowButtons = async (
  run: MigrationRun,
  step: TemplateStep,
  found: TemplateReconciliation,
  { onlyRequired = false }: { onlyRequired?: boolean } = {},
): Promise<TemplateReconciliation> => {
  if (run.state.policy.templateFlowButtons === 'left') return found;
  let reconciliation = found;
  while ((reconciliation.toRepoint ?? 0) > 0) {
    run.throwUnlessNext(step);
    const told = await effects.repointFlowButtons({
      subject: run.subject,
      wabaId: run.wabaId,
      ...(onlyRequired ? { onlyRequired } : {}),
    });
    run.record('flow_buttons_repointed', told);
    reconciliation = await reconcile(run);
    if (told.repointed + told.refused === 0) break;
  }
  return reconciliation;
};
