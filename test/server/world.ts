/** A server with a real store and a real Temporal, two tenants and one key for each role. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Client, Connection, type ClientInterceptors } from '@temporalio/client';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { MongoClient } from 'mongodb';
import { openApiKeys, ROLES, type Role } from '../../server/api-keys';
import { buildServer } from '../../server/build-server';
import { LIMITS, type App, type Limits, type ServerDeps } from '../../server/deps';
import { createLogger } from '../../server/logging';
import { createRegistry } from '../../server/metrics';
import { KeyRing } from '../../shared/encryption/key-ring';
import { encryptedDataConverter } from '../../shared/encryption/payload-codec';
import { policySchema } from '../../shared/policy';
import { credentialResolver, openStore, type Store } from '../../store';
import { atEndOfFile } from '../support/after-each-file';
import { mongoUri, temporalAddress } from '../support/servers';

export const TENANTS = ['acme', 'other'] as const;
export type Tenant = (typeof TENANTS)[number];

export const keyOf = (tenant: Tenant, role: Role): string =>
  `ck_${tenant}_${role}_0123456789abcdef0123456789abcdef`;

export const API_KEYS = TENANTS.flatMap((tenant) =>
  ROLES.map((role) => ({
    name: `${tenant} ${role}`,
    tenant,
    role,
    sha256: createHash('sha256').update(keyOf(tenant, role)).digest('hex'),
  })),
);

export const CREDENTIALS = ['meta-source', 'meta-destination', 'meta-system'];
export const SOURCE_TOKEN = 'EAAsourceTokenThatMustNeverBeSeenAnywhere';

export const APP_SECRET = 'the secret of the app, for tests';
export const PLATFORM_SECRET = 'the secret of the 360dialog platform, for tests';
export const VERIFY_TOKEN = 'the token of the challenge, for tests';

export interface World {
  app: App;
  deps: ServerDeps;
  store: Store;
  apiKeysFile: string;
  /** Everything the server has logged so far. */
  logs: () => string;
  call: (request: Call) => Promise<LightMyRequestResponse>;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  body?: unknown;
  role?: Role;
  tenant?: Tenant;
  /** Made up unless given; null leaves the header out. */
  idempotencyKey?: string | null;
  headers?: Record<string, string>;
}

export interface WorldOptions {
  limits?: Partial<Limits>;
  now?: () => Date;
  store?: Store;
  /** Of that store. */
  keys?: KeyRing;
  temporalAddress?: string;
  taskQueue?: string;
  interceptors?: ClientInterceptors;
  webhooks?: ServerDeps['webhooks'];
  overload?: NonNullable<ServerDeps['overload']>;
}

export const testKeys = (): KeyRing => KeyRing.parse(`test:${randomBytes(32).toString('base64')}`);

const openTestStore = async (ring: KeyRing): Promise<Store> => {
  const database = `server-${randomBytes(6).toString('hex')}`;
  const store = await openStore({ uri: mongoUri(database), keys: ring });
  await store.ensureIndexes();
  atEndOfFile(async () => {
    await store.close();
    const mongo = new MongoClient(mongoUri(database));
    await mongo.db().dropDatabase();
    await mongo.close();
  });
  return store;
};

const writeApiKeys = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-keys-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'api-keys.json');
  await writeFile(path, JSON.stringify(API_KEYS));
  return path;
};

export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const ring = options.keys ?? testKeys();
  const store = options.store ?? (await openTestStore(ring));
  const connection = Connection.lazy({ address: options.temporalAddress ?? temporalAddress() });
  atEndOfFile(() => connection.close());
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const credentialsFile = Object.fromEntries(
    TENANTS.flatMap((tenant) =>
      CREDENTIALS.map((name) => [`${tenant}/${name}`, { accessToken: SOURCE_TOKEN }]),
    ),
  );
  const apiKeysFile = await writeApiKeys();
  const logger = createLogger('debug', sink);
  const deps: ServerDeps = {
    store,
    temporal: new Client({
      connection,
      dataConverter: encryptedDataConverter(ring),
      ...(options.interceptors === undefined ? {} : { interceptors: options.interceptors }),
    }),
    credentials: credentialResolver(store, JSON.stringify(credentialsFile)),
    apiKeys: await openApiKeys(apiKeysFile, (error) => {
      logger.error({ err: error }, 'the file of API keys cannot be read');
    }),
    keys: ring,
    policy: policySchema.parse({}),
    logger,
    webhooks: options.webhooks ?? {
      appSecret: APP_SECRET,
      verifyToken: VERIFY_TOKEN,
      platformSecret: PLATFORM_SECRET,
    },
    metrics: createRegistry(),
    now: options.now ?? (() => new Date()),
    limits: { ...LIMITS, ...options.limits },
    ...(options.overload === undefined ? {} : { overload: options.overload }),
    taskQueue: options.taskQueue ?? `nobody-${randomBytes(6).toString('hex')}`,
  };
  const app = await buildServer(deps);
  atEndOfFile(() => app.close());
  const call = ({
    method,
    url,
    body,
    role = 'backend',
    tenant = 'acme',
    idempotencyKey,
    headers = {},
  }: Call) => {
    const key = idempotencyKey === undefined ? randomBytes(12).toString('hex') : idempotencyKey;
    const request: InjectOptions = {
      method,
      url,
      headers: {
        authorization: `Bearer ${keyOf(tenant, role)}`,
        ...(key === null ? {} : { 'idempotency-key': key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    };
    return app.inject(request);
  };
  return { app, deps, store, apiKeysFile, logs: () => lines.join(''), call };
};

let lastNumber = 0;

/** A Brazilian mobile number no other test of this process has. */
export const newNumber = (): string => `+5531991${String(++lastNumber).padStart(6, '0')}`;

export const startBody = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  phoneNumber: newNumber(),
  route: 'programmatic',
  source: { provider: 'acme-bsp', businessId: '1001', wabaId: '2001', credential: 'meta-source' },
  destination: { provider: 'meta', businessId: '1001', wabaId: '2002', credential: 'meta-destination' },
  ...overrides,
});

export const startMigration = async (
  world: World,
  overrides: Record<string, unknown> = {},
): Promise<string> => {
  const answer = await world.call({ method: 'POST', url: '/v1/migrations', body: startBody(overrides) });
  if (answer.statusCode !== 202) throw new Error(`the migration was not started: ${answer.body}`);
  return answer.json<{ id: string }>().id;
};
