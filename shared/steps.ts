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
  'aftercare',
] as const;
export const stepNameSchema = z.enum(STEP_NAMES);
export type StepName = z.infer<typeof stepNameSchema>;

/** Steps a person may decide to leave out; every other step is what makes the migration a migration. */
export const SKIPPABLE_STEPS: readonly StepName[] = ['templates', 'preparation', 'acceptance', 'aftercare'];

export const PARTIES = ['client', 'source_provider', 'meta', 'operator', 'system'] as const;
export const partySchema = z.enum(PARTIES);
export type Party = z.infer<typeof partySchema>;
