/** Raw HTTP to a stage's server, for what the typed client hides: headers, statuses, repetition with a key. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Role } from '../../server/api-keys';
import type { Stage } from '../support/stage';

export interface Question {
  method?: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: unknown;
  role?: Role;
  key?: string;
  headers?: Record<string, string>;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

const bodySchema = z.record(z.string(), z.unknown());

export const asking =
  (stage: Stage) =>
  async ({
    method = 'POST',
    path,
    body,
    role = 'support',
    key = randomUUID(),
    headers = {},
  }: Question): Promise<HttpAnswer> => {
    const answer = await fetch(`${stage.url}/v1/migrations/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${stage.apiKey(role)}`,
        'idempotency-key': key,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? {} : bodySchema.parse(JSON.parse(text)),
    };
  };
