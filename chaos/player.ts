/**
 * Everybody a migration needs: the backend that starts it, the client with the phone, the source's provider at its
 * switch, support that decides. They know only what the API and the phone show, so that they go on after any death.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CarryoverProblem, type CarryoverClient, type Migration, type StartRequestBody } from '../client';
import { straightIds } from '../sandbox/world/straight-world';
import type { Family } from '../sandbox/world/families';
import { insistently, isAway } from './insistently';
import { isClosed, look, stuck } from './looking';
import { PracticeRefusal } from './practice-platform';
import type { Site } from './site';
import { makeAccount, throughPopup } from './popup';

export { insistently, isAway } from './insistently';
export { describe, isClosed } from './looking';

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

/** How often support has a finding looked at again. */
const LOOKS = 5;
const FIRST_LOOK_MS = 150;
const LONGEST_LOOK_MS = 1_500;
const NOTE_EVERY_MS = 15_000;
/** How many times as long as a look takes nobody looks again. */
const LOOKS_APART = 10;
/** A look that had to wait for a server that was away says nothing about what a look costs. */
const LONGEST_APART_MS = 10_000;
/** An answer may have been lost, or its effect not yet be in what is listed. */
const AGAIN_AFTER_MS = 4_000;

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
      const toCome = new Map(played.map((each) => [each.id, each]));
      const ended = new Map<string, Migration>();
      let noteAt = Date.now() + NOTE_EVERY_MS;
      for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.3, LONGEST_LOOK_MS)) {
        const lookedAt = Date.now();
        const present = await look(backend, new Set(toCome.keys()));
        for (const [id, migration] of present) {
          const of = toCome.get(id);
          if (of === undefined) continue;
          if (isClosed(migration) || met(migration) || cast.hasLeft(migration)) {
            ended.set(id, migration);
            toCome.delete(id);
          } else cast.act(of, migration);
        }
        if (toCome.size === 0) break;
        if (Date.now() > noteAt) {
          noteAt = Date.now() + NOTE_EVERY_MS;
          site.note(`${String(ended.size)} of ${String(played.length)} at rest\n${stuck(present, ended)}`);
        }
        if (Date.now() > deadline) {
          throw new Error(`got nowhere in ${String(withinMs / 1000)} s:\n${stuck(present, ended)}`);
        }
        // A long list costs the server, and this process, more than what is played: it is not read all the time.
        await sleep(Math.max(wait, Math.min(LONGEST_APART_MS, LOOKS_APART * (Date.now() - lookedAt))));
      }
      await cast.atRest();
      return ended;
    },
  };
};

type Deed = { key: string; isDoneOnce?: true; act: () => Promise<unknown> };

class Cast {
  private readonly done = new Map<string, number>();
  private readonly busy = new Map<string, Promise<void>>();
  private readonly retries = new Map<string, number>();
  private readonly acts = new Map<string, Promise<unknown>>();
  /** How often a code was handed in and the task stayed open: the next time is another time. */
  private readonly handedIn = new Map<string, number>();
  private readonly waitedSince = new Map<string, number>();

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
      ({ key, isDoneOnce = false }) =>
        !(isDoneOnce && this.done.has(key)) && Date.now() - (this.done.get(key) ?? 0) > AGAIN_AFTER_MS,
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
        // A rest after the deed, however long it took.
        if (this.done.has(key)) this.done.set(key, Date.now());
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
        case 'request_verification_code':
          return [{ key, act: () => this.askForCode(migration.id, played) }];
        case 'submit_verification_code':
          return [{ key: `${key}/code`, act: () => this.handIn(migration.id, played) }];
        case 'two_step_verification_enabled':
          return [
            {
              key,
              act: async () => {
                // Once: when the number has gone on, this would take the PIN that it has got.
                await this.once(`${key}/${task.since}`, () =>
                  this.site.platform.act('two-step-off', { number: played?.family.subscriberId }),
                );
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
                await this.once(key, () =>
                  this.site.platform.act('decide-intent', { wabaId, decision: 'accept' }),
                );
                await this.backend.recheck(migration.id);
              },
            },
          ];
        case 'create_destination_waba':
          return [
            {
              key,
              act: async () => {
                await this.once(key, () => makeAccount(this.site.platform, played));
                await this.backend.recheck(migration.id);
              },
            },
          ];
        case 'approve_cutover':
          return [{ key, act: () => this.support.approveCutover(migration.id, 'it may begin') }];
        case 'complete_signup':
          // Nobody goes through a popup again while its result is looked at, unless it is asked for in other words.
          return [
            {
              ...{ key: `${key}/${task.title}`, isDoneOnce: true },
              act: () => throughPopup(this.site.platform, this.backend, migration.id, played),
            },
          ];
        default:
          return this.lookAgain(migration, task.kind);
      }
    });
    return [...deeds, ...this.retry(migration)];
  }

  /** What a person does once outside the API, however often it has to be told afterwards. */
  private async once(key: string, act: () => Promise<unknown>): Promise<void> {
    const doing = this.acts.get(key) ?? act();
    this.acts.set(key, doing);
    await doing.catch((error: unknown) => {
      this.acts.delete(key);
      throw error;
    });
  }

  /** A finding that the players have nothing to do with: support has it looked at again. */
  private lookAgain({ id, state, allowedActions }: Migration, kind: string): Deed[] {
    const key = `${id}/${kind}/look`;
    const count = this.retries.get(key) ?? 0;
    if (state === 'blocked' || !allowedActions.includes('recheck') || count >= LOOKS) return [];
    const act = async () => {
      this.retries.set(key, count + 1);
      await this.support.recheck(id);
    };
    return [{ key, act }];
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
      await this.support
        .retryStep(id, { reason: 'looked at it' }, { idempotencyKey: key })
        .catch((error: unknown) => {
          // Nobody was there to be asked.
          if (isAway(error)) this.retries.set(id, count);
          throw error;
        });
    };
    return [{ key, act }];
  }

  /**
   * The newest code of the phone. The same key collects a verdict that was lost; a definite answer that was of no use is
   * followed by another try, and none of three by another code.
   */
  private async handIn(id: string, played: Played | undefined): Promise<void> {
    if (played === undefined) return;
    const [message] = await this.site.platform.messages(played.family.phoneNumber);
    const since = this.waitedSince.get(id) ?? Date.now();
    this.waitedSince.set(id, since);
    if (message === undefined) {
      if (Date.now() - since > CODE_PATIENCE_MS) await this.askForCode(id, played);
      return;
    }
    const handed = `${id}/${message.id}`;
    const time = this.handedIn.get(handed) ?? 0;
    if (time >= TIMES_A_CODE) {
      await this.askForCode(id, played);
      return;
    }
    const again = () => this.handedIn.set(handed, time + 1);
    const code = message.text.replace(/\D/g, '');
    try {
      const answer = await this.backend.submitVerificationCode(id, code, {
        idempotencyKey: `${handed}/${String(time)}`,
      });
      if (answer.outcome !== 'pending') again();
    } catch (error) {
      if (!isAway(error)) again();
      throw error;
    }
  }

  private async askForCode(id: string, played: Played | undefined): Promise<void> {
    this.waitedSince.set(id, Date.now());
    await this.site.platform.act('ask-for-new-code', { number: played?.family.subscriberId });
    await this.backend.requestVerificationCode(id);
  }
}

const TIMES_A_CODE = 3;
/** A person without a message asks for another one; a minute or two in life. */
const CODE_PATIENCE_MS = 6_000;
