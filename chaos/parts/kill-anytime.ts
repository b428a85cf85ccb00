/** Worker and server are killed at moments that the seed chooses, again and again, while many migrations run. */
import { setTimeout as sleep } from 'node:timers/promises';
import { judge } from '../oracle';
import { openPlayer } from '../player';
import type { Random } from '../random';
import type { Site } from '../site';
import type { Outcome } from '../trial';
import { STANDS } from './kill-stands';

const RECOVER_MS = 150_000;

export const killAnytime = async (
  site: Site,
  random: Random,
  { migrations, deaths }: { migrations: number; deaths: number },
): Promise<Outcome> => {
  const kinds = Array.from({ length: migrations }, () => random.pick(STANDS));
  const families = await site.families(migrations, (index) => kinds[index]?.family ?? {});
  const player = await openPlayer(site);
  const starting = Promise.all(
    families.map((family, index) => player.start(family, kinds[index]?.patch?.(family) ?? {})),
  );
  const playing = starting.then(async (played) => {
    await player.play(played, { withinMs: RECOVER_MS + deaths * 10_000 });
    return played;
  });
  playing.catch(() => undefined);
  const programs = [...site.workers, ...site.workers, site.server];
  for (let death = 0; death < deaths; death += 1) {
    await sleep(random.int(300, 3_000));
    const program = random.pick(programs);
    await program.kill();
    await program.start();
  }
  const lastStart = Date.now();
  const played = await playing;
  const slowestRecoveryMs = Date.now() - lastStart;
  return { tried: played.length, slowestRecoveryMs, ...(await judge(site, played)) };
};
