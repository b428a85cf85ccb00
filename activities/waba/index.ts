/** WABA creation: what Carryover can do about an account that only the client can make. */
import type { ActivityDeps } from '../context';
import type { WabaActivities } from '../contract';
import { platformActivity } from '../failure';
import { establishDestination } from './establish-destination';
import { subscribeApp } from './subscribe-app';

export const createWabaActivities = (deps: ActivityDeps): WabaActivities => ({
  establishDestination: platformActivity(establishDestination(deps)),
  subscribeApp: platformActivity(subscribeApp(deps)),
});
