/**
 * Templates between the signup and `register`, where the number may be silent (meta §1.7, §2.2): both sides are compared and
 * the copies begun, page by page, because duplication takes time; a call that fails, or has no time left, keeps nothing
 * waiting. Collisions, creation, flow buttons and what failed come when the number is accepted (`remaining_templates`);
 * required ones with the acceptance. Copies cannot be undone: none is begun after the window's end without an approval.
 * Safe to repeat, as `templates`.
 */
import { brieflyTried } from '../effects';
import { statusOf } from '../derived';
import type { MigrationRun } from '../migration-run';
import { problemOf } from '../parking';
import { takeInventory } from './template-collisions';
import { moveFlows } from './template-flows';
import { copy, leaveTemplatesOut, templates } from './templates';
import { awaitApproval } from './window';

export const templatesOfSignup = async (run: MigrationRun): Promise<void> => {
  // A migration of before there was the later step.
  if (statusOf(run.state, 'remaining_templates') === undefined) return templates(run);
  if (!run.state.request.templates.copy) return leaveTemplatesOut(run, 'templates');
  try {
    await beginCopies(run);
  } catch (error) {
    run.record('templates_put_off', { because: problemOf(error).code });
  }
};

const beginCopies = async (run: MigrationRun): Promise<void> => {
  const { inventoryTemplates, migrateFlows, copyTemplates } = brieflyTried;
  const inventory = run.state.templates.inventory ?? (await takeInventory(run, { inventoryTemplates }));
  await awaitApproval(run, 'templates');
  const until = run.now + run.state.policy.copyBeforeRegistration;
  await moveFlows(run, 'templates', inventory, migrateFlows);
  const mayBegin = async (): Promise<boolean> => {
    await awaitApproval(run, 'templates');
    if (run.now < until) return true;
    run.record('templates_put_off', { because: 'copyBeforeRegistration' });
    return false;
  };
  await copy(run, inventory, { step: 'templates', copyTemplates, mayBegin });
};
