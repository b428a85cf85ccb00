/** Template copying: inventory, flows, copy in pages, reconciliation by name and language, re-creation, flow buttons. */
import type { ActivityDeps } from '../context';
import type { TemplateActivities } from '../contract';
import { platformActivity } from '../failure';
import { copyTemplates } from './copy';
import { migrateFlows } from './flows';
import { inventoryTemplates } from './inventory';
import { reconcileTemplates } from './reconcile';
import { recreateTemplates } from './recreate';
import { repointFlowButtons } from './repoint';

export const createTemplateActivities = (deps: ActivityDeps): TemplateActivities => ({
  inventoryTemplates: platformActivity(inventoryTemplates(deps)),
  migrateFlows: platformActivity(migrateFlows(deps)),
  copyTemplates: platformActivity(copyTemplates(deps)),
  reconcileTemplates: platformActivity(reconcileTemplates(deps)),
  recreateTemplates: platformActivity(recreateTemplates(deps)),
  repointFlowButtons: platformActivity(repointFlowButtons(deps)),
});
