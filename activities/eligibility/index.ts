/** Eligibility checks: gather facts, judge them. Reads only; nothing to undo. */
import type { ActivityDeps } from '../context';
import type { EligibilityActivities } from '../contract';
import { platformActivity } from '../failure';
import { judge } from './judge';
import { observeDestination, observeSource } from './observe';

export const createEligibilityActivities = (deps: ActivityDeps): EligibilityActivities => ({
  observeSource: platformActivity(observeSource(deps)),
  observeDestination: platformActivity(observeDestination(deps)),
  judge: (input) => Promise.resolve(judge(input)),
});
