/** Which calls a migration makes, read from the practice platform's log of one that nobody disturbed. */
import type { StartRequestBody } from '../../../client';
import type { FamilyOptions } from '../../../sandbox/world/families';
import { straightIds } from '../../../sandbox/world/straight-world';
import { openPlayer, type Played } from '../../player';
import type { Site } from '../../site';

export interface Way {
  readonly route: StartRequestBody['route'];
  readonly family: FamilyOptions;
  readonly patch: (of: Played['family']) => Partial<StartRequestBody>;
}

/** Each route, with as many kinds of calls as it has. */
export const WAYS: readonly Way[] = [
  { route: 'programmatic', family: { twoStepOn: true, templates: 2 }, patch: () => ({}) },
  {
    route: 'embedded_signup',
    family: { destination: 'none' },
    patch: ({ businessId, tokens }) => ({
      route: 'embedded_signup',
      destination: { provider: 'meta', businessId, credential: tokens.system.name },
      templates: { copy: false },
    }),
  },
  {
    route: 'solution_intent',
    family: { destination: 'none' },
    patch: ({ businessId, tokens }) => ({
      route: 'solution_intent',
      destination: {
        ...{ provider: 'meta', businessId, credential: tokens.system.name },
        solutionId: straightIds.solutionId,
      },
      templates: { copy: false },
    }),
  },
];

export interface Call {
  readonly method: string;
  /** `/{phone}/register` */
  readonly path: string;
  /** How often a migration makes it. */
  readonly count: number;
}

/** @throws Error when the undisturbed migration gets nowhere. */
export const callsOf = async (site: Site, way: Way): Promise<Call[]> => {
  const before = (await site.platform.requests()).at(-1)?.seq ?? 0;
  const [family] = await site.families(1, way.family);
  if (family === undefined) throw new Error('no family was made');
  const player = await openPlayer(site);
  const played = await player.start(family, way.patch(family));
  const ended = await player.play([played], { withinMs: 60_000 });
  const outcome = ended.get(played.id)?.outcome;
  if (outcome !== 'migrated') throw new Error(`undisturbed, ${way.route} ends with ${String(outcome)}`);
  const calls = new Map<string, Call>();
  for (const { method, path } of await site.platform.requests(`?after=${String(before)}`)) {
    const count = (calls.get(`${method} ${path}`)?.count ?? 0) + 1;
    calls.set(`${method} ${path}`, { method, path, count });
  }
  return [...calls.values()];
};
