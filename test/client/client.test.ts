import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CarryoverProblem,
  CarryoverUnreachable,
  createCarryoverClient,
  UnexpectedAnswer,
  type CarryoverClient,
} from '../../client';
import { freePort } from '../../scripts/servers/ports';
import { openingDocument } from '../../shared/opening';
import { policySchema } from '../../shared/policy';
import { startRequestSchema } from '../../shared/requests';
import { newMigrationId } from '../../shared/new-ids';
import { atEndOfFile } from '../support/after-each-file';

const MIGRATION = openingDocument({
  schema: 1,
  tenant: 'acme',
  migrationId: newMigrationId(),
  attempt: 1,
  request: startRequestSchema.parse({
    phoneNumber: '+5531991110000',
    route: 'programmatic',
    source: { provider: 'acme-bsp', businessId: '1001', wabaId: '2001' },
    destination: { provider: 'meta', businessId: '1001', wabaId: '2002', credential: 'meta-destination' },
  }),
  policy: policySchema.parse({}),
  callingCode: '55',
  startedBy: { kind: 'api_key', name: 'test' },
  createdAt: '2026-11-22T12:00:00.000Z',
});

type Reaction = (request: IncomingMessage, response: ServerResponse) => void;

/** Something on the way that loses, delays and garbles: each request meets the next reaction. */
const network = async (...reactions: Reaction[]) => {
  const requests: { method: string; key: unknown; known: unknown }[] = [];
  const server = createServer((request, response) => {
    const reaction = reactions[Math.min(requests.length, reactions.length - 1)];
    requests.push({
      method: request.method ?? '',
      key: request.headers['idempotency-key'],
      known: request.headers['if-none-match'],
    });
    request.resume().on('end', () => reaction?.(request, response));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  atEndOfFile(
    () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  const client = createCarryoverClient({ baseUrl: `http://127.0.0.1:${String(port)}/`, apiKey: 'ck_test' });
  return { client, requests };
};

const answers =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reaction =>
  (_request, response) => {
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(body === undefined ? '' : JSON.stringify(body));
  };
const refuses = (status: number, code: string, headers: Record<string, string> = {}): Reaction =>
  answers(
    status,
    {
      type: `urn:carryover:problem:${code}`,
      title: code,
      status,
      code,
      requestId: 'req_1',
      allowedActions: ['abort'],
    },
    headers,
  );
const drops: Reaction = (request) => request.socket.destroy();
/** The server has done it and said so; the line breaks within the answer. */
const cuts: Reaction = (request, response) => {
  const text = JSON.stringify(MIGRATION);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
  response.write(text.slice(0, 100), () => request.socket.destroy());
};
const garbles: Reaction = (_request, response) =>
  void response.writeHead(200).end('<html>Welcome to the hotel</html>');

const abort = (client: CarryoverClient) => client.abort(MIGRATION.id, 'because');

test.each<[string, Reaction]>([
  ['a lost connection', drops],
  ['a connection lost within the answer', cuts],
  ['a part of the service that is away', refuses(503, 'temporarily_unavailable')],
  ['too many requests', refuses(429, 'too_many_requests')],
  [
    'a gateway that has nobody behind it',
    (_request, response) => void response.writeHead(502).end('bad gateway'),
  ],
  ['an answer that is still being made', refuses(409, 'idempotency_key_in_use')],
])('%s is tried again with the same key', async (_what, reaction) => {
  const { client, requests } = await network(reaction, reaction, answers(200, MIGRATION));
  expect(await abort(client)).toEqual(MIGRATION);
  expect(requests).toHaveLength(3);
  expect(new Set(requests.map(({ key }) => key)).size).toBe(1);
});

test('two calls have two keys, and a given key is used', async () => {
  const { client, requests } = await network(answers(200, MIGRATION));
  await abort(client);
  await abort(client);
  await client.abort(MIGRATION.id, 'because', { idempotencyKey: 'mine' });
  expect(new Set(requests.map(({ key }) => key)).size).toBe(3);
  expect(requests[2]?.key).toBe('mine');
});

test.each([
  [409, 'not_waiting_for_code'],
  [422, 'invalid_request'],
  [429, 'guesses_used_up'],
  [404, 'not_found'],
])('a refusal (%d %s) is told at once', async (status, code) => {
  const { client, requests } = await network(refuses(status, code));
  const refusal: unknown = await abort(client).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(CarryoverProblem);
  expect(refusal).toMatchObject({ status, code, allowedActions: ['abort'], errors: [] });
  expect(requests).toHaveLength(1);
});

test('a wait longer than half a minute is left to the caller', async () => {
  const { client, requests } = await network(refuses(429, 'too_many_requests', { 'retry-after': '3600' }));
  await expect(abort(client)).rejects.toMatchObject({ code: 'too_many_requests' });
  expect(requests).toHaveLength(1);
});

test('nobody there is said in the end, with the key to repeat the call with', async () => {
  const client = createCarryoverClient({
    baseUrl: `http://127.0.0.1:${String(await freePort())}`,
    apiKey: 'ck_test',
    tries: 2,
  });
  const failure: unknown = await client
    .abort(MIGRATION.id, 'because', { idempotencyKey: 'mine' })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CarryoverUnreachable);
  expect(failure).toMatchObject({ idempotencyKey: 'mine' });
});

test('an answer that is not one of ours is not taken for one', async () => {
  const { client } = await network(garbles);
  await expect(client.getMigration(MIGRATION.id)).rejects.toBeInstanceOf(UnexpectedAnswer);
});

test('waiting asks only for what is new, and ends when the condition holds', async () => {
  const live = { ...MIGRATION, revision: 1, state: 'live' as const };
  const { client, requests } = await network(
    answers(200, MIGRATION, { etag: '"1-0"' }),
    (_request, response) => void response.writeHead(304).end(),
    answers(200, live, { etag: '"1-1"' }),
  );
  expect(await client.waitFor(MIGRATION.id, ({ state }) => state === 'live', { everyMs: 1 })).toEqual(live);
  expect(requests.map(({ known }) => known)).toEqual([undefined, '"1-0"', '"1-0"']);
});

test('a page, a CSV and a look of a watch whose line breaks within the answer are asked for again', async () => {
  const { client, requests } = await network(
    ...[cuts, answers(200, { items: [], nextCursor: null }), cuts, answers(200, 'a,b'), cuts],
    answers(200, MIGRATION, { etag: '"1-0"' }),
  );
  expect(await client.listMigrations()).toEqual({ items: [], nextCursor: null });
  expect(await client.getBillingCsv(MIGRATION.id)).toContain('a,b');
  expect(await client.waitFor(MIGRATION.id, () => true)).toEqual(MIGRATION);
  expect(requests).toHaveLength(6);
});

test('a call that is given up while its answer arrives ends with the reason that was given', async () => {
  const giveUp = new AbortController();
  const { client } = await network((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"id":', () => giveUp.abort(new Error('enough')));
  });
  await expect(client.getMigration(MIGRATION.id, { signal: giveUp.signal })).rejects.toThrow('enough');
});

test('waiting ends when the caller says so', async () => {
  const { client } = await network(answers(200, MIGRATION, { etag: '"1-0"' }));
  const waiting = client.waitFor(MIGRATION.id, () => false, { everyMs: 5, signal: AbortSignal.timeout(50) });
  await expect(waiting).rejects.toMatchObject({ name: expect.stringMatching(/^(AbortError|TimeoutError)$/) });
});
