/**
 * What of the templates takes hours, days or a person's decision, on the route whose popup announces the number (meta §1.7,
 * §2.2): done when the number is registered and accepted. Until then a question about collisions, or a hundred creations an
 * hour, would keep a silent number waiting. The number is watched meanwhile. Safe to repeat, as `templates`.
 */
import type { AcceptanceCheck } from '../../../shared/migration';
import { statusOf } from '../derived';
import type { MigrationRun } from '../migration-run';
import { PREFIX_OF_TEMPLATE_CHECKS } from './template-drift';
import { bringTemplates } from './templates';

export const remainingTemplates = async (run: MigrationRun): Promise<void> => {
  if (statusOf(run.state, 'templates') === 'done') await bringTemplates(run, 'remaining_templates');
  else run.record('step_skipped', { step: 'remaining_templates', reason: 'templates were left out' });
};

/**
 * A number is not accepted without the templates that are required (R8): where the step of the rest is still to come, the
 * acceptance brings those itself, and has what is edited reviewed before the number is called live.
 */
export const areRequiredStillToBring = (
  { state }: MigrationRun,
  obstacles: readonly AcceptanceCheck[],
): boolean => {
  const { templates, request } = state;
  if (request.templates.required.length === 0 || statusOf(state, 'remaining_templates') !== 'pending')
    return false;
  const mayOpenOldFlows = templates.inventory === null || (templates.inventory.flows ?? 0) > 0;
  return (
    statusOf(state, 'templates') === 'done' &&
    (mayOpenOldFlows || obstacles.some(({ name }) => name.startsWith(PREFIX_OF_TEMPLATE_CHECKS)))
  );
};
