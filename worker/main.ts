/** Process entry of the worker: configuration, connections, readiness, shutdown. */
import { readFile } from 'node:fs/promises';
import { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createActivities } from '../activities';
import { createGraphFor } from '../activities/graph-for';
import { createPartnerApp } from '../activities/partner-app';
import { readConfig } from '../shared/config';
import { KeyRing } from '../shared/encryption/key-ring';
import { encryptedDataConverter } from '../shared/encryption/payload-codec';
import { credentialResolver, ensureIndexesAtStart, openStore } from '../store';
import { BUNDLE_PATH } from './bundle-options';
import { createWorker } from './create-worker';
import { whyIdle } from './deployment-version';
import { buildHealthServer } from './health';
import { ensureReconcileSchedule } from './reconcile-schedule';
import { requireSearchAttributes } from './search-attributes';

const run = async (): Promise<void> => {
  const config = readConfig(process.env);
  const logger = pino({ level: config.LOG_LEVEL, base: { process: 'worker' } });
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      // The SDK's own words only: its meta may quote an error whose text belongs into the encrypted history.
      logger[level === 'ERROR' ? 'error' : 'warn']({ workflowId: meta?.['workflowId'], sdk: true }, message);
    }),
  });

  const keys = KeyRing.parse(config.ENCRYPTION_KEYS);
  const store = await openStore({ uri: config.MONGODB_URI, keys, appName: 'carryover-worker' });
  await ensureIndexesAtStart(store, logger);

  // Of Temporal's configuration the variables alone: a developer's profile on this machine is for other programs.
  const { connectionOptions, namespace = config.TEMPORAL_NAMESPACE } = loadClientConnectConfig({
    disableFile: true,
  });
  const connection = await NativeConnection.connect({
    ...connectionOptions,
    address: config.TEMPORAL_ADDRESS,
  });
  await requireSearchAttributes(connection, namespace);
  const client = new Client({ connection, namespace, dataConverter: encryptedDataConverter(keys) });
  await ensureReconcileSchedule(client);

  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const clock = () => new Date();
  const appId = config.META_APP_ID ?? null;
  const credentialsFile = config.CREDENTIALS_FILE;
  const sitesAuthority = config.WEBSITE_CA_FILE;
  const worker = await createWorker({
    connection,
    namespace,
    keys,
    bundlePath: BUNDLE_PATH,
    metrics,
    buildId: config.CARRYOVER_BUILD_ID,
    activities: createActivities({
      store,
      client,
      appId,
      partnerApp: createPartnerApp(
        { id: appId, secret: config.META_APP_SECRET },
        { baseUrl: config.META_GRAPH_URL, version: config.META_GRAPH_VERSION, logger },
      ),
      clock,
      logger,
      website: {
        rehearsalHosts: config.WEBSITE_REHEARSAL_HOSTS ?? [],
        // Read with each visit: the practice platform makes its authority when it starts.
        ...(sitesAuthority === undefined ? {} : { ca: () => readFile(sitesAuthority, 'utf8') }),
      },
      graphFor: createGraphFor({
        credentials: credentialResolver(
          store,
          credentialsFile === undefined ? undefined : await readFile(credentialsFile, 'utf8'),
        ),
        callBudget: store.callBudget,
        baseUrl: config.META_GRAPH_URL,
        version: config.META_GRAPH_VERSION,
        appId,
        clock,
        logger,
      }),
    }),
  });

  const health = buildHealthServer(metrics, {
    worker: async () => {
      if (worker.getState() !== 'RUNNING') throw new Error('the worker takes no tasks');
      return Promise.resolve();
    },
    store: () => store.ping(),
    temporal: () => connection.workflowService.describeNamespace({ namespace }),
  });
  await health.listen({ host: config.HOST, port: config.METRICS_PORT });
  logger.info({ address: config.TEMPORAL_ADDRESS, namespace }, 'worker is running');
  const buildId = config.CARRYOVER_BUILD_ID;
  if (buildId !== undefined) {
    // Only a word to the operator: a server that cannot tell must not keep the worker from its work.
    const idle = await whyIdle(connection, namespace, buildId).catch((error: unknown) => {
      logger.warn({ err: error }, 'which build is the current version could not be asked');
      return null;
    });
    if (idle !== null) logger.warn(idle);
  }
  // The SDK takes SIGTERM and SIGINT as the request to drain; `run` returns when the last activity is reported.
  await worker.run();
  await health.close();
  await connection.close();
  await store.close();
  logger.info('worker has stopped');
};

run().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The worker cannot run: ${message}\n`);
  // What is open already would keep a worker alive that does no work.
  process.exit(1);
});
