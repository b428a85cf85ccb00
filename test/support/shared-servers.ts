import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MongoServer, startMongoServer } from '../../scripts/servers/mongo-server';
import { startTemporalServer, type TemporalServer } from '../../scripts/servers/temporal-server';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { type BundleDesk, openBundleDesk } from './bundle-desk';
import { DATABASE_PLACE, ENVIRONMENT } from './environment';

interface SharedServers {
  readonly folder: string;
  readonly mongo: MongoServer;
  readonly temporal: TemporalServer;
  readonly desk: BundleDesk;
}

let running: SharedServers | undefined;

/** Starts the servers every test file shares, in memory or in a folder of their own that is deleted afterwards. */
export async function startSharedServers(): Promise<void> {
  process.env[ENVIRONMENT.run] = randomUUID();
  const folder = await mkdtemp(join(tmpdir(), 'carryover-test-'));
  const announce = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const [mongo, temporal, desk] = await Promise.all([
    startMongoServer({ folder, failPoints: true, announce }),
    startTemporalServer({ folder, searchAttributes: SEARCH_ATTRIBUTES, announce }),
    openBundleDesk(),
  ]);
  running = { folder, mongo, temporal, desk };
  process.env[ENVIRONMENT.mongo] = mongo.uri(DATABASE_PLACE);
  process.env[ENVIRONMENT.temporal] = temporal.address;
  process.env[ENVIRONMENT.bundleDesk] = desk.url;
}

export async function stopSharedServers(): Promise<void> {
  if (running === undefined) return;
  const { folder, mongo, temporal, desk } = running;
  running = undefined;
  await Promise.all([desk.close(), mongo.process.stop(), temporal.process.stop()]);
  await rm(folder, { recursive: true, force: true });
}
