import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { resetConnection } from './reset-connection';

interface Whole {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** How an answer reaches the caller, or does not. */
export type Shape =
  | ({ readonly kind: 'whole' } & Whole)
  | ({ readonly kind: 'truncated'; readonly bytes: number } & Whole)
  | ({ readonly kind: 'dripped'; readonly bytes: number; readonly everyMs: number } & Whole)
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang'; readonly ms: number | null };

const page =
  '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>';

export async function send(reply: FastifyReply, shape: Shape): Promise<void> {
  switch (shape.kind) {
    case 'whole':
      await reply.status(shape.status).headers(shape.headers).send(shape.body);
      return;
    case 'html':
      await reply.status(shape.status).type('text/html; charset=utf-8').send(page);
      return;
    case 'truncated': {
      const body = Buffer.from(JSON.stringify(shape.body));
      reply.hijack();
      reply.raw.writeHead(shape.status, {
        ...shape.headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': body.length,
      });
      reply.raw.write(body.subarray(0, shape.bytes), () => reply.raw.destroy());
      return;
    }
    case 'dripped': {
      const body = Buffer.from(JSON.stringify(shape.body));
      const type = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
      const answer = reply.status(shape.status).headers({ ...shape.headers, ...type });
      await answer.send(Readable.from(inPieces(body, shape.bytes, shape.everyMs)));
      return;
    }
    case 'reset':
      reply.hijack();
      if (reply.raw.socket !== null) resetConnection(reply.raw.socket);
      return;
    case 'drop':
      reply.hijack();
      reply.raw.destroy();
      return;
    case 'hang':
      reply.hijack();
      if (shape.ms !== null) setTimeout(() => reply.raw.destroy(), shape.ms).unref();
      return;
  }
}

async function* inPieces(body: Buffer, bytes: number, everyMs: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < body.length; from += bytes) {
    if (from > 0) await sleep(everyMs);
    yield body.subarray(from, from + bytes);
  }
}
