/** A route is a list of steps. Routes that are not available yet have none. */
import type { Route, StepName } from './steps';

export const STEPS_OF_ROUTE: Readonly<Record<Route, readonly StepName[]>> = {
  programmatic: [
    'claim',
    'eligibility',
    'destination',
    'templates',
    'preparation',
    'window',
    'two_step_off',
    'funding',
    'announcement',
    'ownership',
    'registration',
    'acceptance',
    'billing',
    'aftercare',
  ],
  embedded_signup: [],
  solution_intent: [],
  hub_signup: [],
};
