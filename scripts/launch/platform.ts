import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { type GuardedProcess, startGuarded } from '../servers/guarded-process';
import { startMongoServer } from '../servers/mongo-server';
import { freePort } from '../servers/ports';
import { troubleOf, untilReady } from '../servers/ready';
import { type SetUpError } from '../servers/set-up-error';
import { startTemporalServer } from '../servers/temporal-server';
import { whenAborted } from './main-program';
import { PROJECT_ROOT } from './project';
import {
  ensureSecrets,
  type LaunchSecrets,
  metaEnvironment,
  readWorldAccess,
  rehearsedSignup,
} from './secrets';
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
    readonly mongodb: string;
  };
  readonly processes: readonly GuardedProcess[];
  /** Rejects with the last log lines when a process ends that should not. */
  readonly died: Promise<never>;
  stop(): Promise<void>;
}

const USUAL_PORTS = { mongo: 27017, temporal: 7233, gateway: 8233, sandbox: 8090, api: 8080 };
const START_TIMEOUT_MS = 60_000;

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
  const run = async (name: string, entry: string, readyUrl: string, env: Record<string, string>) => {
    const child = startGuarded(process.execPath, [join(PROJECT_ROOT, 'dist', entry)], {
      name,
      logFile: join(logs, `${name}.log`),
      env: { ...process.env, ...meta, HOST: '127.0.0.1', ...env },
    });
    watch(child);
    await untilReady(child, () => isReady(readyUrl), START_TIMEOUT_MS);
    announce(`The ${name} is up`);
  };

  const sandbox = local(await port('sandbox'));
  await run('sandbox', 'sandbox/main.js', `${sandbox}/sandbox/clock`, {
    SANDBOX_PORT: new URL(sandbox).port,
    SANDBOX_WORLD: options.worldFile,
    ...(persistent ? { SANDBOX_STATE_FILE: join(folder, 'sandbox-state.json') } : {}),
  });

  const carryover = {
    TEMPORAL_ADDRESS: temporal.address,
    MONGODB_URI: mongo.uri('carryover'),
    META_GRAPH_URL: sandbox,
    CREDENTIALS_FILE: secrets.files.credentials,
    API_KEYS_FILE: secrets.files.apiKeys,
    ENCRYPTION_KEYS: secrets.encryptionKeys,
  };
  const [workerMetrics, serverMetrics, api] = [await freePort(), await freePort(), local(await port('api'))];
  await Promise.all([
    run('worker', 'worker/main.js', `${local(workerMetrics)}/readyz`, {
      ...carryover,
      METRICS_PORT: String(workerMetrics),
    }),
    run('server', 'server/main.js', `${api}/readyz`, {
      ...carryover,
      ...rehearsedSignup(sandbox),
      META_WEBHOOK_VERIFY_TOKEN: secrets.webhookVerifyToken,
      PORT: new URL(api).port,
      METRICS_PORT: String(serverMetrics),
    }),
    run('gateway', 'server/codec/main.js', `${local(gatewayPort)}/healthz`, {
      ENCRYPTION_KEYS: secrets.encryptionKeys,
      TEMPORAL_UI_URL: temporal.uiUrl ?? '',
      TEMPORAL_UI_PASSWORD_FILE: secrets.files.uiPassword,
      PORT: String(gatewayPort),
    }),
  ]);
  await pointAppAt(sandbox, access.partnerAppId, `${api}/webhooks/meta`, secrets.webhookVerifyToken);
  return {
    secrets,
    addresses: {
      api,
      temporal: temporal.address,
      temporalUi: local(gatewayPort),
      sandbox,
      mongodb: mongo.uri('carryover'),
    },
  };
}

async function isReady(url: string): Promise<true | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok ? true : undefined;
}
