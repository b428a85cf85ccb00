import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Db, MongoClient, MongoServerError } from 'mongodb';
import { findBinary } from './find-binary';
import { type GuardedProcess, startGuarded } from './guarded-process';
import { freePort } from './ports';
import { untilReady } from './ready';

export interface MongoServerOptions {
  /** Folder of the data and the log; data found there is opened again. */
  readonly folder: string;
  /** Port wished for; a busy one is replaced by a free one. */
  readonly port?: number;
  /** Allows fail points, so that a test can make MongoDB hang for one client. */
  readonly failPoints?: boolean;
  readonly announce?: (sentence: string) => void;
  /** Told about the process as soon as it exists, before it is ready. */
  readonly watch?: (child: GuardedProcess) => void;
}

export interface MongoServer {
  /** Connection string with that database as default. */
  uri(database: string): string;
  readonly process: GuardedProcess;
}

const REPLICA_SET = 'rs0';
/** A set of one has nobody to hear from; after a restart it would wait this long (10 s by default) before it elects itself. */
const ELECTION_TIMEOUT_MS = 500;
const CONNECTION_TIMEOUTS = {
  serverSelectionTimeoutMS: 1_000,
  connectTimeoutMS: 1_000,
  socketTimeoutMS: 5_000,
};

/**
 * What a process that was killed had open in a transaction stays locked so long, and half as long again: 60 s by default,
 * and the events of its migrations wait for it. Carryover's own transactions last milliseconds.
 */
const TRANSACTIONS_LAST_SECONDS = 10;

/** Starts mongod as a replica set of one (transactions and change streams need a set); resolves when it takes writes. */
export async function startMongoServer(options: MongoServerOptions): Promise<MongoServer> {
  const executable = await findBinary('mongod', options.announce);
  const port = await freePort(options.port);
  const data = join(options.folder, 'mongodb');
  await mkdir(data, { recursive: true });
  const child = startGuarded(
    executable,
    [
      ...['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
      ...['--replSet', REPLICA_SET, '--oplogSize', '128', '--wiredTigerCacheSizeGB', '0.5', '--quiet'],
      ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
      ...['--setParameter', `transactionLifetimeLimitSeconds=${String(TRANSACTIONS_LAST_SECONDS)}`],
      ...(options.failPoints === true ? ['--setParameter', 'enableTestCommands=1'] : []),
    ],
    { name: 'MongoDB', logFile: join(options.folder, 'mongodb.log') },
  );
  options.watch?.(child);
  const host = `127.0.0.1:${String(port)}`;
  // A client whose first attempt failed stays closed, so each attempt takes a new one.
  const client = await untilReady(child, () =>
    MongoClient.connect(`mongodb://${host}/?directConnection=true`, CONNECTION_TIMEOUTS),
  );
  try {
    const admin = client.db('admin');
    await untilReady(child, () => configureSet(admin, host));
    await untilReady(child, async () =>
      (await admin.command({ hello: 1 }))['isWritablePrimary'] === true ? true : undefined,
    );
  } finally {
    await client.close();
  }
  return {
    uri: (database) => `mongodb://${host}/${database}?replicaSet=${REPLICA_SET}`,
    process: child,
  };
}

/** A set remembers its member's address: the first start writes it, a start on another port corrects it. */
async function configureSet(admin: Db, host: string): Promise<true> {
  const config = await currentConfig(admin);
  const members = [{ _id: 0, host }];
  if (config === undefined) {
    const settings = { electionTimeoutMillis: ELECTION_TIMEOUT_MS };
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members, settings } });
    return true;
  }
  if (config.members[0]?.host === host) return true;
  const version = config.version + 1;
  await admin.command({ replSetReconfig: { ...config, version, members }, force: true });
  return true;
}

interface ReplicaSetConfig {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

async function currentConfig(admin: Db): Promise<ReplicaSetConfig | undefined> {
  try {
    const answer = await admin.command({ replSetGetConfig: 1 });
    return answer['config'] as ReplicaSetConfig;
  } catch (error) {
    if (error instanceof MongoServerError && error.codeName === 'NotYetInitialized') return undefined;
    throw error;
  }
}
