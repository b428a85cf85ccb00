/** Every activity of the product, for a worker to register: one folder a capability. */
import { createBillingActivities } from './billing';
import type { ActivityDeps } from './context';
import type { Activities, ReconcileActivities } from './contract';
import { createEligibilityActivities } from './eligibility';
import { createReconcileActivities, type ReconcileDeps } from './reconcile';
import { createRecordsActivities } from './records';
import { createRegistrationActivities, type RegistrationTiming } from './registration';
import { createSignupActivities } from './signup';
import { createTemplateActivities } from './templates';
import { createVerificationActivities } from './verification';
import { createWabaActivities } from './waba';

export type { ActivityDeps } from './context';
export { createGraphFor } from './graph-for';
export type { ReconcileDeps } from './reconcile';
export { REGISTRATION_TIMING, type RegistrationTiming } from './registration';

/** @param timing How long a registration without an answer is followed; the product's own unless given. */
export const createActivities = (
  deps: ActivityDeps & ReconcileDeps,
  timing?: RegistrationTiming,
): Activities & ReconcileActivities => ({
  ...createEligibilityActivities(deps),
  ...createWabaActivities(deps),
  ...createSignupActivities(deps),
  ...createTemplateActivities(deps),
  ...createVerificationActivities(deps),
  ...createRegistrationActivities(deps, timing),
  ...createBillingActivities(deps),
  ...createRecordsActivities(deps),
  ...createReconcileActivities(deps),
});
