/** A bare HTTP server that answers as a test says, down to broken sockets, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { GraphClient, type GraphClientOptions } from '../../platforms/meta';
import { atEndOfFile } from '../support/after-each-file';

export interface Asked {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answering = (response: ServerResponse, asked: Asked) => void;

export interface PracticeServer {
  url: string;
  asked: Asked[];
  answer: (answering: Answering) => void;
}

export const startPracticeServer = async (): Promise<PracticeServer> => {
  const asked: Asked[] = [];
  let answering: Answering = (response) => response.writeHead(500).end();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      asked.push(one);
      answering(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEndOfFile(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    asked,
    answer: (next) => {
      answering = next;
    },
  };
};

export const TOKEN = 'EAAtokenThatMustNeverBeSeen0123456789';

export const clientOf = (server: { url: string }, change: Partial<GraphClientOptions> = {}): GraphClient =>
  new GraphClient({
    baseUrl: server.url,
    version: 'v25.0',
    accessToken: TOKEN,
    fetchTimeoutMs: 2_000,
    ...change,
  });

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answering =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
