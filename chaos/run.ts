/** Trials, each within its time, on sites that are opened, looked behind and stopped here. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openSite, type Site } from './site';
import { leftBehind } from './left-behind';
import { AROUND_SECONDS, fitsInto, groupsOf, inTurn, isAlone, usualSecondsOf, type Group } from './plan';
import { randomOf } from './random';
import type { Outcome, Trial } from './trial';

export interface RunOptions {
  seed: number;
  /** Folder of the sites' data and logs. */
  folder: string;
  /** Of the compiled programs; default `dist`. */
  programs?: string;
  /** How many sites are tried on at once; default 1. What must be alone comes before all others. */
  tracks?: number;
  /** Parts that want the same site share one: quicker, and what a part left behind is told of all of them. */
  sharesSites?: boolean;
  /** When the whole must be over. What may be left out is begun when it fits in; what must be tried counts as broken if it does not. */
  deadline: number;
  say: (sentence: string) => void;
  /** Aborted: nothing new is begun, and everything is stopped. */
  signal?: AbortSignal;
}

export interface Row {
  part: string;
  name: string;
  outcome: Outcome;
  seconds: number;
  /** Where the logs of its site are. */
  folder: string;
}

const DEFAULT_SECONDS = 120;
/** A pace is one only after so long; the first trial alone says little. */
const PACE_AFTER_SECONDS = 100;
const BEHIND = 'what the part left behind';

/** One row a trial, and one a site for what was left behind on it; in the order in which the trials were given. */
export const runTrials = async (trials: readonly Trial[], options: RunOptions): Promise<Row[]> => {
  const isShared = options.sharesSites === true;
  const clock = new Clock(options);
  const runner = new Runner(options, clock);
  const groups = groupsOf(trials, isShared);
  for (const group of groups.filter(isAlone)) await runner.run(group);
  const beside = inTurn(groups.filter((group) => !isAlone(group)));
  const tracks = Array.from({ length: options.tracks ?? 1 }, async () => {
    for (let group = beside.shift(); group !== undefined; group = beside.shift()) await runner.run(group);
  });
  // Every track comes to its end, and so to the stopping of its site, before anything is thrown.
  const ended = await Promise.allSettled(tracks);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return groups.flatMap((group) => runner.rowsOf(group));
};

/** Trials that follow each other on one site. */
class Runner {
  private readonly rows = new Map<Group, Row[]>();
  private sites = 0;
  private readonly interrupted: Promise<Outcome>;

  constructor(
    private readonly options: RunOptions,
    private readonly clock: Clock,
  ) {
    this.interrupted = new Promise((resolve) => {
      options.signal?.addEventListener('abort', () => resolve(notReached('interrupted')), { once: true });
    });
  }

  rowsOf(group: Group): Row[] {
    return this.rows.get(group) ?? [];
  }

  async run(group: Group): Promise<void> {
    const { options, clock } = this;
    const rows: Row[] = [];
    this.rows.set(group, rows);
    let open: { site: Site; part: string } | undefined;
    const finish = async (): Promise<void> => {
      if (open === undefined) return;
      const { site, part } = open;
      open = undefined;
      try {
        rows.push(await lookBehind(site, part));
      } finally {
        await site.close();
      }
    };
    try {
      for (const trial of group) {
        if (options.signal?.aborted === true) break;
        const why = clock.whyLeftOut(trial);
        if (why !== null) {
          options.say(`${trial.part}: ${trial.name} is left out: ${why}`);
          rows.push({ ...trial, outcome: leftOut(why), seconds: 0, folder: '' });
          continue;
        }
        if (clock.secondsLeft() < AROUND_SECONDS / 2) {
          rows.push({ ...trial, outcome: notReached('there was no time left'), seconds: 0, folder: '' });
          continue;
        }
        open ??= { site: await this.open(trial), part: trial.part };
        clock.noteBegun(trial);
        options.say(`${trial.part}: ${trial.name} …`);
        const row = await runOne(open.site, trial, clock.secondsFor(trial), options, this.interrupted);
        rows.push(row);
        clock.noteEnded(trial, row.seconds);
        options.say(
          `${trial.part}: ${trial.name}: ${row.outcome.leftOut ?? String(row.outcome.tried)} in ${row.seconds.toFixed(0)} s`,
        );
        for (const sentence of row.outcome.broken) options.say(`  BROKEN ${trial.part}: ${sentence}`);
        // What is broken, or still goes on, may break what follows: that gets a site of its own.
        if (row.outcome.broken.length > 0 || row.outcome.leftOut !== undefined) await finish();
      }
      await finish();
    } finally {
      await open?.site.close();
    }
  }

  private async open({ part, site }: Trial): Promise<Site> {
    this.sites += 1;
    const folder = join(this.options.folder, `${String(this.sites)}-${part}`);
    await mkdir(folder, { recursive: true });
    return openSite(folder, site, this.options.programs);
  }
}

/** How the run stands against what it takes as a rule. */
class Clock {
  private usual = 0;
  private taken = 0;
  private readonly underWay = new Map<Trial, number>();

  constructor(private readonly options: RunOptions) {}

  noteBegun(trial: Trial): void {
    this.underWay.set(trial, Date.now());
  }

  noteEnded(trial: Trial, seconds: number): void {
    this.underWay.delete(trial);
    this.usual += usualSecondsOf(trial);
    this.taken += seconds;
  }

  secondsLeft(): number {
    return (this.options.deadline - Date.now()) / 1_000;
  }

  /** What it has promised, or what is left; what may be left out leaves time to look behind it. */
  secondsFor({ seconds = DEFAULT_SECONDS, spare }: Trial): number {
    return Math.min(seconds, this.secondsLeft() - (spare === undefined ? 0 : AROUND_SECONDS));
  }

  whyLeftOut(trial: Trial): string | null {
    const seconds = this.secondsLeft();
    const pace = this.pace();
    if (trial.spare === undefined || fitsInto(seconds, trial, pace)) return null;
    return `${seconds.toFixed(0)} s are left, and everything takes ${pace.toFixed(1)} times as long as usual`;
  }

  /** Of what has been tried; what is under way for longer than usual already says so too. */
  private pace(): number {
    let { usual, taken } = this;
    for (const [trial, begunAt] of this.underWay) {
      const seconds = (Date.now() - begunAt) / 1_000;
      if (seconds <= usualSecondsOf(trial)) continue;
      usual += usualSecondsOf(trial);
      taken += seconds;
    }
    return usual < PACE_AFTER_SECONDS ? 1 : taken / usual;
  }
}

const leftOut = (why: string): Outcome => ({ tried: 0, broken: [], leftOut: why });
const notReached = (why: string): Outcome => ({ tried: 0, broken: [`not reached: ${why}`] });

const runOne = async (
  site: Site,
  trial: Trial,
  limitSeconds: number,
  { seed }: RunOptions,
  interrupted: Promise<Outcome>,
): Promise<Row> => {
  const startedAt = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      const soFar = `not finished after ${limitSeconds.toFixed(0)} s`;
      const isShort = trial.spare !== undefined && limitSeconds < (trial.seconds ?? DEFAULT_SECONDS);
      const missed = isShort ? leftOut : notReached;
      resolve(missed(`${soFar}; the last that was noted: ${site.lastNote()}`));
    }, limitSeconds * 1_000);
  });
  const running = (async () => {
    await site.heal();
    return trial.run(site, randomOf(seed).of(`${trial.part}/${trial.name}`));
  })().catch((error: unknown): Outcome => ({
    tried: 0,
    broken: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }));
  const outcome = await Promise.race([running, late, interrupted]);
  clearTimeout(timer);
  const { part, name } = trial;
  return { part, name, outcome, seconds: (Date.now() - startedAt) / 1000, folder: site.folder };
};

const lookBehind = async (site: Site, part: string): Promise<Row> => {
  const startedAt = Date.now();
  let broken: string[];
  try {
    await site.heal();
    broken = await leftBehind(site);
  } catch (error) {
    broken = [error instanceof Error ? error.message : String(error)];
  }
  const outcome = { tried: site.everyFamily().length, broken };
  const seconds = (Date.now() - startedAt) / 1000;
  return { part, name: BEHIND, outcome, seconds, folder: site.folder };
};
