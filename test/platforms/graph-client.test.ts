import { z } from 'zod';
import { PlatformError, UsageGauge } from '../../platforms/meta';
import type { Problem } from '../../shared/problems';
import {
  clientOf,
  json,
  startPracticeServer,
  TOKEN,
  type Answering,
  type PracticeServer,
} from './practice-server';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPracticeServer();
});
beforeEach(() => {
  server.asked.length = 0;
});

const anything = z.looseObject({});
const problemOf = async (work: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await work.then(
    () => new Error('it succeeded'),
    (failure: unknown) => failure,
  );
  if (error instanceof PlatformError) return error.problem;
  throw error;
};

const read = (change = {}) => clientOf(server, change).get('17', {}, anything);
const write = (change = {}) => clientOf(server, change).post('17/register', { pin: '123456' }, anything);

test('the token stands in the Authorization header and never in a URL', async () => {
  server.answer(json(200, { ok: true }));
  await clientOf(server).get('17/phone_numbers', { fields: 'id', filtering: [{ field: 'x' }] }, anything);
  const [asked] = server.asked;
  expect(asked?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(asked?.url).toBe('/v25.0/17/phone_numbers?fields=id&filtering=%5B%7B%22field%22%3A%22x%22%7D%5D');
});

test('a list is read page after page by cursor, without following the platform’s URLs', async () => {
  server.answer((response, { url }) => {
    const second = url.includes('after=c1');
    const body = second
      ? { data: [{ id: '3' }], paging: { cursors: { after: 'c2' } } }
      : {
          data: [{ id: '1' }, { id: '2' }],
          paging: { cursors: { after: 'c1' }, next: 'http://127.0.0.1:1/?access_token=x' },
        };
    json(200, body)(response, { method: '', url, headers: {}, body: '' });
  });
  const ids: string[] = [];
  for await (const { id } of clientOf(server).paginate('17/things', {}, z.object({ id: z.string() })))
    ids.push(id);
  expect(ids).toEqual(['1', '2', '3']);
  expect(server.asked).toHaveLength(2);
});

const reset: Answering = (response) => response.socket?.destroy();
const hang: Answering = () => undefined;
const truncated: Answering = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"success": tr');
  response.socket?.end();
};
const cutJson: Answering = (response) => response.writeHead(200).end('{"success": tr');
const page: Answering = (response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sorry, something went wrong</html>');
const gateway: Answering = (response) => response.writeHead(502).end('<html>Bad gateway</html>');
const drip: Answering = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"a":"');
  const dripping = setInterval(() => response.write('x'), 50);
  response.on('close', () => clearInterval(dripping));
};

describe.each([
  ['a reset connection', reset, 'ANSWER_LOST'],
  ['a hanging answer', hang, 'ANSWER_TIMED_OUT'],
  ['an answer that drips for ever', drip, 'ANSWER_TIMED_OUT'],
  ['a body cut off by the network', truncated, 'ANSWER_LOST'],
  ['a success with half a JSON', cutJson, 'ANSWER_UNREADABLE'],
  ['an HTML page with status 200', page, 'ANSWER_UNREADABLE'],
  ['an HTML page with status 502', gateway, 'ANSWER_UNREADABLE'],
])('%s', (_name, answering, code) => {
  test('on a read is passing trouble', async () => {
    server.answer(answering);
    expect(await problemOf(read({ fetchTimeoutMs: 300 }))).toMatchObject({
      code,
      class: 'transient',
      effect: 'none',
      retryable: true,
    });
  });

  test('on a write leaves the outcome unknown', async () => {
    server.answer(answering);
    expect(await problemOf(write({ fetchTimeoutMs: 300 }))).toMatchObject({
      code,
      class: 'unknown_outcome',
      effect: 'unknown',
    });
  });
});

test.each([
  ['nobody listens', 'http://127.0.0.1:1'],
  ['the name does not resolve', 'http://graph.invalid'],
])('when %s, a write proves that nothing was sent', async (_name, url) => {
  const problem = await problemOf(clientOf({ url }).post('17/register', {}, anything));
  expect(problem).toMatchObject({ code: 'PLATFORM_UNREACHABLE', class: 'transient', effect: 'none' });
});

test('a success in another shape than promised is not a success', async () => {
  server.answer(json(200, { success: 'perhaps' }));
  const work = clientOf(server).post('17/register', {}, z.looseObject({ success: z.literal(true) }));
  expect(await problemOf(work)).toMatchObject({ code: 'ANSWER_UNREADABLE', class: 'unknown_outcome' });
});

test('an error inside a 200 is an error', async () => {
  server.answer(json(200, { error: { code: 190, message: 'expired' } }));
  expect(await problemOf(read())).toMatchObject({ code: 'TOKEN_INVALID' });
});

test('an unknown error with HTTP 500 leaves a write’s outcome unknown, a refused one does not', async () => {
  server.answer(json(500, { error: { code: 999_999, message: 'boom' } }));
  expect(await problemOf(write())).toMatchObject({ code: 'PLATFORM_TROUBLE', class: 'unknown_outcome' });
  server.answer(json(500, { error: { code: 131057, message: 'maintenance' } }));
  expect(await problemOf(write())).toMatchObject({ code: 'THROUGHPUT_UPGRADE', effect: 'none' });
  server.answer(json(400, { error: { code: 999_999, message: 'no' } }));
  expect(await problemOf(write())).toMatchObject({
    code: 'UNCLASSIFIED',
    class: 'permanent',
    party: 'operator',
    effect: 'none',
    retryable: false,
  });
});

test('evidence keeps the platform’s words without token, number or code', async () => {
  server.answer(
    json(400, {
      error: {
        code: 999_999,
        message: `bad token ${TOKEN}`,
        error_user_msg: 'The number +55 (31) 99111-0000 got code 123-830',
        error_data: { details: 'see https://graph.facebook.com/x?access_token=abc for 5531991110000' },
        fbtrace_id: 'AbCdEf12',
      },
    }),
  );
  const problem = await problemOf(read());
  const told = JSON.stringify(problem);
  expect(told).not.toContain(TOKEN);
  expect(told).not.toMatch(/99111|123-830|access_token|5531991110000/);
  expect(problem.evidence).toMatchObject({
    call: 'GET node',
    status: 400,
    code: 999_999,
    traceId: 'AbCdEf12',
  });
});

test('a throttled account is left alone by every client until access is regained', async () => {
  let now = 1_000_000;
  const gauge = new UsageGauge(() => now);
  const usage = { '1': [{ type: 'whatsapp', call_count: 100, estimated_time_to_regain_access: 7 }] };
  server.answer(
    json(
      400,
      { error: { code: 80008, message: 'too many' } },
      { 'x-business-use-case-usage': JSON.stringify(usage) },
    ),
  );
  const first = await problemOf(read({ gauge, scope: '17' }));
  expect(first).toMatchObject({ code: 'WABA_RATE_LIMITED', class: 'quota', waitMs: 7 * 60_000 });
  const asked = server.asked.length;
  const second = await problemOf(read({ gauge, scope: '17' }));
  expect(second).toMatchObject({ code: 'WABA_RATE_LIMITED', waitMs: 7 * 60_000 });
  expect(server.asked).toHaveLength(asked);
  server.answer(json(200, {}));
  await read({ gauge, scope: '18' });
  now += 7 * 60_000;
  await read({ gauge, scope: '17' });
});

test('a call is taken from the budget of its scope before it is made', async () => {
  server.answer(json(200, {}));
  const taken: string[] = [];
  const callBudget = (scope: string): Promise<void> => {
    taken.push(scope);
    return taken.length > 1 ? Promise.reject(new Error('spent')) : Promise.resolve();
  };
  await read({ callBudget, scope: '17' });
  await expect(read({ callBudget, scope: '17' })).rejects.toThrow('spent');
  expect(taken).toEqual(['17', '17']);
  expect(server.asked).toHaveLength(1);
});

test('the end of an attempt ends its calls, and a write then has an unknown outcome', async () => {
  const ending = new AbortController();
  server.answer(() => ending.abort(new Error('attempt over')));
  expect(await problemOf(write({ signal: ending.signal }))).toMatchObject({
    code: 'ANSWER_LOST',
    effect: 'unknown',
  });
  expect(await problemOf(write({ signal: ending.signal }))).toMatchObject({
    code: 'PLATFORM_UNREACHABLE',
    effect: 'none',
  });
  expect(server.asked).toHaveLength(1);
});

test('logs name the call and the outcome, never ids, numbers, bodies or the token', async () => {
  const lines: string[] = [];
  const keep = (entry: Record<string, unknown>, message: string) => {
    lines.push(JSON.stringify({ ...entry, message }));
  };
  server.answer(json(400, { error: { code: 133016, message: 'for +55 31 99111-0000' } }));
  await problemOf(write({ logger: { debug: keep, warn: keep } }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"call":"POST register"');
  expect(lines[0]).not.toMatch(/123456|99111|EAA|\b17\b/);
});

test('§6.2 190/463, A: what is wrong with a token names the credential under which a fresh one is to be stored, and no other problem does', async () => {
  const refused = (code: number, subcode?: number) =>
    server.answer(
      json(400, { error: { code, error_subcode: subcode, message: 'no', type: 'OAuthException' } }),
    );
  const named = { credential: 'meta-source' };
  for (const [code, subcode, told] of [
    [190, 463, 'TOKEN_EXPIRED'],
    [190, 460, 'TOKEN_INVALID'],
    [100, 33, 'OBJECT_NOT_VISIBLE'],
    [200, undefined, 'PERMISSION_MISSING'],
  ] as const) {
    refused(code, subcode);
    expect(await problemOf(write(named))).toMatchObject({
      ...{ code: told, party: 'operator', effect: 'none' },
      evidence: { call: 'POST register', credential: 'meta-source' },
    });
  }
  refused(190, 463);
  expect((await problemOf(read(named))).remedy).toContain('(PUT /v1/credentials/meta-source)');
  refused(190, 463);
  expect((await problemOf(read())).evidence).not.toHaveProperty('credential');
  refused(131000);
  expect((await problemOf(read(named))).evidence).not.toHaveProperty('credential');
});
