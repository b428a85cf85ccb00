import { createServer } from 'node:net';

/** Ports this process has handed out; whoever got one may not listen yet. */
const handedOut = new Set<number>();

/**
 * A free TCP port of the loopback interface: `preferred` if nobody listens there (a server comes back to its port),
 * otherwise any, and that one never twice.
 */
export async function freePort(preferred?: number): Promise<number> {
  const port = (preferred === undefined ? undefined : await tryListen(preferred)) ?? (await tryListen(0));
  if (port === undefined) throw new Error('no free port on 127.0.0.1');
  if (port !== preferred && handedOut.has(port)) return freePort();
  handedOut.add(port);
  return port;
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(undefined);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : undefined);
      });
    });
  });
}
