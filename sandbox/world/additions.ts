import { z } from 'zod';
import { loadWorld } from './load';
import type { World } from './schema';

const LISTS = [
  'apps',
  'businesses',
  'wabas',
  'subscribers',
  'records',
  'tokens',
  'allocations',
  'media',
  'uploads',
  'people',
  'solutions',
  'intents',
] as const;

const additionSchema = z.strictObject(
  Object.fromEntries(LISTS.map((name) => [name, z.array(z.unknown()).optional()])),
);

/**
 * Puts further objects beside those of a world that is in use; what is there stays the same object. Answers with the new
 * accounts and their owners.
 *
 * @throws WorldError with all faults, those against what is there included; nothing is added then.
 */
export function addToWorld(world: World, input: unknown, now: number): Record<string, string> {
  const addition = additionSchema.parse(input);
  const whole = loadWorld(
    {
      ...world,
      ...Object.fromEntries(LISTS.map((name) => [name, [...world[name], ...(addition[name] ?? [])]])),
    },
    now,
  );
  const newWabas = whole.wabas.slice(world.wabas.length);
  for (const name of LISTS) {
    const here: unknown[] = world[name];
    here.push(...whole[name].slice(here.length));
  }
  return Object.fromEntries(newWabas.map(({ id, businessId }) => [id, businessId]));
}
