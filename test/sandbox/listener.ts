import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const envelope = z.object({
  entry: z.tuple([
    z.object({
      id: z.string(),
      changes: z.tuple([z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) })]),
    }),
  ]),
});

export interface Received {
  readonly raw: string;
  readonly signature: string;
  readonly change: { readonly field: string; readonly value: Record<string, unknown> };
  readonly entryId: string;
}

/** A partner's webhook address: answers the challenge, takes what comes, and can be told to fail. */
export class Listener {
  readonly received: Received[] = [];
  status = 200;
  private waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(verifyToken: string): Promise<Listener> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const listener = new Listener(server, `http://127.0.0.1:${String(port)}/hook`);
    server.on('request', (request, response) => {
      const query = new URL(request.url ?? '/', listener.url).searchParams;
      if (request.method === 'GET') {
        const known = query.get('hub.mode') === 'subscribe' && query.get('hub.verify_token') === verifyToken;
        response.writeHead(known ? 200 : 403).end(known ? query.get('hub.challenge') : '');
        return;
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        listener.take(Buffer.concat(chunks).toString('utf8'), String(request.headers['x-hub-signature-256']));
        response.writeHead(listener.status).end();
      });
    });
    return listener;
  }

  /** Resolves as soon as `count` webhooks have come in altogether. */
  async until(count: number): Promise<Received[]> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.received;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private take(raw: string, signature: string): void {
    const { entry } = envelope.parse(JSON.parse(raw));
    this.received.push({ raw, signature, change: entry[0].changes[0], entryId: entry[0].id });
    for (const wake of this.waiting.splice(0)) wake();
  }
}
