/** The server under several times its capacity. */
import type { Part, Trial } from '../trial';
import { flood, type Flood } from './load/flood';

/** Every request in the log is a figure of another kind than what the server can do. */
const SITE = { env: { LOG_LEVEL: 'warn' } };

const flooded = (name: string, plan: Flood): Trial => ({
  ...{ part: 'load', name, seconds: 200, usual: 45, isAlone: true, site: SITE },
  run: (site, random) => flood(site, random, plan),
});

export const load: Part = {
  name: 'load',
  promise:
    'A server that is asked for several times what it can do answers or refuses with a reason and a time, loses nothing it has accepted, and is itself again afterwards.',
  how: 'Its capacity is measured in the run; then four times as much is offered, whether or not answers come: lists, reads, starts, codes, decisions and signed webhooks, some of them about migrations that wait. Afterwards every webhook, start and decision that was accepted is looked for, one by one, in what is stored; whoever waits must have been told; and every migration that was read must be the one that was asked for, at a revision that it had.',
  trials: [
    flooded('four times its capacity', {
      ...{ measureMs: 3_000, floodMs: 8_000, callers: 24, times: 4, starts: 60, codes: 6, waiting: 3 },
    }),
  ],
  sample: [
    flooded('four times its capacity, for a second', {
      ...{ measureMs: 600, floodMs: 1_000, callers: 12, times: 4, starts: 4, codes: 1, waiting: 1 },
    }),
  ],
};
