/** The practice platform's control surface, as trials, players and the oracle use it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { effectSchema, faultSchema, requestSchema, worldSchema } from './practice-answers';

export type PracticePlatform = ReturnType<typeof practicePlatform>;
/** As `POST /sandbox/faults` takes it; see sandbox/README.md. */
export interface FaultRule {
  name?: string;
  match?: Record<string, unknown>;
  action: Record<string, unknown>;
}

/** Refused by the practice platform: what was asked makes no sense there, or not any more. */
export class PracticeRefusal extends Error {
  override name = 'PracticeRefusal';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const TRIES = 40;
const BETWEEN_MS = 250;

export const practicePlatform = (url: string) => {
  const once = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/sandbox/${path}`, {
      method,
      signal: AbortSignal.timeout(20_000),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new PracticeRefusal(answer.status, `${method} /sandbox/${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  /** A trial may have killed it: people wait until the platform is back. */
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(method, path, body);
      } catch (error) {
        if (error instanceof PracticeRefusal || attempt === TRIES) throw error;
        await sleep(BETWEEN_MS);
      }
    }
  };
  const items = async <S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>[]> =>
    z.object({ items: z.array(schema) }).parse(await call('GET', path)).items;
  return {
    url,
    call,
    act: (name: string, input: unknown) => call('POST', `acts/${name}`, input),
    knobs: (change: unknown) => call('PATCH', 'knobs', change),
    add: (objects: unknown) => call('POST', 'world/additions', objects),
    fault: async (rule: FaultRule) => faultSchema.parse(await call('POST', 'faults', rule)),
    faults: () => items(faultSchema, 'faults'),
    removeFault: (id: string) => call('DELETE', `faults/${id}`),
    removeFaults: () => call('DELETE', 'faults'),
    requests: (query = '') => items(requestSchema, `requests${query}`),
    effects: (query = '') => items(effectSchema, `effects${query}`),
    world: async () => worldSchema.parse(await call('GET', 'world')),
    invariants: async () =>
      z
        .object({ violations: z.array(z.object({ name: z.string(), description: z.string(), ids })) })
        .parse(await call('GET', 'invariants')).violations,
    advanceClock: (advanceMs: number) => call('POST', 'clock', { advanceMs }),
    /** Newest first. */
    messages: async (phoneNumber: string) =>
      z
        .object({ messages: z.array(z.object({ id: z.string(), text: z.string() })) })
        .parse(await call('POST', 'phones/messages', { phoneNumber })).messages,
  };
};

const ids = z.record(z.string(), z.string());
