/**
 * Everybody a migration needs: the backend that starts it, the client with the phone, the source's provider at its
 * switch, support that decides. They know only what the API and the phone show, so that they go on after any death.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CarryoverProblem,
  CarryoverUnreachable,
  UnexpectedAnswer,
  type CarryoverClient,
  type Migration,
  type StartRequestBody,
} from '../client';
import { straightIds } from '../sandbox/world/straight-world';
import type { Family } from '../sandbox/world/families';
import { PracticeRefusal } from './practice-platform';
import type { Site } from './site';
import { throughPopup } from './popup';

export interface Played {
  readonly family: Family;
  readonly id: string;
  /** With which it was started; a repetition must answer the same. */
  readonly key: string;
  readonly body: StartRequestBody;
}

export interface Manners {
  /** How often support retries a parked step before it leaves it; default 3. */
  retries?: number;
  /** False: the players do nothing with this migration for now; asked on every look. */
  acts?: (migration: Migration) => boolean;
}

export interface Player {
  /** Resolves when the start is accepted, however often it has to be repeated. */
  start(family: Family, patch?: Partial<StartRequestBody>): Promise<Played>;
  /**
   * Plays until each is closed, or parked and left so, or `met` says it is enough; answers with how each stands then.
   * @throws Error naming those that got nowhere in `withinMs`.
   */
  play(
    played: readonly Played[],
    until: { withinMs: number; met?: (migration: Migration) => boolean },
  ): Promise<Map<string, Migration>>;
}

const CLOSED: readonly Migration['state'][] = ['completed', 'aborted', 'failed'];
export const isClosed = ({ state }: Migration): boolean => CLOSED.includes(state);

const FIRST_LOOK_MS = 150;
const LONGEST_LOOK_MS = 1_000;
/** An answer may have been lost, or its effect not yet be in what is listed. */
const AGAIN_AFTER_MS = 4_000;

/** The server is away, or says so itself: repeat. */
export const isAway = (error: unknown): boolean =>
  error instanceof CarryoverUnreachable ||
  error instanceof UnexpectedAnswer ||
  (error instanceof CarryoverProblem && (error.status >= 500 || error.status === 429));

/** Repeats what meets a server that is away. */
export const insistently = async <T>(call: () => Promise<T>, withinMs = 120_000): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 2, LONGEST_LOOK_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!isAway(error) || Date.now() > deadline) throw error;
      await sleep(wait);
    }
  }
};

/** The request of a family that wants to move by code. */
export const requestOf = (of: Family): StartRequestBody => ({
  phoneNumber: of.phoneNumber,
  route: 'programmatic',
  source: {
    ...{ provider: 'old-provider', businessId: of.businessId },
    ...{ wabaId: of.sourceWabaId, credential: of.tokens.source.name },
  },
  destination: {
    ...{ provider: 'meta', businessId: of.businessId, credential: of.tokens.destination.name },
    ...(of.destinationWabaId === null ? {} : { wabaId: of.destinationWabaId }),
  },
  funding: {
    ...{ payer: 'partner_credit', creditLineId: straightIds.creditLineId },
    ...{ currency: 'USD', credential: of.tokens.system.name },
  },
  aftercare: { hours: 0 },
});

export const openPlayer = async (site: Site, manners: Manners = {}): Promise<Player> => {
  const backend = await site.client('backend', { tries: 1, timeoutMs: 45_000 });
  const support = await site.client('support', { tries: 1 });
  const cast = new Cast(site, backend, support, manners);
  return {
    start: async (of, patch = {}) => {
      const body = { ...requestOf(of), ...patch };
      const key = `start-${of.name}-${String(Object.keys(patch).length)}`;
      const { id } = await insistently(() => backend.startMigration(body, { idempotencyKey: key }));
      return { family: of, id, key, body };
    },
    play: async (played, { withinMs, met = () => false }) => {
      const deadline = Date.now() + withinMs;
      const wanted = new Map(played.map((each) => [each.id, each]));
      const ended = new Map<string, Migration>();
      for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.3, LONGEST_LOOK_MS)) {
        const present = await look(backend, wanted);
        for (const [id, migration] of present) {
          const of = wanted.get(id);
          if (of === undefined || ended.has(id)) continue;
          if (isClosed(migration) || met(migration) || cast.hasLeft(migration)) ended.set(id, migration);
          else cast.act(of, migration);
        }
        if (ended.size === wanted.size) break;
        if (Date.now() > deadline) {
          throw new Error(`got nowhere in ${String(withinMs / 1000)} s:\n${stuck(present, ended)}`);
        }
        await sleep(wait);
      }
      await cast.atRest();
      return ended;
    },
  };
};

const stuck = (present: Map<string, Migration>, ended: Map<string, Migration>): string =>
  [...present.values()]
    .filter(({ id }) => !ended.has(id))
    .map(describe)
    .join('\n');

/** Where a migration stands, in one line. */
export const describe = ({ id, state, step, steps, tasks, waitingFor }: Migration): string => {
  const errors = steps.flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error.code}`]));
  const open = tasks.filter(({ status, blocking }) => status === 'open' && blocking).map(({ kind }) => kind);
  return `${id} is ${state} in ${String(step)} ${JSON.stringify({ errors, open, waitingFor: waitingFor?.kind })}`;
};

/** All that are wanted, from the list; the few that a short list is not worth are asked for one by one. */
const look = async (
  client: CarryoverClient,
  wanted: ReadonlyMap<string, Played>,
): Promise<Map<string, Migration>> => {
  const found = new Map<string, Migration>();
  let cursor: string | undefined;
  do {
    const page = await insistently(() => client.listMigrations({ limit: 200, cursor }));
    for (const item of page.items) if (wanted.has(item.id)) found.set(item.id, item);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && found.size < wanted.size);
  return found;
};

type Deed = { key: string; act: () => Promise<unknown> };

class Cast {
  private readonly done = new Map<string, number>();
  private readonly busy = new Map<string, Promise<void>>();
  private readonly retries = new Map<string, number>();

  constructor(
    private readonly site: Site,
    private readonly backend: CarryoverClient,
    private readonly support: CarryoverClient,
    private readonly manners: Manners,
  ) {}

  /** Nobody here does anything about it any more. */
  hasLeft(migration: Migration): boolean {
    if (migration.state !== 'blocked' || this.busy.has(migration.id)) return false;
    return this.deeds({ migration }).length === 0;
  }

  /** Begins what is to be done, unless something of this migration is being done. */
  act(played: Played, migration: Migration): void {
    if (this.busy.has(migration.id) || this.manners.acts?.(migration) === false) return;
    const due = this.deeds({ migration, played }).filter(
      ({ key }) => Date.now() - (this.done.get(key) ?? 0) > AGAIN_AFTER_MS,
    );
    if (due.length === 0) return;
    const working = (async () => {
      for (const { key, act } of due) {
        this.done.set(key, Date.now());
        await act().catch((error: unknown) => {
          if (isAway(error)) this.done.delete(key);
          // Refused: what is listed was of yesterday, or the deed had been done and its answer lost.
          else if (!(error instanceof CarryoverProblem || error instanceof PracticeRefusal)) throw error;
        });
      }
    })().finally(() => this.busy.delete(migration.id));
    working.catch(() => undefined);
    this.busy.set(migration.id, working);
  }

  async atRest(): Promise<void> {
    await Promise.all(this.busy.values());
  }

  private deeds({ migration, played }: { migration: Migration; played?: Played }): Deed[] {
    const open = migration.tasks.filter(({ status, blocking }) => status === 'open' && blocking);
    const deeds = open.flatMap((task): Deed[] => {
      const key = `${migration.id}/${task.id}`;
      const complete = () =>
        this.backend.completeTask(migration.id, task.id, { statement: 'done' }, { idempotencyKey: key });
      switch (task.kind) {
        case 'submit_verification_code':
          return [{ key: `${key}/code`, act: () => this.handIn(migration.id, played) }];
        case 'two_step_verification_enabled':
          return [
            {
              key,
              act: async () => {
                await this.site.platform.act('two-step-off', { number: played?.family.subscriberId });
                await complete();
              },
            },
          ];
        case 'accept_solution_request':
          return [
            {
              key,
              act: async () => {
                const wabaId = played?.family.sourceWabaId;
                await this.site.platform.act('decide-intent', { wabaId, decision: 'accept' });
                await this.backend.recheck(migration.id);
              },
            },
          ];
        case 'complete_signup':
          return [{ key, act: () => throughPopup(this.site.platform, this.backend, migration.id, played) }];
        default:
          return [];
      }
    });
    if (migration.waitingFor?.kind === 'approve_cutover') {
      const act = () => this.support.approveCutover(migration.id, 'it may begin');
      deeds.push({ key: `${migration.id}/approve`, act });
    }
    if (migration.allowedActions.includes('request_code') && needsNewCode(migration)) {
      const act = () => this.askForCode(migration.id, played);
      deeds.push({ key: `${migration.id}/ask`, act });
    }
    return [...deeds, ...this.retry(migration)];
  }

  /** Support reads the remedy, finds nothing amiss, and lets it try again. */
  private retry(migration: Migration): Deed[] {
    if (migration.state !== 'blocked' || !migration.allowedActions.includes('retry')) return [];
    const { id, step, revision } = migration;
    const count = this.retries.get(id) ?? 0;
    if (count >= (this.manners.retries ?? 3)) return [];
    const key = `${id}/retry/${String(step)}/${String(revision)}`;
    const act = async () => {
      this.retries.set(id, count + 1);
      await this.support.retryStep(id, { reason: 'looked at it' }, { idempotencyKey: key });
    };
    return [{ key, act }];
  }

  /** The newest code of the phone; the same code under the same key, so that a lost verdict is collected. */
  private async handIn(id: string, played: Played | undefined): Promise<void> {
    if (played === undefined) return;
    const [message] = await this.site.platform.messages(played.family.phoneNumber);
    if (message === undefined) return;
    const code = message.text.replace(/\D/g, '');
    await this.backend.submitVerificationCode(id, code, { idempotencyKey: `${id}/${message.id}` });
  }

  private async askForCode(id: string, played: Played | undefined): Promise<void> {
    await this.site.platform.act('ask-for-new-code', { number: played?.family.subscriberId });
    await this.backend.requestVerificationCode(id);
  }
}

/** A code was asked for and nothing has come, as far as the person at the phone can tell. */
const needsNewCode = ({ tasks }: Migration): boolean =>
  tasks.some(({ kind, status }) => kind === 'request_verification_code' && status === 'open');
