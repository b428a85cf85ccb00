/** A journey on a server that skips time: Temporal, the practice platform, activities and server have one clock. */
import type { Migration } from '../../client';
import { openJourney, type Journey, type JourneyOptions } from '../support/journey';
import { timeSkippingServer } from '../support/time-skipping-server';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Looks and reminders on the way shall see the time that it then is, so that a long span is passed in pieces. */
const PIECES = 20;
const SHORTEST_PIECE = 10 * MINUTE;

export interface TimedJourney extends Journey {
  /** Lets so many milliseconds pass, for everybody. */
  pass: (span: number) => Promise<void>;
  now: () => number;
  /** RFC 3339, so many milliseconds from now. */
  after: (span: number) => string;
  /** A cut-over window from and to so many milliseconds from now. */
  windowIn: (from: number, to: number) => { notBefore: string; notAfter: string };
  /** How many numbers have been announced at the platform. */
  announced: () => Promise<number>;
  /** Until a blocking task of that kind is open. */
  untilAsked: (id: string, kind: string) => Promise<Migration>;
  /** Reports the open task of that kind done, and answers with its id. */
  report: (id: string, kind: string, statement?: string) => Promise<string>;
  /** What the opaque id of the n-th number is at the practice platform. */
  subscriber: (number?: number) => string;
}

export const openTimedJourney = async (options: JourneyOptions = {}): Promise<TimedJourney> => {
  const time = await timeSkippingServer();
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const journey = await openJourney({
    ...options,
    stage: {
      temporal: time.address,
      clock: () => new Date(now()),
      limits: { requestsPerMinute: 100_000 },
      ...options.stage,
    },
  });
  const { stage, people, straight, until } = journey;
  const pass = async (span: number): Promise<void> => {
    const piece = Math.max(SHORTEST_PIECE, Math.ceil(span / PIECES));
    for (let left = span; left > 0; left -= piece) {
      const step = Math.min(piece, left);
      await people.advanceClock(step);
      ahead += step;
      await time.sleep(step);
    }
  };
  const untilAsked = (id: string, kind: string) =>
    until(id, (migration) => openTask(migration, kind) !== undefined);
  const after = (span: number) => new Date(now() + span).toISOString();
  return {
    ...journey,
    pass,
    now,
    after,
    windowIn: (from, to) => ({ notBefore: after(from), notAfter: after(to) }),
    announced: async () => (await people.effects('announced')).length,
    untilAsked,
    report: async (id, kind, statement = 'done') => {
      const task = openTask(await untilAsked(id, kind), kind);
      if (task === undefined) throw new Error(`no open task ${kind}`);
      await stage.client.completeTask(id, task.id, { statement });
      return task.id;
    },
    subscriber: (number = 0) => straight.numbers[number]?.subscriberId ?? '',
  };
};

export const openTask = (migration: Migration, kind: string) =>
  migration.tasks.find((task) => task.kind === kind && task.status === 'open');

export const tasksOf = (migration: Migration, kind: string) =>
  migration.tasks.filter((task) => task.kind === kind);

export const stepOf = (migration: Migration, name: string) =>
  migration.steps.find((step) => step.name === name);

export const errorOf = (migration: Migration, name: string): string | undefined =>
  stepOf(migration, name)?.error?.code;

export const isWaitingIn =
  (name: string) =>
  (migration: Migration): boolean =>
    migration.step === name && migration.state === 'waiting';

export const isBlockedIn =
  (name: string) =>
  (migration: Migration): boolean =>
    migration.step === name && migration.state === 'blocked';

/** What the call was refused with. */
export const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => error,
  );
