/** The soak: migrations under a monkey, then without it, then the account of all of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CarryoverProblem, type Migration } from '../../../client';
import { endedOrParked, judge, waitsForItsTurn } from '../../oracle';
import { describe, insistently, openPlayer, type Played, type Player } from '../../player';
import type { PracticeWorld } from '../../practice-answers';
import type { Random } from '../../random';
import type { Program, Site } from '../../site';
import type { Outcome } from '../../trial';
import { errandOf, type Errand } from './errands';
import { heldByServers, mostOf, sampleOf, type Sample } from './level';
import { levels, SETTLED_SAMPLES } from './levels';
import { letLoose } from './monkey';
import { pollers } from './pollers';

export interface Length {
  readonly underMonkeyMs: number;
  /** Waves that go on beside each other, each followed by the next. */
  readonly lanes: number;
  /** Migrations of one wave. */
  readonly atOnce: number;
  /** False: the monkey does each of its deeds once, and nothing is weighed; it is too short for that. */
  readonly isWhole: boolean;
}

/** A lane does not wait longer for those of its migrations that the monkey has hit. */
const LANE_PATIENCE_MS = 30_000;
/** Fewer are no soak; on a slow machine the monkey goes on for a while until there are so many. */
const AT_LEAST = 100;
const LONGER_AT_MOST_MS = 75_000;
/** So many go the whole way; few are called off, and fewer wait for somebody who is not here. */
const COMPLETED_AT_LEAST = 0.6;
const PARKED_AT_MOST = 0.25;
/** Of our own making, whatever the monkey does. */
const OUR_OWN = ['DEFECT', 'EVENT_CONFLICT'];
const AFTERWARDS_WITHIN_MS = 150_000;
const SAMPLE_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 5_000;
/** Nothing is asked of the processes meanwhile, and their pools let go of what they do not use: what they still hold then, they keep. */
const SETTLING_MS = 20_000;

interface Started {
  readonly errand: Errand;
  readonly played: Played;
}

export const soakUnderMonkey = async (site: Site, random: Random, length: Length): Promise<Outcome> => {
  // Where there is only one worker, it is the one that dies.
  const [spared] = site.workers.slice(0, -1);
  const measured = new Map(
    [...(spared === undefined ? [] : [spared]), site.server].map((one) => [one, [] as Sample[]]),
  );
  const started: Started[] = [];
  const over = new AbortController();
  const portOf = (program: Program): number | undefined =>
    program === site.server ? Number(new URL(site.api).port) : undefined;
  const measuring = (async () => {
    while (!over.signal.aborted) {
      for (const [program, samples] of measured)
        samples.push(...[await sampleOf(program, portOf(program))].flatMap((one) => one ?? []));
      await sleep(SAMPLE_EVERY_MS);
    }
  })();
  measuring.catch(() => undefined);

  const begun = Date.now();
  const monkey = letLoose(site, random.of('monkey'), {
    ...{ spared: [...measured.keys()], isTireless: length.isWhole },
  });
  // One for all of it: a client remembers that it has gone through the popup.
  const player = await openPlayer(site, { retries: 6 });
  const until = begun + length.underMonkeyMs;
  const isTime = (): boolean =>
    Date.now() < until ||
    (length.isWhole && started.length < AT_LEAST && Date.now() < until + LONGER_AT_MOST_MS);
  const lane = async (own: Random): Promise<void> => {
    while (isTime()) started.push(...(await wave(site, player, own, length.atOnce)));
  };
  const lanes = Array.from({ length: length.lanes }, (_, n) => lane(random.of(`lane ${String(n)}`)));
  const [inTheMiddle] = await Promise.all([inTheMiddleOf(site, length.underMonkeyMs), ...lanes]);
  await monkey.stop();
  const healedAt = Date.now();
  const calledOff = await finish(site, player, started);
  const slowestRecoveryMs = Date.now() - healedAt;
  const loadEndedAt = Date.now();
  if (length.isWhole) await sleep(SETTLING_MS + SETTLED_SAMPLES * SAMPLE_EVERY_MS);
  over.abort();
  await measuring;
  const atTheEnd = await heldByServers(site);
  const polled = await pollers(site, healedAt);

  const account = await accountOf(site, started);
  const judgement = await judge(
    site,
    started.map(({ played }) => played),
    { ending: whereItMayEnd },
  );
  const held = length.isWhole
    ? levels(named(measured), { begun, loadEndedAt }, { inTheMiddle, atTheEnd })
    : { broken: [], figures: {} };
  return {
    ...judgement,
    tried: started.length,
    broken: [
      ...(length.isWhole && started.length < AT_LEAST
        ? [
            `only ${String(started.length)} migrations were tried, and ${String(AT_LEAST)} at least were to be`,
          ]
        : []),
      ...(length.isWhole ? tooFewMoved(account.figures, started.length) : []),
      ...account.broken,
      ...held.broken,
      ...polled.broken,
      ...judgement.broken,
    ],
    slowestRecoveryMs,
    figures: {
      ...account.figures,
      'replays called off before their turn': calledOff,
      ...prefixed('the monkey has', monkey.deeds()),
      ...held.figures,
      ...polled.figures,
    },
  };
};

/** Several looks in the middle third. */
const inTheMiddleOf = async (site: Site, spanMs: number): Promise<Record<string, number>> => {
  await sleep(spanMs / 3);
  const until = Date.now() + spanMs / 3;
  const looks = [await heldByServers(site)];
  while (Date.now() < until) {
    await sleep(Math.min(LOOK_EVERY_MS, spanMs / 3));
    looks.push(await heldByServers(site));
  }
  return mostOf(looks);
};

const named = (measured: ReadonlyMap<Program, readonly Sample[]>): [string, readonly Sample[]][] =>
  [...measured].map(([{ name }, samples]) => [name, samples]);

const prefixed = (words: string, counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${words} ${name}`, count]));

/** Starts some, and plays them until they end, wait for what nobody here does, or take too long. */
const wave = async (site: Site, player: Player, random: Random, count: number): Promise<Started[]> => {
  const errands = Array.from({ length: count }, () => errandOf(random));
  const families = await site.families(count, (index) => errands[index]?.family ?? {});
  const started = await Promise.all(
    families.map(async (family, index) => {
      const errand = errands[index];
      if (errand === undefined) throw new Error('a family without an errand');
      return { errand, played: await player.start(family, errand.patch(family)) };
    }),
  );
  const patience = Date.now() + LANE_PATIENCE_MS;
  const errandOfId = new Map(started.map(({ errand, played }) => [played.id, errand]));
  const isToAbort = ({ id, step, state }: Migration): boolean =>
    errandOfId.get(id)?.abortIn === step && state !== 'aborting';
  const all = started.map(({ played }) => played);
  const left = await player.play(all, {
    withinMs: 4 * LANE_PATIENCE_MS,
    met: (migration) => isToAbort(migration) || waitsInVain(migration) || Date.now() > patience,
  });
  const support = await site.client('support');
  for (const migration of left.values()) {
    if (!isToAbort(migration)) continue;
    await unlessTooLate(() => support.abort(migration.id, 'the client has changed its mind'));
    if (errandOfId.get(migration.id)?.isReplayed === true)
      await unlessTooLate(() => support.replay(migration.id, { reason: 'and changed it again' }));
  }
  return started;
};

/** The point of no return has been crossed meanwhile, or it is not closed yet: both are answers. */
const unlessTooLate = async (ask: () => Promise<unknown>): Promise<void> => {
  try {
    await insistently(ask);
  } catch (error) {
    if (!(error instanceof CarryoverProblem)) throw error;
  }
};

/** A declined name is nobody's here. */
const waitsInVain = ({ waitingFor }: Migration): boolean =>
  /^display_name_|^resolve_/.test(waitingFor?.kind ?? '') && waitingFor?.party !== 'system';

/** @returns how many replays were called off: a turn that came while everything is counted would count for nothing. */
const finish = async (site: Site, player: Player, started: readonly Started[]): Promise<number> => {
  const deadline = Date.now() + AFTERWARDS_WITHIN_MS;
  const isOver = (migration: Migration): boolean => waitsInVain(migration) || Date.now() > deadline;
  const all = started.map(({ played }) => played);
  const withinMs = 2 * AFTERWARDS_WITHIN_MS;
  const left = await player.play(all, {
    withinMs,
    met: (migration) => isOver(migration) || waitsForItsTurn(migration),
  });
  const support = await site.client('support');
  const waiting = all.filter(({ id }) => {
    const migration = left.get(id);
    return migration !== undefined && waitsForItsTurn(migration);
  });
  for (const { id } of waiting) await unlessTooLate(() => support.abort(id, 'not this time'));
  await player.play(waiting, { withinMs, met: waitsInVain });
  return waiting.length;
};

const whereItMayEnd = (migration: Migration): string | null => {
  if (migration.state === 'failed')
    return `failed, which nothing here gives a reason for: ${describe(migration)}`;
  return endedOrParked(migration);
};

const liveAt = (records: PracticeWorld['records'], { family }: Played): string | null =>
  records.find(({ subscriberId, live }) => live && subscriberId === family.subscriberId)?.wabaId ?? null;

/** Where the number is, whether its migration has ended or is parked: at its source until it is registered. */
const placeOf = (
  { state, outcome, source, destination, registerAttemptedAt, cutover }: Migration,
  wabaId: string | null,
): string | null => {
  // Asked for, and nobody knows the answer: it is at either side.
  const isOpen = registerAttemptedAt !== null && cutover.registeredAt === null;
  const hasMoved =
    cutover.registeredAt !== null || outcome === 'migrated' || outcome === 'already_at_destination';
  const wanted = hasMoved ? destination.wabaId : source.wabaId;
  return (isOpen && !hasMoved) || wabaId === wanted
    ? null
    : `is ${state}, and its number is live at ${String(wabaId)}, not at ${String(wanted)}`;
};

interface Counts {
  completed: number;
  aborted: number;
  parked: number;
}

const tooFewMoved = ({ completed, parked }: Counts, all: number): string[] => [
  ...(completed < COMPLETED_AT_LEAST * all
    ? [`only ${String(completed)} of ${String(all)} were completed`]
    : []),
  ...(parked > PARKED_AT_MOST * all ? [`${String(parked)} of ${String(all)} are parked`] : []),
];

const accountOf = async (
  site: Site,
  started: readonly Started[],
): Promise<{ broken: string[]; figures: Counts }> => {
  const backend = await site.client();
  const { records } = await site.platform.world();
  const counts: Counts = { completed: 0, aborted: 0, parked: 0 };
  const broken: string[] = [];
  for (const { errand, played } of started) {
    const migration = await insistently(() => backend.getMigration(played.id));
    if (migration.state === 'completed') counts.completed += 1;
    else if (migration.state === 'aborted') counts.aborted += 1;
    else if (endedOrParked(migration) === null && migration.state !== 'failed') counts.parked += 1;
    const trouble = placeOf(migration, liveAt(records, played));
    if (trouble !== null) broken.push(`${played.id} (${errand.name}) ${trouble}`);
    const defect = migration.steps.find(({ error }) => error !== null && OUR_OWN.includes(error.code));
    if (defect !== undefined)
      broken.push(`${played.id} (${errand.name}) has a ${String(defect.error?.code)}`);
  }
  const sum = counts.completed + counts.aborted + counts.parked;
  if (sum !== started.length)
    broken.push(`${String(started.length)} were started, and only ${String(sum)} are accounted for`);
  return { broken, figures: counts };
};
