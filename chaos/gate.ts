/** A TCP gate in front of a server, by which a trial takes the line away. */
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { resetConnection } from '../sandbox/graph/reset-connection';

export interface Gate {
  /** Host and port to connect to instead of the server's. */
  readonly address: string;
  /** How many connections its callers hold now. */
  connections(): number;
  /** Everything passes; what was held goes on. */
  open(): void;
  /** Connections stay, and nothing passes in either direction. */
  hold(): void;
  /** Every connection is reset, and new ones are, until it is opened. */
  cut(): void;
  /** Everything passes so much later, in milliseconds. */
  slow(ms: number): void;
  /** For good. */
  close(): Promise<void>;
}

type Manner = { kind: 'open' } | { kind: 'hold' } | { kind: 'cut' } | { kind: 'slow'; ms: number };

/** @param target host and port; nobody need listen there yet. */
export const openGate = async (target: string): Promise<Gate> => {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  const callers = new Set<Socket>();
  let manner: Manner = { kind: 'open' };

  const forward = (from: Socket, to: Socket): void => {
    sockets.add(from);
    let late: Promise<void> = Promise.resolve();
    const pass = (chunk: Buffer): void => {
      if (!to.write(chunk) && manner.kind !== 'hold') from.pause();
    };
    from.on('data', (chunk: Buffer) => {
      if (manner.kind !== 'slow') {
        late = late.then(() => {
          pass(chunk);
        });
        return;
      }
      const after = sleep(manner.ms);
      late = late.then(async () => {
        await after;
        pass(chunk);
      });
    });
    to.on('drain', () => {
      if (manner.kind !== 'hold') from.resume();
    });
    from.on('end', () => {
      void late.then(() => to.end());
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      void late.then(() => to.destroy());
    });
    if (manner.kind === 'hold') from.pause();
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (manner.kind === 'cut') {
      client.on('error', () => undefined);
      resetConnection(client);
      return;
    }
    callers.add(client);
    client.on('close', () => callers.delete(client));
    const upstream = connect({ host, port: Number(port), allowHalfOpen: true });
    forward(client, upstream);
    forward(upstream, client);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');

  const turn = (next: Manner): void => {
    manner = next;
    for (const socket of sockets) {
      if (next.kind === 'hold') socket.pause();
      else if (next.kind === 'cut') resetConnection(socket);
      else socket.resume();
    }
  };
  return {
    address: `127.0.0.1:${String(address.port)}`,
    connections: () => callers.size,
    open: () => {
      turn({ kind: 'open' });
    },
    hold: () => {
      turn({ kind: 'hold' });
    },
    cut: () => {
      turn({ kind: 'cut' });
    },
    slow: (ms) => {
      turn({ kind: 'slow', ms });
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((ended) => server.close(ended));
    },
  };
};
