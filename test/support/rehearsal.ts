/** The practice platform as a test's people see it: its control surface over HTTP. */
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Sandbox } from '../../sandbox';

const requestsSchema = z.object({
  items: z.array(
    z.looseObject({
      seq: z.number(),
      method: z.string(),
      path: z.string(),
      status: z.number().nullable(),
      effect: z.string().nullable(),
      fault: z.string().nullable(),
      parameters: z.record(z.string(), z.unknown()),
    }),
  ),
});
const effectsSchema = z.object({
  items: z.array(z.looseObject({ kind: z.string(), ids: z.record(z.string(), z.string()) })),
});
const faultSchema = z.object({ id: z.string() });
const webhooksSchema = z.object({ items: z.array(z.looseObject({ status: z.string() })) });
const invariantsSchema = z.object({ ok: z.boolean(), violations: z.array(z.unknown()) });
const phoneSchema = z.object({
  messages: z.array(z.object({ channel: z.string(), text: z.string(), at: z.string() })),
});

/** A fault rule as `POST /sandbox/faults` takes it; see docs/sandbox.md. */
export type FaultRule = Record<string, unknown>;

export type Rehearsal = ReturnType<typeof rehearse>;

export const rehearse = (sandbox: Pick<Sandbox, 'url'>) => {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}/sandbox/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /sandbox/${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    act: (name: string, input: unknown) => call('POST', `acts/${name}`, input),
    knobs: (change: unknown) => call('PATCH', 'knobs', change),
    fault: (rule: FaultRule) => call('POST', 'faults', rule),
    /** Keeps such calls from being done until what this answers with is called. */
    hold: async (match: FaultRule) => {
      const { id } = faultSchema.parse(await call('POST', 'faults', { match, action: { type: 'hold' } }));
      return () => call('DELETE', `faults/${id}`);
    },
    noFaults: () => call('DELETE', 'faults'),
    advanceClock: (advanceMs: number) => call('POST', 'clock', { advanceMs }),
    requests: async (query = '') => requestsSchema.parse(await call('GET', `requests${query}`)).items,
    effects: async (kind: string) => effectsSchema.parse(await call('GET', `effects?kind=${kind}`)).items,
    invariants: async () => invariantsSchema.parse(await call('GET', 'invariants')),
    /** Until whoever is subscribed has taken all that was told so far: what is taken is stored. */
    untilWebhooksTaken: async (withinMs = 45_000): Promise<void> => {
      const signal = AbortSignal.timeout(withinMs);
      const areTaken = async () =>
        webhooksSchema.parse(await call('GET', 'webhooks')).items.every(({ status }) => status !== 'pending');
      while (!(await areTaken())) await setTimeout(50, undefined, { signal });
    },
    messages: async (phoneNumber: string) =>
      phoneSchema.parse(await call('POST', 'phones/messages', { phoneNumber })).messages,
    /** The six digits of the newest message; fails when none has come. */
    newestCode: async (phoneNumber: string): Promise<string> => {
      const [message] = phoneSchema.parse(await call('POST', 'phones/messages', { phoneNumber })).messages;
      const digits = message?.text.replace(/\D/g, '') ?? '';
      if (digits.length !== 6) throw new Error('no code has come to the phone');
      return digits;
    },
  };
};
