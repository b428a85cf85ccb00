import { join } from 'node:path';
import { type SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { z } from 'zod';
import { findBinary } from './find-binary';
import { type GuardedProcess, startGuarded } from './guarded-process';
import { freePort } from './ports';
import { untilReady } from './ready';
import { SetUpError } from './set-up-error';

export interface TemporalServerOptions {
  /** Folder of the log and, when `persistent`, of the database file. */
  readonly folder: string;
  /** Keep everything in a file that the next start opens again; otherwise in memory. */
  readonly persistent?: boolean;
  /** Port wished for; a busy one is replaced by a free one. */
  readonly port?: number;
  /** Address the UI's pages have payloads decoded at, as a browser sees it; absent: no UI at all. */
  readonly codecEndpoint?: string;
  readonly searchAttributes: Readonly<Record<string, { name: string; type: SearchAttributeType }>>;
  readonly announce?: (sentence: string) => void;
  /** Told about the process once it is ready: a start that failed is tried again and nobody's business. */
  readonly watch?: (child: GuardedProcess) => void;
}

export interface TemporalServer {
  readonly address: string;
  /** Undefined when no UI was asked for. */
  readonly uiUrl: string | undefined;
  readonly process: GuardedProcess;
}

/**
 * The stock dev server takes 50 ms a step, because it polls its transfer queue 20 times a second; with this and,
 * for a file, write-ahead logging, 16 steps fall from 839 ms to about 200 ms.
 */
const TUNING = ['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=2000'];
const FILE_TUNING = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];

/** The server picks further ports of its own; on a busy machine another program may be faster at one of them. */
const STARTS = 3;

/**
 * Starts Temporal's dev server; resolves when it serves the namespace `default` with every search attribute.
 * @throws SetUpError with the last log lines when it does not come up after three starts.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  for (let start = 1; ; start += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (start === STARTS || !(error instanceof SetUpError)) throw error;
    }
  }
}

async function startOnce(options: TemporalServerOptions): Promise<TemporalServer> {
  const executable = await findBinary('temporal', options.announce);
  const port = await freePort(options.port);
  const httpPort = await freePort();
  const uiPort = options.codecEndpoint === undefined ? undefined : await freePort();
  const attributes = Object.values(options.searchAttributes);
  const child = startGuarded(
    executable,
    [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'warn'],
      ...['--port', String(port), '--http-port', String(httpPort)],
      ...TUNING,
      ...(options.persistent === true
        ? ['--db-filename', join(options.folder, 'temporal.db'), ...FILE_TUNING]
        : []),
      ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...(options.codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', options.codecEndpoint]),
      ...attributes.flatMap(({ name, type }) => [
        '--search-attribute',
        `${name}=${TypedSearchAttributes.toMetadataType(type)}`,
      ]),
    ],
    { name: 'Temporal', logFile: join(options.folder, 'temporal.log') },
  );
  const names = attributes.map(({ name }) => name);
  await untilReady(child, () => hasSearchAttributes(httpPort, names));
  options.watch?.(child);
  return {
    address: `127.0.0.1:${String(port)}`,
    uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${String(uiPort)}`,
    process: child,
  };
}

const searchAttributesSchema = z.object({ customAttributes: z.record(z.string(), z.string()).default({}) });

/** True once the namespace knows every name: a worker that sets an unregistered one loops its workflow task. */
async function hasSearchAttributes(httpPort: number, names: readonly string[]): Promise<true | undefined> {
  const url = `http://127.0.0.1:${String(httpPort)}/api/v1/namespaces/default/search-attributes`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  if (!answer.ok) return undefined;
  const { customAttributes } = searchAttributesSchema.parse(await answer.json());
  return names.every((name) => name in customAttributes) ? true : undefined;
}
