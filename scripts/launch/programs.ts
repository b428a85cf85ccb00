/** The project's own programs as processes: what each is told by its environment, and when it is ready. */
import { join } from 'node:path';
import { type GuardedProcess, startGuarded } from '../servers/guarded-process';
import { untilReady } from '../servers/ready';
import { PROJECT_ROOT } from './project';
import { type LaunchSecrets, rehearsedSignup } from './secrets';

/** Where `npm run build` leaves them. */
export const BUILT = join(PROJECT_ROOT, 'dist');

const START_TIMEOUT_MS = 60_000;

export interface Program {
  readonly name: string;
  /** In the folder of the compiled programs. */
  readonly entry: string;
  /** Answers with 2xx once the program does its work. */
  readonly readyUrl: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Where a worker and a server find everything. */
export interface Surroundings {
  readonly temporal: string;
  readonly mongodb: string;
  /** Base address of the Graph API. */
  readonly graph: string;
  readonly secrets: LaunchSecrets;
}

const local = (port: number): string => `http://127.0.0.1:${port}`;

const shared = ({ temporal, mongodb, graph, secrets }: Surroundings): Record<string, string> => ({
  TEMPORAL_ADDRESS: temporal,
  MONGODB_URI: mongodb,
  META_GRAPH_URL: graph,
  CREDENTIALS_FILE: secrets.files.credentials,
  API_KEYS_FILE: secrets.files.apiKeys,
  ENCRYPTION_KEYS: secrets.encryptionKeys,
});

/** The web sites of the practice platform's businesses over TLS: where, and where their authority is kept. */
export interface PracticeSites {
  readonly port: number;
  readonly folder: string;
}

export const sandboxProgram = (
  port: number,
  worldFile: string,
  { stateFile, sites }: { stateFile?: string | undefined; sites?: PracticeSites } = {},
): Program => ({
  name: 'sandbox',
  entry: 'sandbox/main.js',
  readyUrl: `${local(port)}/sandbox/clock`,
  env: {
    SANDBOX_PORT: String(port),
    SANDBOX_WORLD: worldFile,
    ...(stateFile === undefined ? {} : { SANDBOX_STATE_FILE: stateFile }),
    ...(sites === undefined
      ? {}
      : { SANDBOX_SITES_PORT: String(sites.port), SANDBOX_SITES_FOLDER: sites.folder }),
  },
});

export const workerProgram = (
  surroundings: Surroundings,
  metricsPort: number,
  sites?: PracticeSites,
): Program => ({
  name: 'worker',
  entry: 'worker/main.js',
  readyUrl: `${local(metricsPort)}/readyz`,
  env: {
    ...shared(surroundings),
    ...(sites === undefined ? {} : rehearsedSites(sites)),
    METRICS_PORT: String(metricsPort),
  },
});

/** They are on this machine, and their authority vouches for nobody else. */
const rehearsedSites = ({ port, folder }: PracticeSites): Record<string, string> => ({
  WEBSITE_REHEARSAL_HOSTS: `127.0.0.1:${String(port)}`,
  WEBSITE_CA_FILE: join(folder, 'ca.pem'),
});

export const serverProgram = (
  surroundings: Surroundings,
  { port, metricsPort, sandbox }: { port: number; metricsPort: number; sandbox: string },
): Program => ({
  name: 'server',
  entry: 'server/main.js',
  readyUrl: `${local(port)}/readyz`,
  env: {
    ...shared(surroundings),
    ...rehearsedSignup(sandbox),
    META_WEBHOOK_VERIFY_TOKEN: surroundings.secrets.webhookVerifyToken,
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
  },
});

export const gatewayProgram = (secrets: LaunchSecrets, port: number, temporalUi: string): Program => ({
  name: 'gateway',
  entry: 'server/codec/main.js',
  readyUrl: `${local(port)}/healthz`,
  env: {
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    TEMPORAL_UI_URL: temporalUi,
    TEMPORAL_UI_PASSWORD_FILE: secrets.files.uiPassword,
    PORT: String(port),
  },
});

/**
 * Starts a program; resolves when it is ready.
 * @throws SetUpError with its last log lines when it ends before, or is not ready in a minute.
 */
export async function startProgram(
  { name, entry, readyUrl, env }: Program,
  where: {
    /** Folder of the log `<name>.log`. */
    readonly logs: string;
    /** Folder of the compiled programs; default `dist`. */
    readonly programs?: string;
    /** Beside the program's own. */
    readonly env: Readonly<Record<string, string>>;
    readonly watch?: (child: GuardedProcess) => void;
  },
): Promise<GuardedProcess> {
  const child = startGuarded(process.execPath, [join(where.programs ?? BUILT, entry)], {
    name,
    logFile: join(where.logs, `${name}.log`),
    env: { ...process.env, HOST: '127.0.0.1', ...where.env, ...env },
  });
  where.watch?.(child);
  await untilReady(child, () => isReady(readyUrl), START_TIMEOUT_MS);
  return child;
}

async function isReady(url: string): Promise<true | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok ? true : undefined;
}
