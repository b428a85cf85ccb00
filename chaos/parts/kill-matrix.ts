/**
 * A worker is killed at every call at once: each family's call is held at the practice platform, before it acts or after,
 * and when all are held one SIGKILL ends the process for all of them. Whose call was not held then was not tried: it is
 * tried with another death, and broken when that is of no use.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from '../../client';
import { judge } from '../oracle';
import { isClosed, openPlayer, type Played } from '../player';
import type { Program, Site } from '../site';
import type { Outcome } from '../trial';
import { callsOf } from './calls';
import { effectUnderWay } from './effect-under-way';
import { finishedByType, untilFinished } from './finished-activities';
import { STANDS, withoutStand, type Stand } from './kill-stands';
import { outlive, successorOf } from './outlived-worker';
import { WAYS } from './ways';

export type Moment = 'before the call' | 'before the reply' | 'before the report';
/** `outlived`: it stands still until another has taken up what it was at, and then goes on. */
export type Fate = 'killed' | 'outlived';

const UNREPORTED: Moment = 'before the report';
const GET_THERE_MS = 90_000;
/** A call that is held this long is given up by its caller, and held again with its next try. */
const PATIENCE_MS = 25_000;
const RECOVER_MS = 240_000;
const LOOK_EVERY_MS = 100;
const DEATHS_AT_MOST = 3;

interface Place {
  readonly stand: Stand;
  readonly moment: Moment;
}

interface Manned extends Place {
  readonly played: Played;
}

interface Death {
  readonly all: readonly Manned[];
  /** Those at whose moment the worker did not die. */
  readonly missed: readonly Place[];
  readonly recoveryMs: number;
}

const nameOf = ({ stand, moment }: Place): string => `${moment}: ${stand.name}`;

/** One death stands for all the moments at which everybody is; for the others there is another one. */
export const killAtEveryCall = async (
  site: Site,
  moments: readonly Moment[],
  stands: readonly Stand[] = STANDS,
  fate: Fate = 'killed',
): Promise<Outcome> => {
  const places = moments.flatMap((moment) => stands.map((stand) => ({ stand, moment })));
  const deaths: Death[] = [];
  let toCome: readonly Place[] = places;
  while (toCome.length > 0 && deaths.length < DEATHS_AT_MOST) {
    const death = await dieAt(site, toCome, fate);
    deaths.push(death);
    toCome = death.missed;
  }
  const all = deaths.flatMap((death) => death.all);
  const { broken, repeated, adopted } = await judge(
    site,
    all.map(({ played }) => played),
  );
  const namesOf = (sentence: string): string => {
    const of = all.find(({ played }) => sentence.includes(played.id));
    return of === undefined ? sentence : `${fate} ${of.moment} “${of.stand.name}”: ${sentence}`;
  };
  return {
    tried: places.length,
    broken: [
      ...toCome.map((place) => `nothing was under way there when the worker died: ${nameOf(place)}`),
      ...broken.map(namesOf),
    ],
    ...{ repeated, adopted, slowestRecoveryMs: Math.max(...deaths.map(({ recoveryMs }) => recoveryMs)) },
    figures: {
      'held at the moment of death': `${String(places.length - toCome.length)} of ${String(places.length)}`,
      deaths: deaths.length,
    },
  };
};

/** No call that does something is without its place: each route's calls are read from the log of an undisturbed migration. */
export const nothingIsLeftOut = async (site: Site, stands: readonly Stand[] = STANDS): Promise<Outcome> => {
  const broken: string[] = [];
  let tried = 0;
  for (const way of WAYS) {
    const calls = await callsOf(site, way);
    tried += calls.length;
    for (const call of withoutStand(way.route, calls, stands))
      broken.push(`${way.route} makes the call ${call}, at which no worker is killed`);
  }
  return { tried, broken };
};

const dieAt = async (site: Site, places: readonly Place[], fate: Fate): Promise<Death> => {
  if (fate === 'outlived') await successorOf(site).kill();
  const families = await site.families(places.length, (index) => places[index]?.stand.family ?? {});
  const byId = new Map<string, Manned>();
  let isTime = false;
  const isAtItsPerson = (migration: Migration): boolean => {
    const after = byId.get(migration.id)?.stand.after ?? null;
    return after !== null && isOpen(migration, after);
  };
  const player = await openPlayer(site, { acts: (migration) => isTime || !isAtItsPerson(migration) });
  const man = async (which: (stand: Stand) => boolean): Promise<Played[]> => {
    const started = places.map(async (place, index): Promise<Played[]> => {
      const { stand } = place;
      const family = families[index];
      if (family === undefined || !which(stand)) return [];
      if (stand.after === null) await hold(site, place, family);
      const played = await player.start(family, stand.patch?.(family) ?? {});
      byId.set(played.id, { ...place, played });
      return [played];
    });
    return (await Promise.all(started)).flat();
  };

  // First those that wait for a person, so that nobody's call is held for long while others get there.
  const waiting = await man(({ after }) => after !== null);
  site.note(`${String(waiting.length)} are started that come to a person first`);
  await player.play(waiting, { withinMs: GET_THERE_MS, met: isAtItsPerson });
  for (const manned of byId.values()) await hold(site, manned, manned.played.family);
  site.note('each waits for its person; now these act, and the others start');
  isTime = true;
  const early = await man(({ after }) => after === null);
  const playing = player.play([...waiting, ...early], { withinMs: GET_THERE_MS + RECOVER_MS });
  playing.catch(() => undefined);
  await Promise.race([untilAllAreHeld(site), playing]);

  const all = [...byId.values()];
  const rules = await site.platform.faults();
  const held = new Set(rules.filter(({ holding }) => holding > 0).map(({ name }) => name));
  const missed: Place[] = all.filter((one) => !held.has(nameOf(one)));
  site.note(`not held now: ${missed.map(nameOf).join(', ') || 'nobody'}`);
  const [worker] = site.workers;
  if (worker === undefined) throw new Error('the site has no worker');
  const unreported = all.filter((one) => one.moment === UNREPORTED && held.has(nameOf(one)));
  missed.push(...(await endUnreported(site, worker, unreported)));
  if (fate === 'killed') await kill(site, worker);
  else {
    const ids = all.filter((one) => !missed.includes(one)).map(({ played }) => played.id);
    await outlive(site, worker, ids);
  }
  await site.platform.removeFaults();
  site.note(fate);
  const killedAt = Date.now();
  await worker.start();
  await playing;
  site.note('all came to rest');
  return { all, missed, recoveryMs: Date.now() - killedAt };
};

const kill = async (site: Site, worker: Program): Promise<void> => {
  await worker.kill();
  // Only when the platform has seen that nobody waits any more: what it held before acting is then never done.
  for (const gate of [worker.gates.temporal, worker.gates.graph]) {
    gate.cut();
    gate.open();
  }
  await untilNobodyIsHeld(site);
};

/**
 * Their calls end, and the activities that made them, while Temporal cannot be told.
 * @returns those whose activity did not come to its end.
 */
const endUnreported = async (
  site: Site,
  worker: Program,
  unreported: readonly Manned[],
): Promise<Manned[]> => {
  if (unreported.length === 0) return [];
  const before = await finishedByType(worker.metrics);
  const typeOf = new Map<Manned, string | null>();
  await Promise.all(
    unreported.map(async (one) => {
      const effect = await effectUnderWay(site, one.played.id);
      typeOf.set(one, effect?.isStarted === true ? effect.type : null);
    }),
  );
  worker.gates.temporal.hold();
  const names = unreported.map(nameOf);
  for (const { id, name } of await site.platform.faults())
    if (names.includes(name)) await site.platform.removeFault(id);
  const types = [...typeOf.values()].filter((type) => type !== null);
  const unfinished = await untilFinished(worker.metrics, before, types);
  site.note(
    `ended and not reported: ${types.join(', ')}; without an end: ${unfinished.join(', ') || 'none'}`,
  );
  return unreported.filter((one) => {
    const type = typeOf.get(one) ?? null;
    return type === null || unfinished.includes(type);
  });
};

const isOpen = (migration: Migration, kind: string): boolean =>
  !isClosed(migration) && migration.tasks.some((task) => task.kind === kind && task.status === 'open');

const hold = async (site: Site, place: Place, family: Played['family']): Promise<void> => {
  await site.platform.fault({
    name: nameOf(place),
    match: { ...place.stand.call, id: family.businessId },
    action: { type: 'hold', when: place.moment === 'before the call' ? 'before' : 'after' },
  });
};

/** Until every call is held at the same time, or so many as can be. */
const untilAllAreHeld = async ({ platform }: Site): Promise<void> => {
  const deadline = Date.now() + GET_THERE_MS;
  let patience: number | undefined;
  for (;;) {
    const rules = await platform.faults();
    if (rules.every(({ applied }) => applied > 0)) patience ??= Date.now() + PATIENCE_MS;
    const isHeld = rules.every(({ holding }) => holding > 0);
    if (isHeld || Date.now() > Math.min(deadline, patience ?? deadline)) return;
    await sleep(LOOK_EVERY_MS);
  }
};

const untilNobodyIsHeld = async ({ platform }: Site): Promise<void> => {
  const deadline = Date.now() + GET_THERE_MS;
  while ((await platform.faults()).some(({ holding }) => holding > 0)) {
    if (Date.now() > deadline) throw new Error('held calls outlive their caller');
    await sleep(LOOK_EVERY_MS);
  }
};
