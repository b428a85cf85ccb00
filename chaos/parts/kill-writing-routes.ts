/**
 * The server is killed while every writing route is under way: between what it stores and what it begins, and between what
 * it has done and the answer that it keeps. Who repeats a request with its key gets one answer, and finds it done once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { CarryoverProblem } from '../../client';
import type { Family } from '../../sandbox/world/families';
import { insistently } from '../insistently';
import { judge } from '../oracle';
import { openPlayer, type Played } from '../player';
import type { Site } from '../site';
import type { Outcome } from '../trial';
import { killAndStart } from './server-death';
import { WRITING_ROUTES, type Asking, type WritingRoute } from './writing-routes';

type Moment = 'before it begins anything' | 'before it keeps its answer';

const LOOK_EVERY_MS = 50;
const PLACE_WITHIN_MS = 120_000;
const DONE_WITHIN_MS = 30_000;
/** A request that a server is to be killed in gives up after five seconds at Temporal (server/deps.ts). */
const UNDER_WAY_WITHIN_MS = 3_000;
const REST_WITHIN_MS = 150_000;
/** Longer than it takes until the server is killed, shorter than anybody waits for the line. */
const ANSWERS_HELD_MS = 20_000;
/** So that its reply comes after a look at the database has seen what it stored. */
const SLOW_MS = 300;

interface Place {
  readonly route: WritingRoute;
  readonly moment: Moment;
  readonly family: Family;
  readonly asking: Asking;
  prepared: Awaited<ReturnType<NonNullable<WritingRoute['prepare']>>>;
  before: number;
  /** What was answered before the server died, if anything was. */
  answer?: { readonly is: unknown };
}

const nameOf = ({ route, moment }: Place): string => `${route.operationId}, killed ${moment}`;

const until = async (withinMs: number, isSo: () => Promise<boolean>): Promise<boolean> => {
  const deadline = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
};

export const killAtWritingRoutes = async (site: Site): Promise<Outcome> => {
  const moments = (route: WritingRoute): Moment[] => [
    ...(route.begins ? (['before it begins anything'] as const) : []),
    'before it keeps its answer',
  ];
  const wanted = WRITING_ROUTES.flatMap((route) => moments(route).map((moment) => ({ route, moment })));
  const broken = await lacking(site);
  const { places, player } = await bringToTheirPlaces(site, wanted);
  site.note('everybody is at their place');
  const figures: Record<string, string> = {};
  for (const moment of ['before it begins anything', 'before it keeps its answer'] as const) {
    const here = places.filter((place) => place.moment === moment);
    await prepare(site, here);
    const dying = moment === 'before it begins anything' ? dieBeforeBeginning : dieBeforeKeeping;
    const caught = await dying(site, here);
    site.note(`killed ${moment}`);
    figures[`routes at which the server died ${moment}`] = `${String(caught)} of ${String(here.length)}`;
    for (const told of await Promise.all(here.map(askAgain))) broken.push(...told);
    site.note('asked again');
  }
  for (const { route, asking } of places) await route.afterwards?.(asking);
  player.goOn();
  const begun = await Promise.all(
    places.map(async ({ route, asking }) =>
      route.begun === undefined ? asking.played : route.begun(asking),
    ),
  );
  const played = begun.flatMap((one) => one ?? []);
  const endings = new Map(places.map(({ asking, route }) => [asking.played?.id, route.ending]));
  await player.play(played);
  const judged = await judge(site, played, {
    ending: (migration) => {
      const ending = endings.get(migration.id);
      if (ending !== undefined) return ending(migration);
      return migration.outcome === 'migrated' ? null : `was to be migrated: it is ${migration.state}`;
    },
  });
  return { ...judged, tried: places.length, broken: [...broken, ...judged.broken], figures };
};

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        operationId: z.string(),
        parameters: z.array(z.looseObject({ name: z.string() })).optional(),
      }),
    ),
  ),
});

/** What the server itself says it takes a key for, and at which it is not killed here. */
const lacking = async ({ api }: Site): Promise<string[]> => {
  const document = documentSchema.parse(await (await fetch(`${api}/openapi.json`)).json());
  const known = new Set(WRITING_ROUTES.map(({ operationId }) => operationId));
  return Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'Idempotency-Key'))
    .filter(({ operationId }) => !known.has(operationId))
    .map(({ operationId }) => `the server is not killed while it does ${operationId}`);
};

const bringToTheirPlaces = async (
  site: Site,
  wanted: readonly Pick<Place, 'route' | 'moment'>[],
): Promise<{
  places: Place[];
  player: { goOn: () => void; play: (played: readonly Played[]) => Promise<unknown> };
}> => {
  const backend = await site.client('backend', { tries: 1 });
  const support = await site.client('support', { tries: 1 });
  const families = await site.families(wanted.length, (index) => wanted[index]?.route.stage?.family ?? {});
  const stageOf = new Map<string, NonNullable<WritingRoute['stage']>>();
  let isTime = false;
  const isThere = (migration: Parameters<NonNullable<WritingRoute['stage']>['isThere']>[0]): boolean =>
    stageOf.get(migration.id)?.isThere(migration) === true;
  const player = await openPlayer(site, { acts: (migration) => isTime || !isThere(migration) });
  const places = await Promise.all(
    wanted.flatMap(({ route, moment }, index) => {
      const family = families[index];
      return family === undefined ? [] : [place(route, moment, family)];
    }),
  );
  await player.play(
    places.flatMap(({ asking }) => asking.played ?? []),
    { withinMs: PLACE_WITHIN_MS, met: isThere },
  );
  await site.platform.removeFaults();
  return {
    places,
    player: {
      goOn: () => {
        isTime = true;
      },
      play: (played) => player.play(played, { withinMs: REST_WITHIN_MS }),
    },
  };

  async function place(route: WritingRoute, moment: Moment, family: Family): Promise<Place> {
    const { stage } = route;
    let played: Played | null = null;
    if (stage !== null) {
      if (stage.refused !== undefined) await refuse(family, stage.refused);
      played = await player.start(family, stage.patch?.(family) ?? {});
      stageOf.set(played.id, stage);
    }
    const key = stage === null ? `start-${family.name}-0` : `${family.name}/${route.operationId}`;
    return {
      ...{ route, moment, family, prepared: '', before: 0 },
      asking: { site, backend, support, family, played, key },
    };
  }

  async function refuse({ businessId }: Family, path: string): Promise<void> {
    await site.platform.fault({
      match: { method: 'POST', path, id: businessId },
      action: { type: 'fail', status: 400, code: 200, message: 'refused' },
    });
  }
};

/** Whoever prepares comes back to a server that is busy; only what is asked when it dies is asked once. */
const TRIES_OF_PREPARING = 12;

const prepare = async (site: Site, places: readonly Place[]): Promise<void> => {
  const backend = await site.client('backend', { tries: TRIES_OF_PREPARING });
  const support = await site.client('support', { tries: TRIES_OF_PREPARING });
  await Promise.all(
    places.map(async (place) => {
      place.prepared = (await place.route.prepare?.({ ...place.asking, backend, support })) ?? '';
      place.before = await place.route.happened(place.asking, place.prepared);
    }),
  );
};

/** Nobody waits for the answer: the server dies. What it says before that is kept. */
const ask = (place: Place): void => {
  place.route.ask(place.asking, place.prepared).then(
    (is) => {
      place.answer = { is };
    },
    () => undefined,
  );
};

const times = async ({ route, asking, prepared, before }: Place): Promise<number> =>
  (await route.happened(asking, prepared)) - before;

const withDatabase = async <T>(
  { databaseUri }: Site,
  look: (client: MongoClient) => Promise<T>,
): Promise<T> => {
  const client = new MongoClient(databaseUri);
  try {
    return await look(client);
  } finally {
    await client.close();
  }
};

/** The line to Temporal is held when the requests come to it. @returns how many were under way there. */
const dieBeforeBeginning = async (site: Site, places: readonly Place[]): Promise<number> => {
  const { temporal } = site.server.gates;
  // A replay asks Temporal before it stores anything: it is let through so far.
  const [replays, others] = [
    places.filter(({ route }) => route.operationId === 'replay'),
    places.filter(({ route }) => route.operationId !== 'replay'),
  ];
  temporal.slow(SLOW_MS);
  replays.forEach(ask);
  await until(UNDER_WAY_WITHIN_MS, async () =>
    (await Promise.all(replays.map(times))).every((count) => count > 0),
  );
  temporal.hold();
  others.forEach(ask);
  const held = () =>
    withDatabase(site, (client) =>
      client
        .db()
        .collection('idempotency')
        .countDocuments({ answer: null, lease: { $ne: null } }),
    );
  await until(UNDER_WAY_WITHIN_MS, async () => (await held()) >= places.length);
  const caught = Math.min(await held(), places.length);
  await killAndStart(site);
  return caught;
};

/** Its answers are not taken down by the database. @returns how many requests had their effect by then. */
const dieBeforeKeeping = async (site: Site, places: readonly Place[]): Promise<number> =>
  withDatabase(site, async (client) => {
    const failPoint = (mode: 'alwaysOn' | 'off', data?: Record<string, unknown>) =>
      client
        .db('admin')
        .command({ configureFailPoint: 'failCommand', mode, ...(data === undefined ? {} : { data }) });
    await failPoint('alwaysOn', {
      failCommands: ['update'],
      namespace: `${client.db().databaseName}.idempotency`,
      appName: 'carryover-server',
      ...{ blockConnection: true, blockTimeMS: ANSWERS_HELD_MS },
    });
    try {
      places.forEach(ask);
      const done = new Set<Place>();
      await until(DONE_WITHIN_MS, async () => {
        for (const place of places) if (!done.has(place) && (await times(place)) > 0) done.add(place);
        return done.size === places.length;
      });
      await site.server.kill();
      return done.size;
    } finally {
      await failPoint('off');
      await killAndStart(site);
    }
  });

/** A verdict that is not there yet is collected later. */
const answerTo = async ({ route, asking, prepared }: Place): Promise<unknown> => {
  let answer: unknown;
  const isThere = await until(DONE_WITHIN_MS, async () => {
    answer = await insistently(() => route.ask(asking, prepared));
    return !isPending(answer);
  });
  if (!isThere) throw new Error(`the answer to ${route.operationId} stays pending`);
  return answer;
};

const isPending = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'outcome' in answer && answer.outcome === 'pending';

/** The repetition, and one more: the same answer, and it is done once. Answers in sentences. */
const askAgain = async (place: Place): Promise<string[]> => {
  const wrong: string[] = [];
  const { answer } = place;
  try {
    const [second, third] = [await answerTo(place), await answerTo(place)];
    if (answer !== undefined && !isPending(answer.is) && !isDeepStrictEqual(answer.is, second))
      wrong.push('the repetition is answered otherwise than it was before the server died');
    if (!isDeepStrictEqual(second, third)) wrong.push('two repetitions are answered differently');
  } catch (error) {
    if (!(error instanceof CarryoverProblem)) throw error;
    wrong.push(`the repetition is refused with ${error.code}: ${error.message}`);
  }
  const isThere = await until(DONE_WITHIN_MS, async () => (await times(place)) >= 1);
  const count = await times(place);
  if (!isThere || (count !== 1 && place.route.isToldAgain !== true))
    wrong.push(`what was asked for is there ${String(count)} times`);
  const whose = place.asking.played?.id ?? place.family.name;
  return wrong.map((sentence) => `${whose} (${nameOf(place)}): ${sentence}`);
};
