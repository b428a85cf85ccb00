/** The server process: configuration, wiring, listening, and an orderly end. */
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { readFile } from 'node:fs/promises';
import { ConfigurationError, readConfig, type Config } from '../shared/config';
import { KeyRing } from '../shared/encryption/key-ring';
import { encryptedDataConverter } from '../shared/encryption/payload-codec';
import { policySchema, type Policy } from '../shared/policy';
import { credentialResolver, ensureIndexesAtStart, openStore } from '../store';
import { openApiKeys } from './api-keys';
import { buildServer } from './build-server';
import { LIMITS } from './deps';
import { createLogger, loggedError } from './logging';
import { buildMetricsServer, createRegistry } from './metrics';

/** Requests under way get this long; a verdict on a code is waited for up to 20 seconds. */
const SHUTDOWN_MS = 25_000;

/** A person who lists migrations while MongoDB hangs is told so soon; the driver alone would try for twenty seconds. */
const ANSWER_WITHIN_MS = 4_000;

/** By itself the client looks for a Temporal that was away for long only every two minutes. */
const RECONNECT_WITHIN_MS = 2_000;

const readPolicy = ({ CARRYOVER_POLICY }: Config): Policy => {
  try {
    return policySchema.parse(JSON.parse(CARRYOVER_POLICY));
  } catch {
    throw new ConfigurationError('CARRYOVER_POLICY: JSON that overrides figures of the policy was expected');
  }
};

const readCredentials = async ({ CREDENTIALS_FILE: path }: Config): Promise<string | undefined> => {
  if (path === undefined) return undefined;
  return readFile(path, 'utf8').catch(() => {
    throw new ConfigurationError(`CREDENTIALS_FILE ${path}: cannot be read`);
  });
};

const connectTemporal = (config: Config, keys: KeyRing): Client => {
  // Of Temporal's configuration the variables alone: a developer's profile on this machine is for other programs.
  const { connectionOptions, namespace = config.TEMPORAL_NAMESPACE } = loadClientConnectConfig({
    disableFile: true,
  });
  const connection = Connection.lazy({
    ...connectionOptions,
    address: config.TEMPORAL_ADDRESS,
    channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_WITHIN_MS },
  });
  return new Client({ connection, namespace, dataConverter: encryptedDataConverter(keys) });
};

const run = async (): Promise<void> => {
  const config = readConfig(process.env);
  const logger = createLogger(config.LOG_LEVEL);
  const keys = KeyRing.parse(config.ENCRYPTION_KEYS);
  const policy = readPolicy(config);
  const store = await openStore({
    uri: config.MONGODB_URI,
    keys,
    appName: 'carryover-server',
    answerWithinMs: ANSWER_WITHIN_MS,
  });
  const credentials = credentialResolver(store, await readCredentials(config));
  const apiKeys = await openApiKeys(config.API_KEYS_FILE, (error) => {
    logger.error({ err: error }, 'API_KEYS_FILE cannot be read; the keys read last stay in force');
  });
  await ensureIndexesAtStart(store, logger);

  const temporal = connectTemporal(config, keys);
  const metrics = createRegistry();
  const now = () => new Date();
  const app = await buildServer({
    store,
    temporal,
    credentials,
    apiKeys,
    keys,
    policy,
    logger,
    webhooks: {
      appSecret: config.META_APP_SECRET,
      verifyToken: config.META_WEBHOOK_VERIFY_TOKEN,
      platformSecret: config.D360_PLATFORM_SECRET,
    },
    metrics,
    now,
    limits: LIMITS,
    overload: {
      eventLoopDelayMs: config.OVERLOAD_LOOP_DELAY_MS,
      requestsAtOnce: config.OVERLOAD_REQUESTS_AT_ONCE,
    },
    publicUrl: config.PUBLIC_URL ?? null,
    signup:
      config.META_APP_ID === undefined || config.META_SIGNUP_CONFIG_ID === undefined
        ? null
        : {
            appId: config.META_APP_ID,
            configId: config.META_SIGNUP_CONFIG_ID,
            sdkUrl: config.META_SDK_URL,
            graphVersion: config.META_GRAPH_VERSION,
            messageOrigins: config.META_SIGNUP_ORIGINS,
          },
  });
  const metricsServer = buildMetricsServer(metrics);
  await metricsServer.listen({ host: config.HOST, port: config.METRICS_PORT });
  await app.listen({ host: config.HOST, port: config.PORT });
  logger.info({ addresses: app.addresses(), namespace: temporal.options.namespace }, 'server listens');

  const stop = async (signal: string): Promise<void> => {
    logger.info({ signal }, 'server stops');
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    await app.close();
    await Promise.all([metricsServer.close(), temporal.connection.close(), store.close()]);
    logger.info('server has stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
};

run().catch((error: unknown) => {
  const reason = error instanceof ConfigurationError ? error.message : JSON.stringify(loggedError(error));
  process.stderr.write(`The server cannot run: ${reason}\n`);
  process.exit(1);
});
