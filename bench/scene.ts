/** The world that is measured in, and what moves a number through it without ever making anybody wait for a person. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import { CarryoverProblem, createCarryoverClient, type CarryoverClient } from '../client';
import { straightIds, straightWorld, type StraightNumber } from '../sandbox/world/straight-world';
import { sandboxPost } from '../scripts/demo/sandbox';
import type { Platform } from '../scripts/launch/platform';
import type { GuardedProcess } from '../scripts/servers/guarded-process';
import { workflowIdOf } from '../shared/ids';
import { KeyRing } from '../shared/encryption/key-ring';
import { encryptedDataConverter } from '../shared/encryption/payload-codec';

const LOOK_EVERY_MS = 20;

/** The platform connects a registered number at once: what is measured is Carryover, not Meta. */
export const prepareWorld = async (
  folder: string,
  count: number,
): Promise<{ worldFile: string; numbers: readonly StraightNumber[] }> => {
  const { world, numbers } = straightWorld({ numbers: count, knobs: { registerDelayMs: 0 } });
  const worldFile = join(folder, 'world.json');
  await writeFile(worldFile, JSON.stringify(world));
  return { worldFile, numbers };
};

export interface Scene {
  readonly temporal: Client;
  readonly temporalAddress: string;
  readonly processes: readonly GuardedProcess[];
  /** From the HTTP request to the completed workflow; the code is handed in as soon as it is on the phone. Answers with the id. */
  move(number: StraightNumber): Promise<string>;
  /** Asks the practice platform's control surface. */
  sandbox<S extends z.ZodType>(
    schema: S,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
  ): Promise<z.output<S>>;
  setLatency(callMs: number): Promise<void>;
  close(): Promise<void>;
}

/** If the sandbox has died, its process tells. */
const NOT_SEEN = () => ({ items: [] });
const effectsSchema = z.object({ items: z.array(z.object({ ids: z.record(z.string(), z.string()) })) });
const phoneSchema = z.object({ messages: z.array(z.object({ text: z.string() })) });

export const openScene = async ({ addresses, secrets, processes }: Platform): Promise<Scene> => {
  const client = createCarryoverClient({ baseUrl: addresses.api, apiKey: secrets.backendKey });
  const connection = await Connection.connect({ address: addresses.temporal });
  const temporal = new Client({
    connection,
    dataConverter: encryptedDataConverter(KeyRing.parse(secrets.encryptionKeys)),
  });

  const sandbox: Scene['sandbox'] = async (schema, method, path) => {
    const answer = await fetch(`${addresses.sandbox}/sandbox${path}`, { method });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${path}`);
    const text = await answer.text();
    return schema.parse(text === '' ? null : JSON.parse(text));
  };

  // One look for all who wait, so that looking costs next to nothing.
  const waiting = new Map<string, () => void>();
  const watchPhones = new AbortController();
  const watching = (async () => {
    while (!watchPhones.signal.aborted) {
      if (waiting.size > 0) {
        const { items } = await sandbox(effectsSchema, 'GET', '/effects?kind=code_sent').catch(NOT_SEEN);
        for (const { ids } of items) {
          waiting.get(ids['subscriber'] ?? '')?.();
          waiting.delete(ids['subscriber'] ?? '');
        }
      }
      await sleep(LOOK_EVERY_MS);
    }
  })();

  const codeOf = async ({ subscriberId, phoneNumber }: StraightNumber): Promise<string> => {
    await new Promise<void>((sent) => waiting.set(subscriberId, sent));
    const phone = await sandboxPost(addresses.sandbox, '/phones/messages', { phoneNumber });
    return phoneSchema.parse(phone).messages[0]?.text.replace(/\D/g, '') ?? '';
  };

  return {
    temporal,
    temporalAddress: addresses.temporal,
    processes,
    sandbox,
    move: async (number) => {
      const { id } = await client.startMigration(bodyFor(number));
      await handIn(client, id, await codeOf(number));
      await temporal.workflow.getHandle(workflowIdOf(id)).result();
      return id;
    },
    setLatency: async (ms) => {
      await sandbox(z.unknown(), 'DELETE', '/faults');
      if (ms === 0) return;
      await sandboxPost(addresses.sandbox, '/faults', { match: {}, action: { type: 'delay', ms } });
    },
    close: async () => {
      watchPhones.abort();
      await watching;
      await connection.close();
    },
  };
};

/** The code can be on the phone a moment before the migration knows that it was sent. */
const handIn = async (client: CarryoverClient, id: string, code: string): Promise<void> => {
  for (;;) {
    try {
      const { outcome } = await client.submitVerificationCode(id, code);
      if (outcome === 'verified') return;
      throw new Error(`the code of ${id} was not verified: ${outcome}`);
    } catch (error) {
      if (!(error instanceof CarryoverProblem) || error.code !== 'not_waiting_for_code') throw error;
      await sleep(LOOK_EVERY_MS);
    }
  }
};

const bodyFor = ({ phoneNumber }: StraightNumber): Parameters<CarryoverClient['startMigration']>[0] => ({
  phoneNumber,
  route: 'programmatic',
  source: {
    ...{ provider: 'old-provider', businessId: straightIds.businessId },
    ...{ wabaId: straightIds.sourceWabaId, credential: 'source' },
  },
  destination: {
    ...{ provider: 'meta', businessId: straightIds.businessId },
    ...{ wabaId: straightIds.destinationWabaId, credential: 'destination' },
  },
  funding: {
    ...{ payer: 'partner_credit', creditLineId: straightIds.creditLineId },
    ...{ currency: 'USD', credential: 'system' },
  },
  aftercare: { hours: 0 },
});
