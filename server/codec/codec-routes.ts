/**
 * Temporal's remote codec protocol: `POST encode` and `POST decode` take and give `{"payloads": […]}`, where bytes are base64.
 * The Temporal UI and `temporal --codec-endpoint` speak it.
 */
import type { PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { FastifyPluginCallback } from 'fastify';
import { z } from 'zod';

const { Payload } = temporal.api.common.v1;

const base64 = z.base64({ error: 'base64 was expected' });
const payloadsSchema = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() })),
});

/** Temporal lets one payload have 2 MiB, which base64 and a list of several make longer. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

export function codecRoutes(codec: PayloadCodec): FastifyPluginCallback {
  return (app, _options, done) => {
    for (const operation of ['encode', 'decode'] as const) {
      app.post(`/${operation}`, { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        const body = payloadsSchema.safeParse(request.body);
        if (!body.success) return reply.code(400).send({ message: z.prettifyError(body.error) });
        const payloads = body.data.payloads.map((payload) => Payload.fromObject(payload));
        try {
          const answered = await codec[operation](payloads);
          return { payloads: answered.map((payload) => Payload.fromObject(payload).toJSON()) };
        } catch (error) {
          // An unknown key or a payload that was tampered with; the reason names the key's id, never its content.
          request.log.warn({ operation, reason: reasonOf(error) }, 'payload refused');
          return reply.code(422).send({ message: reasonOf(error) });
        }
      });
    }
    done();
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the payload could not be read';
}
