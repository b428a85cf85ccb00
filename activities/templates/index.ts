/** Template copying: inventory, copy in pages, reconciliation by name and language (mission: "template copying"). */
import type { ActivityDeps } from '../context';
import type { TemplateActivities } from '../contract';
import { platformActivity } from '../failure';
import { copyTemplates } from './copy';
import { inventoryTemplates } from './inventory';
import { reconcileTemplates } from './reconcile';

export const createTemplateActivities = (deps: ActivityDeps): TemplateActivities => ({
  inventoryTemplates: platformActivity(inventoryTemplates(deps)),
  copyTemplates: platformActivity(copyTemplates(deps)),
  reconcileTemplates: platformActivity(reconcileTemplates(deps)),
});
