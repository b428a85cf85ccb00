/**
 * Templates: compare both sides, let a person decide about collisions where that was asked for, move the flows that they
 * open, copy page by page, ask again by id for what failed, create from their content what Meta does not copy where that was
 * asked for, point copied buttons at the moved flows, and report each one (R5–R9, R12, P-8, meta §4).
 * Safe to repeat: copies leave the destination's templates alone, every unknown outcome is settled by listing and comparing
 * (name, language), and what is done is in the report's rows. Undone by nobody: a deleted template's name is locked for 30
 * days (meta §4.3). A required template that cannot arrive opens a task; acceptance waits for it.
 */
import type { TemplateInventory, TemplateReconciliation } from '../../../activities/contract';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';
import { reconcile, tellWhatIsLeft } from './template-check';
import { recreate } from './template-creation';
import { moveFlows, repointFlowButtons } from './template-flows';
import { settleCollisions, takeInventory } from './template-collisions';

export const templates = async (run: MigrationRun): Promise<void> => {
  if (!run.state.request.templates.copy) {
    run.record('step_skipped', { step: 'templates', reason: 'templates.copy is false' });
    return;
  }
  const inventory = await settleCollisions(run, run.state.templates.inventory ?? (await takeInventory(run)));
  await moveFlows(run, inventory);
  await copy(run, inventory);
  const copied = await settle(run);
  const created = await recreate(run, inventory, copied);
  tellWhatIsLeft(run, await repointFlowButtons(run, created));
};

/** Where there is no place for all, what has one is asked for by id, required ones first; otherwise page by page. */
const copy = async (run: MigrationRun, inventory: TemplateInventory): Promise<void> => {
  if ((inventory.overCapacity ?? 0) === 0) await copyPages(run, inventory);
  else if (inventory.predicted > 0) await copyPage(run, 0, 'missing');
};

const copyPages = async (run: MigrationRun, inventory: TemplateInventory): Promise<void> => {
  for (let page = run.state.templates.pagesCopied; page < inventory.pages; page += 1) {
    const asked = await copyPage(run, page, 'page');
    // A source that cannot be read does not say how many pages it has; one that brings nothing is the last.
    if (asked === 0 && inventory.source === 0) return;
  }
};

const copyPage = async (run: MigrationRun, page: number, pick: 'page' | 'missing'): Promise<number> => {
  const sum = { asked: 0, failed: 0 };
  for (let isMore = true; isMore;) {
    run.throwUnlessNext('templates');
    const told = await effects.copyTemplates({
      subject: run.subject,
      wabaId: run.wabaId,
      page,
      pageSize: run.state.policy.templatePageSize,
      templateIds: null,
      pick,
    });
    sum.asked += told.asked;
    sum.failed += told.failed;
    isMore = told.more ?? false;
  }
  run.record('template_page_copied', { page, ...sum });
  return sum.asked;
};

const settle = async (run: MigrationRun): Promise<TemplateReconciliation> => {
  const { templatePageSize: pageSize, templateRetryRounds } = run.state.policy;
  let reconciliation = await reconcile(run);
  // One round asks for a page; a thousand that failed are two pages.
  const rounds = templateRetryRounds + Math.floor(reconciliation.failed / pageSize);
  for (let round = 0; round < rounds && reconciliation.retryIds.length > 0; round += 1) {
    run.throwUnlessNext('templates');
    await effects.copyTemplates({
      subject: run.subject,
      wabaId: run.wabaId,
      page: 0,
      pageSize,
      templateIds: reconciliation.retryIds,
    });
    reconciliation = await reconcile(run);
  }
  return reconciliation;
};
