/** What a command sends, read where it arrives. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { run as runProgram } from '../../cli/program';
import { atEndOfFile } from '../support/after-each-file';

interface Sent {
  url: string;
  ifMatch: unknown;
  body: unknown;
}

let sent: Sent[] = [];
let baseUrl: string;

beforeAll(async () => {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += String(part)));
    request.on('end', () => {
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      sent.push({ url: request.url ?? '', ifMatch: request.headers['if-match'], body });
      // What is answered does not matter: the command ends with it.
      response.writeHead(400).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  atEndOfFile(() => new Promise<void>((closed) => server.close(() => closed())));
  baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

const run = async (...args: string[]) => {
  sent = [];
  const errors = new PassThrough();
  const code = await runProgram(['--url', baseUrl, ...args], {
    input: new PassThrough(),
    output: new PassThrough(),
    errors,
    environment: { CARRYOVER_API_KEY: 'ck_test' },
  });
  return { code, sent: sent[0], errors: String(errors.read()) };
};

test('the language of a code is the code’s, and that of the answers is the answers’', async () => {
  const requested = await run(
    ...['request-code', 'mig_x', '--method', 'voice', '--code-language', 'pt_BR', '--language', 'es'],
  );
  expect(requested.sent?.body).toEqual({ method: 'voice', language: 'pt_BR' });
  const started = await run('start', '--code-language', 'pt_BR');
  expect(started.sent?.body).toMatchObject({ verification: { language: 'pt_BR' } });
  const mistaken = await run('request-code', 'mig_x', '--language', 'pt_BR');
  expect([mistaken.code, mistaken.sent]).toEqual([2, undefined]);
  expect(mistaken.errors).toContain('--code-language');
});

test('a CSV of the templates is of those that were asked for', async () => {
  const { sent: asked } = await run('templates', 'mig_x', '--csv', '--outcome', 'failed', '--required');
  expect(asked?.url).toBe('/v1/migrations/mig_x/templates?outcome=failed&required=true');
});

test.each([
  ['approve', ['approve', 'mig_x', '--reason', 'go', '--if-match', '1-7']],
  ['approve, without', ['approve', 'mig_x', '--reason', 'go']],
])('an approval is of the migration that was read, where that is said (%s)', async (_what, args) => {
  const { sent: asked } = await run(...args);
  expect(asked).toEqual({
    url: '/v1/migrations/mig_x/approve-cutover',
    ifMatch: args.includes('--if-match') ? '"1-7"' : undefined,
    body: { reason: 'go' },
  });
});
