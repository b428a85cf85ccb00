/**
 * Worker and server die while MongoDB is away, with numbers between the verification and their being live, and are started
 * again: they come up and say so, the worker takes workflow tasks, and what needs the database waits for it. A worker that
 * has just begun knows no tokens, so that all of them wait; they go on as soon as it is back.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from '../../../client';
import { QUERIES } from '../../../shared/messages';
import type { Played } from '../../player';
import type { Site } from '../../site';
import { wrongWith } from './answers';
import { AROUND_REGISTRATION, type Place } from './standing';

/** The platform has done it, and whoever asked for it dies without the answer. */
export const UNANSWERED: readonly Place[] = AROUND_REGISTRATION.filter(({ call }) => call?.when === 'after');

/** Temporal gives up a dead worker's own queue after ten seconds, and its activities after five. */
const UP_WITHIN_MS = 40_000;
/** The pauses between tries double: by then a quarter of a minute, on a slow machine half a one. */
const LIVE_WITHIN_MS = 45_000;
const LOOK_MS = 100;

export interface StartedMeanwhile {
  broken: string[];
  /** From the beginning until every number was known by the new worker. */
  takesTasksMs: number;
  /** From the database's coming back until every number was live. */
  liveMs: number;
}

const looking = async <T>(what: string, withinMs: number, look: () => Promise<T | null>): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (let last = ''; ;) {
    const found = await look().catch((error: unknown) => {
      last = `: ${String(error)}`;
      return null;
    });
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${what} not within ${String(withinMs)} ms${last}`);
    await sleep(LOOK_MS);
  }
};

/** MongoDB is away when this begins, and back when it ends. @param release ends what the dead worker had asked for. */
export const startMeanwhile = async (
  site: Site,
  played: readonly Played[],
  release: () => Promise<void>,
): Promise<StartedMeanwhile> => {
  const { server } = site;
  const broken: string[] = [];
  const programs = [...site.workers, server];
  const saidBefore = await Promise.all(programs.map(async (each) => (await each.logs()).length));
  const handle = ({ id }: Played) => site.temporalClient.workflow.getHandle(id);
  const present = (one: Played) => handle(one).query<Migration>(QUERIES.migration);
  await Promise.all(programs.map((each) => each.kill()));
  const from = Date.now();
  // They are ready when the database is back.
  const coming = Promise.all(programs.map((each) => each.start()));
  const isUp = (async () => {
    await Promise.all(
      played.map((one) => looking(`${one.id} answered by the new worker`, UP_WITHIN_MS, () => present(one))),
    );
    const takesTasksMs = Date.now() - from;
    await release();
    await Promise.all(
      played.map((one) =>
        looking(`an attempt of ${one.id} that lacks the database`, UP_WITHIN_MS, async () => {
          const { raw } = await handle(one).describe();
          const lacks = raw.pendingActivities?.some(
            ({ lastFailure }) => lastFailure?.applicationFailureInfo?.type === 'STORE_UNAVAILABLE',
          );
          return lacks === true ? true : null;
        }),
      ),
    );
    await looking('an answer of the new server', UP_WITHIN_MS, async () => {
      const headers = { authorization: `Bearer ${await site.apiKey('viewer')}` };
      const answer = await fetch(`${site.api}/v1/migrations`, { headers });
      const body = await answer.text();
      const wrong = answer.status === 503 ? wrongWith(answer.status, answer.headers, body) : `is ${body}`;
      if (wrong !== null) broken.push(`started without MongoDB, the server's answer ${wrong}`);
      return true;
    });
    return takesTasksMs;
  })();
  isUp.catch(() => undefined);
  let takesTasksMs: number;
  try {
    // Whoever ends instead of coming up ends this, too.
    takesTasksMs = await Promise.race([isUp, coming.then(() => isUp)]);
  } finally {
    await release();
    await site.mongodb.start();
  }
  const backAt = Date.now();
  await Promise.all(
    played.map((one) =>
      looking(`${one.id} live`, 2 * LIVE_WITHIN_MS, async () => {
        const { cutover } = await present(one);
        return cutover.connectedAt === null ? null : true;
      }),
    ),
  );
  const liveMs = Date.now() - backAt;
  await coming;
  const said = await Promise.all(programs.map((each) => each.logs()));
  for (const [index, { name }] of programs.entries())
    if (said[index]?.slice(saidBefore[index]).includes('the database is away') !== true)
      broken.push(`${name}, started without MongoDB, did not say so`);
  if (liveMs > LIVE_WITHIN_MS)
    broken.push(
      `with a worker started without MongoDB, a number was live ${String(liveMs)} ms after it was back`,
    );
  return { broken, takesTasksMs, liveMs };
};
