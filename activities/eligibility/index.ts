/** Eligibility checks: gather facts, judge them. Reads only; nothing to undo. */
import type { ActivityDeps } from '../context';
import type { EligibilityActivities } from '../contract';
import { platformActivity } from '../failure';
import { judge } from './judge';
import { observeDestination, observeSource } from './observe';

/** The last look is one activity for both sides: both are as fresh as the other when the number is registered. */
const observeForLook =
  (deps: ActivityDeps): EligibilityActivities['observeSource'] =>
  async (subject, scope) => {
    if (scope !== 'last_look') return observeSource(deps)(subject, scope);
    const [source, destination] = await Promise.all([
      observeSource(deps)(subject, scope),
      observeDestination(deps)(subject, scope),
    ]);
    return { ...source, destination };
  };

export const createEligibilityActivities = (deps: ActivityDeps): EligibilityActivities => ({
  observeSource: platformActivity(observeForLook(deps)),
  observeDestination: platformActivity((subject) => observeDestination(deps)(subject)),
  judge: (input) => Promise.resolve(judge(input)),
});
