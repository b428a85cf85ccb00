/** Routes that begin at the client's: Embedded Signup (meta §2.1, §2.2) and the solution intent (meta §2.3). */
import type { ActivityDeps } from '../context';
import type { SignupActivities } from '../contract';
import { platformActivity } from '../failure';
import { exchangePopupCode } from './exchange-code';
import { findSignup } from './find-signup';
import { obtainSolutionToken, readMigrationIntent, setMigrationIntent } from './solution-intent';

export const createSignupActivities = (deps: ActivityDeps): SignupActivities => ({
  exchangePopupCode: platformActivity(exchangePopupCode(deps)),
  findSignup: platformActivity(findSignup(deps)),
  setMigrationIntent: platformActivity(setMigrationIntent(deps)),
  readMigrationIntent: platformActivity(readMigrationIntent(deps)),
  obtainSolutionToken: platformActivity(obtainSolutionToken(deps)),
});
