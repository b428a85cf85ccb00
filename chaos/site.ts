/** A whole Carryover of real processes that a trial may kill, stop, pause and cut off, one by one. */
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { createCarryoverClient, type CarryoverClient } from '../client';
import { family, partnerWorld, type Family, type FamilyOptions } from '../sandbox/world/families';
import {
  BUILT,
  startProgram,
  sandboxProgram,
  serverProgram,
  workerProgram,
} from '../scripts/launch/programs';
import { ensureSecrets, metaEnvironment, readWorldAccess, TENANT } from '../scripts/launch/secrets';
import { pointAppAt } from '../scripts/launch/webhook-address';
import { startMongoServer } from '../scripts/servers/mongo-server';
import { freePort } from '../scripts/servers/ports';
import { startTemporalServer } from '../scripts/servers/temporal-server';
import type { Role } from '../server/api-keys';
import { KeyRing } from '../shared/encryption/key-ring';
import { encryptedDataConverter } from '../shared/encryption/payload-codec';
import { SEARCH_ATTRIBUTES } from '../shared/search-attributes';
import { openStore, type Store } from '../store';
import { openGate, type Gate } from './gate';
import { practicePlatform, type PracticePlatform } from './practice-platform';
import { service, type Service } from './service';
import type { SiteOptions } from './trial';

/** A process of Carryover, and the lines by which it reaches everything; they stay over its deaths. */
export interface Program extends Service {
  readonly gates: { readonly temporal: Gate; readonly mongodb: Gate; readonly graph: Gate };
  /** Base address of `/metrics`. */
  readonly metrics: string;
}

export interface Site {
  readonly folder: string;
  /** Folder of the compiled programs that run here. */
  readonly programs: string;
  readonly tenant: string;
  readonly temporal: Service;
  readonly mongodb: Service;
  readonly sandbox: Service;
  readonly workers: readonly Program[];
  readonly server: Program;
  /** Between the practice platform and the server's webhook address. */
  readonly webhookGate: Gate;
  /** Base address of the HTTP API. */
  readonly api: string;
  /** A client with a key of its own, and so with a rate of its own. */
  client(role?: Role, options?: { tries?: number; timeoutMs?: number }): Promise<CarryoverClient>;
  apiKey(role: Role): Promise<string>;
  readonly platform: PracticePlatform;
  /** Straight to the database and to Temporal, past all gates; for looking, not for acting. */
  readonly store: Store;
  readonly databaseUri: string;
  readonly temporalClient: Client;
  readonly keys: KeyRing;
  /** Further clients who want to move, each with everything of its own; their tokens are stored under their names. */
  families(count: number, options?: FamilyOptions | ((index: number) => FamilyOptions)): Promise<Family[]>;
  /** All of them so far. */
  everyFamily(): readonly Family[];
  /** Says where a trial is; stands in `notes.log`, and is told when the trial does not come to its end. */
  note(sentence: string): void;
  lastNote(): string;
  /** No faults, every gate open, every process up. */
  heal(): Promise<void>;
  /** Stops everything. Safe to repeat. */
  close(): Promise<void>;
}

const DATABASE = 'carryover';
const STOP_GRACE_MS = 3_000;
const local = (port: number): string => `http://127.0.0.1:${String(port)}`;
/** A set of one tells its own address to whoever asks for the set, past the gate. */
const direct = (address: string): string => `mongodb://${address}/${DATABASE}?directConnection=true`;

/** @throws SetUpError when something does not come up; what was started is stopped then. */
export const openSite = async (
  folder: string,
  options: SiteOptions = {},
  programs = BUILT,
): Promise<Site> => {
  const opened: { close: () => Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const each of opened.splice(0).reverse()) await each.close();
  };
  try {
    return await assemble({ folder, programs }, options, close, (each) => opened.push(each));
  } catch (error) {
    await close();
    throw error;
  }
};

const assemble = async (
  { folder, programs }: { folder: string; programs: string },
  options: SiteOptions,
  close: Site['close'],
  opens: (each: { close: () => Promise<void> }) => void,
): Promise<Site> => {
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true, mode: 0o700 });
  const worldFile = join(folder, 'world.json');
  await writeFile(worldFile, JSON.stringify(partnerWorld({ knobs: options.knobs ?? {} })));
  const access = await readWorldAccess(worldFile);
  const secrets = await ensureSecrets(join(folder, 'keys'), access);
  const env = {
    ...metaEnvironment(access),
    LOG_LEVEL: 'debug',
    CARRYOVER_POLICY: JSON.stringify(options.policy ?? {}),
    ...options.env,
  };
  const own = (started: Service): Service => {
    opens({ close: () => started.stop(STOP_GRACE_MS) });
    return started;
  };
  const gate = async (target: string): Promise<Gate> => {
    const made = await openGate(target);
    opens(made);
    return made;
  };
  const [mongoPort, temporalPort, sandboxPort] = [await freePort(), await freePort(), await freePort()];
  const mongodb = own(
    service({ name: 'MongoDB', logFile: join(folder, 'mongodb.log') }, async () => {
      const started = await startMongoServer({ folder, port: mongoPort, failPoints: true });
      insist(started.uri(DATABASE).includes(`:${String(mongoPort)}/`), 'MongoDB');
      return started.process;
    }),
  );
  const temporal = own(
    service({ name: 'Temporal', logFile: join(folder, 'temporal.log') }, async () => {
      const attributes = { searchAttributes: SEARCH_ATTRIBUTES };
      const started = await startTemporalServer({
        ...{ folder, persistent: true, port: temporalPort },
        ...attributes,
      });
      insist(started.address.endsWith(`:${String(temporalPort)}`), 'Temporal');
      return started.process;
    }),
  );
  const stateFile = options.persistentSandbox === true ? join(folder, 'sandbox-state.json') : undefined;
  const sandbox = own(
    service({ name: 'sandbox', logFile: join(logs, 'sandbox.log') }, () =>
      startProgram(sandboxProgram(sandboxPort, worldFile, { stateFile }), { logs, env, programs }),
    ),
  );
  await Promise.all([mongodb.start(), temporal.start(), sandbox.start()]);

  const [mongoAddress, temporalAddress] = [`127.0.0.1:${mongoPort}`, `127.0.0.1:${temporalPort}`];
  const program = async (
    name: string,
    made: (lines: { temporal: string; mongodb: string; graph: string }, metricsPort: number) => Made,
  ): Promise<Program> => {
    const gates = {
      temporal: await gate(temporalAddress),
      mongodb: await gate(mongoAddress),
      graph: await gate(`127.0.0.1:${sandboxPort}`),
    };
    const metricsPort = await freePort();
    const lines = {
      temporal: gates.temporal.address,
      mongodb: direct(gates.mongodb.address),
      graph: `http://${gates.graph.address}`,
    };
    const described = { ...made(lines, metricsPort), name };
    const started = own(
      service({ name, logFile: join(logs, `${name}.log`) }, () =>
        startProgram(described, { logs, env, programs }),
      ),
    );
    return { ...started, gates, metrics: local(metricsPort) };
  };
  const workers: Program[] = [];
  for (let each = 1; each <= (options.workers ?? 1); each += 1) {
    workers.push(
      await program(`worker-${each}`, (lines, metricsPort) =>
        workerProgram({ ...lines, secrets }, metricsPort),
      ),
    );
  }
  const apiPort = await freePort();
  const server = await program('server', (lines, metricsPort) =>
    serverProgram({ ...lines, secrets }, { port: apiPort, metricsPort, sandbox: local(sandboxPort) }),
  );
  await Promise.all([...workers, server].map((each) => each.start()));
  const webhookGate = await gate(`127.0.0.1:${String(apiPort)}`);
  const webhooks = `http://${webhookGate.address}/webhooks/meta`;
  await pointAppAt(local(sandboxPort), access.partnerAppId, webhooks, secrets.webhookVerifyToken);

  const keys = KeyRing.parse(secrets.encryptionKeys);
  const store = await openStore({ uri: direct(mongoAddress), keys, appName: 'chaos' });
  opens(store);
  const connection = Connection.lazy({ address: temporalAddress });
  opens(connection);
  const platform = practicePlatform(local(sandboxPort));
  const families: Family[] = [];
  let lastNote = 'nothing yet';
  const apiKey = keyMaker(secrets.files.apiKeys);
  return {
    ...{ folder, programs, tenant: TENANT, temporal, mongodb, sandbox, workers, server, webhookGate },
    ...{ api: local(apiPort), apiKey, platform, store, databaseUri: direct(mongoAddress), keys, close },
    temporalClient: new Client({ connection, dataConverter: encryptedDataConverter(keys) }),
    client: async (role = 'backend', clientOptions = {}) =>
      createCarryoverClient({ baseUrl: local(apiPort), apiKey: await apiKey(role), ...clientOptions }),
    everyFamily: () => families,
    note: (sentence) => {
      lastNote = sentence;
      appendFileSync(join(folder, 'notes.log'), `${new Date().toISOString()} ${sentence}\n`);
    },
    lastNote: () => lastNote,
    families: async (count, wish = {}) => {
      const wishes = Array.from({ length: count }, (_, index) =>
        typeof wish === 'function' ? wish(index) : wish,
      );
      const made = wishes.map((each, index) => family(families.length + index, each));
      families.push(...made.map((each) => each.family));
      await platform.add(merged(made.map(({ objects }) => objects)));
      for (const { tokens } of made.map((each) => each.family))
        for (const { name, value } of Object.values(tokens))
          await store.secrets.put(TENANT, name, { accessToken: value });
      return made.map((each) => each.family);
    },
    heal: async () => {
      for (const each of [mongodb, temporal, sandbox, ...workers, server]) if (each.isUp()) each.resume();
      await Promise.all([mongodb.start(), temporal.start(), sandbox.start()]);
      const lines = [...workers, server].flatMap(({ gates }) => Object.values(gates));
      for (const line of [...lines, webhookGate]) line.open();
      await platform.removeFaults();
      await Promise.all([...workers, server].map((each) => each.start()));
    },
  };
};

type Made = ReturnType<typeof workerProgram>;

const insist = (isSame: boolean, name: string): void => {
  if (!isSame) throw new Error(`${name} came up on another port than before: another program took it`);
};

/** One addition out of many. */
const merged = (parts: readonly object[]): Record<string, unknown[]> => {
  const whole: Record<string, unknown[]> = {};
  for (const part of parts)
    for (const [name, list] of Object.entries(part))
      if (Array.isArray(list) && list.length > 0) whole[name] = [...(whole[name] ?? []), ...unknowns(list)];
  return whole;
};

const unknowns = (list: readonly unknown[]): readonly unknown[] => list;

/** The server reads the file again when it changed. One after the other, so that no key is lost. */
const keyMaker = (file: string): Site['apiKey'] => {
  let queue: Promise<unknown> = Promise.resolve();
  const make = async (role: Role): Promise<string> => {
    const key = `${role}_${randomBytes(32).toString('base64url')}`;
    const known = JSON.parse(await readFile(file, 'utf8')) as unknown[];
    const sha256 = createHash('sha256').update(key).digest('hex');
    const entry = { name: `chaos ${role} ${String(known.length)}`, tenant: TENANT, role, sha256 };
    // In one step: the server may read it at any moment.
    await writeFile(`${file}.new`, JSON.stringify([...known, entry]), { mode: 0o600 });
    await rename(`${file}.new`, file);
    return key;
  };
  return (role) => {
    const made = queue.then(() => make(role));
    queue = made.catch(() => undefined);
    return made;
  };
};
