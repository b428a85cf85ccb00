/** A practice platform, a database and the activities on top of both, as a worker wires them. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger } from '@temporalio/worker';
import { pino } from 'pino';
import type { ActivityDeps } from '../../activities/context';
import type { Subject } from '../../activities/contract';
import { createGraphFor } from '../../activities/graph-for';
import { phoneNumberIdSchema, wabaIdSchema, type PhoneNumberId } from '../../shared/ids';
import { newMigrationId } from '../../shared/new-ids';
import { problemSchema, type Problem } from '../../shared/problems';
import { startRequestSchema, type StartRequestBody } from '../../shared/requests';
import { startSandbox, type Sandbox } from '../../sandbox';
import type { WorldInput } from '../../sandbox/world/schema';
import {
  straightIds,
  straightTokens,
  straightWorld,
  type StraightWorldOptions,
} from '../../sandbox/world/straight-world';
import type { CredentialResolver, Store } from '../../store';
import { openTestStore } from '../store/world';
import { atEndOfFile } from '../support/after-each-file';

export const SOURCE_WABA = wabaIdSchema.parse(straightIds.sourceWabaId);
export const DESTINATION_WABA = wabaIdSchema.parse(straightIds.destinationWabaId);
export const CREDIT_LINE = straightIds.creditLineId;
/** The only number of a straight world. */
export const PHONE_NUMBER = '+5511987650001';

type Templates = NonNullable<WorldInput['wabas']>[number]['templates'];

export interface WorldWish extends Pick<StraightWorldOptions, 'knobs' | 'twoStepOn' | 'destinationFunding'> {
  sourceTemplates?: Templates;
  destinationTemplates?: Templates;
  templateLimit?: number;
  /** Last changes to the world before it starts. */
  change?: (world: WorldInput) => void;
}

/** A straight world that is ready for the announcement, with what a test wishes otherwise. */
const aWorld = ({
  sourceTemplates,
  destinationTemplates,
  templateLimit,
  change,
  ...wish
}: WorldWish): WorldInput => {
  const { world } = straightWorld({
    ...{ templates: 0, destinationFunding: 'card', destinationSubscribed: true },
    ...wish,
    knobs: { registerDelayMs: 0, autoTemplateCopy: 'off', ...wish.knobs },
  });
  for (const waba of world.wabas ?? []) {
    if (waba.id === SOURCE_WABA) waba.templates = sourceTemplates ?? [];
    if (waba.id !== DESTINATION_WABA) continue;
    waba.templates = destinationTemplates ?? [];
    waba.templateLimit = templateLimit ?? null;
  }
  change?.(world);
  return world;
};

export interface Effect {
  kind: string;
  ids: Record<string, string>;
  facts?: Record<string, unknown>;
}
interface Fault {
  match: { method?: string; path: string; nth?: number; from?: number; times?: number };
  action: { type: string } & Record<string, unknown>;
}

export interface Bench {
  sandbox: Sandbox;
  store: Store;
  deps: ActivityDeps;
  /** Every line that was logged. */
  logged: () => string;
  effects: (kind: string) => Promise<Effect[]>;
  calls: (path: string) => Promise<{ status: number | null; method: string }[]>;
  fault: (fault: Fault) => Promise<void>;
  healed: () => Promise<void>;
  /** Something a person does on the platform. */
  act: (name: string, body: Record<string, unknown>) => Promise<void>;
  advance: (ms: number) => Promise<void>;
  /** Whatever the platform still had to do is done. */
  settled: () => Promise<void>;
  /** All tests of a file use one number, and attempts outlive migrations. */
  forgetAttempts: () => Promise<void>;
  newestCode: () => Promise<string>;
  /** Invariants of the platform that were broken, by name. */
  violations: () => Promise<unknown[]>;
}

const credentials = (): CredentialResolver => {
  const values = new Map<string, string>(Object.entries(straightTokens));
  return {
    get: (_tenant, name) => {
      const accessToken = values.get(name);
      return Promise.resolve(accessToken === undefined ? null : { accessToken });
    },
    has: (_tenant, name) => Promise.resolve(values.has(name)),
  };
};

/** One platform a test, one database a file. */
export const openBenches = (name: string) => {
  const opened = openTestStore(`activities-${name}`);
  return async (wish: WorldWish = {}): Promise<Bench> => {
    const { store, raw } = await opened;
    const sandbox = await startSandbox({ world: aWorld(wish) });
    atEndOfFile(() => sandbox.close());
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const clock = () => new Date();
    const graphFor = createGraphFor({
      ...{ credentials: credentials(), callBudget: store.callBudget, baseUrl: sandbox.url },
      ...{ version: 'v25.0', appId: `${name}-${sandbox.url}`, clock, logger, fetchTimeoutMs: 5_000 },
    });
    const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const answer = await fetch(`${sandbox.url}/sandbox/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
      return answer.json();
    };
    const items = async <T>(path: string): Promise<T[]> => ((await ask('GET', path)) as { items: T[] }).items;
    return {
      sandbox,
      store,
      deps: { store, graphFor, appId: '9001', clock, logger },
      logged: () => lines.join('\n'),
      effects: (kind) => items(`effects?kind=${kind}`),
      calls: (path) => items(`requests?path=${encodeURIComponent(path)}`),
      fault: async (fault) => {
        await ask('POST', 'faults', fault);
      },
      healed: async () => {
        await ask('DELETE', 'faults');
      },
      act: async (act, body) => {
        await ask('POST', `acts/${act}`, body);
      },
      advance: async (advanceMs) => {
        await ask('POST', 'clock', { advanceMs });
      },
      settled: async () => {
        await ask('POST', 'clock', { advanceMs: 1_000 });
      },
      forgetAttempts: async () => {
        await raw.collection('registerAttempts').deleteMany({});
      },
      newestCode: async () => {
        const phone = (await ask('POST', 'phones/messages', { phoneNumber: PHONE_NUMBER })) as {
          messages: { text: string }[];
        };
        return (
          /(\d{3})-(\d{3})/
            .exec(phone.messages[0]?.text ?? '')
            ?.slice(1)
            .join('') ?? ''
        );
      },
      violations: async () => ((await ask('GET', 'invariants')) as { violations: unknown[] }).violations,
    };
  };
};

export const aSubject = (change: Partial<StartRequestBody> = {}, attempt = 1): Subject => ({
  tenant: 'acme',
  migrationId: newMigrationId(),
  attempt,
  callingCode: '55',
  request: startRequestSchema.parse({
    phoneNumber: PHONE_NUMBER,
    route: 'programmatic',
    source: { provider: 'acme-bsp', businessId: '1001', wabaId: SOURCE_WABA, credential: 'source' },
    destination: {
      ...{ provider: 'meta', businessId: '1001', wabaId: DESTINATION_WABA, credential: 'destination' },
    },
    ...change,
  }),
});

/** Failures are what many of these tests are about; the SDK need not warn of them. */
export const SILENT = new DefaultLogger('ERROR');

/** Runs an activity as attempt number `attempt` of its execution. */
export const run = <I, R>(activity: (input: I) => Promise<R>, input: I, attempt = 1): Promise<R> =>
  new MockActivityEnvironment({ startToCloseTimeoutMs: 60_000, attempt }, { logger: SILENT }).run(
    activity,
    input,
  );

/** The problem an activity fails with, and whether Temporal would try again. */
export const problemIn = async (work: Promise<unknown>): Promise<Problem & { triedAgain: boolean }> => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    const problem = problemSchema.parse(error.details?.[0]);
    expect(error.type).toBe(problem.code);
    return { ...problem, triedAgain: !(error.nonRetryable ?? false) };
  }
  throw new Error('the activity did not fail');
};

export const phoneNumberId = (id: string): PhoneNumberId => phoneNumberIdSchema.parse(id);
