/**
 * The cut-over in progress is not held up by MongoDB: measured against one that nothing is taken from. It begins when the
 * registration's PIN is stored and its attempt counted: none is asked for without that. Worker and server then die in the
 * same outage, and are started again in it (started-meanwhile.ts).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from '../../../client';
import { QUERIES } from '../../../shared/messages';
import { judge } from '../../oracle';
import type { Site } from '../../site';
import type { Outcome, Trial } from '../../trial';
import { standAt, type Place, type Standing } from './standing';
import { startMeanwhile, UNANSWERED } from './started-meanwhile';

const AT_REGISTRATION: Place = {
  name: 'registration asked for',
  call: { path: '/{phone}/register', when: 'before' },
};
const FAMILIES = 3;
/** How long the platform takes to connect a number: most of an undisturbed cut-over, as with the real one. */
const CONNECT_MS = 3_000;
const USUAL_CONNECT_MS = 300;
/** Without the database the activities wait half a second each where they would like to have it. */
const SLOWER_AT_MOST = 3;
/** In all, on a noisy machine; connecting takes three of them. */
const LATER_AT_MOST_MS = 15_000;
const LIVE_WITHIN_MS = 90_000;
const LOOK_MS = 50;

const isMeasured = (index: number): boolean => index < FAMILIES;

/** From the platform's leave to carry on until the migration itself knows that its number is live; needs no database. */
const untilLive = async (site: Site, { played, release }: Standing): Promise<number> => {
  const from = Date.now();
  await release(isMeasured);
  const times = await Promise.all(
    played.slice(0, FAMILIES).map(async ({ id }) => {
      for (;;) {
        const { cutover } = await site.temporalClient.workflow
          .getHandle(id)
          .query<Migration>(QUERIES.migration);
        if (cutover.connectedAt !== null) return Date.now() - from;
        if (Date.now() - from > LIVE_WITHIN_MS)
          throw new Error(`${id} is not live after ${String(LIVE_WITHIN_MS)} ms`);
        await sleep(LOOK_MS);
      }
    }),
  );
  return Math.max(...times);
};

const inSeconds = (ms: number): string => (ms / 1_000).toFixed(1);

const run = async (site: Site): Promise<Outcome> => {
  await site.platform.knobs({ registerDelayMs: CONNECT_MS });
  const places = Array.from({ length: FAMILIES }, () => AT_REGISTRATION);
  const measured = async (
    without: () => Promise<void>,
    further: readonly Place[] = [],
  ): Promise<{ standing: Standing; ms: number }> => {
    const standing = await standAt(site, [...places, ...further]);
    await without();
    return { standing, ms: await untilLive(site, standing) };
  };
  const undisturbed = await measured(() => Promise.resolve());
  const killed = await measured(() => site.mongodb.kill(), UNANSWERED);
  const { played: those, release } = killed.standing;
  const meanwhile = await startMeanwhile(site, those.slice(FAMILIES), () => release(() => true));
  const hanging = await measured(() => {
    for (const { gates } of site.workers) gates.mongodb.hold();
    return Promise.resolve();
  });
  for (const { gates } of site.workers) gates.mongodb.open();
  const healedAt = Date.now();
  const all = [undisturbed, killed, hanging];
  for (const { standing } of all) await standing.playing;
  await site.platform.knobs({ registerDelayMs: USUAL_CONNECT_MS });
  const slowestRecoveryMs = Date.now() - healedAt;
  const played = all.flatMap(({ standing }) => standing.played);
  const judged = await judge(site, played);
  const ratio = ({ ms }: { ms: number }): number => ms / undisturbed.ms;
  const later = ({ ms }: { ms: number }): string => inSeconds(ms - undisturbed.ms);
  const slow = Object.entries({ killed, hanging }).flatMap(([how, one]) =>
    ratio(one) > SLOWER_AT_MOST || one.ms - undisturbed.ms > LATER_AT_MOST_MS
      ? [
          `with MongoDB ${how} a number was live after ${String(one.ms)} ms, undisturbed after ${String(undisturbed.ms)} ms`,
        ]
      : [],
  );
  return {
    tried: played.length,
    ...judged,
    broken: [...slow, ...meanwhile.broken, ...judged.broken],
    slowestRecoveryMs,
    figures: {
      'live, seconds later with MongoDB killed': later(killed),
      'live, seconds later with MongoDB hanging': later(hanging),
      'live, times as long with MongoDB killed': ratio(killed).toFixed(2),
      'live, times as long with MongoDB hanging': ratio(hanging).toFixed(2),
      'a worker started meanwhile takes tasks after seconds': inSeconds(meanwhile.takesTasksMs),
      'live, seconds after MongoDB was back, by such a worker': inSeconds(meanwhile.liveMs),
    },
  };
};

export const cutOverTrial: Trial = {
  part: 'away',
  name: 'MongoDB is gone from the moment the registration is asked for',
  seconds: 300,
  usual: 75,
  run,
};
