/** The kill matrix. */
import { judge } from '../oracle';
import { openPlayer } from '../player';
import type { Part, Trial } from '../trial';

const straight: Trial = {
  part: 'kills',
  name: 'nothing is killed: the measure of all others',
  run: async (site) => {
    const player = await openPlayer(site);
    const families = await site.families(6, { twoStepOn: true });
    const played = await Promise.all(families.map((family) => player.start(family)));
    await player.play(played, { withinMs: 60_000 });
    return { tried: played.length, ...(await judge(site, played)) };
  },
};

export const kills: Part = {
  name: 'kills',
  promise: 'A worker or a server that is killed at any moment loses nothing and does nothing twice.',
  how: 'SIGKILL before, during and after every effect.',
  trials: [straight],
  sample: [straight],
};
