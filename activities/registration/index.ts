/** Registration: the cut-over, the wait until the number is live, and its acceptance (mission: "registration"). */
import type { ActivityDeps } from '../context';
import type { RegistrationActivities } from '../contract';
import { platformActivity } from '../failure';
import { awaitConnected } from './await-connected';
import { checkAcceptance } from './check-acceptance';
import { watchNumber } from './watch-number';
import { REGISTRATION_TIMING, registerNumber, type RegistrationTiming } from './register-number';

export { REGISTRATION_TIMING, type RegistrationTiming } from './register-number';

export const createRegistrationActivities = (
  deps: ActivityDeps,
  timing: RegistrationTiming = REGISTRATION_TIMING,
): RegistrationActivities => ({
  registerNumber: platformActivity(registerNumber(deps, timing)),
  awaitConnected: platformActivity(awaitConnected(deps)),
  checkAcceptance: platformActivity(checkAcceptance(deps)),
  watchNumber: platformActivity(watchNumber(deps)),
});
