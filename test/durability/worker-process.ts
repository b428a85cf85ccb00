/**
 * The worker as it is deployed: a process of its own, from its entry, that can be told to stop, killed, and cut off from
 * Temporal. Compiled from the present sources, because the built one may be another.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transform } from '@swc/core';
import { type GuardedProcess, startGuarded } from '../../scripts/servers/guarded-process';
import { freePort } from '../../scripts/servers/ports';
import { untilReady } from '../../scripts/servers/ready';
import { atEndOfFile } from '../support/after-each-file';
import { workflowBundlePath } from '../support/servers';
import { TEST_KEYS } from '../support/stage';

const ROOT = resolve(__dirname, '..', '..');
/** What the worker's entry imports. */
const OF_WORKER = ['shared', 'platforms', 'store', 'activities', 'worker'];

const compileRoom = async (room: string, folder: string): Promise<void> => {
  const names = await readdir(join(ROOT, room), { recursive: true });
  await Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .map(async (name) => {
        const { code } = await transform(await readFile(join(ROOT, room, name), 'utf8'), {
          jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
          module: { type: 'commonjs' },
        });
        const target = join(folder, room, name.replace(/\.ts$/, '.js'));
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, code);
      }),
  );
};

/**
 * The worker's program in a folder that is deleted when the test file ends, with the present workflows unless told others,
 * and with further rooms if others are to run too.
 */
export const compileWorker = async (bundle?: string, further: readonly string[] = []): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-worker-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  await Promise.all([...OF_WORKER, ...further].map((room) => compileRoom(room, folder)));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await cp(bundle ?? (await workflowBundlePath()), join(folder, 'worker', 'workflow-bundle.js'));
  return folder;
};

export interface WorkerSurroundings {
  temporal: string;
  mongo: string;
  graph: string;
  appId: string | null;
  /** Token by `tenant/name`. */
  credentials: Record<string, string>;
  /** Set to take part in worker versioning. */
  buildId?: string | undefined;
}

export interface WorkerProcess extends GuardedProcess {
  /** SIGKILL: it reports nothing any more. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Resolves when it takes tasks; rejects with its last words when it ends before. */
  ready(): Promise<void>;
  logs(): string;
}

let workers = 0;

/** Starts the program; it may still refuse to run. */
export const launchWorker = async (
  program: string,
  { temporal, mongo, graph, appId, credentials, buildId }: WorkerSurroundings,
): Promise<WorkerProcess> => {
  workers += 1;
  const credentialsFile = join(program, `credentials-${workers}.json`);
  const tokens = Object.entries(credentials).map(([name, accessToken]) => [name, { accessToken }]);
  await writeFile(credentialsFile, JSON.stringify(Object.fromEntries(tokens)), { mode: 0o600 });
  const metricsPort = await freePort();
  // What a developer has for other programs; read, it would send the worker to a namespace that is not there.
  const profiles = join(program, 'temporal.toml');
  await writeFile(profiles, '[profile.default]\nnamespace = "somebody-elses"\n');
  const child = startGuarded(process.execPath, [join(program, 'worker', 'main.js')], {
    name: `worker ${workers}`,
    logFile: join(program, `worker-${workers}.log`),
    env: {
      ...process.env,
      TEMPORAL_CONFIG_FILE: profiles,
      TEMPORAL_ADDRESS: temporal,
      MONGODB_URI: mongo,
      META_GRAPH_URL: graph,
      ...(appId === null ? {} : { META_APP_ID: appId }),
      CREDENTIALS_FILE: credentialsFile,
      ENCRYPTION_KEYS: TEST_KEYS,
      METRICS_PORT: String(metricsPort),
      LOG_LEVEL: 'debug',
      ...(buildId === undefined ? {} : { CARRYOVER_BUILD_ID: buildId }),
    },
  });
  atEndOfFile(() => child.stop());
  return {
    ...child,
    kill: async () => {
      if (child.endedWith() === undefined) process.kill(child.pid, 'SIGKILL');
      await child.ended;
    },
    logs: () => child.lastLogLines(Infinity).join('\n'),
    ready: async () => {
      await untilReady(child, async () => {
        const answer = await fetch(`http://127.0.0.1:${metricsPort}/readyz`);
        return answer.ok ? true : undefined;
      });
    },
  };
};
