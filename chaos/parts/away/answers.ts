/** What a caller and an orchestrator are told while something is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Site } from '../../site';

/** A verdict on a code is waited for 30 seconds at most; nothing else longer. */
const LONGEST_ANSWER_MS = 31_000;
const READ_WITHIN_MS = 10_000;
const BETWEEN_MS = 400;

const problemSchema = z.looseObject({ code: z.string(), status: z.number(), detail: z.string().optional() });

export interface Told {
  asked: number;
  refused: number;
  /** A sentence each. */
  broken: string[];
  /** What `/readyz` named as away. */
  away: Set<string>;
  slowestMs: number;
}

/** What is wrong about an answer, or null. */
export const wrongWith = (status: number, headers: Headers, body: string): string | null => {
  if (status < 500 && status !== 429) return null;
  if (status !== 503 && status !== 429) return `is ${String(status)}: ${body.slice(0, 200)}`;
  if (!(Number(headers.get('retry-after')) > 0)) return `is ${String(status)} without Retry-After`;
  if (headers.get('content-type')?.startsWith('application/problem+json') !== true)
    return `is ${String(status)} and no problem document`;
  const problem = problemSchema.safeParse(JSON.parse(body));
  if (!problem.success) return `is a problem document without its fields: ${body.slice(0, 200)}`;
  const code = status === 503 ? 'temporarily_unavailable' : problem.data.code;
  return problem.data.code === code ? null : `has the code ${problem.data.code}`;
};

/** Asks again and again until `signal`; each question stands for itself, as callers' do. */
export const askMeanwhile = async (site: Site, migrationId: string, signal: AbortSignal): Promise<Told> => {
  const told: Told = { asked: 0, refused: 0, broken: [], away: new Set(), slowestMs: 0 };
  const authorization = `Bearer ${await site.apiKey('backend')}`;
  const ask = async (method: 'GET' | 'POST', path: string, withinMs: number): Promise<void> => {
    const startedAt = Date.now();
    told.asked += 1;
    try {
      const answer = await fetch(`${site.api}${path}`, {
        method,
        headers: { authorization, 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{"reason":"asked meanwhile"}' } : {}),
        signal: AbortSignal.timeout(LONGEST_ANSWER_MS + 5_000),
      });
      const body = await answer.text();
      if (answer.status === 503) told.refused += 1;
      const wrong = wrongWith(answer.status, answer.headers, body);
      if (wrong !== null) told.broken.push(`the answer to ${method} ${path} ${wrong}`);
    } catch (error) {
      told.broken.push(`${method} ${path} got no answer: ${String(error)}`);
    }
    const ms = Date.now() - startedAt;
    told.slowestMs = Math.max(told.slowestMs, ms);
    if (ms > withinMs) told.broken.push(`${method} ${path} was answered after ${String(ms)} ms`);
  };
  const probe = async (): Promise<void> => {
    const answer = await fetch(`${site.api}/readyz`, { signal: AbortSignal.timeout(READ_WITHIN_MS) });
    const body = z.record(z.string(), z.string()).parse(await answer.json());
    for (const part of ['store', 'temporal']) if (body[part] === 'away') told.away.add(part);
    if ((answer.status === 200) !== (body['status'] === 'ready'))
      told.broken.push(`/readyz answers ${String(answer.status)} and says ${String(body['status'])}`);
  };
  const again = async (question: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      await question();
      await sleep(BETWEEN_MS);
    }
  };
  const one = `/v1/migrations/${migrationId}`;
  await Promise.all([
    again(() => ask('GET', '/v1/migrations', READ_WITHIN_MS)),
    again(() => ask('GET', one, READ_WITHIN_MS)),
    again(() => ask('POST', `${one}/retry`, LONGEST_ANSWER_MS)),
    again(() => probe().catch((error: unknown) => void told.broken.push(`/readyz: ${String(error)}`))),
  ]);
  return told;
};
