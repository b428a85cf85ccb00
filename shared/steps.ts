/** The named parts of a route, in the words of the HTTP contract. */
import { z } from 'zod';

export const ROUTES = ['programmatic', 'embedded_signup', 'solution_intent', 'hub_signup'] as const;
export const routeSchema = z.enum(ROUTES);
export type Route = z.infer<typeof routeSchema>;

export const STEP_NAMES = [
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
  'remaining_templates',
  'aftercare',
] as const;
export const stepNameSchema = z.enum(STEP_NAMES);
export type StepName = z.infer<typeof stepNameSchema>;

/**
 * A route is a list of steps, done in this order, known by names and never by the numbers of somebody's page (R45). Moving
 * the whole account by unsharing it silences it until the next month: no route does that (P-19). `hub_signup` belongs to the provider 360dialog and is not available.
 *
 * `embedded_signup` (meta §2.2): the source may fall silent when the popup is finished, not only at `register` (meta
 * §1.7), so everything that can be ready is ready, the window is open and two-step verification is off before the
 * popup; the popup announces the number and proves ownership. Between it and `register` nothing waits for hours, or for
 * people: the copies are begun there, against a gap, and `remaining_templates` does the rest once the number is accepted.
 * `solution_intent` (meta §2.3): the client accepts in Business settings, days before the window; no code is needed.
 */
export const ROUTE_STEPS: Readonly<Record<Route, readonly StepName[]>> = {
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
  embedded_signup: [
    'claim',
    'eligibility',
    'preparation',
    'window',
    'two_step_off',
    'destination',
    'funding',
    'templates',
    'registration',
    'acceptance',
    'billing',
    'remaining_templates',
    'aftercare',
  ],
  solution_intent: [
    'claim',
    'eligibility',
    'destination',
    'templates',
    'preparation',
    'window',
    'two_step_off',
    'funding',
    'announcement',
    'registration',
    'acceptance',
    'billing',
    'aftercare',
  ],
  hub_signup: [],
};

/** Steps a person may decide to leave out; every other step is what makes the migration a migration. */
export const SKIPPABLE_STEPS: readonly StepName[] = [
  'templates',
  'preparation',
  'acceptance',
  'remaining_templates',
  'aftercare',
];

export const PARTIES = ['client', 'source_provider', 'meta', 'operator', 'system'] as const;
export const partySchema = z.enum(PARTIES);
export type Party = z.infer<typeof partySchema>;
