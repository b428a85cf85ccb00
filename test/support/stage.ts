/**
 * Everything on: the practice platform, a store, Temporal, a worker and the HTTP server, with a client that speaks to it
 * as a partner's backend does. Real parts, real HTTP. What ran on it is replayed and searched for secrets at the end.
 */
import { createHash, randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createActivities, type RegistrationTiming } from '../../activities';
import { createGraphFor } from '../../activities/graph-for';
import { createPartnerApp } from '../../activities/partner-app';
import { createCarryoverClient, type CarryoverClient, type Migration } from '../../client';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox';
import { openApiKeys, ROLES, type Role } from '../../server/api-keys';
import { buildServer } from '../../server/build-server';
import { LIMITS, type Limits } from '../../server/deps';
import type { ToldEvent } from '../../scripts/histories/recorded-run';
import { createLogger } from '../../server/logging';
import { createRegistry } from '../../server/metrics';
import { KeyRing } from '../../shared/encryption/key-ring';
import { encryptedDataConverter } from '../../shared/encryption/payload-codec';
import { policySchema } from '../../shared/policy';
import { credentialResolver, openStore, type Store } from '../../store';
import { createWorker } from '../../worker/create-worker';
import { z } from 'zod';
import { lookAtAftermath } from './aftermath';
import { atEndOfFile } from './after-each-file';
import { partnerAppOf, signupOf } from './partner-app';
import { mongoUri, temporalAddress, workflowBundlePath } from './servers';

// Failing activities are what many tests are about; the SDK's own account of each would drown the report. Packages are loaded
// once a process: a file that opened no connection leaves its runtime to the next, and to install a second one is refused.
if (Runtime._instance === undefined) Runtime.install({ logger: new DefaultLogger('ERROR') });

/** Not a secret: recorded histories under `test/histories/` are encrypted with it. */
export const TEST_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;

type WorkersActivities = ReturnType<typeof createActivities>;
export interface StageOptions {
  world: SandboxOptions['world'];
  /** The tenants' credentials: name → token of the world. */
  credentials: Record<string, string>;
  policy?: z.input<typeof policySchema>;
  limits?: Partial<Limits>;
  mongo?: string;
  /** Where Temporal listens; the shared dev server unless given. */
  temporal?: string;
  /** One of the stage's own unless given; a worker process listens on the product's. */
  taskQueue?: string;
  /** The activities' clock; a test that skips time brings its own. */
  clock?: () => Date;
  /** How long a registration without an answer is followed; real seconds, whatever the clock says. */
  registration?: RegistrationTiming;
  /** False: the app has no address for webhooks, as before anybody entered one. */
  webhooks?: boolean;
  /** What comes between the worker and its activities: a machine that has no time for one of them. */
  hinder?: (activities: WorkersActivities) => WorkersActivities;
  /** False: the test runs its workers itself. */
  worker?: boolean;
  /** Path of the workflow bundle on which everything replays at the end; the present one unless a newer one ran it. */
  replayOn?: string;
  /** `host:port` of web sites that the test serves itself, beside those of the practice platform. */
  siteHosts?: readonly string[];
}

export interface Stage {
  sandbox: Sandbox;
  store: Store;
  temporal: Client;
  taskQueue: string;
  /** Base address of the HTTP API. */
  url: string;
  /** Address of the web site of a business at the practice platform, over TLS. */
  siteOf: (businessId: string) => string;
  as: (role: Role, tenant?: string) => CarryoverClient;
  apiKey: (role: Role, tenant?: string) => string;
  /** The backend's client. */
  client: CarryoverClient;
  startWorker: (identity?: string) => Promise<RunningWorker>;
  /** Ids of the workflows started here, for replay and search. */
  workflowIds: () => Promise<string[]>;
  /** The runs of a migration, oldest first, as the audit trail knows them. */
  runIds: (id: string) => Promise<string[]>;
  /** What its runs told the audit trail, oldest first. */
  eventsOf: (id: string) => Promise<{ runId: string; type: string; data: Record<string, unknown> }[]>;
  logs: () => string;
  /** Path and query of every HTTP request that this process has sent. */
  requestedUrls: () => string[];
  metrics: () => Promise<string>;
}

export interface RunningWorker {
  worker: Worker;
  stop: () => Promise<void>;
}

const TENANTS = ['acme', 'other'];
const VERIFY_TOKEN = 'verify-the-stage';

export const openStage = async (options: StageOptions): Promise<Stage> => {
  const keys = KeyRing.parse(TEST_KEYS);
  const suffix = randomBytes(6).toString('hex');
  const taskQueue = options.taskQueue ?? `stage-${suffix}`;
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });

  const urls: string[] = [];
  const onRequest = (message: unknown) => {
    urls.push(sentRequest.parse(message).request.path);
  };
  subscribe('undici:request:create', onRequest);
  atEndOfFile(async () => {
    unsubscribe('undici:request:create', onRequest);
  });

  const sandbox = await startSandbox({ world: options.world, sites: {} });
  const { sites } = sandbox;
  if (sites === null) throw new Error('the practice platform serves no web sites');
  atEndOfFile(() => sandbox.close());
  const uri = options.mongo ?? mongoUri(`stage-${suffix}`);
  const mongo = new MongoClient(uri);
  atEndOfFile(() => mongo.close());
  const store = await openStore({ uri, keys, appName: 'stage' });
  atEndOfFile(() => store.close());
  await store.ensureIndexes();

  const address = options.temporal ?? temporalAddress();
  const connection = await Connection.connect({ address });
  atEndOfFile(() => connection.close());
  const temporal = new Client({ connection, dataConverter: encryptedDataConverter(keys) });

  const credentials = credentialResolver(
    store,
    JSON.stringify(
      Object.fromEntries(
        TENANTS.flatMap((tenant) =>
          Object.entries(options.credentials).map(([name, accessToken]) => [
            `${tenant}/${name}`,
            { accessToken },
          ]),
        ),
      ),
    ),
  );
  const clock = options.clock ?? (() => new Date());
  const appId = sandbox.world().partnerAppId;
  const activityLogger = pino({ level: 'debug' }, sink);
  const workerMetrics = new Registry();
  const activitiesOf = (...deps: Parameters<typeof createActivities>) =>
    (options.hinder ?? ((all) => all))(createActivities(...deps));

  const startWorker = async (identity?: string): Promise<RunningWorker> => {
    const native = await NativeConnection.connect({ address });
    const worker = await createWorker({
      connection: native,
      namespace: 'default',
      taskQueue,
      keys,
      bundlePath: await workflowBundlePath(),
      metrics: identity === undefined ? workerMetrics : new Registry(),
      ...(identity === undefined ? {} : { identity }),
      activities: activitiesOf(
        {
          store,
          client: temporal,
          appId,
          partnerApp: createPartnerApp(
            { id: appId, secret: partnerAppOf(sandbox)?.secret },
            { baseUrl: sandbox.url, version: 'v25.0', logger: activityLogger },
          ),
          clock,
          logger: activityLogger,
          website: {
            rehearsalHosts: [
              ...[sites.url, sandbox.url].map((url) => new URL(url).host),
              ...(options.siteHosts ?? []),
            ],
            ca: () => Promise.resolve(sites.authority),
          },
          graphFor: createGraphFor({
            credentials,
            callBudget: store.callBudget,
            baseUrl: sandbox.url,
            version: 'v25.0',
            appId,
            clock,
            logger: activityLogger,
          }),
        },
        options.registration,
      ),
    });
    const running = worker.run();
    let stopped = false;
    const stop = async (): Promise<void> => {
      if (stopped) return;
      stopped = true;
      worker.shutdown();
      await running;
      await native.close();
    };
    atEndOfFile(stop);
    return { worker, stop };
  };
  if (options.worker !== false) await startWorker();

  const apiKey = (role: Role, tenant = 'acme') => `ck_${tenant}_${role}_${suffix}_0123456789abcdef0123456789`;
  const folder = await mkdtemp(join(tmpdir(), 'carryover-stage-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  const apiKeysFile = join(folder, 'api-keys.json');
  await writeFile(
    apiKeysFile,
    JSON.stringify(
      TENANTS.flatMap((tenant) =>
        ROLES.map((role) => ({
          name: `${tenant} ${role}`,
          tenant,
          role,
          sha256: createHash('sha256').update(apiKey(role, tenant)).digest('hex'),
        })),
      ),
    ),
  );
  const webhooks = { appSecret: partnerAppOf(sandbox)?.secret, verifyToken: VERIFY_TOKEN };
  const serverMetrics = createRegistry();
  const app = await buildServer({
    store,
    temporal,
    credentials,
    apiKeys: await openApiKeys(apiKeysFile, (error) => {
      throw error;
    }),
    keys,
    webhooks,
    policy: policySchema.parse(options.policy ?? {}),
    logger: createLogger('debug', sink),
    metrics: serverMetrics,
    now: clock,
    limits: { ...LIMITS, ...options.limits },
    taskQueue,
    signup: signupOf(sandbox),
  });
  atEndOfFile(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  if (options.webhooks !== false) await pointAppAt(sandbox, `${url}/webhooks/meta`);
  const as = (role: Role, tenant?: string) =>
    createCarryoverClient({ baseUrl: url, apiKey: apiKey(role, tenant) });

  const eventsOf = (id: string) =>
    mongo
      .db()
      .collection<ToldEvent & { migrationId: string; runId: string }>('events')
      .find({ migrationId: id, runId: { $type: 'string' } }, { projection: { runId: 1, type: 1, data: 1 } })
      .sort({ position: 1 })
      .toArray();

  const stage: Stage = {
    sandbox,
    siteOf: (businessId) => `${sites.url}/sandbox/sites/${businessId}`,
    store,
    temporal,
    taskQueue,
    url,
    as,
    apiKey,
    client: as('backend'),
    startWorker,
    workflowIds: async () => {
      const ids: string[] = [];
      for (const tenant of TENANTS) {
        for await (const id of idsOf(as('viewer', tenant))) ids.push(id);
      }
      return ids;
    },
    runIds: async (id) => [...new Set((await eventsOf(id)).map(({ runId }) => runId))],
    eventsOf,
    logs: () => lines.join(''),
    requestedUrls: () => urls,
    metrics: async () => `${await workerMetrics.metrics()}\n${await serverMetrics.metrics()}`,
  };
  atEndOfFile(() => lookAtAftermath(stage, TEST_KEYS, options.replayOn));
  return stage;
};

/** As the partner enters it in the App Dashboard; the practice platform asks the address for its challenge. */
const pointAppAt = async (sandbox: Sandbox, url: string): Promise<void> => {
  const { partnerAppId } = sandbox.world();
  const answer = await fetch(`${sandbox.url}/sandbox/apps/${partnerAppId}/callback`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, verifyToken: VERIFY_TOKEN }),
  });
  if (!answer.ok) throw new Error(`the callback was refused: ${await answer.text()}`);
};

const sentRequest = z.object({ request: z.object({ path: z.string() }) });

async function* idsOf(client: CarryoverClient): AsyncIterable<string> {
  let cursor: string | undefined;
  do {
    const page = await client.listMigrations({ limit: 200, cursor });
    for (const { id } of page.items) yield id;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** The migration once `met` holds; fails with what it is instead, so that a red test says why. */
export const until = async (
  stage: Stage,
  id: string,
  met: (migration: Migration) => boolean,
  withinMs = 45_000,
): Promise<Migration> => {
  const signal = AbortSignal.timeout(withinMs);
  try {
    return await stage.client.waitFor(id, met, { signal, everyMs: 50 });
  } catch (error) {
    if (!signal.aborted) throw error;
    const { state, step, steps, tasks, findings } = await stage.client.getMigration(id);
    const errors = steps.flatMap((one) => (one.error === null ? [] : [`${one.name}: ${one.error.code}`]));
    const open = tasks.filter((task) => task.status === 'open').map((task) => task.kind);
    throw new Error(
      `never came: ${met.toString()}; it is ${JSON.stringify({ state, step, errors, open, findings: findings.map((f) => f.code) })}`,
    );
  }
};
