/**
 * A worker is killed at every call at once: each family's call is held at the practice platform, before it acts or after,
 * and when all are held one SIGKILL ends the process for all of them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from '../../client';
import { judge } from '../oracle';
import { isClosed, openPlayer, type Played } from '../player';
import type { Site } from '../site';
import type { Outcome } from '../trial';
import { STANDS, type Stand } from './kill-stands';

export type Moment = 'before the call' | 'before the reply' | 'before the report';

const UNREPORTED: Moment = 'before the report';
const GET_THERE_MS = 90_000;
/** A call that is held this long is given up by its caller, and held again with its next try. */
const PATIENCE_MS = 25_000;
const RECOVER_MS = 150_000;
const LOOK_EVERY_MS = 100;

interface Manned {
  readonly stand: Stand;
  readonly moment: Moment;
  readonly played: Played;
}

/** One death stands for all the moments. */
export const killAtEveryCall = async (
  site: Site,
  moments: readonly Moment[],
  stands: readonly Stand[] = STANDS,
): Promise<Outcome> => {
  const places = moments.flatMap((moment) => stands.map((stand) => ({ stand, moment })));
  const families = await site.families(places.length, (index) => places[index]?.stand.family ?? {});
  const byId = new Map<string, Manned>();
  let isTime = false;
  const isAtItsPerson = (migration: Migration): boolean => {
    const after = byId.get(migration.id)?.stand.after ?? null;
    return after !== null && isOpen(migration, after);
  };
  const player = await openPlayer(site, { acts: (migration) => isTime || !isAtItsPerson(migration) });
  const man = async (which: (stand: Stand) => boolean): Promise<Played[]> => {
    const started = places.map(async ({ stand, moment }, index): Promise<Played[]> => {
      const family = families[index];
      if (family === undefined || !which(stand)) return [];
      if (stand.after === null) await hold(site, stand, moment, family);
      const played = await player.start(family, stand.patch?.(family) ?? {});
      byId.set(played.id, { stand, moment, played });
      return [played];
    });
    return (await Promise.all(started)).flat();
  };

  // First those that wait for a person, so that nobody's call is held for long while others get there.
  const waiting = await man(({ after }) => after !== null);
  site.note(`${String(waiting.length)} are started that come to a person first`);
  await player.play(waiting, { withinMs: GET_THERE_MS, met: isAtItsPerson });
  const manned = [...byId.values()];
  for (const { stand, moment, played } of manned) await hold(site, stand, moment, played.family);
  site.note('each waits for its person; now these act, and the others start');
  isTime = true;
  const early = await man(({ after }) => after === null);
  const all = [...waiting, ...early];
  const playing = player.play(all, { withinMs: GET_THERE_MS + RECOVER_MS });
  playing.catch(() => undefined);
  const { never, left } = await Promise.race([
    untilAllAreHeld(site),
    playing.then(() => ({ never: ['all of them ended'], left: 0 })),
  ]);

  site.note(`never held: ${JSON.stringify(never)}; ${String(left)} are not held now`);
  const [worker] = site.workers;
  if (worker === undefined) throw new Error('the site has no worker');
  // Those that are to be done and not reported end now, while Temporal cannot be told.
  const unreported = (await site.platform.faults()).filter(({ name }) => name.startsWith(UNREPORTED));
  if (unreported.length > 0) {
    const before = await finishedActivities(worker.metrics);
    worker.gates.temporal.hold();
    for (const { id } of unreported) await site.platform.removeFault(id);
    await untilFinished(worker.metrics, before + unreported.length);
  }
  await worker.kill();
  // Only when the platform has seen that nobody waits any more: what it held before acting is then never done.
  for (const gate of [worker.gates.temporal, worker.gates.graph]) {
    gate.cut();
    gate.open();
  }
  await until(async () => (await site.platform.faults()).every(({ holding }) => holding === 0));
  await site.platform.removeFaults();
  site.note('killed');
  const killedAt = Date.now();
  await worker.start();
  await playing;
  site.note('all came to rest');
  const slowestRecoveryMs = Date.now() - killedAt;
  const { broken, repeated, adopted } = await judge(site, all);
  const namesOf = (sentence: string): string => {
    const of = manned.concat([...byId.values()]).find(({ played }) => sentence.includes(played.id));
    return of === undefined ? sentence : `killed ${of.moment} “${of.stand.name}”: ${sentence}`;
  };
  return {
    tried: all.length,
    broken: [...never.map((name) => `the call was never held: ${name}`), ...broken.map(namesOf)],
    ...{ repeated, adopted, slowestRecoveryMs },
    figures: { 'held at the moment of death': `${String(all.length - left)} of ${String(all.length)}` },
  };
};

const isOpen = (migration: Migration, kind: string): boolean =>
  !isClosed(migration) && migration.tasks.some((task) => task.kind === kind && task.status === 'open');

const hold = async (site: Site, stand: Stand, moment: Moment, family: Played['family']): Promise<void> => {
  await site.platform.fault({
    name: `${moment}: ${stand.name}`,
    match: stand.call(family),
    action: { type: 'hold', when: moment === 'before the call' ? 'before' : 'after' },
  });
};

/**
 * Until each call was held, and as many as possible are at the same time. Answers with the names of those that never were,
 * and how many are not held now.
 */
const untilAllAreHeld = async ({ platform }: Site): Promise<{ never: string[]; left: number }> => {
  const deadline = Date.now() + GET_THERE_MS;
  let patience: number | undefined;
  for (;;) {
    const rules = await platform.faults();
    const never = rules.filter(({ applied }) => applied === 0).map(({ name }) => name);
    const left = rules.filter(({ holding }) => holding === 0).length;
    if (never.length === 0) patience ??= Date.now() + PATIENCE_MS;
    if (left === 0 || Date.now() > Math.min(deadline, patience ?? deadline)) return { never, left };
    await sleep(LOOK_EVERY_MS);
  }
};

/** Activities that have come to their end in the worker, whether or not Temporal has heard of it. */
const finishedActivities = async (metrics: string): Promise<number> => {
  const text = await (await fetch(`${metrics}/metrics`)).text();
  return [...text.matchAll(/^carryover_activity_attempts_total\{[^}]*\} (\d+)/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
};

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + GET_THERE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('held calls outlive their caller');
    await sleep(LOOK_EVERY_MS);
  }
};

/** Each held call ends an activity, unless the activity has further calls to make that take longer. */
const untilFinished = async (metrics: string, count: number): Promise<void> => {
  const deadline = Date.now() + 4_000;
  while ((await finishedActivities(metrics)) < count && Date.now() < deadline) await sleep(LOOK_EVERY_MS);
};
