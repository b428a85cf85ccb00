/** A wire to a server that a test can cut, or leave in place without anything passing, and mend again. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { atEndOfFile } from '../support/after-each-file';

export interface Relay {
  /** `127.0.0.1:port`, the same after mending. */
  address: string;
  /** Whoever connects is refused. */
  cut: () => Promise<void>;
  /** Connections stand, and nothing comes through. */
  hang: () => void;
  mend: () => Promise<void>;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((listening) => {
    server.listen(port, '127.0.0.1', () => {
      listening((server.address() as AddressInfo).port);
    });
  });

export const openRelay = async (target: { host: string; port: number }): Promise<Relay> => {
  const sockets = new Set<Socket>();
  let isHanging = false;
  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (!isHanging) to.write(chunk);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const port = await listen(server, 0);
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed());
      for (const socket of sockets) socket.destroy();
    });
  atEndOfFile(close);
  return {
    address: `127.0.0.1:${String(port)}`,
    cut: close,
    hang: () => {
      isHanging = true;
    },
    mend: async () => {
      isHanging = false;
      if (!server.listening) await listen(server, port);
      // What was swallowed while hanging cannot be made up for on the same connection.
      for (const socket of sockets) socket.destroy();
    },
  };
};
