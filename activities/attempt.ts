/**
 * One attempt of an activity: its abort signal and its heartbeat. Kept in the async context, so that a client made
 * anywhere inside the attempt ends with it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Context } from '@temporalio/activity';

const BEAT_EVERY_MS = 2_000;

interface Attempt {
  number: number;
  signal: AbortSignal;
  details: unknown;
  beat: () => void;
}

const current = new AsyncLocalStorage<Attempt>();

/** Ends when the attempt is cancelled, when its worker stops, or when it has run into its start-to-close time-out. */
export const attemptSignal = (): AbortSignal | undefined => current.getStore()?.signal;

/** False: an earlier try of this activity may have made its call. */
export const isFirstTry = (): boolean => (current.getStore()?.number ?? 1) === 1;

/**
 * Remembers `details` for the next attempt (`Context.current().info.heartbeatDetails`). A bare `heartbeat()` would be
 * overwritten by the next regular beat.
 */
export const rememberForNextAttempt = (details: unknown): void => {
  const attempt = current.getStore();
  if (attempt === undefined) throw new Error('rememberForNextAttempt works only inside platformActivity');
  attempt.details = details;
  attempt.beat();
};

/** Runs `work` as an attempt: beats every two seconds and carries over what an earlier attempt remembered. */
export const runAttempt = async <R>(work: () => Promise<R>): Promise<R> => {
  const context = Context.current();
  const ownEnd = AbortSignal.timeout(context.info.startToCloseTimeoutMs);
  const attempt: Attempt = {
    number: context.info.attempt,
    signal: AbortSignal.any([context.cancellationSignal, ownEnd]),
    details: context.info.heartbeatDetails,
    beat: () => context.heartbeat(attempt.details),
  };
  const beating = setInterval(attempt.beat, BEAT_EVERY_MS);
  try {
    return await current.run(attempt, work);
  } finally {
    clearInterval(beating);
  }
};
