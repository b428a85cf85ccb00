/** Each turn of TURNS at moments and on routes that the seed draws, all migrations side by side. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from '../../../client';
import { endedOrParked, judge } from '../../oracle';
import { describe, isClosed, openPlayer, type Played } from '../../player';
import type { Random } from '../../random';
import type { Site } from '../../site';
import type { Outcome } from '../../trial';
import { familyOf, momentOf, patchOf, type HeldCall, type MomentName, type Route } from './moments';
import { toldAt, TURNS, type Turn } from './turns';

export interface Strike {
  readonly turn: Turn;
  readonly moment: MomentName;
  readonly route: Route;
}

export interface Extent {
  /** At how many moments each turn happens. */
  readonly moments: number;
  /** Which of them are drawn from; all by default. */
  readonly only?: (one: Strike) => boolean;
  /** How many migrations at most; all by default. */
  readonly atMost?: number;
}

/** Everybody has reached their moment by then, or the trial says who has not. */
const WITHIN_MS = 130_000;
const LOOK_MS = 150;

const isMoment = (name: string, { told }: Turn): name is MomentName => name in told;

const strikesOf = (turn: Turn): Strike[] =>
  Object.keys(turn.told).flatMap((moment) =>
    isMoment(moment, turn) ? momentOf(moment).routes.map((route) => ({ turn, moment, route })) : [],
  );

/** Of each turn so many moments, no two alike, and where there is a choice on routes no two alike. */
export const drawn = (random: Random, { moments, only = () => true, atMost }: Extent): Strike[] => {
  const all = TURNS.flatMap((turn) => {
    const chosen: Strike[] = [];
    const left = random.shuffled(strikesOf(turn).filter(only));
    for (let count = 0; count < moments; count += 1) {
      const others = left.filter(({ moment }) => chosen.every((one) => one.moment !== moment));
      const next = others.find(({ route }) => chosen.every((one) => one.route !== route)) ?? others[0];
      if (next !== undefined) chosen.push(next);
    }
    return chosen;
  });
  return random.shuffled(all).slice(0, atMost);
};

/** Everything by which a migration says what is wrong now, and who must act. */
export const wordsOf = ({ steps, tasks, findings }: Migration): string =>
  [
    ...steps.flatMap(({ error }) => (error === null ? [] : [`${error.code}:${error.party}`])),
    ...tasks
      .filter(({ status, blocking }) => status === 'open' && blocking)
      .map(({ kind, party }) => `${kind.toUpperCase()}:${party}`),
    ...findings.filter(({ severity }) => severity !== 'info').map(({ code, party }) => `${code}:${party}`),
  ].join(' ');

type Stage = 'on its way' | 'held' | 'struck' | 'told' | 'mended';

/** One migration, from its start to what somebody did to it and what it said. */
class Struck {
  stage: Stage = 'on its way';
  readonly broken: string[] = [];
  played: Played | undefined;
  private rule: string | undefined;
  private next = 0;
  private doing: Promise<void> = Promise.resolve();

  constructor(
    private readonly site: Site,
    readonly strike: Strike,
  ) {}

  get name(): string {
    const { turn, moment, route } = this.strike;
    return `${turn.name}, ${moment}, ${route}`;
  }

  private get calls(): readonly HeldCall[] {
    return momentOf(this.strike.moment).calls ?? [];
  }

  /** Before it is started. */
  async hold(id: string): Promise<void> {
    const call = this.calls[this.next];
    if (call === undefined) return;
    this.next += 1;
    const { method, path, when } = call;
    const rule = await this.site.platform.fault({
      name: this.name,
      match: { method, path, id, times: 1 },
      action: { type: 'hold', when },
    });
    this.rule = rule.id;
  }

  /** The call that is waited for is held: the next of the moment is waited for, or it is time. */
  async onHeld(holding: ReadonlySet<string>): Promise<void> {
    const { played, rule } = this;
    if (this.stage !== 'on its way' || played === undefined || rule === undefined || !holding.has(rule))
      return;
    if (this.next < this.calls.length) await this.hold(idOf(played));
    else {
      await this.strike.turn.happens(this.site, played);
      this.stage = 'struck';
    }
    await this.site.platform.removeFault(rule);
  }

  /** On each look. */
  see(migration: Migration): void {
    const { turn, moment, route } = this.strike;
    const { task } = momentOf(moment);
    const isAsked = migration.tasks.some(({ kind, status }) => kind === task && status === 'open');
    if (this.stage === 'on its way' && isAsked) {
      this.stage = 'held';
      this.begin(async (played) => {
        await turn.happens(this.site, played);
        this.stage = 'struck';
      });
    }
    const told = toldAt(turn, moment, route);
    if (this.stage !== 'struck') return;
    if (told === null) {
      if (migration.state !== 'blocked') return;
      this.broken.push(`nobody was to be needed: ${describe(migration)}`);
      this.stage = 'mended';
    } else if (told.test(wordsOf(migration))) {
      this.stage = 'told';
      const { mended } = turn;
      this.begin(async (played) => {
        if (typeof mended === 'function') await mended(this.site, played, migration);
        this.stage = 'mended';
      });
    }
  }

  /** People do their part, but nobody tries again what has failed before it was told why. */
  acts({ state }: Migration): boolean {
    if (this.stage === 'struck') return state !== 'blocked';
    return this.stage === 'on its way' || this.stage === 'mended';
  }

  /** Nothing more is to be expected of it. */
  isOver(): boolean {
    return this.strike.turn.mended === 'never' && this.stage === 'mended';
  }

  settled(): Promise<void> {
    return this.doing;
  }

  verdictOn(migration: Migration | undefined): string[] {
    const { turn, moment, route } = this.strike;
    const where = migration === undefined ? 'unseen' : describe(migration);
    if (this.stage === 'on its way' || this.stage === 'held') return [`did not come to its moment: ${where}`];
    const isSilent = toldAt(turn, moment, route) !== null && this.stage === 'struck';
    const words = migration === undefined ? '' : ` ${wordsOf(migration)}`;
    return [...this.broken, ...(isSilent ? [`does not say so: ${where}${words}`] : [])];
  }

  private begin(work: (played: Played) => Promise<void>): void {
    const { played } = this;
    if (played === undefined) return;
    this.doing = work(played).catch((error: unknown) => {
      this.broken.push(error instanceof Error ? error.message : String(error));
    });
  }
}

const idOf = ({ family }: Pick<Played, 'family'>): string => family.destinationWabaId ?? family.businessId;

export const worldsTurns = async (site: Site, random: Random, extent: Extent): Promise<Outcome> => {
  const all = drawn(random, extent).map((strike) => new Struck(site, strike));
  const families = await site.families(all.length, (index) => {
    const strike = all[index]?.strike;
    return strike === undefined ? {} : familyOf(strike.route, strike.moment);
  });
  const of = new Map<string, Struck>();
  const player = await openPlayer(site, {
    retries: 6,
    acts: (migration) => of.get(migration.id)?.acts(migration) ?? false,
  });
  await Promise.all(
    all.map(async (each, index) => {
      const family = families[index];
      if (family === undefined) throw new Error('too few families');
      await each.hold(idOf({ family }));
      each.played = await player.start(family, patchOf(each.strike.route)(family));
      of.set(each.played.id, each);
    }),
  );
  const played = all.flatMap((each) => each.played ?? []);
  const deadline = Date.now() + WITHIN_MS;
  const isDone = new AbortController();
  const [ended] = await Promise.all([
    player
      .play(played, {
        withinMs: WITHIN_MS + 30_000,
        met: (migration) => {
          const each = of.get(migration.id);
          each?.see(migration);
          return each?.isOver() === true || Date.now() > deadline;
        },
      })
      .finally(() => {
        isDone.abort();
      }),
    letOn(site, all, isDone.signal),
  ]);
  await Promise.all(all.map((each) => each.settled()));
  const judgement = await judge(site, played, {
    ending: (migration, { id }) => {
      const isNever = of.get(id)?.strike.turn.mended === 'never';
      if (isNever)
        return migration.outcome === 'migrated'
          ? 'moved a number that is not there any more'
          : endedOrParked(migration);
      return isClosed(migration) && migration.outcome === 'migrated'
        ? null
        : `was to be migrated: ${describe(migration)}`;
    },
  });
  const own = [...of].flatMap(([id, each]) =>
    each.verdictOn(ended.get(id)).map((why) => `${id}: ${why} [${each.name}]`),
  );
  const count = (of: (one: Strike) => string): number => new Set(all.map(({ strike }) => of(strike))).size;
  return {
    ...judgement,
    tried: all.length,
    broken: [...own, ...named(judgement.broken, of)],
    figures: {
      turns: count(({ turn }) => turn.name),
      moments: count(({ moment }) => moment),
      routes: count(({ route }) => route),
    },
  };
};

/** Lets each held call go on when somebody has acted, until everything is over. */
const letOn = async (site: Site, all: readonly Struck[], isDone: AbortSignal): Promise<void> => {
  while (!isDone.aborted) {
    const faults = await site.platform.faults();
    const holding = new Set(faults.filter((rule) => rule.holding > 0).map(({ id }) => id));
    await Promise.all(all.map((each) => each.onHeld(holding)));
    await sleep(LOOK_MS);
  }
};

/** What was undone is done anew; everything else is told with what happened to it. */
const named = (broken: readonly string[], of: ReadonlyMap<string, Struck>): string[] =>
  broken.flatMap((sentence) => {
    const [, each] = [...of].find(([id]) => sentence.includes(id)) ?? [];
    if (each === undefined) return [sentence];
    return each.strike.turn.happensAgain?.test(sentence) === true ? [] : [`${sentence} [${each.name}]`];
  });
