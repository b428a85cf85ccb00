/**
 * 360dialog's partner events (360dialog §4): checked by signature over the raw bytes, kept by name and answered with 200.
 * No migration of this version waits for one, because a start for the provider 360dialog is refused; so that what is told
 * is not lost on anybody it stands among the unread ones, without its contents.
 */
import { z } from 'zod';
import type { App, ServerDeps } from '../deps';
import { HttpProblem, temporarilyUnavailable } from '../problems';
import { isSignedBy } from '../webhooks/signature';
import type { WebhookMetrics } from '../webhooks/webhook-metrics';
import { WEBHOOK_PROBLEMS } from './paths';

const KIND = '360dialog';

/** One consumer saw `type` for `event`, and several envelopes in an array: both are taken. */
const eventSchema = z.looseObject({ event: z.string().optional(), type: z.string().optional() });
const deliverySchema = z.union([z.array(eventSchema), eventSchema.transform((one) => [one])]);

const nameOf = (event: string | undefined): string =>
  event !== undefined && /^[a-z0-9_]{1,64}$/.test(event) ? event : 'unnamed';

/** Bare hex as documented, or with `sha256=` as some senders do (360dialog §4). */
const isSigned = (secret: string, header: unknown, rawBody: Buffer): boolean =>
  typeof header === 'string' &&
  isSignedBy(secret, header.startsWith('sha256=') ? header : `sha256=${header}`, rawBody);

const eventsIn = (rawBody: Buffer): z.output<typeof eventSchema>[] | null => {
  try {
    return deliverySchema.safeParse(JSON.parse(rawBody.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
};

/** `app` takes bodies as bytes. */
export const dialog360WebhookRoutes = (
  app: App,
  deps: ServerDeps,
  { metrics, bodyLimit }: { metrics: WebhookMetrics; bodyLimit: number },
): void => {
  app.route({
    method: 'POST',
    url: '/webhooks/360dialog',
    bodyLimit,
    config: { roles: 'public', rateLimit: false },
    schema: {
      operationId: 'receive360dialogWebhook',
      summary: 'Partner events; the signature in x-360dialog-signature is over the raw body',
      response: { 200: z.object({ status: z.literal('received') }), ...WEBHOOK_PROBLEMS },
    },
    handler: async (request) => {
      const secret = deps.webhooks.platformSecret;
      if (secret === undefined)
        throw temporarilyUnavailable('D360_PLATFORM_SECRET is not set: the operator configures it');
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!isSigned(secret, request.headers['x-360dialog-signature'], rawBody)) {
        metrics.received('none', 'refused');
        throw new HttpProblem('wrong_signature');
      }
      const at = deps.now().toISOString();
      const events = eventsIn(rawBody);
      if (events === null) {
        metrics.received('none', 'unreadable');
        deps.logger.warn('a signed event of 360dialog that is no envelope was dropped');
      }
      for (const one of events ?? []) {
        const field = `d360_${nameOf(one.event ?? one.type)}`;
        const identity = JSON.stringify([KIND, one]);
        const id = `wh_${deps.keys.mac('webhook-change', identity, deps.keys.hashingKeyId).slice(0, 40)}`;
        const isNew = await deps.store.webhooks.keepUnread({ id, field, at, content: undefined });
        metrics.received(KIND, isNew ? 'unknown_field' : 'duplicate');
      }
      return { status: 'received' as const };
    },
  });
};
