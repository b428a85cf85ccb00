/** Families held at as many places as there are, so that what is taken away is missed at every one of them at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Family } from '../../../sandbox/world/families';
import type { Manners, Played, Player } from '../../player';
import { openPlayer } from '../../player';
import type { Site } from '../../site';
import { byConsent, bySignup, NO_ACCOUNT, type Patch } from '../ways';

export interface Place {
  name: string;
  /** The call at the platform that is held there; absent: people are waited for. */
  call?: { path: string; when: 'before' | 'after' };
  /** What people are waited for there; they do nothing until they are let. */
  task?: string;
  /** Absent: by code. */
  by?: Patch;
}

const before = (name: string, path: string): Place => ({ name, call: { path, when: 'before' } });
const after = (name: string, path: string): Place => ({ name, call: { path, when: 'after' } });

/** The first is the first to go on: a registration whose caller gave up rests for a minute before it is called again. */
export const AROUND_REGISTRATION: readonly Place[] = [
  before('registration asked for', '/{phone}/register'),
  after('verification done, not answered', '/{phone}/verify_code'),
  after('registration done, not answered', '/{phone}/register'),
  { name: 'the code is waited for', task: 'submit_verification_code' },
];
export const ELSEWHERE: readonly Place[] = [
  after('subscription done, not answered', '/{waba}/subscribed_apps'),
  before('copies of templates asked for', '/{waba}/migrate_message_templates'),
  { name: 'two-step verification is to be switched off', task: 'two_step_verification_enabled' },
  after('credit line attached, not answered', '/{credit}/whatsapp_credit_sharing_and_attach'),
  before('announcement asked for', '/{waba}/phone_numbers'),
  after('announcement done, not answered', '/{waba}/phone_numbers'),
  after('code sent, not answered', '/{phone}/request_code'),
  before('verification asked for', '/{phone}/verify_code'),
];

export interface Standing {
  readonly player: Player;
  readonly played: readonly Played[];
  /** How many are at their place. On a slow machine those who came first have given up when the last comes, and call again. */
  readonly standing: number;
  /** Lets those at these places go on; whatever is asked of the platform there ends now. */
  readonly release: (wanted: (index: number) => boolean) => Promise<void>;
  /** All of them are played from the beginning; resolves when each has come to rest. */
  readonly playing: Promise<unknown>;
}

const by = (route: Patch, place: Place): Place => ({
  ...place,
  by: (of) => ({ ...route(of), templates: { copy: false } }),
});
/** Of the routes on which the client's account is made, or moves. */
export const OTHER_ROUTES: readonly Place[] = [
  by(bySignup, { name: 'the popup is waited for', task: 'complete_signup' }),
  by(bySignup, after('registration after the popup done, not answered', '/{phone}/register')),
  by(byConsent, { name: 'the consent is waited for', task: 'accept_solution_request' }),
  by(byConsent, after('announcement after the consent done, not answered', '/{waba}/phone_numbers')),
];

const ARRIVAL_MS = 180_000;
const PLAY_MS = 240_000;
const LOOK_MS = 250;

/** Resolves when everybody has come to their place. @throws Error naming the places that nobody has reached. */
export const standAt = async (site: Site, places: readonly Place[]): Promise<Standing> => {
  const families = await site.families(places.length, (index) =>
    places[index]?.by === undefined
      ? { twoStepOn: places[index]?.task === 'two_step_verification_enabled' }
      : NO_ACCOUNT,
  );
  const rules = new Map<string, string>();
  const idle = new Map<string, string>();
  const manners: Manners = {
    retries: 5,
    acts: ({ id, tasks }) => !tasks.some(({ kind, status }) => status === 'open' && kind === idle.get(id)),
  };
  const player = await openPlayer(site, manners);
  const stand = async (place: Place, family: Family): Promise<Played> => {
    if (place.call !== undefined) {
      const { path, when } = place.call;
      const { id } = await site.platform.fault({
        name: place.name,
        match: { method: 'POST', path, id: family.destinationWabaId ?? family.businessId, times: 1 },
        action: { type: 'hold', when },
      });
      rules.set(family.name, id);
    }
    const started = await player.start(family, place.by?.(family) ?? {});
    if (place.task !== undefined) idle.set(started.id, place.task);
    return started;
  };
  const played = await Promise.all(
    families.flatMap((family, index) => {
      const place = places[index];
      return place === undefined ? [] : [stand(place, family)];
    }),
  );
  const playing = player.play(played, { withinMs: PLAY_MS });
  playing.catch(() => undefined);
  const standing = await arrive(site, [...rules.values()], idle);
  return {
    ...{ player, played, playing, standing },
    release: async (wanted) => {
      for (const { family, id } of played.filter((_one, index) => wanted(index))) {
        idle.delete(id);
        const rule = rules.get(family.name);
        rules.delete(family.name);
        if (rule !== undefined) await site.platform.removeFault(rule);
      }
    },
  };
};

/** How many are there when the last has come. */
const arrive = async (
  site: Site,
  rules: readonly string[],
  idle: ReadonlyMap<string, string>,
): Promise<number> => {
  const client = await site.client('viewer');
  const deadline = Date.now() + ARRIVAL_MS;
  const awaited = new Map(idle);
  for (const { id, name } of await site.platform.faults()) if (rules.includes(id)) awaited.set(id, name);
  for (;;) {
    const there = (await site.platform.faults())
      .filter(({ id, holding }) => rules.includes(id) && holding > 0)
      .map(({ id }) => id);
    for (const [id, task] of idle) {
      const { tasks } = await client.getMigration(id);
      if (tasks.some(({ kind, status }) => kind === task && status === 'open')) there.push(id);
    }
    for (const id of there) awaited.delete(id);
    if (awaited.size === 0) return there.length;
    if (Date.now() > deadline) throw new Error(`nobody has arrived at: ${[...awaited.values()].join(', ')}`);
    await sleep(LOOK_MS);
  }
};
