/** Callers that ask as fast as they are answered, and callers that ask whether or not they are. */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request as send } from 'undici';
import type { StartRequestBody } from '../../../client';
import type { Random } from '../../random';
import type { Site } from '../../site';
import { wrongWith } from '../away/answers';
import { receiptName } from './receipts';

export interface Question {
  kind: 'list' | 'read' | 'start' | 'webhook' | 'reschedule';
  /** By what it is found in the database when it has been accepted: a migration's id, a key, a receipt's name, a reason. */
  about: string;
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Answered {
  question: Question;
  status: number;
  ms: number;
  /** Empty for a list: thousands of them would make the callers what is slow. */
  body: string;
}

export interface Tally {
  answered: Answered[];
  /** A sentence for each kind of wrong answer, once. */
  broken: Set<string>;
}

/** Longer than anything is waited for; no answer within it is none. */
const NO_ANSWER_MS = 45_000;
const SOCKETS = 512;
const TICK_MS = 10;
const REST_AFTER_REFUSAL_MS = 100;

export const openTally = (): Tally => ({ answered: [], broken: new Set() });

export const openCallers = (site: Site) => {
  const agent = new Agent({ connections: SOCKETS, headersTimeout: NO_ANSWER_MS, bodyTimeout: NO_ANSWER_MS });
  const ask = async (question: Question, tally: Tally): Promise<Answered | null> => {
    const startedAt = performance.now();
    try {
      const { method, path, headers, body } = question;
      const answer = await send(`${site.api}${path}`, {
        ...{ method, headers, dispatcher: agent },
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.body.text();
      const answered = {
        ...{ question, status: answer.statusCode, body: question.kind === 'list' ? '' : text },
        ms: performance.now() - startedAt,
      };
      tally.answered.push(answered);
      const wrong = wrongWith(answer.statusCode, new Headers(flat(answer.headers)), text);
      if (wrong !== null) tally.broken.add(`the answer to a ${question.kind} ${wrong}`);
      else if (answer.statusCode >= 300 && ![429, 503].includes(answer.statusCode))
        tally.broken.add(
          `a ${question.kind} was answered with ${String(answer.statusCode)}: ${text.slice(0, 200)}`,
        );
      return answered;
    } catch (error) {
      tally.broken.add(`a ${question.kind} got no answer: ${String(error)}`);
      return null;
    }
  };
  return {
    ask,
    /** Each asks again when it has its answer. */
    closed: async (next: () => Question, many: number, forMs: number): Promise<Tally> => {
      const tally = openTally();
      const until = Date.now() + forMs;
      const caller = async (): Promise<void> => {
        while (Date.now() < until) {
          const answered = await ask(next(), tally);
          if (answered === null || answered.status >= 400) await sleep(REST_AFTER_REFUSAL_MS);
        }
      };
      await Promise.all(Array.from({ length: many }, caller));
      return tally;
    },
    /** So many a second, however slowly answers come. Resolves when everything is answered. */
    open: async (next: () => Question, perSecond: number, forMs: number): Promise<Tally> => {
      const tally = openTally();
      const startedAt = performance.now();
      const asked: Promise<unknown>[] = [];
      for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - startedAt) {
        while (asked.length < (elapsed / 1_000) * perSecond) asked.push(ask(next(), tally));
        await sleep(TICK_MS);
      }
      await Promise.all(asked);
      return tally;
    },
    close: () => agent.close(),
  };
};

const flat = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

/** Accounts of nobody: their webhooks are kept and concern no migration. */
const FIRST_ACCOUNT = 7_770_000_000;

export interface Questions {
  readonly ordinary: () => Question;
  /** A start with a key of its own, as a dry run: nothing is claimed, and it ends by itself. */
  readonly start: (body: StartRequestBody) => Question;
  /** Something happened to this account so many seconds ago. */
  readonly webhook: (account: string, secondsAgo: number) => Question;
  /** The reason is to be one of its own. */
  readonly reschedule: (migrationId: string, body: Reschedule) => Question;
}

export interface Reschedule {
  notBefore: string;
  notAfter: string;
  reason: string;
}

export const questionsOf = (
  random: Random,
  { keys, ids, appSecret }: { keys: readonly string[]; ids: readonly string[]; appSecret: string },
): Questions => {
  let account = FIRST_ACCOUNT + random.int(0, 9) * 100_000;
  const authorized = (): Record<string, string> => ({ authorization: `Bearer ${random.pick(keys)}` });
  const json = { 'content-type': 'application/json' };
  const mutation = (kind: Question['kind'], path: string, about: string, body: unknown): Question => ({
    ...{ kind, about, method: 'POST', path, body: JSON.stringify(body) },
    headers: { ...authorized(), ...json, 'idempotency-key': about },
  });
  const webhook = (of: string, secondsAgo: number): Question => {
    const time = Math.floor(Date.now() / 1000) - secondsAgo;
    const change = { field: 'account_update', value: { event: 'ACCOUNT_OFFBOARDED' } };
    const entry = [{ id: of, time, changes: [change] }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
    const signature = createHmac('sha256', appSecret).update(body).digest('hex');
    const headers = { ...json, 'x-hub-signature-256': `sha256=${signature}` };
    const about = receiptName(of, time);
    return { kind: 'webhook', about, method: 'POST', path: '/webhooks/meta', headers, body };
  };
  const read = (id: string): Question => ({
    ...{ kind: 'read', about: id, method: 'GET', path: `/v1/migrations/${id}` },
    headers: authorized(),
  });
  return {
    webhook,
    ordinary: () => {
      const draw = random.int(1, 10);
      if (draw <= 3)
        return {
          ...{ kind: 'list', about: '', method: 'GET', path: '/v1/migrations?limit=20' },
          headers: authorized(),
        };
      if (draw <= 8) return read(random.pick(ids));
      account += 1;
      return webhook(String(account), 0);
    },
    start: (body) => mutation('start', '/v1/migrations', randomUUID(), { ...body, mode: 'dry_run' }),
    reschedule: (id, body) => mutation('reschedule', `/v1/migrations/${id}/reschedule`, body.reason, body),
  };
};
