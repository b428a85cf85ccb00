/** Trials one after the other, each within its time, on sites that are opened, looked behind and stopped here. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openSite, type Site } from './site';
import { leftBehind } from './left-behind';
import { randomOf } from './random';
import type { Outcome, Trial } from './trial';

export interface RunOptions {
  seed: number;
  /** Folder of the sites' data and logs. */
  folder: string;
  /** Of the compiled programs; default `dist`. */
  programs?: string;
  /** Parts that want the same site share one: quicker, and what a part left behind is told of all of them. */
  sharesSites?: boolean;
  /** When the whole must be over; trials that have no room left are not begun. */
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
/** Opening and looking behind a site. */
const AROUND_MS = 20_000;
const BEHIND = 'what the part left behind';

/** One row a trial, and one a site for what was left behind on it. */
export const runTrials = async (trials: readonly Trial[], options: RunOptions): Promise<Row[]> => {
  const rows: Row[] = [];
  let open: { site: Site; like: string; part: string } | undefined;
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
    for (const [index, trial] of trials.entries()) {
      if (options.signal?.aborted === true) break;
      const seconds = trial.seconds ?? DEFAULT_SECONDS;
      const like = JSON.stringify([options.sharesSites === true ? '' : trial.part, trial.site ?? {}]);
      if (open !== undefined && open.like !== like) await finish();
      if (Date.now() + AROUND_MS / 2 > options.deadline) {
        rows.push({ ...trial, outcome: notReached('there was no time left'), seconds: 0, folder: '' });
        continue;
      }
      if (open === undefined) {
        const folder = join(options.folder, `${String(index)}-${trial.part}`);
        await mkdir(folder, { recursive: true });
        open = { site: await openSite(folder, trial.site, options.programs), like, part: trial.part };
      }
      options.say(`${trial.part}: ${trial.name} …`);
      const limit = Math.min(seconds * 1_000, options.deadline - Date.now());
      const row = await runOne(open.site, trial, limit, options);
      rows.push(row);
      for (const sentence of row.outcome.broken) options.say(`  BROKEN ${sentence}`);
      // What is broken may break what follows: that gets a site of its own.
      if (row.outcome.broken.length > 0) await finish();
    }
    await finish();
  } finally {
    await open?.site.close();
  }
  return rows;
};

const notReached = (why: string): Outcome => ({ tried: 0, broken: [`not reached: ${why}`] });

const runOne = async (
  site: Site,
  trial: Trial,
  limitMs: number,
  { seed, signal }: RunOptions,
): Promise<Row> => {
  const startedAt = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      const soFar = `not finished after ${String(Math.round(limitMs / 1000))} s`;
      resolve(notReached(`${soFar}; the last that was noted: ${site.lastNote()}`));
    }, limitMs);
    signal?.addEventListener('abort', () => {
      resolve(notReached('interrupted'));
    });
  });
  const running = (async () => {
    await site.heal();
    return trial.run(site, randomOf(seed).of(`${trial.part}/${trial.name}`));
  })().catch((error: unknown): Outcome => ({
    tried: 0,
    broken: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }));
  const outcome = await Promise.race([running, late]);
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
