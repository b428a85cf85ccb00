import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { type GuardedProcess } from '../servers/guarded-process';
import { startMongoServer } from '../servers/mongo-server';
import { freePort } from '../servers/ports';
import { troubleOf } from '../servers/ready';
import { type SetUpError } from '../servers/set-up-error';
import { startTemporalServer } from '../servers/temporal-server';
import { whenAborted } from './main-program';
import {
  gatewayProgram,
  type Program,
  sandboxProgram,
  serverProgram,
  startProgram,
  type Surroundings,
  workerProgram,
} from './programs';
import { ensureSecrets, type LaunchSecrets, metaEnvironment, readWorldAccess } from './secrets';
import { pointAppAt } from './webhook-address';

export interface PlatformOptions {
  /** Folder of data, keys and logs. */
  readonly folder: string;
  /** Keep Temporal's and the sandbox's state in files, so that the next start goes on where this one ended. */
  readonly persistent: boolean;
  /** Try the well-known ports first, so that addresses stay the same from start to start. */
  readonly usualPorts: boolean;
  /** World of the practice platform. */
  readonly worldFile: string;
  readonly announce: (sentence: string) => void;
  /** Aborted: stop starting. */
  readonly signal: AbortSignal;
}

/** A whole Carryover: engine, store, practice platform, worker, server, UI with decoded payloads. */
export interface Platform {
  readonly secrets: LaunchSecrets;
  readonly addresses: {
    readonly api: string;
    readonly temporal: string;
    readonly temporalUi: string;
    readonly sandbox: string;
    /** Of the businesses' web sites: a `business.website` of a rehearsal is one of these, by the business's id. */
    readonly sites: string;
    readonly mongodb: string;
  };
  readonly processes: readonly GuardedProcess[];
  /** Rejects with the last log lines when a process ends that should not. */
  readonly died: Promise<never>;
  stop(): Promise<void>;
}

const USUAL_PORTS = { mongo: 27017, temporal: 7233, gateway: 8233, sandbox: 8090, sites: 8443, api: 8080 };

/** Starts everything; resolves when each process says it is ready. What was started is stopped again when one fails. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const started: GuardedProcess[] = [];
  let stopping = false;
  let reportDeath: (error: SetUpError) => void = () => undefined;
  const died = new Promise<never>((_resolve, reject) => {
    reportDeath = reject;
  });
  died.catch(() => undefined);
  const watch = (child: GuardedProcess) => {
    started.push(child);
    if (stopping) void child.stop();
    void child.ended.then((how) => {
      if (!stopping) reportDeath(troubleOf(child, `ended with ${how}`));
    });
  };
  const stop = async () => {
    stopping = true;
    // The engine and the store go last, so that the worker can report what it was doing.
    for (const child of started.toReversed()) await child.stop();
  };
  try {
    const all = startAll(options, watch);
    all.catch(() => undefined);
    const { secrets, addresses } = await Promise.race([all, died, whenAborted(options.signal)]);
    return { secrets, addresses, processes: started, died, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(
  options: PlatformOptions,
  watch: (child: GuardedProcess) => void,
): Promise<Pick<Platform, 'secrets' | 'addresses'>> {
  const { folder, persistent, announce } = options;
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true, mode: 0o700 });
  const wished = (name: keyof typeof USUAL_PORTS) => (options.usualPorts ? { port: USUAL_PORTS[name] } : {});
  const port = (name: keyof typeof USUAL_PORTS) => freePort(wished(name).port);
  const local = (number: number) => `http://127.0.0.1:${number}`;

  const access = await readWorldAccess(options.worldFile);
  const secrets = await ensureSecrets(join(folder, 'keys'), access);
  const gatewayPort = await port('gateway');
  const [mongo, temporal] = await Promise.all([
    startMongoServer({ folder, ...wished('mongo'), announce, watch }),
    startTemporalServer({
      folder,
      persistent,
      ...wished('temporal'),
      codecEndpoint: `${local(gatewayPort)}/codec`,
      searchAttributes: SEARCH_ATTRIBUTES,
      announce,
      watch,
    }),
  ]);
  announce('Temporal and MongoDB are up');

  const meta = metaEnvironment(access);
  const run = async (program: Program) => {
    await startProgram(program, { logs, env: meta, watch });
    announce(`The ${program.name} is up`);
  };

  const sandbox = local(await port('sandbox'));
  const stateFile = persistent ? join(folder, 'sandbox-state.json') : undefined;
  const sites = { port: await port('sites'), folder: join(folder, 'sites') };
  await run(sandboxProgram(Number(new URL(sandbox).port), options.worldFile, { stateFile, sites }));

  const surroundings: Surroundings = {
    ...{ temporal: temporal.address, mongodb: mongo.uri('carryover'), graph: sandbox, secrets },
  };
  const [workerMetrics, metricsPort, api] = [await freePort(), await freePort(), local(await port('api'))];
  await Promise.all([
    run(workerProgram(surroundings, workerMetrics, sites)),
    run(serverProgram(surroundings, { port: Number(new URL(api).port), metricsPort, sandbox })),
    run(gatewayProgram(secrets, gatewayPort, temporal.uiUrl ?? '')),
  ]);
  await pointAppAt(sandbox, access.partnerAppId, `${api}/webhooks/meta`, secrets.webhookVerifyToken);
  return {
    secrets,
    addresses: {
      api,
      temporal: temporal.address,
      temporalUi: local(gatewayPort),
      sandbox,
      sites: `https://127.0.0.1:${String(sites.port)}/sandbox/sites`,
      mongodb: mongo.uri('carryover'),
    },
  };
}
