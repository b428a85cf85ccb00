/**
 * Templates: compare both sides, copy page by page, ask again by id for what failed, and report each one (R5–R9).
 * Safe to repeat: copies leave the destination's templates alone and every unknown outcome is settled by listing and
 * comparing (name, language). Undone by nobody: a deleted template's name is locked for 30 days (meta §4.3).
 * A required template that cannot arrive opens a task; acceptance waits for it.
 */
import type { TemplateInventory, TemplateReconciliation } from '../../../activities/contract';
import { taskText } from '../../../shared/texts';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';

export const templates = async (run: MigrationRun): Promise<void> => {
  if (!run.state.request.templates.copy) {
    run.record('step_skipped', { step: 'templates', reason: 'templates.copy is false' });
    return;
  }
  const inventory = run.state.templates.inventory ?? (await takeInventory(run));
  await copyPages(run, inventory);
  const reconciliation = await settle(run);
  tellMissing(run, reconciliation.requiredMissing);
};

const takeInventory = async (run: MigrationRun): Promise<TemplateInventory> => {
  const inventory = await effects.inventoryTemplates({
    subject: run.subject,
    wabaId: run.wabaId,
    pageSize: run.state.policy.templatePageSize,
  });
  run.record('templates_inventoried', { inventory });
  return inventory;
};

const copyPages = async (run: MigrationRun, inventory: TemplateInventory): Promise<void> => {
  for (let page = run.state.templates.pagesCopied; page < inventory.pages; page += 1) {
    run.throwUnlessNext('templates');
    const { asked, failed } = await effects.copyTemplates({
      subject: run.subject,
      wabaId: run.wabaId,
      page,
      pageSize: run.state.policy.templatePageSize,
      templateIds: null,
    });
    run.record('template_page_copied', { page, asked, failed });
    // A source that cannot be read does not say how many pages it has; one that brings nothing is the last.
    if (asked === 0) return;
  }
};

const settle = async (run: MigrationRun): Promise<TemplateReconciliation> => {
  const reconcile = async () => {
    const reconciliation = await effects.reconcileTemplates({ subject: run.subject, wabaId: run.wabaId });
    run.record('templates_reconciled', { reconciliation });
    return reconciliation;
  };
  let reconciliation = await reconcile();
  for (
    let round = 0;
    round < run.state.policy.templateRetryRounds && reconciliation.retryIds.length > 0;
    round += 1
  ) {
    run.throwUnlessNext('templates');
    await effects.copyTemplates({
      subject: run.subject,
      wabaId: run.wabaId,
      page: 0,
      pageSize: run.state.policy.templatePageSize,
      templateIds: reconciliation.retryIds,
    });
    reconciliation = await reconcile();
  }
  return reconciliation;
};

const tellMissing = (run: MigrationRun, missing: string[]): void => {
  if (missing.length === 0) return;
  run.openTask({
    kind: 'provide_required_templates',
    party: 'client',
    requirement: 'R7',
    step: 'templates',
    blocking: false,
    dueAt: null,
    ...taskText('provide_required_templates', {
      count: missing.length,
      names: missing.slice(0, 20).join(', '),
    }),
  });
};
