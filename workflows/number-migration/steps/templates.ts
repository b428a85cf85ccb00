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
import { reconcile, tellWhatIsLeft, type TemplateStep } from './template-check';
import { recreate } from './template-creation';
import { moveFlows, repointFlowButtons } from './template-flows';
import { settleCollisions, takeInventory } from './template-collisions';

export const templates = (run: MigrationRun): Promise<void> =>
  run.state.request.templates.copy ? bringTemplates(run, 'templates') : leaveTemplatesOut(run, 'templates');

export const leaveTemplatesOut = async (run: MigrationRun, step: TemplateStep): Promise<void> =>
  run.record('step_skipped', { step, reason: 'templates.copy is false' });

/** All that was asked for, however long it takes; goes on with what is done already. */
export const bringTemplates = async (run: MigrationRun, step: TemplateStep): Promise<void> => {
  const found = run.state.templates.inventory ?? (await takeInventory(run));
  const inventory = await settleCollisions(run, step, found);
  await moveFlows(run, step, inventory);
  await copy(run, inventory, { step, copyTemplates: effects.copyTemplates });
  const copied = await settle(run, step);
  const created = await recreate(run, step, inventory, copied);
  tellWhatIsLeft(run, await repointFlowButtons(run, step, created));
};

/** The required ones, as far as people need not decide: acceptance waits for them. */
export const bringRequiredTemplates = async (run: MigrationRun): Promise<void> => {
  const inventory = run.state.templates.inventory ?? (await takeInventory(run));
  await moveFlows(run, 'acceptance', inventory);
  await copy(run, inventory, { step: 'acceptance', copyTemplates: effects.copyTemplates });
  const copied = await settle(run, 'acceptance');
  const created = await recreate(run, 'acceptance', inventory, copied, { onlyRequired: true });
  await repointFlowButtons(run, 'acceptance', created, { onlyRequired: true });
};

/** How the copy calls are made. */
export interface CopyManner {
  step: TemplateStep;
  copyTemplates: (typeof effects)['copyTemplates'];
  /** Asked before each call; false: no more is begun. */
  mayBegin?: () => Promise<boolean>;
}

/** Where there is no place for all, what has one is asked for by id, required ones first; otherwise page by page. */
export const copy = async (
  run: MigrationRun,
  inventory: TemplateInventory,
  manner: CopyManner,
): Promise<void> => {
  if ((inventory.overCapacity ?? 0) === 0) await copyPages(run, inventory, manner);
  else if (inventory.predicted > 0) await copyPage(run, { page: 0, pick: 'missing' }, manner);
};

const copyPages = async (
  run: MigrationRun,
  inventory: TemplateInventory,
  manner: CopyManner,
): Promise<void> => {
  for (let page = run.state.templates.pagesCopied; page < inventory.pages; page += 1) {
    const asked = await copyPage(run, { page, pick: 'page' }, manner);
    // A source that cannot be read does not say how many pages it has; one that brings nothing is the last.
    if (asked === null || (asked === 0 && inventory.source === 0)) return;
  }
};

/** How many were asked for; null: the page is not done, and no more may be begun. */
const copyPage = async (
  run: MigrationRun,
  { page, pick }: { page: number; pick: 'page' | 'missing' },
  { step, copyTemplates, mayBegin }: CopyManner,
): Promise<number | null> => {
  const sum = { asked: 0, failed: 0 };
  for (let isMore = true; isMore;) {
    if (mayBegin !== undefined && !(await mayBegin())) return null;
    run.throwUnlessNext(step);
    const told = await copyTemplates({
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

const settle = async (run: MigrationRun, step: TemplateStep): Promise<TemplateReconciliation> => {
  const { templatePageSize: pageSize, templateRetryRounds } = run.state.policy;
  let reconciliation = await reconcile(run);
  // One round asks for a page; a thousand that failed are two pages.
  const rounds = templateRetryRounds + Math.floor(reconciliation.failed / pageSize);
  for (let round = 0; round < rounds && reconciliation.retryIds.length > 0; round += 1) {
    run.throwUnlessNext(step);
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
