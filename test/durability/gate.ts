/** A TCP gate in front of a server: closed, it keeps the connections and lets nothing through in either direction. */
import { connect, createServer, type Socket } from 'node:net';
import { atEndOfFile } from '../support/after-each-file';

export interface Gate {
  /** Host and port to connect to instead of the server's. */
  readonly address: string;
  close(): void;
  /** What the server says arrives; what its callers say waits until the gate is opened. */
  mute(): void;
  open(): void;
}

export const openGate = async (target: string): Promise<Gate> => {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  const callers = new Set<Socket>();
  let closed = false;
  let muted = false;
  const forward = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('data', (chunk) => to.write(chunk));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    if (closed) from.pause();
  };
  const server = createServer((client) => {
    const upstream = connect({ host, port: Number(port) });
    callers.add(client);
    client.on('close', () => callers.delete(client));
    forward(client, upstream);
    if (muted) client.pause();
    forward(upstream, client);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  atEndOfFile(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((ended) => server.close(ended));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  return {
    address: `127.0.0.1:${String(address.port)}`,
    close: () => {
      closed = true;
      for (const socket of sockets) socket.pause();
    },
    mute: () => {
      muted = true;
      for (const socket of callers) socket.pause();
    },
    open: () => {
      closed = false;
      muted = false;
      for (const socket of sockets) socket.resume();
    },
  };
};
