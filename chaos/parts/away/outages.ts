/** What is taken away, how, and how it is given back. */
import { setInterval as every } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import type { Gate } from '../../gate';
import { randomOf, type Random } from '../../random';
import type { Site } from '../../site';
import type { Part } from './answers';

export interface Outage {
  name: string;
  /** How long it lasts, in milliseconds. */
  lastsMs: number;
  /** What `/readyz` of the server must call away while it lasts; absent: nothing need be away. */
  away?: Part;
  /** Calls that are held at the platform end with it. */
  endsCalls?: true;
  readonly begin: (site: Site) => Promise<void>;
  readonly end: (site: Site) => Promise<void>;
}

const SECONDS_MS = 5_000;
/** Some last so long in some runs (`withOneForLong`). */
const HALF_A_MINUTE_MS = 30_000;
/** Longer than the driver leaves a command unanswered, than the patience of a transaction (25 s), and than both together. */
const BLACK_HOLE_MS = 40_000;
const MINUTE_MS = 60_000;
const RESETS_EVERY_MS = 400;
const SLOW_MS = 250;

type Line = 'temporal' | 'mongodb' | 'graph';
const linesOf = (site: Site, ...names: Line[]): Gate[] =>
  [...site.workers, site.server].flatMap(({ gates }) => names.map((name) => gates[name]));

const onMongo = async (site: Site, act: (client: MongoClient) => Promise<unknown>): Promise<void> => {
  const client = new MongoClient(`mongodb://${site.server.gates.mongodb.address}/?directConnection=true`, {
    serverSelectionTimeoutMS: 5_000,
  });
  try {
    await act(client);
  } finally {
    await client.close();
  }
};

const OUT_OF_DISK_SPACE = 14031;
const WRITES = ['insert', 'update', 'findAndModify', 'delete'];
const refuseWrites = (site: Site, mode: 'alwaysOn' | 'off') =>
  onMongo(site, (client) =>
    client.db('admin').command({
      configureFailPoint: 'failCommand',
      mode,
      ...(mode === 'off' ? {} : { data: { failCommands: WRITES, errorCode: OUT_OF_DISK_SPACE } }),
    }),
  );

const resets = new Map<Site, AbortController>();
const resettingOf = (line: Line, name: string): Outage => ({
  name: `the line to ${name} is reset`,
  lastsMs: SECONDS_MS,
  ...(line === 'graph' ? { endsCalls: true as const } : {}),
  begin: (site) => {
    const stop = new AbortController();
    resets.set(site, stop);
    void (async () => {
      for await (const _tick of every(RESETS_EVERY_MS, undefined, { signal: stop.signal })) {
        for (const gate of linesOf(site, line)) {
          gate.cut();
          gate.open();
        }
      }
    })().catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    return Promise.resolve();
  },
  end: (site) => {
    resets.get(site)?.abort();
    resets.delete(site);
    return Promise.resolve();
  },
});

const gone = (
  name: string,
  part: 'mongodb' | 'temporal',
  how: 'stop' | 'kill',
  lastsMs = SECONDS_MS,
): Outage => ({
  ...{ name, lastsMs, away: part === 'mongodb' ? 'store' : 'temporal' },
  begin: (site) => site[part][how](),
  end: (site) => site[part].start(),
});

const lines = (
  name: string,
  turn: (line: Gate) => void,
  { lastsMs = SECONDS_MS, ...away }: Partial<Pick<Outage, 'lastsMs' | 'away'>> = {},
): Outage => ({
  ...{ name, lastsMs, ...away },
  begin: (site) => {
    linesOf(site, 'mongodb').forEach(turn);
    return Promise.resolve();
  },
  end: (site) => {
    for (const line of linesOf(site, 'mongodb')) line.open();
    return Promise.resolve();
  },
});

const steppedDown: Outage = {
  name: 'MongoDB is stepped down',
  lastsMs: SECONDS_MS,
  begin: (site) =>
    onMongo(site, (client) =>
      client.db('admin').command({ replSetStepDown: SECONDS_MS / 1_000, force: true }),
    ),
  end: () => Promise.resolve(),
};

const withoutRoom: Outage = {
  name: 'MongoDB refuses writes, its disk is full',
  lastsMs: SECONDS_MS,
  begin: (site) => refuseWrites(site, 'alwaysOn'),
  end: (site) => refuseWrites(site, 'off'),
};

export const temporalIs = {
  stopped: gone('Temporal is stopped', 'temporal', 'stop'),
  killed: gone('Temporal is killed', 'temporal', 'kill'),
  goneForAMinute: gone('Temporal is gone', 'temporal', 'kill', MINUTE_MS),
};
export const mongoIs = {
  stopped: gone('MongoDB is stopped', 'mongodb', 'stop'),
  killed: gone('MongoDB is killed', 'mongodb', 'kill'),
  goneForAMinute: gone('MongoDB is gone', 'mongodb', 'kill', MINUTE_MS),
  steppedDown,
  slow: lines('MongoDB is slow', (line) => {
    line.slow(SLOW_MS);
  }),
  hangingLong: lines(
    'MongoDB hangs',
    (line) => {
      line.hold();
    },
    { away: 'store', lastsMs: BLACK_HOLE_MS },
  ),
  full: withoutRoom,
};
export const resetting = {
  temporal: resettingOf('temporal', 'Temporal'),
  mongodb: resettingOf('mongodb', 'MongoDB'),
  graph: resettingOf('graph', 'the platform'),
};

/** Not the line to the platform: a registration whose answer it breaks off is looked after for two minutes before it is called again. */
const AT_TIMES_LONG = [mongoIs.slow, mongoIs.full, resetting.temporal, resetting.mongodb];

/**
 * One of them, drawn by the seed for all trials alike, lasts for half a minute in a run: each does in some run, and no run
 * takes minutes longer. It comes last, because everybody goes on within it.
 */
export const withOneForLong = (outages: readonly Outage[], { seed }: Random): readonly Outage[] => {
  const long = randomOf(seed).of('away, for half a minute').pick(AT_TIMES_LONG);
  if (!outages.includes(long)) return outages;
  return [...outages.filter((outage) => outage !== long), { ...long, lastsMs: HALF_A_MINUTE_MS }];
};
