/** Meta's webhooks: the challenge that proves the address, and the deliveries, checked by signature over the raw bytes. */
import { z } from 'zod';
import type { App, ServerDeps } from '../deps';
import { HttpProblem, temporarilyUnavailable } from '../problems';
import { createDispatcher } from '../webhooks/dispatcher';
import { receive } from '../webhooks/receive';
import { isSignedBy, isVerifyToken } from '../webhooks/signature';
import { createWebhookMetrics } from '../webhooks/webhook-metrics';
import { dialog360WebhookRoutes } from './dialog360-webhooks';
import { WEBHOOK_PROBLEMS } from './paths';

/** Up to a thousand updates and 3 MB a delivery (meta §8.1), and room for another count of what a megabyte is. */
const DELIVERY_LIMIT_BYTES = 4 * 1024 * 1024;

const challengeQuery = z.looseObject({
  'hub.mode': z.literal('subscribe'),
  'hub.challenge': z.string().regex(/^[\w.-]{1,256}$/, 'the challenge as Meta sends it'),
  'hub.verify_token': z.string(),
});

/** Meta repeats what is not answered with 200, so that nothing told before the secret was set is lost. */
const needed = (value: string | undefined, name: string): string => {
  if (value === undefined) throw temporarilyUnavailable(`${name} is not set: the operator configures it`);
  return value;
};

const parsed = (rawBody: Buffer): unknown => {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return undefined;
  }
};

/** A plugin of its own, because only here a body is taken as bytes. */
export const webhookRoutes = (app: App, deps: ServerDeps): void => {
  const metrics = createWebhookMetrics(deps.metrics);
  const dispatcher = createDispatcher(deps, metrics);
  app.addHook('onListen', (done) => {
    dispatcher.start();
    done();
  });
  app.addHook('onClose', () => dispatcher.stop());

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  const config = { roles: 'public', rateLimit: false, underLoad: 'urgent' } as const;

  app.route({
    method: 'GET',
    url: '/webhooks/meta',
    config,
    schema: {
      operationId: 'verifyMetaWebhook',
      summary: 'Meta proves that this address wants its webhooks',
      querystring: challengeQuery,
      response: { 200: z.string(), ...WEBHOOK_PROBLEMS },
    },
    handler: async (request, reply) => {
      const expected = needed(deps.webhooks.verifyToken, 'META_WEBHOOK_VERIFY_TOKEN');
      if (!isVerifyToken(expected, request.query['hub.verify_token']))
        throw new HttpProblem('wrong_verify_token');
      return reply.type('text/plain; charset=utf-8').serializer(String).send(request.query['hub.challenge']);
    },
  });

  app.route({
    method: 'POST',
    url: '/webhooks/meta',
    bodyLimit: DELIVERY_LIMIT_BYTES,
    config,
    schema: {
      operationId: 'receiveMetaWebhook',
      summary: 'Platform events; the signature in X-Hub-Signature-256 is over the raw body',
      response: { 200: z.object({ status: z.literal('received') }), ...WEBHOOK_PROBLEMS },
    },
    handler: async (request) => {
      const secret = needed(deps.webhooks.appSecret, 'META_APP_SECRET');
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!isSignedBy(secret, request.headers['x-hub-signature-256'], rawBody)) {
        metrics.received('none', 'refused');
        throw new HttpProblem('wrong_signature');
      }
      await receive(deps, metrics, parsed(rawBody));
      dispatcher.kick();
      return { status: 'received' as const };
    },
  });

  dialog360WebhookRoutes(app, deps, { metrics, bodyLimit: DELIVERY_LIMIT_BYTES });
};
