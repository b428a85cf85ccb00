import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import fastify, { type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { z } from 'zod';
import { readGatewayConfig } from '../../server/codec/configuration';
import { buildGateway } from '../../server/codec/gateway';
import { KeyRing } from '../../shared/encryption/key-ring';
import { EncryptionCodec } from '../../shared/encryption/payload-codec';
import { atEndOfFile } from '../support/after-each-file';

const { Payload } = temporal.api.common.v1;
const PASSWORD = 'a-password-of-the-tests';
const LOGIN = `Basic ${Buffer.from(`operator:${PASSWORD}`).toString('base64')}`;
const keyList = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const codec = new EncryptionCodec(KeyRing.parse(keyList('k1')));
const answerSchema = z.object({ payloads: z.array(z.record(z.string(), z.unknown())) });

let gateway: FastifyInstance;
let seenByUi: Record<string, unknown>[];

beforeAll(async () => {
  const ui = fastify();
  seenByUi = [];
  ui.all('/*', (request) => {
    seenByUi.push(request.headers);
    return { page: request.url, body: request.body };
  });
  const uiUrl = await ui.listen({ host: '127.0.0.1', port: 0 });
  const logger = pino({ level: 'silent' });
  gateway = await buildGateway({ codec, uiUrl, user: 'operator', password: PASSWORD, logger });
  atEndOfFile(() => ui.close());
  atEndOfFile(() => gateway.close());
});

const post = (path: string, payload: object, authorization: string | undefined = LOGIN) =>
  gateway.inject({ method: 'POST', url: path, payload, headers: { authorization } });

const jsonForm = (payload: object) => Payload.fromObject(payload).toJSON();

test('an encrypted payload is decoded to what the workflow saw', async () => {
  const plain = defaultPayloadConverter.toPayload({ step: 'ownership' });
  const [sealed] = await codec.encode([plain]);
  const answer = await post('/codec/decode', { payloads: [jsonForm(sealed ?? {})] });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  const [decoded] = answerSchema.parse(answer.json()).payloads;
  expect(defaultPayloadConverter.fromPayload(Payload.fromObject(decoded ?? {}))).toEqual({
    step: 'ownership',
  });
});

test('what the gateway encodes, a worker decodes', async () => {
  const plain = defaultPayloadConverter.toPayload('retry');
  const answer = await post('/codec/encode', { payloads: [jsonForm(plain)] });
  const [encoded] = answerSchema.parse(answer.json()).payloads;
  const [decoded] = await codec.decode([Payload.fromObject(encoded ?? {})]);
  expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toBe('retry');
});

test('a payload under a key that is not configured is refused with the id of the key', async () => {
  const stranger = new EncryptionCodec(KeyRing.parse(keyList('k9')));
  const [sealed] = await stranger.encode([defaultPayloadConverter.toPayload(1)]);
  const answer = await post('/codec/decode', { payloads: [jsonForm(sealed ?? {})] });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('k9');
});

test('a body that is not a list of payloads is refused', async () => {
  const answer = await post('/codec/decode', { payloads: [{ data: 'not base64!' }] });
  expect(answer.statusCode).toBe(400);
});

test.each([
  ['no login', ''],
  ['a wrong password', `Basic ${Buffer.from('operator:guess').toString('base64')}`],
  ['a wrong user', `Basic ${Buffer.from(`root:${PASSWORD}`).toString('base64')}`],
])('neither a payload nor a page is given to %s', async (_what, authorization) => {
  const headers = { authorization };
  const pages = [
    await gateway.inject({ method: 'POST', url: '/codec/decode', payload: { payloads: [] }, headers }),
    await gateway.inject({ url: '/namespaces/default/workflows', headers }),
    await gateway.inject({ url: '/api/v1/namespaces', headers }),
  ];
  expect(pages.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
  expect(pages[0]?.headers['www-authenticate']).toContain('Basic');
});

test('pages of the UI come through, the login does not go to the UI', async () => {
  const answer = await gateway.inject({ url: '/namespaces/default?x=1', headers: { authorization: LOGIN } });
  expect(answer.json()).toMatchObject({ page: '/namespaces/default?x=1' });
  expect(seenByUi.at(-1)).not.toHaveProperty('authorization');
});

test('the gateway names every mistake of its environment at once and repeats no value', () => {
  const environment = { ENCRYPTION_KEYS: keyList('k1'), TEMPORAL_UI_PASSWORD: 'short', PORT: 'seven' };
  expect(() => readGatewayConfig(environment)).toThrow(/TEMPORAL_UI_URL[^]*PORT/);
  expect(() =>
    readGatewayConfig({ ...environment, PORT: '0', TEMPORAL_UI_URL: 'http://127.0.0.1:1' }),
  ).toThrow(/at least 16 characters/);
  expect(() => readGatewayConfig(environment)).not.toThrow(/short|seven/);
});
