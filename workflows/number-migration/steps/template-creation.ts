/**
 * Templates that Meta does not copy, created at the destination from their content (R7, meta §4.3): a hundred an hour, so
 * that thousands take days; the wait is the workflow's. Their review (up to 24 hours) is waited for by acceptance, and only
 * of required ones.
 */
import type { TemplateInventory, TemplateReconciliation } from '../../../activities/contract';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';
import { reconcile, type TemplateStep } from './template-check';
import { waitUnderWatch } from './under-watch';

export const recreate = async (
  run: MigrationRun,
  step: TemplateStep,
  { renamed = 0 }: TemplateInventory,
  copied: TemplateReconciliation,
  { onlyRequired = false }: { onlyRequired?: boolean } = {},
): Promise<TemplateReconciliation> => {
  if (!run.state.request.templates.recreateIneligible && renamed === 0) return copied;
  for (let left = 1; left > 0;) {
    await untilItGoesOn(run, step);
    run.throwUnlessNext(step);
    const told = await effects.recreateTemplates({
      subject: run.subject,
      wabaId: run.wabaId,
      worth: run.state.policy.templateRecreation,
      perHour: run.state.policy.templateCreationsPerHour,
      ...(onlyRequired ? { onlyRequired } : {}),
    });
    const goesOnAt = told.waitMs === null ? null : run.after(told.waitMs);
    const { created, refused } = told;
    left = told.left;
    run.record('templates_recreated', { created, refused, left, goesOnAt });
  }
  return reconcile(run);
};

const untilItGoesOn = async (run: MigrationRun, step: TemplateStep): Promise<void> => {
  const { goesOnAt = null } = run.state.templates;
  if (goesOnAt === null) return;
  await waitUnderWatch(run, step, () => false, {
    for: 'templateCreation',
    wakeAt: goesOnAt,
  });
};
