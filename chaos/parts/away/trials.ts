/** One thing after another is away while families stand at many steps at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { judge } from '../../oracle';
import type { Random } from '../../random';
import type { Site } from '../../site';
import type { Outcome, Trial } from '../../trial';
import { askMeanwhile, type Told } from './answers';
import { mongoIs, resetting, temporalIs, withOneForLong, type Outage } from './outages';
import { AROUND_REGISTRATION, ELSEWHERE, OTHER_ROUTES, standAt, type Place } from './standing';

const PLAY_MS = 150_000;
/** When the held calls of those whose turn it is end: in the midst of the outage. */
const RELEASED_AFTER_MS = 2_000;
/** So long a caller waits at least for a held call; a longer outage lets everybody go on within it. */
const HELD_AT_MOST_MS = 15_000;
const isLong = ({ lastsMs }: Outage): boolean => lastsMs > HELD_AT_MOST_MS;

const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const during = async (
  site: Site,
  { begin, end, lastsMs, away, name }: Outage,
  migrationId: string,
  release: () => Promise<void>,
): Promise<Told> => {
  const isOver = new AbortController();
  try {
    await begin(site);
    const asking = askMeanwhile(site, migrationId, isOver.signal);
    await sleep(RELEASED_AFTER_MS);
    await release();
    await sleep(lastsMs - RELEASED_AFTER_MS);
    isOver.abort();
    const told = await asking;
    // It is away until the last of them is answered.
    if (away !== undefined && !told.away.has(away))
      told.broken.push(`/readyz did not say that the ${away} was away`);
    if (away !== undefined && !told.named.has(away))
      told.broken.push(`the ${away} was away, and no refusal said so`);
    return { ...told, broken: told.broken.map((sentence) => `${name}: ${sentence}`) };
  } finally {
    isOver.abort();
    await end(site);
  }
};

/**
 * Where one of several lasts long, some stand around the registration for it alone: not at the registration asked for where
 * calls are broken off before, because that one would rest for a minute.
 */
const forTheLongOne = (outages: readonly Outage[]): readonly Place[] => {
  if (outages.length === 1 || !outages.some(isLong)) return [];
  return outages.some(({ endsCalls }) => endsCalls) ? AROUND_REGISTRATION.slice(1) : AROUND_REGISTRATION;
};

const oneAfterAnother = async (
  site: Site,
  outages: readonly Outage[],
  places: readonly Place[],
): Promise<Outcome> => {
  const standing = await standAt(site, [...places, ...forTheLongOne(outages)]);
  const { player, played, playing, release } = standing;
  const [first] = played;
  const newcomers = await site.families(outages.length);
  if (first === undefined) throw new Error('a trial needs families');
  const told: Told[] = [];
  // Somebody starts while it is away, and goes on trying; the others' calls end, and people act, in the middle of it.
  const starts: ReturnType<typeof player.start>[] = [];
  try {
    for (const [turn, outage] of outages.entries()) {
      const isTheirs = (index: number): boolean =>
        isLong(outage) || (index < places.length && index % outages.length === turn);
      told.push(
        await during(site, outage, first.id, async () => {
          const newcomer = newcomers[turn];
          if (newcomer !== undefined) starts.push(player.start(newcomer));
          starts.at(-1)?.catch(() => undefined);
          await release(isTheirs);
        }),
      );
    }
  } finally {
    await release(() => true);
  }
  const endedAt = Date.now();
  const started = await Promise.all(starts);
  const lost = (await Promise.all(told.map((one) => one.lost()))).flat();
  await Promise.all([playing, player.play(started, { withinMs: PLAY_MS })]);
  const slowestRecoveryMs = Date.now() - endedAt;
  const whole = [...played, ...started];
  const judged = await judge(site, whole);
  const sum = (of: (one: Told) => number): number => told.reduce((all, one) => all + of(one), 0);
  return {
    tried: whole.length,
    ...judged,
    broken: [...told.flatMap(({ broken }) => broken), ...lost, ...judged.broken],
    slowestRecoveryMs,
    figures: {
      'stood at their places when the first began': `${String(standing.standing)} of ${String(played.length)}`,
      'questions asked meanwhile': sum(({ asked }) => asked),
      'refused with 503': sum(({ refused }) => refused),
      'slowest answer': inSeconds(Math.max(...told.map(({ slowestMs }) => slowestMs))),
      ...Object.fromEntries(
        outages.filter(isLong).map(({ name, lastsMs }) => [`${name}, for`, inSeconds(lastsMs)]),
      ),
    },
  };
};

/** The registration that is asked for goes on first; the order of all others is chance. */
const everywhere = (random: Random, further: readonly Place[] = []): readonly Place[] => {
  const [first, ...others] = AROUND_REGISTRATION;
  return [...(first === undefined ? [] : [first]), ...random.shuffled([...others, ...ELSEWHERE, ...further])];
};
const onEveryRoute = (random: Random): readonly Place[] => everywhere(random, OTHER_ROUTES);

export const outageTrial = (
  name: string,
  outages: readonly Outage[],
  places: (random: Random) => readonly Place[] = everywhere,
  plan: Pick<Trial, 'usual' | 'spare'> = {},
): Trial => ({
  ...{ part: 'away', name, seconds: 360, ...plan },
  run: (site, random) => oneAfterAnother(site, withOneForLong(outages, random), places(random)),
});

export const outageTrials: readonly Trial[] = [
  outageTrial(
    'Temporal is stopped, then killed and gone for a minute',
    [temporalIs.stopped, temporalIs.goneForAMinute],
    everywhere,
    { usual: 140 },
  ),
  outageTrial(
    'MongoDB is stopped, then killed, then hangs for most of a minute',
    [mongoIs.stopped, mongoIs.killed, mongoIs.hangingLong],
    everywhere,
    { usual: 115 },
  ),
  // Half a minute longer in every other run.
  outageTrial(
    'MongoDB is slow, then has no room on its disk, then is stepped down',
    [mongoIs.slow, mongoIs.full, mongoIs.steppedDown],
    everywhere,
    { usual: 58, spare: 4 },
  ),
  // Half a minute longer in the others.
  outageTrial(
    'lines to Temporal, then to MongoDB, then to the platform are reset again and again',
    [resetting.temporal, resetting.mongodb, resetting.graph],
    everywhere,
    { usual: 65, spare: 4 },
  ),
  outageTrial('MongoDB is gone for a minute, on every route', [mongoIs.goneForAMinute], onEveryRoute, {
    ...{ usual: 150, spare: 8 },
  }),
];
