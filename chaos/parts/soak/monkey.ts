/** Something is always wrong somewhere, and never everything at once: what, where and for how long says the seed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../random';
import type { Program, Site } from '../../site';

export interface Monkey {
  /** Takes its hands off; what it has done last is undone. */
  stop(): Promise<void>;
  /** How often it did what. */
  deeds(): Readonly<Record<string, number>>;
}

const FAULTS: readonly Record<string, unknown>[] = [
  { type: 'reset' },
  { type: 'reset', act: true },
  { type: 'drop-before' },
  { type: 'act-then-drop' },
  { type: 'fail', status: 503, code: 2 },
  { type: 'truncate', bytes: 7 },
  { type: 'html', status: 502 },
  { type: 'delay', ms: 2_000 },
  { type: 'drip', bytes: 24, everyMs: 100 },
  { type: 'decorate' },
];

export interface Temper {
  /** Never killed, so that their memory may be compared over the whole; they are paused and cut off as others are. */
  readonly spared: readonly Program[];
  /** False: it does each of its deeds once, in an order by the seed. */
  readonly isTireless: boolean;
}

export const letLoose = (site: Site, random: Random, { spared, isTireless }: Temper): Monkey => {
  const counted = new Map<string, number>();
  const leash = new AbortController();
  const programs = [...site.workers, site.server];
  const mortal = programs.filter((each) => !spared.includes(each));

  const deeds: Readonly<Record<string, () => Promise<void>>> = {
    killed: async () => {
      const victim = random.pick(mortal);
      site.note(`the monkey kills ${victim.name}`);
      await victim.kill();
      await sleep(random.int(0, 1_500));
      await victim.start();
    },
    paused: async () => {
      const victim = random.pick(programs);
      if (!victim.isUp()) return;
      site.note(`the monkey pauses ${victim.name}`);
      victim.pause();
      await sleep(random.int(200, 3_000));
      if (victim.isUp()) victim.resume();
    },
    'cut off': async () => {
      const { name, gates } = random.pick(programs);
      const [line, gate] = random.pick(Object.entries(gates));
      const how = random.chance(0.4) ? 'cut' : random.chance(0.5) ? 'hold' : 'slow';
      site.note(`the monkey has the line of ${name} to ${line} in its hands: ${how}`);
      if (how === 'slow') gate.slow(random.int(20, 150));
      else gate[how]();
      await sleep(random.int(200, 3_000));
      gate.open();
    },
    'made calls fail': async () => {
      const action = random.pick(FAULTS);
      site.note(`the monkey makes calls fail: ${JSON.stringify(action)}`);
      const match = { from: random.int(1, 5), times: random.int(1, 4) };
      const rule = await site.platform.fault({ name: 'the monkey’s', match, action });
      await sleep(random.int(500, 2_000));
      await site.platform.removeFault(rule.id);
    },
  };
  const running = (async () => {
    const perform = async ([name, deed]: readonly [string, () => Promise<void>]): Promise<void> => {
      counted.set(name, (counted.get(name) ?? 0) + 1);
      await deed();
      site.note('the monkey has let go');
      await sleep(random.int(100, 1_200));
    };
    if (!isTireless) for (const each of random.shuffled(Object.entries(deeds))) await perform(each);
    else while (!leash.signal.aborted) await perform(random.pick(Object.entries(deeds)));
  })();
  running.catch(() => undefined);
  return {
    stop: async () => {
      leash.abort();
      await running;
      await site.heal();
    },
    deeds: () => Object.fromEntries(counted),
  };
};
