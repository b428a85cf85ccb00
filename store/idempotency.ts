/**
 * One answer a key, for 30 days. Who answers holds a lease that is renewed while it works: a process that dies in the
 * middle frees the key by falling silent, and the next request acts again (its effects carry the same keys, so that
 * they happen once). A process that lives and has lost the database ends its lease as soon as the database is back,
 * because whoever repeats the request waits for that.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { IdempotencyStore, StoredAnswer } from './contract';
import { isDuplicateKey } from './database';
import { IdempotencyKeyBusyError, IdempotencyKeyReusedError, StoreUnavailableError } from './errors';
import type { Room } from './room';
import type { IdempotencyRow } from './rows';
import { idempotencyHashOf, openValue, sealValue } from './sealing';

export const KEPT_MS = 30 * 86_400_000;
/** How long a request is held up whose first try died with its process. */
const LEASE_MS = 10_000;
const LONGEST_WAIT_MS = 25_000;
const LOOK_EVERY_MS = 100;

const answerSchema = z.object({
  status: z.number().int(),
  body: z.unknown(),
  headers: z.record(z.string(), z.string()).optional(),
});

interface Request {
  id: string;
  scope: string;
  bodyHash: string;
}

/** The row while this request holds it; another one's lease is never ended. */
interface LeaseHeld {
  _id: string;
  'lease.holder': string;
}

/** `isAgain`: somebody has had the turn before and fell silent; what it did, nobody knows. */
type Turn =
  { kind: 'mine'; isAgain: boolean } | { kind: 'answered'; answer: StoredAnswer } | { kind: 'busy' };

const isForGood = ({ status }: StoredAnswer): boolean => status < 500 && status !== 429;

export const createIdempotencyStore = ({ database, rows, keys }: Room): IdempotencyStore => {
  const contextOf = (id: string): string => `answer/${id}`;
  const leaseOf = (holder: string) => ({ holder, until: new Date(Date.now() + LEASE_MS) });

  /** Nobody has used the key; or somebody has, and the row tells. */
  const firstOrFound = async (
    { id, scope, bodyHash }: Request,
    holder: string,
  ): Promise<IdempotencyRow | 'first'> => {
    const expiresAt = new Date(Date.now() + KEPT_MS);
    const lease = leaseOf(holder);
    try {
      await rows.idempotency.insertOne({
        _id: id,
        scope,
        bodyHash,
        migrationId: null,
        lease,
        answer: null,
        expiresAt,
      });
      return 'first';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await rows.idempotency.findOne({ _id: id })) ?? firstOrFound({ id, scope, bodyHash }, holder);
    }
  };

  const takeTurn = async (request: Request, holder: string): Promise<Turn> => {
    const row = await firstOrFound(request, holder);
    if (row === 'first') return { kind: 'mine', isAgain: false };
    if (row.scope !== request.scope || row.bodyHash !== request.bodyHash)
      throw new IdempotencyKeyReusedError();
    if (row.answer !== null)
      return {
        kind: 'answered',
        answer: answerSchema.parse(openValue(keys, contextOf(request.id), row.answer)),
      };
    if (row.lease !== null && row.lease.until.getTime() > Date.now()) return { kind: 'busy' };
    const { modifiedCount } = await rows.idempotency.updateOne(
      { _id: request.id, answer: null, lease: row.lease },
      { $set: { lease: leaseOf(holder) } },
    );
    return modifiedCount === 1 ? { kind: 'mine', isAgain: true } : { kind: 'busy' };
  };

  const holding = async <T>(id: string, holder: string, work: () => Promise<T>): Promise<T> => {
    const renewal = setInterval(() => {
      // A renewal that fails is made up for by the next one; at worst the key is free early.
      rows.idempotency
        .updateOne({ _id: id, 'lease.holder': holder }, { $set: { lease: leaseOf(holder) } })
        .catch(() => undefined);
    }, LEASE_MS / 3);
    renewal.unref();
    try {
      return await work();
    } finally {
      clearInterval(renewal);
    }
  };

  /** Tried until it stands. Not longer than the lease lasts: then the key is free by itself. */
  const untilItStands = async (write: () => Promise<unknown>): Promise<void> => {
    const giveUpAt = Date.now() + LEASE_MS;
    while (!database.isClosed && Date.now() < giveUpAt) {
      try {
        await database.guard(write);
        return;
      } catch {
        await sleep(LOOK_EVERY_MS, undefined, { ref: false });
      }
    }
  };

  /** The deed is done: an answer that cannot be kept now is given all the same, and kept when the database is back. */
  const keep = async (write: () => Promise<unknown>): Promise<void> => {
    try {
      await database.guard(write);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      void untilItStands(write);
    }
  };

  /** The caller's error is what matters, and nobody waits for a database that has just been away. */
  const letGo = async (mine: LeaseHeld, because: unknown): Promise<void> => {
    const free = () => rows.idempotency.deleteOne(mine);
    if (because instanceof StoreUnavailableError) void untilItStands(free);
    else await database.guard(free).catch(() => void untilItStands(free));
  };

  const askForTurn = async (request: Request, mine: LeaseHeld): Promise<Turn> => {
    const turn = takeTurn(request, mine['lease.holder']);
    try {
      return await database.guard(() => turn);
    } catch (error) {
      // It may have been taken although nobody was told, or be taken when nobody waits for it any more.
      if (error instanceof StoreUnavailableError) void turn.catch(() => null).then(() => letGo(mine, error));
      throw error;
    }
  };

  return {
    run: (x, act) => {
      const request = { id: idempotencyHashOf(keys, x.tenant, x.key), scope: x.scope, bodyHash: x.bodyHash };
      const holder = randomUUID();
      const mine = { _id: request.id, 'lease.holder': holder };
      const ask = () => askForTurn(request, mine);
      return database.guardAtLeisure(async () => {
        const giveUpAt = Date.now() + LONGEST_WAIT_MS;
        let turn = await ask();
        while (turn.kind === 'busy') {
          if (Date.now() > giveUpAt) throw new IdempotencyKeyBusyError(LEASE_MS);
          await sleep(LOOK_EVERY_MS);
          turn = await ask();
        }
        if (turn.kind === 'answered') return { ...turn.answer, replayed: true };
        const { isAgain } = turn;
        let answer: StoredAnswer & { store?: boolean | undefined };
        try {
          answer = await holding(request.id, holder, () => act({ isAgain }));
        } catch (error) {
          await letGo(mine, error);
          throw error;
        }
        const { store, ...given } = answer;
        const kept = x.store !== false && store !== false && isForGood(given);
        const sealed = kept ? sealValue(keys, contextOf(request.id), given) : null;
        await keep(() => rows.idempotency.updateOne(mine, { $set: { answer: sealed, lease: null } }));
        return { ...given, replayed: false };
      });
    },
  };
};
