/** Which calls a migration makes, read from the practice platform's log of one that nobody disturbed. */
import { openPlayer } from '../player';
import type { Site } from '../site';
import type { Way } from './ways';

export interface Call {
  readonly method: string;
  /** `/{phone}/register` */
  readonly path: string;
  /** How often a migration makes it. */
  readonly count: number;
}

/** It does something: it is no GET, or one that makes a token. */
export const isActing = ({ method, path }: Pick<Call, 'method' | 'path'>): boolean =>
  method !== 'GET' || path.endsWith('/access_token');

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
