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
const documentSchema = z.looseObject({ id: z.string(), revision: z.number(), createdAt: z.string() });
const pageSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

export type Part = 'store' | 'temporal';
/** The words by which a refusal says what is away. */
const NAMES: Readonly<Record<Part, RegExp>> = { store: /database/, temporal: /workflow engine|no worker/ };

export interface Told {
  asked: number;
  refused: number;
  /** A sentence each. */
  broken: string[];
  /** What `/readyz` named as away. */
  away: Set<Part>;
  /** What refusals named as away. */
  named: Set<Part>;
  slowestMs: number;
  /** What was accepted and is not there, a sentence each; to be asked when nothing is away any more. */
  lost: () => Promise<string[]>;
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
  if (status === 503 && (problem.data.detail ?? '') === '') return 'is 503 and does not say what is away';
  const code = status === 503 ? 'temporarily_unavailable' : problem.data.code;
  return problem.data.code === code ? null : `has the code ${problem.data.code}`;
};

interface Question {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: unknown;
  withinMs: number;
  /** Codes of refusals that may be true of the migration, beside 503. */
  refusals?: readonly string[];
  /** What is untrue about what a 2xx says, or null. */
  untrue: (body: string) => string | null;
}

/** Asks again and again until `signal`; each question stands for itself, as callers' do. */
export const askMeanwhile = async (site: Site, migrationId: string, signal: AbortSignal): Promise<Told> => {
  const accepted = new Map<string, string>();
  const told: Told = {
    ...{ asked: 0, refused: 0, broken: [], slowestMs: 0 },
    ...{ away: new Set<Part>(), named: new Set<Part>() },
    lost: () => lostOf(site, accepted),
  };
  const authorization = `Bearer ${await site.apiKey('backend')}`;
  const judgeOf = (question: Question, answer: Response, body: string): string | null => {
    const wrong = wrongWith(answer.status, answer.headers, body);
    if (wrong !== null) return wrong;
    if (answer.ok) return question.untrue(body);
    const { code, detail = '' } = problemSchema.parse(JSON.parse(body));
    if (answer.status === 503) {
      for (const part of ['store', 'temporal'] as const) if (NAMES[part].test(detail)) told.named.add(part);
      return null;
    }
    return question.refusals?.includes(code) === true ? null : `is ${String(answer.status)} ${code}`;
  };
  const ask = async (question: Question): Promise<void> => {
    const { method, path, withinMs, body: said } = question;
    const startedAt = Date.now();
    told.asked += 1;
    try {
      const answer = await fetch(`${site.api}${path}`, {
        method,
        headers: { authorization, 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
        ...(said === undefined ? {} : { body: JSON.stringify(said) }),
        signal: AbortSignal.timeout(LONGEST_ANSWER_MS + 5_000),
      });
      const body = await answer.text();
      if (answer.status === 503) told.refused += 1;
      const wrong = judgeOf(question, answer, body);
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
    for (const part of ['store', 'temporal'] as const) if (body[part] === 'away') told.away.add(part);
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
  const reading = documentReader(migrationId);
  await Promise.all([
    again(() =>
      ask({
        ...{ method: 'GET', path: '/v1/migrations?limit=200', withinMs: READ_WITHIN_MS },
        untrue: (body) =>
          pageSchema.parse(JSON.parse(body)).items.some(({ id }) => id === migrationId)
            ? null
            : `lacks ${migrationId}`,
      }),
    ),
    again(() => ask({ method: 'GET', path: one, withinMs: READ_WITHIN_MS, untrue: reading })),
    again(() =>
      ask({
        ...{ method: 'POST', path: `${one}/retry`, withinMs: LONGEST_ANSWER_MS },
        ...{ body: { reason: 'asked meanwhile' }, refusals: ['step_not_blocked', 'migration_closed'] },
        untrue: documentReader(migrationId),
      }),
    ),
    again(() => {
      const [name, accessToken] = [`asked-meanwhile-${randomUUID()}`, randomUUID()];
      return ask({
        ...{ method: 'PUT', path: `/v1/credentials/${name}`, withinMs: READ_WITHIN_MS },
        body: { accessToken },
        untrue: () => {
          accepted.set(name, accessToken);
          return null;
        },
      });
    }),
    again(() => probe().catch((error: unknown) => void told.broken.push(`/readyz: ${String(error)}`))),
  ]);
  return told;
};

/** The document of this migration, and never an older one than was shown before. */
const documentReader = (migrationId: string): Question['untrue'] => {
  let newest = 0;
  const created = new Set<string>();
  return (body) => {
    const { id, revision, createdAt } = documentSchema.parse(JSON.parse(body));
    created.add(createdAt);
    if (id !== migrationId || created.size > 1) return `is another migration: ${id}, made at ${createdAt}`;
    if (revision < newest)
      return `has revision ${String(revision)} after ${String(newest)} had been answered`;
    newest = revision;
    return null;
  };
};

const lostOf = async ({ store, tenant }: Site, accepted: ReadonlyMap<string, string>): Promise<string[]> => {
  const lost: string[] = [];
  for (const [name, token] of accepted) {
    const stored = await store.secrets.get(tenant, name);
    if (stored?.accessToken !== token)
      lost.push(`the credential ${name} was accepted and ${stored === null ? 'is not there' : 'is another'}`);
  }
  return lost;
};
